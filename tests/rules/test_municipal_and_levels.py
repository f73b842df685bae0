"""The municipality's share, the base benefit that is carried on, and the level of an incident."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.rules.levels import Level, level
from muutosturva.rules.municipal import base_daily, municipal_bands, municipal_share
from muutosturva.rules.registry import RULES, evaluate
from muutosturva.rules.results import Answer

BOOK = shipped_book()
TODAY = dt.date(2027, 3, 1)


@given(st.integers(1, 2000))
def test_a_paid_day_lies_in_its_hundred(paid_day: int) -> None:
    """Day d belongs to the hundred (d - 1) // 100; the fourth to sixth hundred share one rate."""
    rates = (0, 10, 20, 30, 40, 40, 40, 50)

    band = municipal_share(paid_day, TODAY, BOOK)

    assert band is not None
    assert band.percent == rates[min((paid_day - 1) // 100, 7)]
    assert band.first <= paid_day
    assert band.last is None or paid_day <= band.last


def test_paid_days_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        municipal_share(0, TODAY, BOOK)


def test_before_2025_the_new_shares_have_no_row() -> None:
    assert municipal_bands(dt.date(2024, 12, 31), BOOK) == ()
    assert len(municipal_bands(dt.date(2025, 1, 1), BOOK)) == 6


@pytest.mark.parametrize(
    ("on", "carried"), [("2026-12-31", False), ("2027-01-01", True), ("2029-06-01", True)]
)
def test_the_last_known_benefit_is_carried_on_and_marked(on: str, carried: bool) -> None:  # noqa: FBT001 - a column of the table
    found = base_daily(dt.date.fromisoformat(on), BOOK)

    assert found is not None
    assert (found.row.value, found.carried_on) == ("37.21", carried)


def test_a_benefit_is_carried_on_only_where_the_book_says_so() -> None:
    silent = LawBook(tuple(row for row in BOOK.rows if row.key != "ui.base_daily.carry_on"))

    assert base_daily(dt.date(2027, 1, 1), silent) is None
    assert base_daily(dt.date(2022, 12, 31), BOOK) is None


@pytest.mark.parametrize(
    ("holiday_pay_days", "first"),
    [(0, "2028-02-29"), (1, "2028-03-01"), (10, "2028-03-14"), (None, "2028-02-29")],
)
def test_spread_holiday_pay_puts_the_share_off(holiday_pay_days: int | None, first: str) -> None:
    facts = {"end": dt.date(2027, 9, 30), "new_job": False, "holiday_pay_days": holiday_pay_days}

    result = evaluate("municipal_share_from", facts, BOOK)

    assert RULES["municipal_share_from"].plan_date(result) == dt.date.fromisoformat(first)
    assert (result.answer is Answer.DEPENDS) == (holiday_pay_days is None)


def test_a_later_first_day_of_unemployment_goes_before_the_end_of_employment() -> None:
    facts = {"unemployed_from": dt.date(2027, 10, 4), "new_job": False, "holiday_pay_days": 0}

    found = evaluate("municipal_share_from", facts, BOOK)
    with_end = evaluate("municipal_share_from", facts | {"end": dt.date(2027, 9, 30)}, BOOK)

    assert found == with_end
    assert RULES["municipal_share_from"].plan_date(found) == dt.date(2028, 3, 1)


@pytest.mark.parametrize(
    ("headcount", "critical", "expected"),
    [
        (1, False, Level.S),
        (9, False, Level.S),
        (10, False, Level.M),
        (49, False, Level.M),
        (50, False, Level.L),
        (199, False, Level.L),
        (200, False, Level.XL),
        (5, True, Level.XL),
        (None, True, Level.XL),
        (None, False, None),
        (250, None, Level.XL),
        (60, None, None),
        (5, None, None),
    ],
)
def test_the_level_follows_the_number_of_people_or_a_critical_loss(
    headcount: int | None,
    critical: bool | None,  # noqa: FBT001 - a column of the table
    expected: Level | None,
) -> None:
    """What a missing fact could still change is not guessed."""
    assert level(headcount, critical, TODAY, BOOK) is expected


def test_levels_have_an_order() -> None:
    assert sorted(Level, key=lambda step: step.rank) == [Level.S, Level.M, Level.L, Level.XL]


def test_without_rows_of_the_levels_there_is_no_level() -> None:
    assert level(60, False, TODAY, LawBook(())) is None
