"""Dialogs that tell: an error with its problems, a conflict with both versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from muutosturva.errors import MuutosturvaError
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import TaskView
from muutosturva.tui import words
from muutosturva.tui.dialogs.base import Dialog


def error_lines(texts: Texts, error: MuutosturvaError) -> list[str]:
    """Return the message of an error, and under it each problem with how to mend it."""
    lines = [texts.error(error)]
    for problem in error.problems:
        lines.append(f"• {texts.problem(problem)}")
        hint = texts.hint(problem)
        if hint:
            lines.append(f"  {hint}")
    return lines


class ErrorDialog(Dialog[bool]):
    """Shows what went wrong in words; nothing was changed."""

    NAME = "error"

    def __init__(self, error: MuutosturvaError) -> None:
        super().__init__()
        self.error = error

    @property
    def cancellable(self) -> bool:
        """There is nothing to cancel."""
        return False

    def fields(self) -> Iterable[Widget]:
        """Return the message and its problems."""
        yield Static("\n".join(error_lines(self.texts, self.error)), markup=False)

    def read(self) -> bool:
        """Return that it was read."""
        return True


class ConflictDialog(Dialog[bool]):
    """Shows a task as the person saw it, and as somebody else has made it meanwhile."""

    NAME = "conflict"

    def __init__(self, mine: TaskView, theirs: TaskView | None, today: dt.date) -> None:
        super().__init__()
        self.mine = mine
        self.theirs = theirs
        self.today = today

    @property
    def cancellable(self) -> bool:
        """There is nothing to cancel: nothing was changed."""
        return False

    def fields(self) -> Iterable[Widget]:
        """Return both versions, one under the other."""
        yield self.label("mine")
        yield Static(self._version(self.mine), markup=False)
        yield self.label("theirs")
        yield Static(self._version(self.theirs), markup=False)

    def _version(self, task: TaskView | None) -> str:
        if task is None:
            return self.words("gone")
        parts = (
            words.state(self.texts, task, self.today),
            words.planned_long(self.texts, task.due),
            words.who(self.texts, task),
        )
        return "\n".join(f"  {part}" for part in parts)

    def read(self) -> bool:
        """Return that it was read."""
        return True
