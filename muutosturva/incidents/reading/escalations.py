"""Read model: tasks that are late, not begun or not answered, and whom somebody should tell of each."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import Session, and_, col, or_, select

from muutosturva.clock import local_date
from muutosturva.incidents.pure.escalation import EscalationKind, Receiver, receiver
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading.queries import members, present_on, roles_of, task_views
from muutosturva.incidents.reading.renamed import present_names
from muutosturva.models.incident import Incident, IncidentAccess
from muutosturva.models.log import Event, EventPayload
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import OPEN_TASKS, RUNNING, Secrecy, TaskState
from muutosturva.models.work import Task
from muutosturva.playbooks.plan import EscalationStep, TextMap
from muutosturva.store.columns import select_columns
from muutosturva.store.office_dates import load_calendar

ESCALATED: Final = "incidents.task_escalated"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that somebody said they sent; ``role`` is the one whose holder it went to."""

    to: str
    role: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Escalation:
    """A task that somebody has to be told of.

    Attributes:
        task: the task, done by whoever acts today.
        kind: why.
        since: the day it was due, was to begin, or was offered.
        days: calendar days since then.
        to: who is told.
        role_title: words of the role in which they are told.
        address: e-mail of the one who is told, or "".
        secret: True for an incident that only those named may know of.
        outside: True where the one who is told is not let into it.
        sent: what was sent of it since then, the newest first.
    """

    task: TaskView
    kind: EscalationKind
    since: dt.date
    days: int
    to: Receiver
    role_title: TextMap
    address: str
    secret: bool
    outside: bool
    sent: tuple[Sent, ...]

    @property
    def waits(self) -> bool:
        """Tell whether nobody has said that this one was told in this role."""
        return all(sent.role != self.to.role for sent in self.sent)


def escalations(
    session: Session, today: dt.date, incidents: Sequence[Incident] | None = None
) -> tuple[Escalation, ...]:
    """Return the tasks somebody has to be told of today, the longest due first.

    Args:
        session: any session.
        today: the day.
        incidents: only theirs; None for every running incident.
    """
    runs = col(Incident.state).in_([state.value for state in RUNNING])
    wanted = select(Incident).where(runs, ~col(Incident.situation))
    if incidents is not None:
        wanted = wanted.where(col(Incident.id).in_([incident.id for incident in incidents]))
    owners = {owner.readable_id: owner for owner in session.exec(wanted)}
    ids = [owner.id for owner in owners.values()]
    ladders = _ladders(session, ids, today)
    tasks = task_views(session, owners.values(), only=set(ladders), today=today) if ladders else ()
    ground = _Ground.read(session, ids, today)
    found = [
        ground.escalation(owners[task.incident], task, ladders[task.id]) for task in tasks if not task.resting
    ]
    told = [each for each in found if each is not None]
    return tuple(sorted(told, key=lambda each: (each.since, each.task.incident, each.task.position)))


def of_incident(session: Session, incident: Incident, today: dt.date) -> tuple[Escalation, ...]:
    """Return the tasks of an incident, or of a situation's firms, somebody has to be told of."""
    return escalations(session, today, members(session, incident))


def _ladders(
    session: Session, ids: Collection[uuid.UUID], today: dt.date
) -> Mapping[uuid.UUID, tuple[EscalationStep, ...]]:
    """Return the ladder of each task that may have to be told of, by its key."""
    late = and_(col(Task.state).in_(list(OPEN_TASKS)), col(Task.due_on) < today)
    not_begun = and_(col(Task.state) == TaskState.READY, col(Task.start_on) < today)
    found = session.execute(
        select_columns(Task.id, Task.escalate).where(
            col(Task.incident_id).in_(ids),
            or_(late, not_begun, col(Task.state) == TaskState.OFFERED),
        )
    )
    return {key: tuple(EscalationStep(step["after"], step["to"]) for step in steps) for key, steps in found}


