"""Working days, months and moved deadlines, against an oracle of its own: Easter and fixed days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.clock import HELSINKI
from muutosturva.errors import UsageError
from muutosturva.rules.workdays import (
    FIRST_YEAR,
    LAST_YEAR,
    WorkCalendar,
    act_150_1930,
    add_months,
    next_weekday,
    public_holidays,
)

PLAIN = WorkCalendar()
ONE_DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def saturday_from(year: int, month: int, first: int) -> dt.date:
    """Return the Saturday of the seven days that begin on a day: how Finland moves two holidays."""
    start = dt.date(year, month, first)
    return start + dt.timedelta(days=(6 - start.isoweekday()) % 7)


def easter(year: int) -> dt.date:
    """Return Easter Sunday by the anonymous Gregorian computus."""
    century, rest = divmod(year, 100)
    shift = (8 * century + 13) // 25
    epact = (19 * (year % 19) + century - century // 4 - shift + 15) % 30
    full_moon = epact - (epact + year % 19 // 11) // 29
    weekday = (2 * (century % 4) + 2 * (rest // 4) + 32 - full_moon - rest % 4) % 7
    month, number = divmod(
        full_moon + weekday + 114 - 7 * ((year % 19 + 11 * full_moon + 22 * weekday) // 451), 31
    )
    return dt.date(year, month, number + 1)


def oracle(year: int) -> Iterator[dt.date]:
    """Yield the holidays of a year by the rules of the calendar act and of the public offices."""
    for month, number in ((1, 1), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)):
        yield dt.date(year, month, number)
    for offset in (-2, 0, 1, 49):
        yield easter(year) + dt.timedelta(days=offset)
    midsummer = saturday_from(year, 6, 20)
    yield midsummer - ONE_DAY
    yield midsummer
    yield saturday_from(year, 10, 31)
    if year >= 1991:
        yield dt.date(year, 1, 6)
        yield easter(year) + dt.timedelta(days=39)
    else:
        yield saturday_from(year, 1, 6)
        yield easter(year) + dt.timedelta(days=34)


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_the_holidays_of_every_year_are_those_of_the_law(year: int) -> None:
    """Until 1990 Epiphany and Ascension were kept on Saturdays."""
    assert public_holidays(year) == set(oracle(year))


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_outside_its_years_the_calendar_refuses(year: int) -> None:
    with pytest.raises(UsageError, match=r"rules\.year_out_of_range"):
        public_holidays(year)


def test_counting_past_the_last_year_is_refused_and_not_endless() -> None:
    with pytest.raises(UsageError):
        PLAIN.add_working_days(dt.date(LAST_YEAR, 12, 30), 10)


def test_closed_days_of_the_area_are_no_working_days() -> None:
    area = WorkCalendar(frozenset({day("2027-03-02")}))

    assert area.add_working_days(day("2027-03-01"), 1) == day("2027-03-03")
    assert not area.is_working_day(day("2027-03-02"))


def test_closed_days_of_the_area_do_not_move_the_deadlines_of_the_law() -> None:
    """The act on time limits knows holidays and Saturdays, not an office's own day off."""
    assert act_150_1930(day("2027-03-02")) == day("2027-03-02")


@pytest.mark.parametrize(
    ("from_day", "moved"),
    [
        ("2027-05-29", "2027-05-31"),  # a Saturday
        ("2027-03-26", "2027-03-30"),  # Good Friday, then the weekend and Easter Monday
        ("2027-06-25", "2027-06-28"),  # Midsummer Eve
        ("2026-12-24", "2026-12-28"),  # Christmas Eve, a Thursday
        ("2027-12-06", "2027-12-07"),  # Independence Day
        ("2026-05-01", "2026-05-04"),  # May Day, a Friday
        ("2027-01-06", "2027-01-07"),  # Epiphany
        ("2027-12-31", "2027-12-31"),  # New Year's Eve is a day like others
        ("2027-05-28", "2027-05-28"),
    ],
)
def test_a_statutory_deadline_moves_to_the_next_open_day(from_day: str, moved: str) -> None:
    assert act_150_1930(day(from_day)) == day(moved)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-02-28", 1, "2027-03-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2027-01-15", -13, "2025-12-15"),
        ("2027-05-05", 0, "2027-05-05"),
    ],
)
def test_months_end_on_the_same_day_number_or_the_last_day(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_months_beyond_every_calendar_are_refused() -> None:
    with pytest.raises(UsageError):
        add_months(dt.date(2027, 3, 1), 12 * 9000)


@pytest.mark.parametrize(
    ("start", "weekday", "found"),
    [("2027-03-01", 1, "2027-03-08"), ("2027-03-02", 1, "2027-03-08"), ("2027-03-07", 1, "2027-03-08")],
)
def test_the_next_weekday_comes_after_the_day_itself(start: str, weekday: int, found: str) -> None:
    assert next_weekday(day(start), weekday) == day(found)


@pytest.mark.parametrize("sunday", ["2027-03-28", "2027-10-31", "2026-03-29", "2026-10-25"])
def test_the_days_on_which_clocks_change_are_days_like_others(sunday: str) -> None:
    """Dates are counted, not hours: the day has 23 or 25 of them and still counts as one."""
    change = day(sunday)
    begins = dt.datetime.combine(change, dt.time(), HELSINKI)
    ends = dt.datetime.combine(change + ONE_DAY, dt.time(), HELSINKI)
    assert ends.astimezone(dt.UTC) - begins.astimezone(dt.UTC) != ONE_DAY

    assert PLAIN.working_days_between(change - ONE_DAY, change) == 0
    assert PLAIN.add_working_days(change, 1) == PLAIN.add_working_days(change - ONE_DAY, 1)


@given(DAYS, st.integers(-60, 60))
def test_working_days_there_and_back_lead_to_the_same_day(start: dt.date, count: int) -> None:
    start = PLAIN.roll(start, "forward")

    assert PLAIN.add_working_days(PLAIN.add_working_days(start, count), -count) == start


@given(DAYS, st.integers(-60, 60))
def test_the_working_days_between_are_those_that_were_added(start: dt.date, count: int) -> None:
    assert PLAIN.working_days_between(start, PLAIN.add_working_days(start, count)) == count


@given(DAYS, DAYS, st.integers(1, 40))
def test_a_later_start_never_ends_earlier(one: dt.date, other: dt.date, count: int) -> None:
    first, second = sorted((one, other))

    assert PLAIN.add_working_days(first, count) <= PLAIN.add_working_days(second, count)
    assert add_months(first, count) <= add_months(second, count)


@given(DAYS)
def test_rolling_twice_is_rolling_once_and_lands_on_the_stated_side(start: dt.date) -> None:
    back, forward, nearest = (PLAIN.roll(start, mode) for mode in ("back", "forward", "nearest"))

    assert back <= start <= forward
    assert all(PLAIN.is_working_day(found) for found in (back, forward))
    assert nearest == (back if start - back <= forward - start else forward)
    assert PLAIN.roll(start, "none") == start
    assert PLAIN.roll(nearest, "nearest") == nearest


@given(DAYS, st.integers(0, 240))
def test_months_fall_in_the_right_month_and_never_on_a_later_day_number(start: dt.date, count: int) -> None:
    end = add_months(start, count)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (end.day < start.day and (end + ONE_DAY).day == 1)
