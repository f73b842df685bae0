"""Which tasks may begin: what a task needs, judged from what has happened so far.

Pure. A need is a task's step (``contact``), one task (``session[lahti,sv]``), a message's
approval (``release.approved``) or the certainty of an anchor (``proposal.confirmed``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from muutosturva.models.states import ItemState, TaskState

SETTLED = frozenset({TaskState.DONE, TaskState.SKIPPED, TaskState.WITHDRAWN})
"""A skipped or withdrawn task no longer holds anything up: its reason is in the log."""


@dataclass(frozen=True, slots=True)
class Work:
    """A task as far as needs are concerned."""

    key: str
    step: str
    item: tuple[str, ...]
    state: TaskState


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a need can point at.

    Attributes:
        tasks: every task of the incident.
        messages: state by message key.
        confirmed: names of the anchors whose date is confirmed.
    """

    tasks: Collection[Work]
    messages: Mapping[str, ItemState]
    confirmed: Collection[str]
    _by_key: dict[str, Work] = field(init=False, default_factory=dict)
    _by_step: dict[str, list[Work]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Look the tasks up by name: an incident has many, and each asks for several."""
        for task in self.tasks:
            self._by_key[task.key] = task
            self._by_step.setdefault(task.step, []).append(task)

    def holders(self, need: str, item: tuple[str, ...]) -> tuple[Work, ...]:
        """Return the tasks a need points at: the one of the same item where there is one, else all."""
        if need in self._by_key:
            return (self._by_key[need],)
        of_step = self._by_step.get(need, [])
        same_item = [task for task in of_step if item and task.item == item]
        return tuple(same_item or of_step)


def met(need: str, item: tuple[str, ...], situation: Situation) -> bool:
    """Tell whether a need is satisfied; a step that is not in the plan holds nothing up."""
    name, _, quality = need.rpartition(".")
    if name and quality == "confirmed":
        return name in situation.confirmed
    if name and quality in {"approved", "sent", "done"}:
        states = [state for key, state in situation.messages.items() if key.split("[")[0] == name]
        return all(state in {ItemState.DONE, ItemState.WITHDRAWN} for state in states)
    return all(task.state in SETTLED for task in situation.holders(need, item))


def state_of(
    needs: Collection[str], item: tuple[str, ...], open_questions: Collection[str], situation: Situation
) -> TaskState:
    """Return the state of a task that has not started: question, waiting or ready."""
    if open_questions:
        return TaskState.QUESTION
    if all(met(need, item, situation) for need in needs):
        return TaskState.READY
    return TaskState.WAITING
