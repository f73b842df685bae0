"""What every view of a task answers of it, whatever else the view holds. Pure."""

from __future__ import annotations

import datetime as dt

from muutosturva.clock import is_past
from muutosturva.models.states import OPEN_TASKS, TaskState
from muutosturva.playbooks.plan import PlannedDate


class Work:
    """What every view of a task answers alike: its due day, whether it is open, whether it is late."""

    __slots__ = ()

    due: PlannedDate | None
    state: TaskState
    resting: bool

    @property
    def due_on(self) -> dt.date | None:
        """Return the due day, or None when it is not known."""
        return None if self.due is None else self.due.value

    @property
    def open(self) -> bool:
        """Tell whether the task still asks for work or an answer."""
        return self.state in OPEN_TASKS

    def late(self, at: dt.date) -> bool:
        """Tell whether the task is open, does not rest, and its due day or clock time has passed.

        Args:
            at: the moment; with a day alone, what is due that day is not late.
        """
        if not self.open or self.resting or self.due is None or self.due.value is None:
            return False
        return is_past(self.due.value, self.due.at, at)
