"""What an incident's change of state does to the work that recurs: it rests, and goes on."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session, select

from muutosturva.clock import local_date
from muutosturva.errors import InputError
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.acts.refreshing import Item, refresh
from muutosturva.incidents.pure import spells
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading.expanding import expand_incident
from muutosturva.models.incident import Incident
from muutosturva.models.states import FOLLOWING, IncidentState, ItemState, Origin, TaskState
from muutosturva.models.work import PlanDocument, PlanMeeting, PlanMessage, Task
from muutosturva.playbooks.plan import Plan


def follow_state(
    session: Session, incident: Incident, old: IncidentState, now: dt.datetime, *, reason: str
) -> Changes:
    """Let what recurs rest once an incident is no longer active, and go on when it is again.

    Args:
        session: inside the use case's transaction.
        incident: the incident, in its new state.
        old: the state before.
        now: record time.
        reason: why; stays with the tasks that are withdrawn.

    Raises:
        InputError: no plan can be made of what is known of an incident that is to be active again.
    """
    if incident.situation or (old is IncidentState.ACTIVE) == (incident.state is IncidentState.ACTIVE):
        return Changes()
    if incident.state is not IncidentState.ACTIVE:
        incident.rests = spells.to_json(spells.begun(spells.from_json(incident.rests), local_date(now)))
        return _leave_out(session, incident, expand_incident(session, incident), reason)
    incident.rests = spells.to_json(rested_until(incident, old, now))
    plan = expand_incident(session, incident)
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    return refresh(session, incident, plan, now, reason=reason)


def rested_until(incident: Incident, old: IncidentState, now: dt.datetime) -> tuple[spells.Spell, ...]:
    """Return the times of rest of an incident that is active again.

    Args:
        incident: the incident.
        old: its state before; one that was only watched has rested since it was opened.
        now: record time; its day is the first of the work that goes on.
    """
    known = spells.from_json(incident.rests)
    if old is IncidentState.WATCH:
        known = (*known, spells.Spell(local_date(incident.opened_at)))
    return spells.ended(known, local_date(now))


def _leave_out(session: Session, incident: Incident, plan: Plan, reason: str) -> Changes:
    """Withdraw what has not begun and is no longer in the plan; nothing is added or moved."""
    if plan.problems:
        return Changes()
    planned = {task.key for task in plan.tasks}
    withdrawn = []
    for task in session.exec(select(Task).where(Task.incident_id == incident.id)).all():
        if task.origin is Origin.PLAYBOOK and task.state in FOLLOWING and task.key not in planned:
            task.state, task.state_reason = TaskState.WITHDRAWN, reason
            withdrawn.append(task.key)
    _leave_items(session, incident, plan)
    session.flush()
    settle(session, incident)
    return Changes(withdrawn=tuple(withdrawn))


def _leave_items(session: Session, incident: Incident, plan: Plan) -> None:
    _leave(session, incident, PlanMessage, {item.key for item in plan.messages})
    _leave(session, incident, PlanMeeting, {item.key for item in plan.meetings})
    _leave(session, incident, PlanDocument, {item.key for item in plan.documents})


def _leave(session: Session, incident: Incident, table: type[Item], planned: set[str]) -> None:
    for row in session.exec(select(table).where(table.incident_id == incident.id)).all():
        if row.key not in planned and row.state is not ItemState.DONE:
            row.state = ItemState.WITHDRAWN
