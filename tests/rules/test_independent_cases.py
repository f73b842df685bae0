"""The worked cases of ``cases/*.csv``, written from the law by somebody who had not seen the rules.

The tables name facts in the words of their own columns; the maps below translate them. A
difference is settled by the law: the rule changes, or the case with its reason in ``note``.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.rules.egf import Criterion, Displacement, Window, egf_windows
from muutosturva.rules.municipal import municipal_share
from muutosturva.rules.registry import evaluate
from muutosturva.rules.results import Answer, Confidence, RuleResult
from muutosturva.rules.workdays import ROLL_MODES, WorkCalendar

CASES: Final = Path(__file__).parent / "cases"
Row = dict[str, str]

DATES: Final = {
    "proposal": "proposal",
    "negotiations": "negotiations",
    "notice": "notice",
    "end": "end",
    "duty_end": "duty_end",
    "claim_due": "claim_due",
    "birth_date": "birth_date",
    "employment_start": "employment_start",
    "application_date": "application",
    "reached_on": "egf_met",
    "notified_on": "proposal",
}
NUMBERS: Final = ("employer_size", "headcount", "layoff_days", "holiday_pay_days")
FLAGS: Final = ("bankruptcy", "restructuring", "breaks_over_30", "new_job", "insolvent")


def cases(name: str, *rules: str) -> list[object]:
    """Return the rows of a file, those of some rules only where they are named, by their ids."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [pytest.param(row, id=row["id"]) for row in rows if not rules or row["rule"] in rules]


def facts_of(row: Row) -> dict[str, object]:
    """Return a row's facts under the names of the rules; an empty cell is not known."""
    facts: dict[str, object] = {}
    for column, name in DATES.items():
        if row.get(column):
            facts[name] = dt.date.fromisoformat(row[column])
    facts.update({name: int(row[name]) for name in NUMBERS if row.get(name)})
    facts.update({name: row[name] == "yes" for name in FLAGS if row.get(name)})
    if row.get("measure"):
        facts |= {"measure": row["measure"], "others_90_days": 0}
        facts["dismissals"] = 0 if row["measure"] == "layoff" else facts.get("headcount")
    months = row.get("notice_months")
    if months:
        facts |= {"contract_notice_days": 14} if months == "0" else {"contract_notice_months": int(months)}
    return facts


def names_of(row: Row) -> set[str]:
    """Return the facts a row says the answer depends on, under the names of the rules."""
    return {DATES.get(name, name) for name in row["depends_on"].split(";") if name}


def unsure(result: RuleResult) -> bool:
    """Tell whether any row behind an answer is marked unsure."""
    return any(law.confidence is Confidence.UNSURE for law in result.law)


def iso(day: dt.date | None) -> str:
    """Return a date as the tables write it: a dash where there is none."""
    return day.isoformat() if day else "-"


@pytest.fixture(scope="module")
def book() -> LawBook:
    """Return the rule book as it is shipped."""
    return shipped_book()


@pytest.mark.parametrize("row", cases("workdays.csv", "add_working_days"))
def test_working_days_are_counted_without_the_start_day(row: Row) -> None:
    found = WorkCalendar().add_working_days(dt.date.fromisoformat(row["day"]), int(row["n"]))

    assert iso(found) == row["expected"], row["why"]


@pytest.mark.parametrize("row", cases("workdays.csv", "roll"))
def test_a_day_rolls_to_a_working_day(row: Row) -> None:
    mode = next(mode for mode in ROLL_MODES if mode == row["mode"])

    assert iso(WorkCalendar().roll(dt.date.fromisoformat(row["day"]), mode)) == row["expected"], row["why"]


@pytest.mark.parametrize("row", cases("notice_period_end.csv"))
def test_a_notice_period_ends_as_the_service_says(row: Row, book: LawBook) -> None:
    result = evaluate("notice_period_end", facts_of(row), book)

    assert result.answer == row["answer"], row["why"]
    assert set(result.depends_on) == names_of(row)
    if row["expected_date"]:
        assert result.dates is not None
        assert iso(result.dates.date) == row["expected_date"], row["why"]
        assert result.dates.last_date == result.dates.date
    assert unsure(result) == (row["unsure"] == "yes")


@pytest.mark.parametrize("row", cases("notice_period_end.csv"))
def test_service_in_years_and_months_says_the_same_as_its_first_day(row: Row, book: LawBook) -> None:
    """A list of persons may give the length of service instead of the day it began."""
    facts = facts_of(row)
    started = facts.pop("employment_start", None)
    if started is not None and row["service_years"]:
        facts["service_years"] = int(row["service_years"])
        facts["service_months"] = int(row["service_months"]) + int(row["service_days"]) / 31

    result = evaluate("notice_period_end", facts, book)

    assert iso(result.dates.date if result.dates else None) == (row["expected_date"] or "-"), row["why"]


NEGOTIATIONS: Final = {
    "negotiations_earliest": "negotiations_earliest",
    "min_period_end": "negotiations_end_earliest",
    "decision_earliest": "decision_earliest",
    "earliest_end": "earliest_end",
}


@pytest.mark.parametrize("row", cases("negotiations.csv"))
def test_whether_negotiations_must_be_held(row: Row, book: LawBook) -> None:
    result = evaluate("must_negotiate", facts_of(row), book)

    assert result.answer == row["must_negotiate"], row["why"]
    if result.answer is Answer.DEPENDS:
        assert set(result.depends_on) == names_of(row)