@dataclass(frozen=True, slots=True)
class _Ground:
    """What decides who is told, of some incidents on a day."""

    today: dt.date
    calendar: Any
    roles: Mapping[uuid.UUID, Mapping[str, Any]]
    addresses: Mapping[str, str]
    insiders: Collection[tuple[uuid.UUID, str]]
    offered: Mapping[tuple[uuid.UUID, str], dt.date]
    sent: Mapping[str, Sequence[Sent]]

    @classmethod
    def read(cls, session: Session, ids: Collection[uuid.UUID], today: dt.date) -> _Ground:
        people = session.exec(select(RosterPerson.name, RosterPerson.email)).all()
        let_in = session.exec(
            select(IncidentAccess.incident_id, IncidentAccess.name).where(
                col(IncidentAccess.incident_id).in_(ids), col(IncidentAccess.ended_at).is_(None)
            )
        )
        return cls(
            today,
            load_calendar(session),
            roles_of(session, ids, present_on(session, today)),
            dict(people),
            set(let_in),
            _offered(session, ids),
            _sent(session, ids),
        )

    def escalation(
        self, owner: Incident, task: TaskView, ladder: tuple[EscalationStep, ...]
    ) -> Escalation | None:
        kind, since = self._why(owner, task)
        roles = self.roles[owner.id]
        lead = next(iter(roles), "")
        to = receiver(
            ladder if kind is EscalationKind.LATE else (),
            since,
            self.today,
            self.calendar,
            above=[role for role in (task.raci.accountable, lead) if role],
            acting={name: view.acting.person for name, view in roles.items()},
            doer=task.person,
        )
        if to is None:
            return None
        secret = owner.secrecy is Secrecy.RESTRICTED
        title = roles[to.role].title if to.role in roles else {}
        sent = self.sent.get(f"{owner.readable_id} {task.key}", ())
        return Escalation(
            task,
            kind,
            since,
            (self.today - since).days,
            to,
            title,
            self.addresses.get(to.person, ""),
            secret,
            secret and bool(to.person) and (owner.id, to.person) not in self.insiders,
            tuple(each for each in sent if local_date(each.at) > since),
        )

    def _why(self, owner: Incident, task: TaskView) -> tuple[EscalationKind, dt.date]:
        if task.state is TaskState.OFFERED:
            opened = local_date(owner.opened_at)
            return EscalationKind.UNANSWERED, self.offered.get((owner.id, task.key), opened)
        if task.late(self.today) and task.due_on is not None:
            return EscalationKind.LATE, task.due_on
        start = task.start.value if task.start else None
        return EscalationKind.NOT_BEGUN, start or self.today


def _offered(session: Session, ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], dt.date]:
    """Return the day on which each task was last offered, as the log has it, by the keys it had and has."""
    some = select(Task.incident_id).where(
        col(Task.incident_id).in_(ids), col(Task.state) == TaskState.OFFERED
    )
    found = session.execute(
        select_columns(Event.incident_id, Event.record_time, EventPayload.payload)
        .join(EventPayload, col(EventPayload.event_id) == col(Event.id))
        .where(col(Event.incident_id).in_(some))
        .order_by(col(Event.seq))
    )
    days = {
        (incident, key): local_date(moment)
        for incident, moment, payload in found
        for key in _listed(payload, "offered")
    }
    names = present_names(session, ids)
    return {(incident, names.get((incident, key), key)): day for (incident, key), day in days.items()} | days


def _listed(payload: Mapping[str, Any], name: str) -> list[str]:
    value = payload.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _sent(session: Session, ids: Collection[uuid.UUID]) -> dict[str, list[Sent]]:
    """Return what was sent of each task, the newest first; the names are gone where they were erased.

    What was sent of a task before it was renamed is found under both names: the renaming may be undone.
    """
    names = present_names(session, ids)
    found = session.execute(
        select_columns(Event.incident_id, Event.subjects, Event.event_time, EventPayload.payload)
        .join(EventPayload, col(EventPayload.event_id) == col(Event.id), isouter=True)
        .where(col(Event.incident_id).in_(ids), col(Event.kind) == ESCALATED)
        .order_by(col(Event.event_time).desc())
    )
    sent: dict[str, list[Sent]] = {}
    for incident, (subject, *_), at, payload in found:
        told, (owner, _, key) = payload or {}, subject.partition(" ")
        for name in dict.fromkeys((subject, f"{owner} {names.get((incident, key), key)}")):
            sent.setdefault(name, []).append(Sent(told.get("to", ""), told.get("role", ""), at))
    return sent
