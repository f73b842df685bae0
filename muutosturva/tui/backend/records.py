"""What is written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.views import LogEntry
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Records:
    """Writes notes in the log."""

    desk: Desk

    def note(self, incident: str, text: str, at: dt.datetime | None) -> LogEntry:
        """Write a note in the log."""
        return service.add_note(
            self.desk.store, incident, text, at=at, actor=self.desk.actor, now=self.desk.now
        )
