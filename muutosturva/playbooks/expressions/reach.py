"""How far an expression leads from its anchors, told from its words alone: a slip is seen without dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from muutosturva.playbooks.expressions.dates import (
    AnchorRef,
    AtTime,
    DateNode,
    Extreme,
    NextWeekday,
    Shift,
    Unit,
)
from muutosturva.rules.workdays import FIRST_YEAR, LAST_YEAR

YEARS: Final = LAST_YEAR - FIRST_YEAR + 1
"""Years the calendar knows."""
_SPAN: Final = YEARS * 366.0
_DAYS: Final[Mapping[Unit, float]] = {"h": 1 / 25, "d": 1.0, "wd": 1.0, "w": 7.0, "m": 28.0}
"""The least each unit can be, in days: what is too far by these is too far from every day."""

_Reach = tuple[float, float]


def too_far(tree: DateNode) -> Iterator[Shift]:
    """Yield each offset that leads out of the calendar from whatever day it is counted.

    Of a chain only the first such offset: the rest follows from it.
    """
    found: list[Shift] = []
    _reach(tree, found)
    yield from found


def _reach(tree: DateNode, found: list[Shift]) -> _Reach:
    """Return the least and the most days between an anchor and the date, noting what is too far."""
    match tree:
        case AnchorRef():
            return 0.0, 0.0
        case AtTime(base=base):
            return _reach(base, found)
        case NextWeekday(base=base):
            low, high = _reach(base, found)
            return low + 1, high + 7
        case Extreme(parts=parts):
            reaches = [_reach(part, found) for part in parts]
            return min(low for low, _ in reaches), max(high for _, high in reaches)
        case Shift(base=base, count=count, unit=unit):
            told = len(found)
            low, high = (end + count * _DAYS[unit] for end in _reach(base, found))
            if len(found) == told and (low > _SPAN or high < -_SPAN):
                found.append(tree)
            return low, high
