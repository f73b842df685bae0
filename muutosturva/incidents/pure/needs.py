"""Which tasks of an incident may begin: the rule of ``playbooks.planning.readiness`` over saved states.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from muutosturva.models.states import ItemState, TaskState
from muutosturva.playbooks.planning.readiness import Happened, enough

SETTLED = frozenset({TaskState.DONE, TaskState.SKIPPED, TaskState.WITHDRAWN})
"""A skipped or withdrawn task no longer holds anything up: its reason is in the log."""


@dataclass(frozen=True, slots=True)
class Work:
    """A task as far as needs are concerned."""

    key: str
    step: str
    item: tuple[str, ...]
    state: TaskState

    @property
    def started(self) -> bool:
        """Tell whether somebody has begun it."""
        return self.state is TaskState.STARTED

    @property
    def settled(self) -> bool:
        """Tell whether it holds nothing up any more."""
        return self.state in SETTLED


def situation(
    tasks: Collection[Work], messages: Mapping[str, ItemState], confirmed: Collection[str]
) -> Happened:
    """Return everything a need can point at.

    Args:
        tasks: every task of the incident.
        messages: state by message key.
        confirmed: names of the anchors whose date is confirmed.
    """
    over = {key: state in {ItemState.DONE, ItemState.WITHDRAWN} for key, state in messages.items()}
    return Happened(tasks, over, confirmed)


def state_of(
    needs: Sequence[str],
    item: tuple[str, ...],
    open_questions: Collection[str],
    happened: Happened,
    join: int | None = None,
) -> TaskState:
    """Return the state of a task that has not started: question, waiting or ready.

    ``join``: so many of the needs suffice; None when all are needed.
    """
    if open_questions:
        return TaskState.QUESTION
    return TaskState.READY if enough(needs, join, item, happened) else TaskState.WAITING
