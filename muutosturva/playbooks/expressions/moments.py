"""The value of a date expression over anchors that may be estimated, ranges or unknown.

Order of counting: offsets, then ``max`` and ``min``, then the roll off days that are no working
days, then the clock time. Every step is monotone in its anchors, so the bounds of a range are
found by counting from its first and from its last day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

from muutosturva.errors import UsageError
from muutosturva.playbooks.expressions.dates import (
    AnchorRef,
    AtTime,
    DateNode,
    Extreme,
    NextWeekday,
    Shift,
    Unit,
    anchor_refs,
)
from muutosturva.playbooks.facts import AnchorValue, Certainty
from muutosturva.rules.workdays import (
    FIRST_YEAR,
    LAST_YEAR,
    RollMode,
    WorkCalendar,
    add_months,
    next_weekday,
)

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
UNKNOWN_ANCHOR: Final = "date.unknown_anchor"
NO_LAW_ROW: Final = "date.no_law_row"
OUT_OF_RANGE: Final = "date.out_of_range"
"""Reason codes of a date that cannot be told."""

_SURENESS: Final = (Certainty.CONFIRMED, Certainty.ESTIMATED, Certainty.RANGE, Certainty.UNKNOWN)
_Bound = Literal["value", "earliest", "latest"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with a clock time in Finland where one is known."""

    day: dt.date
    at: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An anchor as an expression sees it.

    Attributes:
        value: its date.
        names: what it is called in the plan: ``notice[w1]`` for a wave's own, every
            wave's anchor for a derived one.
        reason: why the date is unknown, or "".
    """

    value: AnchorValue
    names: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DateValue:
    """What an expression comes to; the three moments are None together.

    Attributes:
        value, earliest, latest: the moment to plan with and its bounds.
        certainty: that of the least sure anchor.
        names: the anchors it hangs on; where it is unknown, those that are to blame.
        reason: ``date.unknown_anchor``, ``date.no_law_row``, ``date.out_of_range`` or "".
    """

    value: Moment | None
    earliest: Moment | None
    latest: Moment | None
    certainty: Certainty
    names: tuple[str, ...]
    reason: str = ""


def least_sure(*certainties: Certainty) -> Certainty:
    """Return the least sure of several certainties; confirmed when there is none."""
    return max(certainties, key=_SURENESS.index, default=Certainty.CONFIRMED)


def evaluate_date(
    tree: DateNode, anchors: Mapping[str, Known], calendar: WorkCalendar, roll: RollMode = "none"
) -> DateValue:
    """Return what a date expression comes to.

    Args:
        tree: the expression.
        anchors: every anchor that may stand in it; one that is missing counts as unknown.
        calendar: working days of the area.
        roll: where a day goes that is no working day.
    """
    names = list(dict.fromkeys(ref.name for ref in anchor_refs(tree)))
    missing = Known(AnchorValue.unknown(), (), UNKNOWN_ANCHOR)
    known = {name: anchors.get(name, missing) for name in names}
    blamed = [name for name in names if known[name].value.value is None]
    if blamed:
        return _unknown(known, blamed)
    called = _called(known, names)
    bounds: tuple[_Bound, ...] = ("value", "earliest", "latest")
    try:
        value, first, last = (_moment(tree, _reader(known, bound), calendar) for bound in bounds)
    except (UsageError, OverflowError):
        return DateValue(None, None, None, Certainty.UNKNOWN, called, OUT_OF_RANGE)
    if not all(in_calendar(moment.day) for moment in (value, first, last)):
        return DateValue(None, None, None, Certainty.UNKNOWN, called, OUT_OF_RANGE)
    certainty = least_sure(*(entry.value.certainty for entry in known.values()))
    return rolled(DateValue(value, first, last, certainty, called), calendar, roll)


def in_calendar(day: dt.date) -> bool:
    """Tell whether the calendar knows the year of a day; no working day can be counted from any other."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def rolled(value: DateValue, calendar: WorkCalendar, roll: RollMode) -> DateValue:
    """Return a date moved off days that are no working days, its clock time kept."""
    if roll == "none" or value.value is None or value.earliest is None or value.latest is None:
        return value
    moments = (value.value, value.earliest, value.latest)
    try:
        days = [Moment(calendar.roll(moment.day, roll), moment.at) for moment in moments]
    except UsageError:
        return DateValue(None, None, None, Certainty.UNKNOWN, value.names, OUT_OF_RANGE)
    return DateValue(days[0], days[1], days[2], value.certainty, value.names)


def _unknown(known: Mapping[str, Known], blamed: list[str]) -> DateValue:
    reasons = {known[name].reason for name in blamed}
    reason = next((code for code in (NO_LAW_ROW, OUT_OF_RANGE) if code in reasons), UNKNOWN_ANCHOR)
    return DateValue(None, None, None, Certainty.UNKNOWN, _called(known, blamed), reason)


def _called(known: Mapping[str, Known], names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(called for name in names for called in known[name].names or (name,)))


def _reader(known: Mapping[str, Known], bound: _Bound) -> Callable[[str], Moment]:
    def read(name: str) -> Moment:
        value = known[name].value
        day = {"value": value.value, "earliest": value.earliest, "latest": value.latest}[bound] or value.value
        assert day is not None, "unknown anchors were turned away before"
        return Moment(day, value.at)

    return read


def _moment(tree: DateNode, read: Callable[[str], Moment], calendar: WorkCalendar) -> Moment:
    match tree:
        case AnchorRef(name=name):
            return Moment(read(name).day)
        case Shift(base=AnchorRef(name=name), count=count, unit="h"):
            return plus_hours(read(name), count)
        case Shift(base=base, count=count, unit=unit):
            return shift(_moment(base, read, calendar), count, unit, calendar)
        case NextWeekday(base=base, weekday=weekday):
            return Moment(next_weekday(_moment(base, read, calendar).day, weekday))
        case AtTime(base=base, time=time):
            return Moment(_moment(base, read, calendar).day, time)
        case Extreme(kind=kind, parts=parts):
            return _extreme(kind, [_moment(part, read, calendar) for part in parts])


def _extreme(kind: Literal["max", "min"], moments: list[Moment]) -> Moment:
    # A whole day begins at midnight and ends at the last minute, so a clock time on the same
    # day is later than its beginning and earlier than its end.
    if kind == "max":
        return max(moments, key=lambda moment: (moment.day, moment.at or dt.time.min))
    return min(moments, key=lambda moment: (moment.day, moment.at or dt.time.max))


def shift(moment: Moment, count: int, unit: Unit, calendar: WorkCalendar) -> Moment:
    """Return a moment so many units later; days, weeks and months drop the clock time.

    Working days do not count the start day. A month ends on the same day number or on the last
    day of the month (150/1930 3 §).

    Raises:
        UsageError: the day lies outside the years the calendar answers for.
        OverflowError: the day lies outside the years a date can have.
    """
    match unit:
        case "h":
            return plus_hours(moment, count)
        case "wd":
            return Moment(calendar.add_working_days(moment.day, count))
        case "m":
            return Moment(add_months(moment.day, count))
        case "d" | "w":
            return Moment(moment.day + dt.timedelta(days=count * (7 if unit == "w" else 1)))


def plus_hours(moment: Moment, hours: int) -> Moment:
    """Return a moment so many elapsed hours later, right across both clock changes.

    Without a clock time the hours are counted from the beginning of the day, and only the day
    is told: an early day is the safe one.

    Raises:
        OverflowError: the day lies outside the years a date can have.
    """
    local = dt.datetime.combine(moment.day, moment.at or dt.time.min, HELSINKI)
    later = (local.astimezone(dt.UTC) + dt.timedelta(hours=hours)).astimezone(HELSINKI)
    return Moment(later.date(), None if moment.at is None else later.time())
