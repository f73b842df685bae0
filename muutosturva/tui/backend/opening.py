"""From a trigger to an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muutosturva.coordination import trigger as triggering
from muutosturva.coordination.trigger import Preview, Suggestion, TriggerRequest
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Opening:
    """Suggests, previews and opens."""

    desk: Desk

    def suggestions(self, inputs: Mapping[str, object]) -> tuple[Suggestion, ...]:
        """Return the playbooks, those that fit first."""
        return triggering.suggestions(self.desk.store, inputs, now=self.desk.now)

    def preview(self, request: TriggerRequest) -> Preview:
        """Return the plan a request would give; writes nothing."""
        return triggering.preview(self.desk.store, request, now=self.desk.now)

    def trigger(self, request: TriggerRequest) -> IncidentView:
        """Open the incident exactly as previewed.

        Raises:
            InputError: the plan has problems.
        """
        return triggering.trigger(self.desk.store, request, actor=self.desk.actor, now=self.desk.now)
