"""Who does what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.pure.views import RoleView
from muutosturva.preparedness import queries
from muutosturva.preparedness import service as preparedness
from muutosturva.preparedness.absences import AbsenceAdded
from muutosturva.preparedness.queries import AbsenceView
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class People:
    """Names people to roles, and says who is away."""

    desk: Desk

    def assign_role(self, incident: str, role: str, person: str, *, deputy: bool = False) -> RoleView:
        """Name a person to a role."""
        return service.assign_role(
            self.desk.store,
            incident,
            role,
            person,
            deputy=deputy,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def absences(self) -> tuple[AbsenceView, ...]:
        """Return who is away today or later, in order of their days."""
        with self.desk.store.reading() as session:
            return queries.absences(session, self.desk.today)

    def add_absence(self, person: str, first: dt.date, last: dt.date, deputy: str) -> AbsenceAdded:
        """Record that a person is away."""
        return preparedness.add_absence(
            self.desk.store,
            person,
            first,
            last,
            deputy=deputy or None,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def remove_absence(self, person: str, first: dt.date) -> AbsenceView:
        """Take back an absence by its first day."""
        return preparedness.remove_absence(
            self.desk.store, person, first, actor=self.desk.actor, now=self.desk.now
        )
