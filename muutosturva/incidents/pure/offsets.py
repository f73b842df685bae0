"""From a day back to a date expression: how far it lies from which anchor, in the fewest words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from muutosturva.errors import UsageError
from muutosturva.playbooks.expressions.dates import DateNode, Shift, Unit, anchor_refs, parse_date
from muutosturva.rules.workdays import WorkCalendar, add_months

_UNITS: Final[tuple[Unit, ...]] = ("wd", "d")
"""Units tried of themselves, working days first: they carry over best to another week of the year."""
_ALSO: Final[tuple[Unit, ...]] = ("w", "m")
"""Units tried only where the playbook counted in them before."""
_WEEK: Final = 7
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Habit:
    """How a playbook counted a day before.

    Attributes:
        anchors: the anchors of its expression.
        unit: the unit of its outermost offset, or None.
    """

    anchors: tuple[str, ...] = ()
    unit: Unit | None = None


def habit_of(expression: str | None) -> Habit:
    """Return how a date expression counts; nothing is known of one that is missing or cannot be read."""
    tree = parse_date(expression).tree if expression else None
    if tree is None:
        return Habit()
    return Habit(tuple(dict.fromkeys(ref.name for ref in anchor_refs(tree))), _unit(tree))


def _unit(tree: DateNode) -> Unit | None:
    return tree.unit if isinstance(tree, Shift) and tree.unit != "h" else None


def offset_to(
    day: dt.date, anchors: Mapping[str, dt.date], calendar: WorkCalendar, habit: Habit | None = None
) -> str:
    """Return the expression for a day: the anchor itself, or the anchor with one offset.

    The anchors the playbook counted from before go first, else the nearest one; then the unit it
    counted in, the fewest units, and of two equal ones the anchor that comes first.

    Args:
        day: the day meant.
        anchors: the days of the anchors that may stand in the expression, the preferred ones first.
        calendar: working days of the area.
        habit: how it was counted before.

    Returns:
        The expression; "" where there is no anchor, or the day lies beyond the calendar.
    """
    used = habit or Habit()
    own = {name: anchors[name] for name in used.anchors if name in anchors}
    found = [
        candidate
        for place, (name, from_) in enumerate((own or anchors).items())
        for candidate in _from(name, from_, day, calendar, used, place)
    ]
    return min(found)[-1] if found else ""


def _from(  # noqa: PLR0917 - one anchor and what a day is counted with
    name: str, start: dt.date, day: dt.date, calendar: WorkCalendar, habit: Habit, place: int
) -> Iterator[tuple[int, bool, int, int, int, str]]:
    far = abs((day - start).days)
    if not far:
        yield 0, False, 0, place, 0, name
        return
    order: Collection[Unit] = (*_UNITS, *(unit for unit in _ALSO if unit == habit.unit))
    for rank, unit in enumerate(order):
        count = _count(start, day, unit, calendar)
        if count:
            sign = "+" if count > 0 else "-"
            strange = habit.unit is not None and unit != habit.unit
            yield far, strange, abs(count), place, rank, f"{name} {sign} {abs(count)} {unit}"


def _count(start: dt.date, day: dt.date, unit: Unit, calendar: WorkCalendar) -> int:
    """Return how many units lead from one day to another; 0 where no whole number does."""
    if unit == "d":
        return (day - start).days
    if unit == "w":
        weeks, rest = divmod((day - start).days, _WEEK)
        return 0 if rest else weeks
    try:
        if unit == "m":
            months = (day.year - start.year) * _MONTHS + day.month - start.month
            return months if add_months(start, months) == day else 0
        count = calendar.working_days_between(start, day)
        return count if calendar.add_working_days(start, count) == day else 0
    except UsageError:
        return 0
