"""What a new plan does to the work already saved: pure comparison, applied elsewhere.

The rule of the house: tasks not yet begun move with their anchors; begun and finished ones stay;
those dated by hand ask. A day of the law is not the group's to keep: it follows as long as the
task is open. What is no longer called for is withdrawn, what is newly called for is added. Tasks
that somebody added by hand are left alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muutosturva.incidents.pure.views import Mentioned, Moved
from muutosturva.models.states import FOLLOWING, OPEN_TASKS, Origin, TaskState
from muutosturva.playbooks.plan import Plan, PlannedTask


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved task as far as the comparison is concerned.

    Attributes:
        due: the day it is due now.
        computed: the day its expression last gave; differs from ``due`` when dated by hand.
    """

    key: str
    title: Mapping[str, str]
    state: TaskState
    origin: Origin
    due: dt.date | None
    computed: dt.date | None
    due_by_hand: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference between the saved tasks and a new plan.

    Attributes:
        moved: what happens to each task whose computed day changed.
        follow: keys of the tasks not yet begun, which take everything from the new plan (but a day set
            by hand stays).
        law_only: keys of the begun ones, which take the day of the law alone.
        added: planned tasks that are not saved, or were withdrawn and are called for again.
        withdrawn: keys of saved tasks the new plan no longer has.
        stays: keys of tasks begun that the new plan no longer has.
    """

    moved: tuple[Moved, ...]
    follow: tuple[str, ...]
    law_only: tuple[str, ...]
    added: tuple[PlannedTask, ...]
    withdrawn: tuple[str, ...]
    stays: tuple[str, ...]


def mentioned(task: PlannedTask) -> Mentioned:
    """Return a planned task as a change names it."""
    return Mentioned(task.key, task.title, task.due_on, task.by_law, task.law)


def compare(saved: Sequence[Saved], plan: Plan) -> Comparison:
    """Compare the saved tasks of one incident with a plan expanded from its new facts."""
    by_key = {task.key: task for task in saved if task.origin is Origin.PLAYBOOK}
    own = {task.key for task in saved if task.origin is not Origin.PLAYBOOK}
    planned = {task.key: task for task in plan.tasks}
    moved: list[Moved] = []
    follow: list[str] = []
    law_only: list[str] = []
    for key, task in by_key.items():
        if key not in planned or task.state is TaskState.WITHDRAWN:
            continue
        new = planned[key].due_on
        if task.state in FOLLOWING:
            follow.append(key)
        elif task.state in OPEN_TASKS:
            law_only.append(key)
        if new != task.computed:
            moved.append(Moved(key, task.title, task.due, new, _outcome(task)))
    return Comparison(
        moved=tuple(moved),
        follow=tuple(follow),
        law_only=tuple(law_only),
        added=tuple(
            task
            for key, task in planned.items()
            if key not in own and (key not in by_key or by_key[key].state is TaskState.WITHDRAWN)
        ),
        withdrawn=tuple(
            key for key, task in by_key.items() if key not in planned and task.state in FOLLOWING
        ),
        stays=tuple(
            key for key, task in by_key.items() if key not in planned and task.state is TaskState.STARTED
        ),
    )


def _outcome(task: Saved) -> str:
    if task.state not in FOLLOWING:
        return "stays"
    return "asks" if task.due_by_hand else "moved"
