"""Letting an incident's waves and roles follow a newly expanded plan."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session, col, select

from muutosturva.incidents.acts import saving
from muutosturva.incidents.acts.roles import holder_row, propose
from muutosturva.incidents.acts.saving import Owner
from muutosturva.incidents.reading.queries import parts
from muutosturva.models.incident import Incident, IncidentRole, IncidentWave
from muutosturva.models.standing import RosterPerson
from muutosturva.playbooks.plan import Plan

_OF_WAVE = ("label", "site", "measure", "count", "position")


def follow_waves(session: Session, owner: Owner, plan: Plan) -> None:
    """Add, change and remove waves; an unchanged one keeps its version."""
    rows = {row.wave: row for row in parts(session, IncidentWave, owner.incident_id)}
    for fresh in saving.wave_rows(owner, plan):
        row = rows.pop(fresh.wave, None)
        if row is None:
            session.add(fresh)
            continue
        for name in _OF_WAVE:
            if getattr(row, name) != getattr(fresh, name):
                setattr(row, name, getattr(fresh, name))
    for row in rows.values():
        session.delete(row)


def follow_roles(session: Session, incident: Incident, plan: Plan, now: dt.datetime) -> None:
    """Add the roles the plan newly needs, filled from the roster; no role is taken from anybody."""
    present = parts(session, IncidentRole, incident.id)
    known = {row.role for row in present}
    owner = Owner(incident.owner_area, incident.id)
    missing = [row for row in saving.role_rows(owner, plan) if row.role not in known]
    if not missing:
        return
    last = max((row.position for row in present), default=-1)
    for place, row in enumerate(missing, start=last + 1):
        row.position = place
        session.add(row)
    people = session.exec(select(RosterPerson).order_by(col(RosterPerson.name))).all()
    for role, person, deputy in propose(missing, people):
        session.add(holder_row(incident, role, person, deputy=deputy, now=now))
