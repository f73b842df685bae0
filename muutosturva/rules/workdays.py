"""Working days, months and the moving of deadlines: the arithmetic under every date.

Two calendars are kept apart. ``WorkCalendar`` says when an office works: Monday to Friday
without public holidays, Midsummer Eve, Christmas Eve and the closed days of the area. The act
on the calculation of statutory time limits (150/1930 5 §) says which deadlines move, and knows
nothing of an area's own closed days: ``act_150_1930``.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from muutosturva.errors import UsageError

RollMode = Literal["none", "forward", "back", "nearest"]
"""What happens to a day that is no working day."""
ROLL_MODES: Final[tuple[RollMode, ...]] = get_args(RollMode)
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
"""Years the calendar answers for; outside them holidays were or may be others."""

_DAY: Final = dt.timedelta(days=1)


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def public_holidays(year: int) -> frozenset[dt.date]:
    """Return the days of a year on which Finnish offices are shut, whatever the weekday.

    Church holidays, New Year's Day, Epiphany, May Day and Independence Day, and with them
    Midsummer Eve and Christmas Eve: the same days off which 150/1930 5 § moves a deadline.

    Raises:
        UsageError: the year lies outside 1990-2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageError("rules.year_out_of_range", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    from holidays import country_holidays

    return frozenset(country_holidays("FI", years=year))


def _is_open(day: dt.date) -> bool:
    holidays = public_holidays(day.year)
    return day.isoweekday() <= 5 and day not in holidays


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of one area.

    Attributes:
        closed: days on which the area is closed beside the public holidays.
    """

    closed: frozenset[dt.date] = frozenset()

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether the office works on ``day``.

        Raises:
            UsageError: the year lies outside 1990-2100.
        """
        return _is_open(day) and day not in self.closed

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the day that lies ``count`` working days after (before, if negative) ``day``.

        The start day is not counted: Saturday + 1 is Monday, Saturday - 1 is Friday. Zero
        returns the day itself, working or not.

        Raises:
            UsageError: the count leads outside 1990-2100.
        """
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def roll(self, day: dt.date, mode: RollMode) -> dt.date:
        """Move a day that is no working day; a working day stays.

        ``forward`` takes the next working day, ``back`` the one before, ``nearest`` the closer
        of the two and the earlier one on a tie; ``none`` moves nothing.

        Raises:
            UsageError: the working day looked for lies outside 1990-2100.
        """
        if mode == "none" or self.is_working_day(day):
            return day
        before, after = self.add_working_days(day, -1), self.add_working_days(day, 1)
        if mode == "nearest":
            return before if day - before <= after - day else after
        return before if mode == "back" else after

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Return how many working days lead from ``start`` to ``end``, negative backwards.

        Counted as ``add_working_days`` counts: the start day is not counted, the end day is,
        so that ``add_working_days(start, n) == end`` for a working ``end``.

        Raises:
            UsageError: a day lies outside 1990-2100.
        """
        step = _DAY if end > start else -_DAY
        count = 0
        while start != end:
            start += step
            count += self.is_working_day(start)
        return count if step > dt.timedelta(0) else -count


def next_weekday(day: dt.date, isoweekday: int) -> dt.date:
    """Return the next such weekday after ``day``; the day itself is not counted.

    Args:
        day: any day.
        isoweekday: 1 (Monday) to 7 (Sunday).
    """
    return day + dt.timedelta(days=(isoweekday - day.isoweekday() - 1) % 7 + 1)


def add_months(day: dt.date, count: int) -> dt.date:
    """Return the same day number ``count`` months on, or the month's last day where it has none.

    150/1930 3 §: a time limit set in months or years ends on the day of the same number, and
    where the month has no such day, on its last day. The result does not move.

    Raises:
        UsageError: the result lies outside the years a date can have.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise UsageError("rules.year_out_of_range", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    last = months.monthrange(year, month0 + 1)[1]
    return dt.date(year, month0 + 1, min(day.day, last))


def act_150_1930(day: dt.date) -> dt.date:
    """Return the day a deadline moves to under the act on statutory time limits, 150/1930 5 §.

    The next day that is not a Saturday, Sunday, church holiday, Independence Day, May Day,
    Christmas Eve or Midsummer Eve. Whether the act applies to a deadline at all is each rule's
    own matter; notice periods never move.

    Raises:
        UsageError: the year lies outside 1990-2100.
    """
    while not _is_open(day):
        day += _DAY
    return day
