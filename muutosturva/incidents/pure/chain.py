"""The chain of tasks that decides when a plan ends. Pure.

From the open task that is due last one goes back through what it needs, each time to the task that
leaves the least time: where several are needed, the one due last is the one that holds the next
up. Where some of them suffice (``join``), it is the one that completes their number. What is done or
left undone no longer holds anything up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from muutosturva.incidents.pure.needs import Work
from muutosturva.incidents.pure.views import TaskView
from muutosturva.models.states import TaskState
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.playbooks.planning.readiness import (
    CONFIRMED,
    MESSAGE_QUALITIES,
    STARTED,
    Happened,
    split_need,
    wanted,
)


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
    def join(self) -> int | None:
        """Return how many of its needs suffice; None when all are needed."""

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
        slack: calendar days between its due day (its beginning, where the next needs it only begun) and
            the beginning of the next (its due day where no beginning is planned); negative when the next
            begins first, None for the last task.
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
    situation = Happened([Work(task.key, task.step, task.item, TaskState.READY) for task in tasks], {}, ())
    by_key = {task.key: task for task in tasks}
    last = max(dated, key=_order)
    chain = [Link(last, None)]
    seen = {last.key}
    while (wait := _holding_up(chain[0].task, by_key, situation)) is not None:
        before = wait.task
        if before is None or before.key in seen:
            break
        seen.add(before.key)
        chain.insert(0, Link(before, (_begin(chain[0].task) - wait.day).days))
    return tuple(chain)


def deciding_of(tasks: Iterable[TaskView]) -> tuple[Link[TaskView], ...]:
    """Return the chain of an incident, or of the firm of a situation whose plan ends last."""
    by_firm: dict[str, list[TaskView]] = {}
    for task in tasks:
        if task.open:
            by_firm.setdefault(task.incident, []).append(task)
    chains = [chain for found in by_firm.values() if (chain := deciding(found))]
    return max(chains, key=lambda chain: _order(chain[-1].task)[0], default=())


def _holding_up(task: Task, by_key: Mapping[str, Task], situation: Happened) -> _Wait[Task] | None:
    """Return what lets a task begin: the last of the earliest needs that suffice, if it has a day.

    A need that no open task stands for is met, and one of fewer has to come. What has no day (an undated
    task, an approval, a certainty) can be reckoned on last: it never decides, and never comes first.
    """
    waits = [_wait(task, need, by_key, situation) for need in task.needs]
    met = sum(wait is None for wait in waits)
    open_ones = sorted((wait for wait in waits if wait is not None), key=lambda wait: wait.order)
    called_for = open_ones[: max(wanted(task.needs, task.join) - met, 0)]
    dated = [wait for wait in called_for if wait.task is not None]
    return dated[-1] if dated else None


@dataclass(frozen=True, slots=True)
class _Wait(Generic[Task]):
    """Until when one need holds a task up: the day it is met, and the task that meets it, if it has a day."""

    day: dt.date
    task: Task | None

    @property
    def order(self) -> tuple[dt.date, str]:
        return self.day, "" if self.task is None else self.task.key


def _wait(task: Task, need: str, by_key: Mapping[str, Task], situation: Happened) -> _Wait[Task] | None:
    """Return until when a need holds a task up; None where no open task stands for it."""
    quality = split_need(need)[1]
    if quality == CONFIRMED or quality in MESSAGE_QUALITIES:
        return _Wait(dt.date.max, None)
    holders = [by_key[work.key] for work in situation.holders(need, task.item) if work.key != task.key]
    if not holders:
        return None
    met_on = _begin if quality == STARTED else _ends
    dated = [holder for holder in holders if _due(holder) is not None]
    last = max(dated, key=lambda holder: (met_on(holder), holder.key), default=None)
    return _Wait(dt.date.max if last is None else met_on(last), last)


def _due(task: Step) -> dt.date | None:
    return None if task.due is None else task.due.value


def _ends(task: Step) -> dt.date:
    return _order(task)[0]


def _begin(task: Step) -> dt.date:
    begin = task.start.value if task.start is not None else None
    return begin or _order(task)[0]


def _order(task: Step) -> tuple[dt.date, str]:
    return _due(task) or dt.date.min, task.key
