"""What every view of a task answers of it, whatever else the view holds. Pure."""

from __future__ import annotations

import datetime as dt

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

    def late(self, today: dt.date) -> bool:
        """Tell whether the task is open, does not rest, and its due day has passed."""
        return self.open and not self.resting and self.due_on is not None and self.due_on < today
