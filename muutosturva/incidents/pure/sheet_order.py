"""The group's own order, from the numbers in the order column of an edited sheet. Pure.

Numbers are compared within one firm. Who changes a 7 into a 3 wants the task to be the third: one that
goes up stands before the row that has the number already, one that goes down stands after it. Tasks
whose number nobody touched keep the order they have now, also when it has changed since the sheet was
made.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence


def new_order(
    current: Sequence[str], numbers: Mapping[str, float], edited: Mapping[str, float]
) -> tuple[list[str], set[str]]:
    """Return the order that an edited sheet asks for, and which tasks that moves.

    Args:
        current: every task of the firm, as they stand now.
        numbers: what stands in the order column, of the tasks that are in the sheet.
        edited: of those whose number was changed, the number they had.

    Returns:
        All of ``current`` in the new order, and the fewest tasks that have to move for it.
    """
    sheet = [key for key in current if key in numbers]
    wanted = _wanted(sheet, numbers, edited)
    moved = _movers(sheet, wanted, edited)
    return _inserted([key for key in current if key not in moved], wanted, moved), moved


def _wanted(sheet: Sequence[str], numbers: Mapping[str, float], edited: Mapping[str, float]) -> list[str]:
    """Return the sheet's tasks: the untouched in their present order, the others beside their number."""
    places = {key: place for place, key in enumerate(sheet)}

    def rank(key: str) -> tuple[float, int, int]:
        before = edited.get(key)
        side = 0 if before is None else -1 if numbers[key] < before else 1
        return numbers[key], side, places[key]

    by_number = sorted(sheet, key=rank)
    return _inserted([key for key in sheet if key not in edited], by_number, edited)


def _inserted(
    standing: Sequence[str], order: Sequence[str], moving: Mapping[str, float] | set[str]
) -> list[str]:
    """Return ``standing`` with each moving task right after the one that is before it in ``order``."""
    followers: dict[str | None, list[str]] = {}
    before: str | None = None
    for key in order:
        if key in moving:
            followers.setdefault(before, []).append(key)
        else:
            before = key
    first = next((key for key in order if key not in moving), None)
    found: list[str] = []
    for key in standing:
        if key == first:
            found += followers.get(None, [])
        found.append(key)
        found += followers.get(key, [])
    return found if first is not None else [*followers.get(None, []), *found]


def _movers(sheet: Sequence[str], wanted: Sequence[str], edited: Mapping[str, float]) -> set[str]:
    """Return the fewest edited tasks that must move to come from one order to the other."""
    fixed = {key: count for count, key in enumerate(key for key in sheet if key not in edited)}
    gap_now, gap_then = _gaps(sheet, fixed), _gaps(wanted, fixed)
    place = {key: index for index, key in enumerate(wanted)}
    staying: set[str] = set()
    by_gap: dict[int, list[str]] = {}
    for key in sheet:
        if key in edited and gap_now[key] == gap_then[key]:
            by_gap.setdefault(gap_now[key], []).append(key)
    for keys in by_gap.values():
        staying |= {keys[index] for index in _longest_rise([place[key] for key in keys])}
    return {key for key in edited if key in place and key not in staying}


def _gaps(order: Sequence[str], fixed: Mapping[str, int]) -> dict[str, int]:
    """Return how many of the fixed tasks stand before each of the others."""
    seen = 0
    found: dict[str, int] = {}
    for key in order:
        if key in fixed:
            seen += 1
        else:
            found[key] = seen
    return found


def _longest_rise(values: Sequence[int]) -> list[int]:
    """Return the indexes of a longest rising part of a sequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [index]
    found: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]
