"""Letting an incident's waves and roles follow a newly expanded plan."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session, col, select

from muutosturva.incidents.acts import saving
from muutosturva.incidents.acts.roles import holder_row, propose
from muutosturva.incidents.acts.saving import Owner
from muutosturva.incidents.pure.snapshot import raci_from_json
from muutosturva.incidents.reading.queries import parts
from muutosturva.models.incident import Incident, IncidentRole, IncidentWave, RoleHolder
from muutosturva.models.standing import RosterPerson
from muutosturva.models.work import Task
from muutosturva.playbooks.plan import Plan

_OF_ROLE = ("title", "count", "deputy", "skills", "fill")
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


def reword_roles(session: Session, owner: Owner, plan: Plan) -> None:
    """Let the roles follow another playbook; one that is no longer needed stays while somebody holds it."""
    session.flush()
    planned = {row.role: row for row in saving.role_rows(owner, plan)}
    used = _used_roles(session, owner)
    for row in parts(session, IncidentRole, owner.incident_id):
        fresh = planned.get(row.role)
        if fresh is not None:
            for name in _OF_ROLE:
                if getattr(row, name) != getattr(fresh, name):
                    setattr(row, name, getattr(fresh, name))
        elif row.role not in used:
            session.delete(row)


def _used_roles(session: Session, owner: Owner) -> set[str]:
    """Return the roles that somebody holds or a task of the incident names, whatever its state."""
    holders = session.exec(select(RoleHolder).where(RoleHolder.incident_id == owner.incident_id)).all()
    used = {row.role for row in holders}
    for task in session.exec(select(Task).where(Task.incident_id == owner.incident_id)).all():
        raci = raci_from_json(task.raci) if task.raci else None
        used.add(task.role)
        if raci is not None:
            used |= {*raci.responsible, raci.accountable, *raci.consulted, *raci.informed}
        used |= {step.get("to", "") for step in task.escalate}
    return used
