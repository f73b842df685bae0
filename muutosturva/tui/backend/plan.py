"""What changes a plan: the dates it hangs on, the answers to its questions."""

from __future__ import annotations

from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.pure.views import Changes, IncidentView
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class PlanWork:
    """Moves dates and answers questions."""

    desk: Desk

    def preview_anchor(self, incident: str, anchor: str, value: AnchorValue) -> Changes:
        """Return what a moved date would move; writes nothing."""
        return service.preview_anchor(self.desk.store, incident, anchor, value, now=self.desk.now)

    def set_anchor(self, view: IncidentView, anchor: str, value: AnchorValue, reason: str) -> Changes:
        """Move a date and the tasks that hang on it."""
        return service.set_anchor(
            self.desk.store,
            view.readable_id,
            anchor,
            value,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def answer(self, view: IncidentView, question: str, value: object) -> Changes:
        """Answer a question of the plan."""
        return service.answer(
            self.desk.store,
            view.readable_id,
            question,
            value,
            actor=self.desk.actor,
            now=self.desk.now,
        )
