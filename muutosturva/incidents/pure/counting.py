"""Sums of people over several firms, in which nobody is counted twice. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from muutosturva.incidents.pure.tally import Tally


@dataclass(frozen=True, slots=True)
class Counted:
    """A firm with an incident of its own; ``people`` is None while nobody knows."""

    id: uuid.UUID
    people: int | None


@dataclass(frozen=True, slots=True)
class Tie:
    """Another firm that hangs on one of the firms.

    Attributes:
        owner: the incident it hangs on.
        other: its own incident, or None.
        name: the firm, folded, so that one firm has one name.
        people: affected people of the linked firm, or None.
        included: how many of them the owner's number has already.
    """

    owner: uuid.UUID
    other: uuid.UUID | None
    name: str
    people: int | None
    included: int


@dataclass(frozen=True, slots=True)
class Affected:
    """The affected people of one firm or of several.

    Attributes:
        firms: those of the firms with an incident, each person once.
        beyond: those of linked firms without an incident of their own, beyond what the firms'
            numbers include; None where no such firm is linked.
    """

    firms: Tally
    beyond: Tally | None


def affected(firms: Collection[Counted], ties: Iterable[Tie]) -> Affected:
    """Return the people of firms and of what hangs on them, each person once.

    The order of firms and ties does not matter. A tie whose owner is not among the firms counts
    nothing; one to a firm with an incident elsewhere is counted there.
    """
    people = {firm.id: firm.people for firm in firms}
    ours = [tie for tie in ties if tie.owner in people and tie.other != tie.owner]
    total = Tally.of(people.values())
    if total.known is not None:
        largest = max(number for number in people.values() if number is not None)
        total = Tally(max(total.known - _overlap(people, ours), largest), total.missing)
    return Affected(total, _beyond([tie for tie in ours if tie.other is None]))


def _overlap(people: dict[uuid.UUID, int | None], ties: Iterable[Tie]) -> int:
    """Return how many people stand in two of the numbers that were added."""
    twice: dict[uuid.UUID, int] = {}
    for tie in ties:
        if tie.other is not None and people.get(tie.other) is not None and people[tie.owner] is not None:
            twice[tie.other] = twice.get(tie.other, 0) + tie.included
    return sum(min(count, people[other] or 0) for other, count in twice.items())


def _beyond(ties: Iterable[Tie]) -> Tally | None:
    """Return the people of linked firms; one that hangs on several counts once, by its largest number."""
    by_name: dict[str, list[Tie]] = {}
    for tie in ties:
        by_name.setdefault(tie.name, []).append(tie)
    if not by_name:
        return None
    return Tally.of(_of_one_firm(found) for found in by_name.values())


def _of_one_firm(ties: Collection[Tie]) -> int | None:
    known = [tie.people for tie in ties if tie.people is not None]
    return max(max(known) - sum(tie.included for tie in ties), 0) if known else None
