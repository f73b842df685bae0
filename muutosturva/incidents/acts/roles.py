"""Roles: who holds which, from when to when, filled from the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from muutosturva.errors import RefusedError, UsageError
from muutosturva.incidents.acts import access
from muutosturva.incidents.acts.guards import require_event_time, require_running
from muutosturva.incidents.pure.views import RoleView
from muutosturva.incidents.reading import finding, queries
from muutosturva.models.incident import Incident, IncidentRole, RoleHolder
from muutosturva.models.standing import RosterPerson
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store


def propose(
    roles: Iterable[IncidentRole], people: Sequence[RosterPerson]
) -> list[tuple[str, RosterPerson, bool]]:
    """Return who the roster names for each role: (role, person, deputy), the first ones first.

    Only active people are named; a role nobody can take stays unfilled and shows as such.
    """
    active = sorted((person for person in people if person.active), key=lambda person: person.name)
    chosen: list[tuple[str, RosterPerson, bool]] = []
    for role in roles:
        able = [person for person in active if role.role in person.roles]
        firsts = able[: role.count]
        chosen.extend((role.role, person, False) for person in firsts)
        if role.deputy:
            deputies = [
                person
                for person in active
                if person not in firsts and (role.role in person.deputy_for or person in able)
            ]
            chosen.extend((role.role, person, True) for person in deputies[:1])
    return chosen


def holder_row(
    incident: Incident, role: str, person: RosterPerson, *, deputy: bool, now: dt.datetime
) -> RoleHolder:
    """Return a row that says the person holds the role from now on."""
    return RoleHolder(
        owner_area=incident.owner_area,
        incident_id=incident.id,
        role=role,
        person_id=person.id,
        deputy=deputy,
        assumed_at=now,
    )


def present_holders(session: Session, incident: Incident, role: str) -> Sequence[RoleHolder]:
    """Return the rows of those who hold a role now, the longest first."""
    return session.exec(
        select(RoleHolder)
        .where(
            RoleHolder.incident_id == incident.id,
            RoleHolder.role == role,
            col(RoleHolder.renounced_at).is_(None),
        )
        .order_by(col(RoleHolder.assumed_at))
    ).all()


def assign_role(
    store: Store,
    incident: str,
    role: str,
    person: str,
    *,
    deputy: bool = False,
    at: dt.datetime | None = None,
    note: str = "",
    actor: str,
    now: dt.datetime,
) -> RoleView:
    """Hand a role to a person: the one who held it is relieved at the same moment.

    ``at`` is when the role changed hands, if not now; ``note`` is what was agreed at it.

    Where the role needs several people, nobody is relieved until all places are taken. Who is given a
    role in a restricted incident is let into it, a deputy too.

    Raises:
        NotFoundError: no such incident, role or person.
        RefusedError: the incident has ended, or the person holds the role already.
        UsageError: the handover lies ahead, or before whoever is relieved had assumed the role.
    """
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = queries.find_incident(session, incident)
        require_running(owner)
        needed = finding.find_role(session, owner, role)
        chosen = finding.find_person(session, person)
        present = present_holders(session, owner, needed.role)
        if any(holder.person_id == chosen.id and holder.deputy == deputy for holder in present):
            raise RefusedError("incidents.role_held_already", role=needed.role, person=chosen.name)
        moment = require_event_time(session, owner, at, now)
        relieved = _relieve(present, chosen, needed, deputy=deputy, at=moment)
        session.add(holder_row(owner, needed.role, chosen, deputy=deputy, now=moment))
        names = queries.people_names(session)
        unit.record(
            EventDraft(
                kind="incidents.role_assigned",
                incident_id=owner.id,
                subjects=(f"{owner.readable_id} {needed.role}",),
                fields=("deputy" if deputy else "holder",),
                payload={
                    "old": [names[holder.person_id] for holder in relieved],
                    "new": chosen.name,
                    **({"note": note.strip()} if note.strip() else {}),
                },
                event_time=moment,
            )
        )
        access.admit_if_restricted(unit, owner, chosen.name, access.role_ground(needed.role))
        session.flush()
        views = queries.role_views(session, owner.id)
        return next(view for view in views if view.role == needed.role)


def _relieve(
    present: Sequence[RoleHolder],
    chosen: RosterPerson,
    needed: IncidentRole,
    *,
    deputy: bool,
    at: dt.datetime,
) -> list[RoleHolder]:
    same = [holder for holder in present if holder.deputy == deputy]
    places = 1 if deputy else needed.count
    leaving = same[: max(0, len(same) + 1 - places)]
    leaving += [holder for holder in present if holder.person_id == chosen.id and holder not in leaving]
    for holder in leaving:
        if at < holder.assumed_at:
            raise UsageError(
                "incidents.handover_too_early", at=at, role=needed.role, assumed=holder.assumed_at
            )
        holder.renounced_at = at
    return leaving
