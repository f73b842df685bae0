"""Which tasks may begin: what a task needs, judged from what has happened so far.

A need is a task's step (``contact``, finished; ``contact.started``, begun), one task
(``session[lahti,sv]``), a message's approval (``release.approved``) or the certainty of an anchor
(``proposal.confirmed``). A running incident and a worked case of a playbook are judged by the same
rule.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

STARTED: Final = "started"
DONE: Final = "done"
CONFIRMED: Final = "confirmed"
TASK_QUALITIES: Final = (STARTED, DONE)
"""What a need may ask of a task; nothing asks that it is done."""
MESSAGE_QUALITIES: Final = ("approved", "sent")
"""What a need may ask of a message; ``done`` too where no task bears the name."""


class Worked(Protocol):
    """A task as far as needs are concerned."""

    @property
    def key(self) -> str:
        """Return what tells it from the others."""

    @property
    def step(self) -> str:
        """Return its step of the playbook."""

    @property
    def item(self) -> tuple[str, ...]:
        """Return what it is repeated for."""

    @property
    def started(self) -> bool:
        """Tell whether somebody has begun it."""

    @property
    def settled(self) -> bool:
        """Tell whether it holds nothing up any more: finished, left out or withdrawn."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Everything a need can point at.

    Attributes:
        tasks: every task of the incident.
        approved: keys of the messages, and whether each is approved or no longer called for.
        confirmed: names of the anchors whose date is confirmed.
    """

    tasks: Collection[Worked]
    approved: Mapping[str, bool]
    confirmed: Collection[str]
    _by_key: dict[str, Worked] = field(init=False, default_factory=dict)
    _by_step: dict[str, list[Worked]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Look the tasks up by name: an incident has many, and each asks for several."""
        for task in self.tasks:
            self._by_key[task.key] = task
            self._by_step.setdefault(task.step, []).append(task)

    def holders(self, need: str, item: tuple[str, ...]) -> tuple[Worked, ...]:
        """Return the tasks a need points at: the one of the same item where there is one, else all."""
        name, quality = split_need(need)
        named = name if quality in TASK_QUALITIES else need
        if named in self._by_key:
            return (self._by_key[named],)
        of_step = self._by_step.get(named, [])
        same_item = [task for task in of_step if item and task.item == item]
        return tuple(same_item or of_step)


def split_need(need: str) -> tuple[str, str]:
    """Return the name and the quality of a need; the quality is "" where none is asked.

    What stands in brackets is part of the name: ``notice[w1].confirmed``.
    """
    name, _, quality = need.rpartition(".")
    return (name, quality) if name else (need, "")


def met(need: str, item: tuple[str, ...], happened: Happened) -> bool:
    """Tell whether a need is satisfied; a step that is not in the plan holds nothing up."""
    name, quality = split_need(need)
    if quality == CONFIRMED:
        return name in happened.confirmed
    holders = happened.holders(need, item)
    if quality in MESSAGE_QUALITIES or (quality == DONE and not holders):
        return all(done for key, done in happened.approved.items() if key.partition("[")[0] == name)
    return all(task.settled or (quality == STARTED and task.started) for task in holders)


def enough(needs: Sequence[str], join: int | None, item: tuple[str, ...], happened: Happened) -> bool:
    """Tell whether a task may begin.

    Args:
        needs: what it needs.
        join: so many of them suffice; None when all are needed. Where fewer are left in the plan
            than that, all of those are needed.
        item: what the task is repeated for.
        happened: what has happened so far.
    """
    return sum(met(need, item, happened) for need in needs) >= wanted(needs, join)


def wanted(needs: Sequence[str], join: int | None) -> int:
    """Return how many of a task's needs must be met before it may begin."""
    return len(needs) if join is None else min(join, len(needs))