@pytest.mark.parametrize("row", cases("negotiations.csv"))
def test_the_minimum_period_of_negotiations(row: Row, book: LawBook) -> None:
    result = evaluate("negotiation_days", facts_of(row), book)

    if row["min_days"] == "-":
        assert result.answer is Answer.NO
    elif row["min_days"]:
        assert result.days == int(row["min_days"]), row["why"]
        assert unsure(result) == (row["unsure"] == "yes")
    elif row["must_negotiate"] == "yes":
        assert result.answer is Answer.DEPENDS
        assert result.days is None


@pytest.mark.parametrize("column", NEGOTIATIONS)
@pytest.mark.parametrize("row", cases("negotiations.csv"))
def test_the_dates_of_negotiations(row: Row, column: str, book: LawBook) -> None:
    result = evaluate(NEGOTIATIONS[column], facts_of(row), book)
    day = result.dates.date if result.dates else None

    if row[column]:
        assert iso(day) == row[column], row["why"]
        assert (result.answer is Answer.YES) == (row[column] != "-")
    elif row["must_negotiate"] == "no_law_row":
        assert result.answer is Answer.NO_LAW_ROW
    elif row["must_negotiate"] == "yes" and row["depends_on"]:
        asked = names_of(row) | ({"dismissals"} if "headcount" in names_of(row) else set())
        assert result.answer is Answer.DEPENDS
        assert set(result.depends_on) <= asked


@pytest.mark.parametrize("row", cases("persons.csv"))
def test_the_rights_of_one_person(row: Row, book: LawBook) -> None:
    result = evaluate(row["rule"], facts_of(row), book)

    assert result.answer == row["answer"], row["why"]
    assert set(result.depends_on) == names_of(row)
    if row["days"]:
        assert result.days == int(row["days"]), row["why"]
    if row["date"]:
        assert result.dates is not None
        assert iso(result.dates.date) == row["date"], row["why"]
        assert iso(result.dates.safe_date) == (row["safe_date"] or iso(result.dates.safe_date))
        assert iso(result.dates.last_date) == (row["last_date"] or iso(result.dates.last_date))
    if row["answer"] == "yes":
        assert unsure(result) == (row["unsure"] == "yes")


def window_of(row: Row, book: LawBook) -> Window:
    """Return the one window in which a row's people are displaced, all on its first day."""
    start = dt.date.fromisoformat(row["reference_start"])
    people = [Displacement(start, int(row["counted"] or 0), "Esimerkki Oy", "29", "FI1C")]
    application = dt.date.fromisoformat(row["application_date"])
    (window,) = egf_windows(Criterion[row["criterion"].upper()], people, application, book).windows
    return window


@pytest.mark.parametrize("row", cases("egf.csv", "egf_window"))
def test_a_reference_period_and_the_threshold_of_its_regulation(row: Row, book: LawBook) -> None:
    if row["answer"] in {"yes", "no"} or row["depends_on"] == "counted":
        window = window_of(row, book)
        assert window.met == (row["answer"] == "yes"), row["why"]
        assert window.threshold == int(row["threshold"])
        assert iso(window.end) == row["date"]
        assert row["regulation"] in window.law[0].statute
        return
    application = facts_of(row).get("application")
    assert application is None or isinstance(application, dt.date)
    found = egf_windows(Criterion[row["criterion"].upper()], [], application, book)
    assert found.windows == ()
    assert set(found.depends_on) == names_of(row)
    assert (found.no_row_for is not None) == (row["answer"] == "no_law_row")


@pytest.mark.parametrize("row", cases("egf.csv", "egf_apply_by", "egf_imminent_apply_by"))
def test_the_application_deadline_of_the_fund(row: Row, book: LawBook) -> None:
    result = evaluate(row["rule"], facts_of(row), book)

    assert result.answer == row["answer"], row["why"]
    assert set(result.depends_on) == names_of(row)
    if row["date"]:
        assert result.dates is not None
        assert iso(result.dates.date) == row["date"], row["why"]
        assert iso(result.dates.safe_date) == row["safe_date"]
        assert unsure(result) == (row["unsure"] == "yes")
    if row["regulation"]:
        assert any(row["regulation"] in law.statute for law in result.law)


@pytest.mark.parametrize("row", cases("municipal_share.csv", "municipal_share_percent"))
def test_the_share_of_a_paid_day(row: Row, book: LawBook) -> None:
    band = municipal_share(int(row["paid_day"]), dt.date.fromisoformat(row["on_date"]), book)

    assert (band.percent if band else None) == (int(row["share_percent"]) if row["share_percent"] else None)
    assert (band is None) == (row["answer"] == "no_law_row")


@pytest.mark.parametrize("row", cases("municipal_share.csv", "municipal_share_from"))
def test_the_first_day_a_municipality_may_pay(row: Row, book: LawBook) -> None:
    facts = facts_of(row) | {"holiday_pay_days": 0, "new_job": False}

    result = evaluate("municipal_share_from", facts, book)

    assert result.answer == row["answer"], row["why"]
    assert iso(result.dates.date if result.dates else None) == (row["date"] or "-")
