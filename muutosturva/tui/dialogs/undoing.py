"""Asks before an act is taken back: what it was, and what would stand as it stood before."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input, Static

from muutosturva.incidents.acts.undoing import Undone
from muutosturva.incidents.told.wording import act_words, restored_lines
from muutosturva.tui.dialogs.base import Dialog


class UndoDialog(Dialog[str]):
    """Shows what would be put back; the answer is the reason, which may be empty."""

    NAME = "undo"

    def __init__(self, undone: Undone) -> None:
        super().__init__()
        self.undone = undone

    def help_text(self) -> str:
        """Return which act it is, who did it and when."""
        act = self.undone.event
        what = act_words(self.texts, act.kind)
        return self.words("help", what=what, who=act.actor, at=act.record_time)

    def fields(self) -> Iterable[Widget]:
        """Return what would come back, and the reason."""
        yield Static("\n".join(restored_lines(self.texts, self.undone.rows)), markup=False)
        yield self.label("reason")
        yield Input(id="reason", compact=True)

    def read(self) -> str:
        """Return the reason, or ""."""
        return self.text("reason")
