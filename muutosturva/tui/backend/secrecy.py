"""Who may know of an incident, and what has become public."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.pure.publicity import Access
from muutosturva.incidents.pure.views import Changes, IncidentView
from muutosturva.models.states import Secrecy as SecrecyClass
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Secrecy:
    """Lets people in, and says what became public."""

    desk: Desk

    def access(self, incident: str) -> tuple[Access, ...]:
        """Return everybody who was ever let in."""
        with self.desk.store.reading() as session:
            return service.access_list(session, incident)

    def grant(self, incident: str, name: str, reason: str, at: dt.datetime | None) -> Access:
        """Let a person in."""
        return service.grant_access(
            self.desk.store, incident, name, reason=reason, at=at, actor=self.desk.actor, now=self.desk.now
        )

    def end(self, incident: str, name: str, reason: str, at: dt.datetime | None) -> Access:
        """Say that a person is not told any more."""
        return service.end_access(
            self.desk.store, incident, name, reason=reason, at=at, actor=self.desk.actor, now=self.desk.now
        )

    def set_class(self, view: IncidentView, secrecy: SecrecyClass, reason: str) -> IncidentView:
        """Move the incident to another class of secrecy."""
        return service.set_secrecy(
            self.desk.store,
            view.readable_id,
            secrecy,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def publish(self, view: IncidentView, at: dt.datetime | None, source: str, reason: str) -> Changes:
        """Say that the news is public."""
        return service.publish(
            self.desk.store,
            view.readable_id,
            at=at,
            source=source,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )
