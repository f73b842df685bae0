"""Taking back what was done, and doing again what was taken back."""

from __future__ import annotations

from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.acts.undoing import Undone
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Undoing:
    """Undoes and redoes through the log."""

    desk: Desk

    def preview(self, incident: str) -> Undone:
        """Return what undoing one's own latest act would put back; writes nothing.

        Raises:
            RefusedError: there is nothing to undo.
            ConflictError: later acts have changed the same things.
        """
        return service.preview_undo(self.desk.store, incident, actor=self.desk.actor)

    def undo(self, incident: str, seq: int, reason: str) -> Undone:
        """Undo the act of a number in the log."""
        return service.undo_event(
            self.desk.store, incident, seq=seq, reason=reason, actor=self.desk.actor, now=self.desk.now
        )

    def redo(self, incident: str) -> Undone:
        """Do again what the person undid last.

        Raises:
            RefusedError: the person has undone nothing.
        """
        return service.redo_event(self.desk.store, incident, actor=self.desk.actor, now=self.desk.now)
