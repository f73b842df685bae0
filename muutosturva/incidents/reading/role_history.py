"""Read model: who held which role of an incident from when to when, and who acts in it today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from muutosturva.incidents.pure.views import RoleView
from muutosturva.incidents.reading import queries
from muutosturva.models.incident import RoleHolder
from muutosturva.models.standing import RosterPerson


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one role; ``until`` is None while they hold it."""

    person: str
    deputy: bool
    since: dt.datetime
    until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RoleHistory:
    """A role with everybody who held it, the first one first, and in ``role`` who acts today."""

    role: RoleView
    tenures: tuple[Tenure, ...]


def role_histories(session: Session, readable_id: str, today: dt.date) -> tuple[RoleHistory, ...]:
    """Return the roles of an incident, in the order of its plan, with everybody who held them.

    Raises:
        NotFoundError: no such incident.
    """
    incident = queries.find_incident(session, readable_id)
    found = session.exec(
        select(RoleHolder, RosterPerson.name)
        .join(RosterPerson, col(RosterPerson.id) == col(RoleHolder.person_id))
        .where(RoleHolder.incident_id == incident.id)
        .order_by(col(RoleHolder.deputy), col(RoleHolder.assumed_at), col(RosterPerson.name))
    ).all()
    tenures: dict[str, list[Tenure]] = {}
    for row, name in found:
        tenures.setdefault(row.role, []).append(Tenure(name, row.deputy, row.assumed_at, row.renounced_at))
    return tuple(
        RoleHistory(view, tuple(tenures.get(view.role, ())))
        for view in queries.role_views(session, incident.id, today)
    )
