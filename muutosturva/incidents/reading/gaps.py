"""Read model: where the work of the running incidents, or of the roster, hangs on one person."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlmodel import Session, col, select

from muutosturva.incidents.pure.gaps import Gap, HeldRole, in_incidents, in_roster
from muutosturva.incidents.reading.queries import away_between
from muutosturva.models.incident import Incident, IncidentRole, RoleHolder
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import RUNNING
from muutosturva.playbooks.plan import TextMap
from muutosturva.store.columns import select_columns


def incident_gaps(session: Session, first: dt.date, last: dt.date) -> tuple[Gap, ...]:
    """Return the gaps of every running incident on the days from ``first`` to ``last``."""
    inactive = session.exec(select(RosterPerson.name).where(~col(RosterPerson.active))).all()
    return in_incidents(_held(session), away_between(session, first, last), set(inactive), (first, last))


def roster_gaps(session: Session) -> tuple[Gap, ...]:
    """Return the roles that hang on one person of the roster: those it knows, and those incidents need."""
    able: dict[str, list[str]] = {}
    deputies: dict[str, list[str]] = {}
    for person in session.exec(select(RosterPerson).where(col(RosterPerson.active))):
        for role in person.roles:
            able.setdefault(role, []).append(person.name)
        for role in person.deputy_for:
            deputies.setdefault(role, []).append(person.name)
    needed: dict[str, TextMap] = {role.role: role.title for role in _held(session)}
    return in_roster(able, deputies, needed)


def _held(session: Session) -> list[HeldRole]:
    runs = col(Incident.state).in_([state.value for state in RUNNING])
    people: dict[tuple[uuid.UUID, str, bool], list[str]] = {}
    for holder in session.execute(
        select_columns(RoleHolder.incident_id, RoleHolder.role, RoleHolder.deputy, RosterPerson.name)
        .join(RosterPerson, col(RosterPerson.id) == col(RoleHolder.person_id))
        .join(Incident, col(Incident.id) == col(RoleHolder.incident_id))
        .where(runs, col(RoleHolder.renounced_at).is_(None))
        .order_by(col(RoleHolder.assumed_at), col(RosterPerson.name))
    ):
        people.setdefault((holder.incident_id, holder.role, holder.deputy), []).append(holder.name)
    roles = session.execute(
        select_columns(
            IncidentRole.incident_id,
            IncidentRole.role,
            IncidentRole.title,
            IncidentRole.deputy,
            Incident.readable_id,
        )
        .join(Incident, col(Incident.id) == col(IncidentRole.incident_id))
        .where(runs)
        .order_by(col(Incident.readable_id), col(IncidentRole.position))
    )
    return [
        HeldRole(
            row.readable_id,
            row.role,
            row.title,
            row.deputy,
            tuple(people.get((row.incident_id, row.role, False), ())),
            tuple(people.get((row.incident_id, row.role, True), ())),
        )
        for row in roles
    ]
