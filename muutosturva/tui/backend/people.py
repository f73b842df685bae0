"""Who does what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from muutosturva.errors import Problem
from muutosturva.incidents import service
from muutosturva.incidents.acts.office_days import listed_days
from muutosturva.incidents.pure.gaps import Gap
from muutosturva.incidents.pure.views import RoleView
from muutosturva.incidents.reading.away_warnings import role_warnings
from muutosturva.incidents.reading.gaps import incident_gaps, roster_gaps
from muutosturva.incidents.reading.role_history import RoleHistory, role_histories
from muutosturva.incidents.reading.worklist import Worklist, worklist
from muutosturva.models.states import OfficeDateKind
from muutosturva.preparedness import queries
from muutosturva.preparedness import service as preparedness
from muutosturva.preparedness.absences import AbsenceAdded
from muutosturva.preparedness.queries import AbsenceView
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class People:
    """Names people to roles, says who is away and when the office is closed."""

    desk: Desk

    def assign_role(
        self, incident: str, role: str, person: str, *, deputy: bool, at: dt.datetime | None, note: str
    ) -> RoleView:
        """Name a person to a role, from now or from a moment that has passed."""
        return service.assign_role(
            self.desk.store,
            incident,
            role,
            person,
            deputy=deputy,
            at=at,
            note=note,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def away_warnings(self, incident: str, role: str, person: str) -> tuple[Problem, ...]:
        """Return on which days to come somebody given a role is away, and who stands in."""
        with self.desk.store.reading() as session:
            return role_warnings(session, incident, role, person, self.desk.today)

    def office_days(self) -> tuple[tuple[OfficeDateKind, dt.date, str], ...]:
        """Return the days of the office from today on, in order, with what they are called."""
        with self.desk.store.reading() as session:
            listed = listed_days(session, self.desk.store.owner_area)
        found = [(kind, day, label) for kind, days in listed.items() for day, label in days.items()]
        return tuple(sorted((each for each in found if each[1] >= self.desk.today), key=lambda each: each[1]))

    def preview_office_days(self, change: service.DayChange) -> service.DaysSet:
        """Return what days of the office would move; writes nothing."""
        return service.preview_office_days(self.desk.store, change, now=self.desk.now)

    def set_office_days(self, change: service.DayChange) -> service.DaysSet:
        """Add or remove days of the office."""
        return service.set_office_days(self.desk.store, change, actor=self.desk.actor, now=self.desk.now)

    def histories(self, incident: str) -> tuple[RoleHistory, ...]:
        """Return the roles of an incident with everybody who held them, from when to when."""
        with self.desk.store.reading() as session:
            return role_histories(session, incident, self.desk.today)

    def gaps(self, last: dt.date) -> tuple[Gap, ...]:
        """Return where the work hangs on one person from today to ``last``, in incidents and the roster."""
        with self.desk.store.reading() as session:
            return (*incident_gaps(session, self.desk.today, last), *roster_gaps(session))

    def work(self, person: str) -> Worklist:
        """Return the open work of a person in all incidents, also what they stand in for today."""
        with self.desk.store.reading() as session:
            return worklist(session, person=person, today=self.desk.today)

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
