"""The shipped rule book: every known fact of the law stands in it, with its mark."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Final

import pytest

from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.rules.book import shipped_book
from muutosturva.rules.results import Confidence, LawRow

FACTS: Final = Path(__file__).parent / "facts" / "parameters.csv"
"""What was collected about the law, one fact a line; ranges and conditions hide in its cells."""

SPLIT: Final = {
    "yt.light_regime_employer_size": {"yt.light_regime_from": "20", "yt.light_regime_to": "49"},
    "muni.share_0_100": {"muni.band_0.share": "0"},
    "muni.share_100_199": {"muni.band_1.share": "10"},
    "muni.share_200_299": {"muni.band_2.share": "20"},
    "muni.share_300_399": {"muni.band_3.share": "30"},
    "muni.share_400_699": {"muni.band_4.share": "40"},
    "muni.share_700_": {"muni.band_5.share": "50"},
}
"""Facts whose cell held more than one, or whose name held a number that was wrong."""

HIDDEN: Final = [
    ("yt.light_regime_window", "2025-07-01", "90", "found"),
    ("yt.light_regime_layoff_max", "2025-07-01", "90", "found"),
    ("yt.proposal_lead_short", "2010-01-01", "3", "unsure"),
    ("yt.short_layoff_max", "2026-01-01", "90", "unsure"),
    ("yt.short_employer_below", "2025-06-30", "30", "unsure"),
    ("yt.short_employer_below", "2025-07-01", "50", "found"),
    ("yt.short_in_restructuring", "2026-01-01", "yes", "unsure"),
    ("yt.end_not_before_from", "2025-07-01", "10", "found"),
    ("yt.compensation_adjusted", "2026-01-01", "3", "unsure"),
    ("tsl.notice_lt_1y.service_to", "2027-01-01", "1", "found"),
    ("tsl.notice_1_4y.service_to", "2027-01-01", "4", "found"),
    ("tsl.notice_4_8y.service_to", "2027-01-01", "8", "found"),
    ("tsl.notice_8_12y.service_to", "2027-01-01", "12", "found"),
    ("tsl.leave_short.notice_to", "2027-01-01", "1", "sure"),
    ("tsl.leave_mid.notice_to", "2027-01-01", "4", "sure"),
    ("tsl.leave55_short", "2027-01-01", "5", "found"),
    ("tsl.reemploy_months_12y.service_from", "2027-01-01", "12", "sure"),
    ("tsl.coaching_counted_from", "2027-01-01", "end of employment", "unsure"),
    ("tsl.occ_health_employer_min", "2027-01-01", "30", "found"),
    ("tsl.occ_health_service_min", "2027-01-01", "5", "found"),
    ("mt55.breaks_max", "2023-01-01", "30", "found"),
    ("mt55.money_average_months", "2023-01-01", "12", "found"),
    ("ui.step1_level", "2024-09-02", "80", "found"),
    ("ui.step2_level", "2024-09-02", "75", "found"),
    ("ui.base_daily.carry_on", "2027-01-01", "yes", "found"),
    ("egf.threshold", "2009-04-30", "1000", "found"),
    ("egf.period_region", "2021-01-01", "4", "found"),
    ("egf.apply_within", "2013-12-31", "10", "unsure"),
    ("egf.rate_floor", "2021-01-01", "60", "found"),
    ("proc.training_is_other_special", "2026-01-01", "yes", "unsure"),
    ("svc.first_interview", "2025-12-31", "5", "sure"),
    ("svc.first_interview", "2026-01-01", "10", "found"),
    ("muni.band_0.to", "2025-01-01", "100", "derived"),
    ("muni.band_1.from", "2025-01-01", "101", "derived"),
    ("muni.band_4.to", "2025-01-01", "700", "derived"),
    ("muni.band_5.from", "2025-01-01", "701", "derived"),
    ("level.m_from", "2026-01-01", "10", "derived"),
    ("level.l_from", "2026-01-01", "50", "derived"),
    ("level.xl_from", "2026-01-01", "200", "derived"),
    ("areas.notify_share", "2026-01-01", "0.02", "derived"),
    ("disclosure.small_cell_below", "2026-01-01", "5", "unsure"),
]
"""Facts that hid in notes, conditions and ranges, and what the program needs beside the law."""


def facts() -> list[dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def matches(row: LawRow, value: str, fact: dict[str, str]) -> bool:
    """Tell whether a row says what a fact says, from and to the same day and with the same mark."""
    dates = tuple(day.isoformat() if day else "" for day in (row.valid_from, row.valid_to))
    return (row.value, *dates, row.confidence) == (
        value,
        fact["valid_from"],
        fact["valid_to"],
        fact["confidence"],
    )


@pytest.mark.parametrize(
    "fact", [pytest.param(fact, id=f"{fact['key']}-{fact['valid_from']}") for fact in facts()]
)
def test_every_fact_stands_in_the_book_with_its_days_and_its_mark(fact: dict[str, str]) -> None:
    book = shipped_book()

    for key, value in SPLIT.get(fact["key"], {fact["key"]: fact["value"]}).items():
        found = [row for row in book.history(key) if matches(row, value, fact)]
        assert len(found) == 1, key
        assert found[0].statute
        assert found[0].source


@pytest.mark.parametrize(("key", "on", "value", "mark"), HIDDEN)
def test_what_hid_in_a_cell_is_a_row_of_its_own(key: str, on: str, value: str, mark: str) -> None:
    row = shipped_book().row(key, dt.date.fromisoformat(on))

    assert row is not None
    assert (row.value, row.confidence.value) == (value, mark)


@pytest.mark.parametrize(
    "key", ["tsl.reemploy_employer_min", "tsl.layoff_notice", "egf.imminent_apply_within", "egf.imminent_max"]
)
def test_a_bill_is_present_and_never_in_force(key: str) -> None:
    bills = [row for row in shipped_book().history(key) if row.valid_from is None]

    assert len(bills) == 1
    assert not any(bills[0].in_force(dt.date(year, 7, 1)) for year in range(2020, 2040))


def test_every_row_says_where_it_was_read() -> None:
    assert [row.key for row in shipped_book().rows if not row.source] == []


def test_only_the_programs_own_limits_have_no_statute() -> None:
    bare = {row.key.split(".")[0] for row in shipped_book().rows if not row.statute}

    assert bare == {"level", "areas", "disclosure", "office"}


def test_no_row_claims_that_a_person_has_checked_it() -> None:
    """The rows come from excerpts; the office sets the day when somebody has compared them."""
    assert [row.key for row in shipped_book().rows if row.checked] == []


def test_a_note_that_says_unsure_of_a_value_is_never_on_a_sure_row() -> None:
    """A section number or a starting day may be unsure on a row whose value was found."""
    doubtful = re.compile(r"\[unsure\]|presumably")
    wrong = [
        row.key
        for row in shipped_book().rows
        if doubtful.search(row.note) and row.confidence is not Confidence.UNSURE
    ]

    assert wrong == []


def test_the_bands_of_the_municipal_share_leave_no_paid_day_out() -> None:
    book, day, following = shipped_book(), dt.date(2027, 1, 1), 1
    for index in range(6):
        first, last = (book.row(f"muni.band_{index}.{end}", day) for end in ("from", "to"))
        assert first is not None
        assert int(first.value) == following
        if last is not None:
            following = int(last.value) + 1
    assert book.row("muni.band_5.to", day) is None
    assert book.row("muni.band_6.from", day) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_a_name_and_a_unit_in_words(language: Language) -> None:
    texts = Texts(language)
    rows = shipped_book().rows

    assert [row.key for row in rows if not texts.has(f"rules.law.{row.key}")] == []
    assert {row.unit for row in rows if row.unit and not texts.has(f"rules.unit.{row.unit}")} == set()
