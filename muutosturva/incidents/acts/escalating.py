"""Use case: somebody told another of a task that is late, and says so. Nothing is ever sent from here."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from muutosturva.clock import local_date
from muutosturva.errors import RefusedError
from muutosturva.incidents.acts.guards import require_event_time, require_running
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.reading.escalations import ESCALATED, Escalation, of_incident
from muutosturva.models.incident import Incident
from muutosturva.models.work import Task
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store


def record_escalation(
    store: Store,
    incident: str,
    task: str,
    *,
    to: str | None = None,
    at: dt.datetime | None = None,
    note: str = "",
    actor: str,
    now: dt.datetime,
) -> Escalation:
    """Write down that somebody was told of a task: one use case, one event.

    Args:
        store: the store.
        incident: readable id.
        task: key or code.
        to: who was told; None for whom the draft is to.
        at: when, if not now.
        note: what is to be remembered of it.
        actor: who told them.
        now: record time, aware.

    Raises:
        NotFoundError: no such incident, task or person.
        RefusedError: the incident has ended, there is nothing to tell of the task, nobody is there to
            be told, or the one who is told may not know of the incident.
        UsageError: the time lies ahead.
    """
    with store.transaction(actor, now) as unit:
        session = unit.session
        named = queries.find_incident(session, incident)
        row = finding.find_task(session, named, task)
        owner = session.get_one(Incident, row.incident_id)
        require_running(owner)
        found, told = _told(session, owner, row, to, local_date(now))
        unit.record(
            EventDraft(
                kind=ESCALATED,
                incident_id=owner.id,
                subjects=(f"{owner.readable_id} {row.key}",),
                fields=("escalation",),
                payload={
                    "kind": found.kind.value,
                    "to": told,
                    "role": found.to.role,
                    "since": found.since.isoformat(),
                    **({"note": note.strip()} if note.strip() else {}),
                },
                event_time=require_event_time(session, owner, at, now),
            )
        )
    with store.reading() as session:
        again = of_incident(session, queries.find_incident(session, incident), local_date(now))
        return next(each for each in again if each.task.id == found.task.id)


def _told(
    session: Session, owner: Incident, row: Task, to: str | None, today: dt.date
) -> tuple[Escalation, str]:
    """Return what somebody is told of, and who that is."""
    found = next((each for each in of_incident(session, owner, today) if each.task.id == row.id), None)
    if found is None:
        raise RefusedError("incidents.nothing_to_escalate", task=row.key, incident=owner.readable_id)
    told = finding.find_person(session, to).name if to else found.to.person
    if not told:
        raise RefusedError("incidents.nobody_to_tell", task=row.key, incident=owner.readable_id)
    if found.outside and told == found.to.person:
        raise RefusedError("incidents.escalation_outsider", person=told, incident=owner.readable_id)
    return found, told
