"""The chain of tasks that decides when a plan ends. Pure.

From the open task that is due last one goes back through what it needs, each time to the task that
leaves the least time: where several are needed, the one due last is the one that holds the next
up. What is done or left undone no longer holds anything up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from muutosturva.incidents.pure.needs import Work
from muutosturva.incidents.pure.views import TaskView
from muutosturva.models.states import TaskState
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.playbooks.planning.readiness import Happened


class Step(Protocol):
    """What the chain reads of a task, saved or only planned."""

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
    def needs(self) -> tuple[str, ...]:
        """Return what it waits for."""

    @property
    def start(self) -> PlannedDate | None:
        """Return when it begins."""

    @property
    def due(self) -> PlannedDate | None:
        """Return when it is due."""


Task = TypeVar("Task", bound=Step)


@dataclass(frozen=True, slots=True)
class Link(Generic[Task]):
    """A task of the chain.

    Attributes:
        task: the task.
        slack: calendar days between its due day and the beginning of the next (its due day where no
            beginning is planned); negative when the next begins first, None for the last task.
    """

    task: Task
    slack: int | None


def deciding(tasks: Sequence[Task]) -> tuple[Link[Task], ...]:
    """Return the chain that decides the end, first task first; () when no task has a date.

    Args:
        tasks: the open tasks of one incident or plan; others are not part of any chain.
    """
    dated = [task for task in tasks if _due(task) is not None]
    if not dated:
        return ()
    situation = Happened([Work(task.key, task.step, task.item, TaskState.READY) for task in dated], {}, ())
    by_key = {task.key: task for task in dated}
    last = max(dated, key=_order)
    chain = [Link(last, None)]
    seen = {last.key}
    while (before := _holding_up(chain[0].task, by_key, situation)) is not None and before.key not in seen:
        seen.add(before.key)
        chain.insert(0, Link(before, (_begin(chain[0].task) - _order(before)[0]).days))
    return tuple(chain)


def deciding_of(tasks: Iterable[TaskView]) -> tuple[Link[TaskView], ...]:
    """Return the chain of an incident, or of the firm of a situation whose plan ends last."""
    by_firm: dict[str, list[TaskView]] = {}
    for task in tasks:
        if task.open:
            by_firm.setdefault(task.incident, []).append(task)
    chains = [chain for found in by_firm.values() if (chain := deciding(found))]
    return max(chains, key=lambda chain: _order(chain[-1].task)[0], default=())


def _holding_up(task: Task, by_key: dict[str, Task], situation: Happened) -> Task | None:
    needed = [
        by_key[work.key]
        for need in task.needs
        for work in situation.holders(need, task.item)
        if work.key != task.key
    ]
    return max(needed, key=_order, default=None)


def _due(task: Step) -> dt.date | None:
    return None if task.due is None else task.due.value


def _begin(task: Step) -> dt.date:
    begin = task.start.value if task.start is not None else None
    return begin or _order(task)[0]


def _order(task: Step) -> tuple[dt.date, str]:
    return _due(task) or dt.date.min, task.key
