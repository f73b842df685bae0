"""One course of events from proposal to the last deadline, as the law sets it."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.rules.registry import RULES, evaluate
from muutosturva.rules.results import Answer
from muutosturva.rules.workdays import WorkCalendar
from tests.rules.cases_of import LARGE, PERSON


@pytest.fixture(scope="module")
def book() -> LawBook:
    """Return the rule book as it is shipped."""
    return shipped_book()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


COURSE = [
    # rule, nominal, what the plan uses, moved by 150/1930
    ("negotiations_earliest", "2027-03-06", "2027-03-08", None),
    ("authority_copy_by", "2027-03-08", "2027-03-08", None),
    ("negotiations_end_earliest", "2027-03-29", "2027-03-30", None),
    ("decision_earliest", "2027-03-30", "2027-03-30", None),
    ("earliest_end", "2027-03-31", "2027-03-31", None),
    ("notice_period_end", "2027-09-30", "2027-09-30", "2027-09-30"),
    ("mt55_register_by", "2027-05-29", "2027-05-28", None),
    ("mt55_money_apply_by", "2027-12-30", "2027-12-30", None),
    ("coaching_by", "2027-11-30", "2027-11-30", None),
    ("occupational_health_until", "2028-03-30", "2028-03-30", None),
    ("reemployment_until", "2028-03-30", "2028-03-30", None),
    ("jobseeker_register_by", "2027-10-01", "2027-10-01", None),
    ("first_interview_by", "2027-10-15", "2027-10-15", None),
    ("municipal_share_from", "2028-02-29", "2028-02-29", None),
]


@pytest.mark.parametrize(("rule", "nominal", "planned", "moved"), COURSE)
def test_the_course_of_a_large_firm(
    rule: str, nominal: str, planned: str, moved: str | None, book: LawBook
) -> None:
    """Easter Monday ends the three weeks; a Saturday ends the sixty days of the 55+ package."""
    later: dict[str, object] = {
        "end": day("2027-09-30"),
        "duty_end": day("2027-09-30"),
        "holiday_pay_days": 0,
    }
    facts = LARGE | PERSON | later | {"registered": day("2027-10-01")}

    result = evaluate(rule, facts, book)

    assert result.answer is Answer.YES
    assert result.dates is not None
    assert result.dates.date == day(nominal)
    assert RULES[rule].plan_date(result) == day(planned)
    assert result.dates.last_date == (day(moved) if moved else None)
    assert result.revision == result.dates.revision == book.revision
    assert result.law


def test_the_first_notices_of_that_firm_end_two_weeks_and_the_last_six_months_later(book: LawBook) -> None:
    result = evaluate("notice_period_range", LARGE, book)

    assert RULES["notice_period_range"].plan_range(result) == (day("2027-04-13"), day("2027-09-30"))
    assert result.answer is Answer.YES


def test_a_small_firm_goes_from_proposal_to_decisions_in_thirteen_days(book: LawBook) -> None:
    """45 staff of whom 25 go: five days, seven days, and the decision on the day after."""
    facts: dict[str, object] = LARGE | {
        "proposal": day("2027-03-05"),
        "negotiations": day("2027-03-10"),
        "headcount": 25,
        "dismissals": 25,
        "employer_size": 45,
    }

    decision = evaluate("decision_earliest", facts, book)
    floor = evaluate("earliest_end", facts, book)

    assert decision.dates is not None
    assert floor.dates is not None
    assert (decision.dates.date, floor.dates.date) == (day("2027-03-18"), day("2027-04-04"))
    assert floor.dates.safe_date == day("2027-04-05")


def test_the_first_end_of_a_small_firm_waits_for_the_thirty_days(book: LawBook) -> None:
    """A notice of fourteen days runs out on 1.4.; no employment may end before 4.4."""
    facts = LARGE | {"proposal": day("2027-03-05"), "notice": day("2027-03-18"), "dismissals": 25}

    result = evaluate("notice_period_range", facts, book)

    assert RULES["notice_period_range"].plan_range(result) == (day("2027-04-04"), day("2027-09-18"))
    assert "yt.end_not_before" in {row.key for row in result.law}


def test_whether_the_thirty_days_hold_depends_on_the_number_where_they_matter(book: LawBook) -> None:
    early = LARGE | {"proposal": day("2027-03-05"), "notice": day("2027-03-18"), "dismissals": None}

    assert evaluate("notice_period_range", early, book).depends_on == ("dismissals",)
    assert evaluate("notice_period_range", LARGE | {"dismissals": None}, book).answer is Answer.YES


def test_in_bankruptcy_every_notice_is_the_short_one(book: LawBook) -> None:
    result = evaluate(
        "notice_period_range", {"notice": day("2027-03-04"), "bankruptcy": True, "restructuring": False}, book
    )

    assert RULES["notice_period_range"].plan_range(result) == (day("2027-03-18"), day("2027-03-18"))


def test_in_restructuring_the_longest_notice_is_two_months(book: LawBook) -> None:
    facts = {"notice": day("2027-03-30"), "bankruptcy": False, "restructuring": True}

    result = evaluate("notice_period_range", facts, book)

    assert RULES["notice_period_range"].plan_range(result) == (day("2027-04-13"), day("2027-05-30"))


def test_a_plan_has_the_registration_day_before_anybody_is_known_by_name(book: LawBook) -> None:
    """Planning knows the notice day and not yet a single person."""
    result = evaluate("mt55_register_by", LARGE, book)

    assert result.answer is Answer.DEPENDS
    assert result.depends_on == ("birth_date", "employment_start", "breaks_over_30")
    assert RULES["mt55_register_by"].plan_date(result) == day("2027-05-28")
    assert evaluate("mt55_register_by", LARGE | {"bankruptcy": True}, book).answer is Answer.NO


def test_an_unknown_size_of_employer_gives_a_range_and_not_a_guess(book: LawBook) -> None:
    result = evaluate("decision_earliest", LARGE | {"employer_size": None}, book)

    assert result.answer is Answer.DEPENDS
    assert result.depends_on == ("employer_size",)
    assert RULES["decision_earliest"].plan_range(result) == (day("2027-03-16"), day("2027-03-30"))


def test_closed_days_of_the_area_move_the_safe_day_and_never_the_nominal_one(book: LawBook) -> None:
    closed = WorkCalendar(frozenset({day("2027-05-28")}))

    result = evaluate("mt55_register_by", LARGE | PERSON, book, closed)

    assert result.dates is not None
    assert (result.dates.date, result.dates.safe_date) == (day("2027-05-29"), day("2027-05-27"))


def test_the_first_interview_is_not_put_off_by_an_offices_own_day_off(book: LawBook) -> None:
    closed = WorkCalendar(frozenset({day("2027-10-04"), day("2027-10-15")}))

    result = evaluate("first_interview_by", {"registered": day("2027-10-01")}, book, closed)

    assert result.dates is not None
    assert (result.dates.date, result.dates.safe_date) == (day("2027-10-15"), day("2027-10-14"))


@pytest.mark.parametrize(
    ("registered", "answer", "date"),
    [
        ("2021-12-31", Answer.NO_LAW_ROW, None),
        ("2025-12-31", Answer.YES, "2026-01-09"),  # five working days over New Year and Epiphany
        ("2026-01-01", Answer.YES, "2026-01-16"),  # ten, from the first day of the longer time
        ("2027-12-17", Answer.YES, "2028-01-03"),  # over Christmas: 24.-26.12. and 1.1. are out
    ],
)
def test_the_first_interview_follows_the_law_of_the_registration_day(
    registered: str, answer: Answer, date: str | None, book: LawBook
) -> None:
    result = evaluate("first_interview_by", {"registered": day(registered)}, book)

    assert result.answer is answer
    assert (result.dates.date if result.dates else None) == (day(date) if date else None)


def test_before_anybody_registers_the_interview_is_planned_from_the_day_registration_is_due(
    book: LawBook,
) -> None:
    result = evaluate("first_interview_by", {"end": day("2027-09-30")}, book)

    assert result.depends_on == ("registered",)
    assert RULES["first_interview_by"].plan_date(result) == day("2027-10-15")


@pytest.mark.parametrize("rule", ["action_plan", "authority_list"])
@pytest.mark.parametrize(("count", "answer"), [(9, Answer.NO), (10, Answer.YES), (None, Answer.DEPENDS)])
def test_ten_dismissals_bring_an_action_plan_and_a_list(
    rule: str, count: int | None, answer: Answer, book: LawBook
) -> None:
    assert evaluate(rule, LARGE | {"dismissals": count}, book).answer is answer


def test_the_authority_gets_the_proposal_whatever_the_number_of_persons(book: LawBook) -> None:
    one = LARGE | {"headcount": 1, "dismissals": 1}

    assert evaluate("authority_copy_by", one, book).answer is Answer.YES


def test_the_copy_is_due_on_the_working_day_before_talks_that_begin_on_a_holiday(book: LawBook) -> None:
    result = evaluate("authority_copy_by", LARGE | {"negotiations": day("2027-03-29")}, book)

    assert RULES["authority_copy_by"].plan_date(result) == day("2027-03-25")
