"""The group's own order of tasks: places between places, so that a move changes few rows.

A task without a rank stands at the place of its position in the plan. A task that is moved gets a
rank between its new neighbours; only where there is no room are neighbours given new ranks too.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Final, TypeVar

GAP: Final = 1024
"""Room between two positions of the plan."""

Id = TypeVar("Id", bound=Hashable)


def place(rank: int | None, position: int) -> int:
    """Return where a task stands in the group's own order."""
    return position * GAP if rank is None else rank


def ranks(order: Sequence[Id], places: Mapping[Id, int], moved: Collection[Id]) -> dict[Id, int]:
    """Return the ranks that bring tasks into an order.

    Args:
        order: the tasks as they shall stand.
        places: where each stands now.
        moved: those that may get a new rank; others get one only where there is no room.

    Returns:
        The new ranks by task, of those whose place changes; with them places rise along ``order``.
    """
    found = dict(places)
    free = {index for index, task in enumerate(order) if task in moved}
    while (faulty := _first_fault(order, found, free)) is not None:
        begin, end = _run(faulty, free, len(order))
        low = found[order[begin - 1]] if begin else None
        high = found[order[end]] if end < len(order) else None
        spread = _spread(low, high, end - begin)
        if spread is None:
            free.add(end if end < len(order) else begin - 1)
            continue
        for index, value in zip(range(begin, end), spread, strict=True):
            found[order[index]] = value
    return {task: value for task, value in found.items() if value != places[task]}


def _first_fault(order: Sequence[Id], places: Mapping[Id, int], free: set[int]) -> int | None:
    """Return the index of the first task that may move and does not stand after the one before it."""
    for index in range(1, len(order)):
        if places[order[index - 1]] < places[order[index]]:
            continue
        if index in free:
            return index
        if index - 1 in free:
            return index - 1
        free.add(index)
        return index
    return None


def _run(index: int, free: set[int], size: int) -> tuple[int, int]:
    """Return begin and end of the neighbours that may move."""
    begin, end = index, index + 1
    while begin > 0 and begin - 1 in free:
        begin -= 1
    while end < size and end in free:
        end += 1
    return begin, end


def _spread(low: int | None, high: int | None, count: int) -> list[int] | None:
    """Return evenly spread places between two others, or None where there is no room."""
    if low is None and high is None:
        return [GAP * (index + 1) for index in range(count)]
    if low is None:
        assert high is not None
        return [high - GAP * (count - index) for index in range(count)]
    if high is None:
        return [low + GAP * (index + 1) for index in range(count)]
    if high - low <= count:
        return None
    return [low + (high - low) * (index + 1) // (count + 1) for index in range(count)]
