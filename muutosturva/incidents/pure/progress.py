"""How far a plan has got: which tasks count, and how many of them are done. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from muutosturva.incidents.pure.views import TaskView
from muutosturva.models.states import TaskState

NOT_COUNTED: Final = frozenset({TaskState.WITHDRAWN, TaskState.OFFERED})
"""Tasks the plan no longer has, and those it does not have yet."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan has got.

    Attributes:
        done: tasks that ask for nothing more: done, or left undone with a reason.
        open: tasks that still ask for work or an answer.
    """

    done: int
    open: int

    @property
    def all(self) -> int:
        """Return how many tasks the plan has."""
        return self.done + self.open


def progress(tasks: Iterable[TaskView]) -> Progress:
    """Return how far the tasks of a plan are."""
    counted = [task for task in tasks if task.state not in NOT_COUNTED]
    left = sum(task.open for task in counted)
    return Progress(len(counted) - left, left)
