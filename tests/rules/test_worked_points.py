"""Points of single rules that the tables of whole cases pass by."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.rules.reasons import Reason
from muutosturva.rules.registry import RULES, evaluate
from muutosturva.rules.results import Answer
from tests.rules.cases_of import LARGE, PERSON


@pytest.fixture(scope="module")
def book() -> LawBook:
    """Return the rule book as it is shipped."""
    return shipped_book()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


SMALL = LARGE | {"employer_size": 45, "headcount": 12, "dismissals": 12}


@pytest.mark.parametrize(
    ("others", "answer"),
    [(None, Answer.DEPENDS), (0, Answer.NO), (7, Answer.NO), (8, Answer.YES)],
)
def test_other_measures_within_ninety_days_count_too(
    others: int | None, answer: Answer, book: LawBook
) -> None:
    """Twelve now and eight before make twenty; what nobody has told is not taken for nothing."""
    result = evaluate("must_negotiate", SMALL | {"others_90_days": others}, book)

    assert result.answer is answer
    assert result.depends_on == (("others_90_days",) if others is None else ())


def test_while_the_duty_is_open_the_dates_of_negotiations_stand(book: LawBook) -> None:
    result = evaluate("decision_earliest", SMALL, book)

    assert result.answer is Answer.DEPENDS
    assert RULES["decision_earliest"].plan_date(result) == day("2027-03-16")


@pytest.mark.parametrize("dismissals", [0, 15])
def test_dismissals_among_a_larger_number_are_what_is_sure(dismissals: int, book: LawBook) -> None:
    """Thirty are affected; of those not dismissed it is not known whether they count."""
    facts = LARGE | {"employer_size": 45, "headcount": 30, "dismissals": dismissals, "others_90_days": 0}

    assert evaluate("must_negotiate", facts, book).depends_on == ("measure",)
    assert evaluate("must_negotiate", facts | {"measure": "part_time"}, book).answer is Answer.YES
    assert evaluate("must_negotiate", facts | {"others_90_days": 20}, book).answer is Answer.YES


def test_the_thirty_days_run_from_the_day_the_authority_got_the_proposal(book: LawBook) -> None:
    result = evaluate("earliest_end", LARGE | {"authority_proposal": day("2027-03-08")}, book)

    assert RULES["earliest_end"].plan_date(result) == day("2027-04-07")


def test_the_law_of_the_thirty_days_is_that_of_the_proposal(book: LawBook) -> None:
    """Given to staff on 30.6.2025, to the authority on 1.7.2025: the floor was not law yet."""
    facts = LARGE | {"proposal": day("2025-06-30"), "authority_proposal": day("2025-07-01")}

    result = evaluate("earliest_end", facts, book)

    assert result.answer is Answer.NO_LAW_ROW
    assert result.no_row_for == ("yt.end_not_before", day("2025-06-30"))


def test_while_the_end_is_open_service_may_still_become_long_enough(book: LawBook) -> None:
    """Four years and nine months on the notice day: five at the end of a four-month notice."""
    facts = LARGE | PERSON | {"employment_start": day("2022-06-30")}

    open_end = evaluate("coaching_by", facts, book)
    late_end = evaluate("coaching_by", facts | {"end": day("2027-07-30")}, book)

    assert (open_end.answer, open_end.depends_on) == (Answer.DEPENDS, ("end",))
    assert late_end.answer is Answer.YES
    assert evaluate("coaching_by", facts | {"end": day("2027-04-13")}, book).answer is Answer.NO


@pytest.mark.parametrize(
    ("months", "end", "planned"),
    [
        (4, "2027-07-30", "2028-01-28"),  # 11 y 8 m and four full months: twelve years, six months
        (4, "2027-07-28", "2027-11-26"),  # two days short of the fourth month: four months
        (3, "2027-07-30", "2027-11-30"),  # 11 y 7 m and four: four months
    ],
)
def test_service_told_in_years_grows_by_full_months_to_the_end(
    months: int, end: str, planned: str, book: LawBook
) -> None:
    """The length is told for the notice day, 30.3.2027, and judged at the end."""
    service = {"service_years": 11, "service_months": months + 4, "end": day(end)}

    result = evaluate("reemployment_until", LARGE | service, book)

    assert result.answer is Answer.YES
    assert RULES["reemployment_until"].plan_date(result) == day(planned)


def test_the_length_of_reemployment_is_a_range_while_service_is_open(book: LawBook) -> None:
    result = evaluate("reemployment_until", LARGE | {"end": day("2027-09-30")}, book)

    assert result.depends_on == ("employment_start",)
    assert RULES["reemployment_until"].plan_range(result) == (day("2028-01-28"), day("2028-03-30"))


@pytest.mark.parametrize(("size", "answer"), [(49, Answer.NO), (50, Answer.YES), (None, Answer.DEPENDS)])
def test_the_bill_on_reemployment_works_once_the_book_dates_it(
    size: int | None, answer: Answer, book: LawBook
) -> None:
    """Until then a small employer has the duty like any other."""
    facts = LARGE | PERSON | {"end": day("2027-09-30"), "employer_size": size}
    bill = book.history("tsl.reemploy_employer_min")[0]
    passed = book.with_change(bill, valid_from=day("2027-06-01"))

    assert evaluate("reemployment_until", facts, book).answer is Answer.YES
    result = evaluate("reemployment_until", facts, passed)
    assert result.answer is answer
    assert result.revision == book.revision + 1


def test_an_exclusion_holds_only_while_a_row_says_so(book: LawBook) -> None:
    """Were the 55+ package opened to bankruptcies, a corrected row would be all it takes."""
    row = book.row("mt55.not_in_bankruptcy", day("2027-03-30"))
    assert row is not None
    opened = book.with_change(row, value="no")
    facts = LARGE | PERSON | {"bankruptcy": True}

    assert evaluate("mt55_eligible", facts, book).reason_code == Reason.MT55_BANKRUPTCY
    assert evaluate("mt55_eligible", facts, opened).answer is Answer.YES


def test_bankruptcy_is_insolvency(book: LawBook) -> None:
    claim = {"claim_due": day("2027-03-18")}

    assert evaluate("pay_security_by", claim | {"bankruptcy": True}, book).answer is Answer.YES
    assert evaluate("pay_security_by", claim | {"bankruptcy": False}, book).depends_on == ("insolvent",)


def test_once_it_is_sure_that_a_deadline_moves_the_last_day_is_told(book: LawBook) -> None:
    """The office confirms the row; until then the last day of the 55+ registration stays empty."""
    row = book.row("act_150_1930.mt55_register_by", day("2027-03-30"))
    assert row is not None
    confirmed = book.with_change(row, confidence=row.confidence.FOUND)

    result = evaluate("mt55_register_by", LARGE | PERSON, confirmed)

    assert result.dates is not None
    assert (result.dates.last_date, result.dates.safe_date) == (day("2027-05-31"), day("2027-05-28"))


def test_a_resignation_brings_no_change_security(book: LawBook) -> None:
    result = evaluate("mt55_register_by", LARGE | PERSON | {"ending": "resignation"}, book)

    assert (result.answer, result.reason_code) == (Answer.NO, Reason.MT55_NOT_DISMISSED)


def test_a_notice_period_of_the_contract_goes_before_that_of_the_act(book: LawBook) -> None:
    facts = LARGE | PERSON | {"contract_notice_months": 8}

    result = evaluate("notice_period_end", facts, book)

    assert RULES["notice_period_end"].plan_date(result) == day("2027-11-30")


def test_open_proceedings_make_the_end_of_notice_a_range(book: LawBook) -> None:
    facts = LARGE | PERSON | {"bankruptcy": None}

    result = evaluate("notice_period_end", facts, book)

    assert result.depends_on == ("bankruptcy",)
    assert RULES["notice_period_end"].plan_range(result) == (day("2027-04-13"), day("2027-09-30"))
    assert evaluate("leave_days", facts, book).depends_on == ("bankruptcy",)


def test_leave_is_at_least_the_ordinary_one_while_the_55_plus_conditions_are_open(book: LawBook) -> None:
    result = evaluate("leave_days", LARGE | PERSON | {"breaks_over_30": None}, book)

    assert (result.answer, result.days, result.depends_on) == (Answer.DEPENDS, 20, ("breaks_over_30",))
