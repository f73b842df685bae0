"""Use cases of one task: start, finish, skip, assign, re-date.

Each is one transaction with one event. Values and reasons go to the event's payload.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from muutosturva.incidents.acts import access
from muutosturva.incidents.acts.answering import Reply
from muutosturva.incidents.acts.guards import require_reason, require_running
from muutosturva.incidents.acts.hanging import follow_reply
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.acts.task_acts import begin, end, redate, require_open
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.views import Changes, TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.models.incident import Incident
from muutosturva.models.states import TaskState
from muutosturva.models.work import Task
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork
from muutosturva.store.versions import expect_version


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows a task's use case works on; ``incident`` is the firm the task belongs to."""

    incident: Incident
    task: Task


def _find(
    session: Session, incident_id: str, wanted: str, expected: int | None, ours: Mapping[str, object]
) -> _Found:
    """Find the rows of a use case; ``ours`` is what it will write, shown to a second writer."""
    named = queries.find_incident(session, incident_id)
    task = finding.find_task(session, named, wanted)
    owner = session.get(Incident, task.incident_id)
    assert owner is not None, "a task's incident exists: foreign key"
    require_running(owner)
    expect_version(task, expected, ours)
    return _Found(owner, task)


def _record(
    unit: UnitOfWork,
    found: _Found,
    kind: str,
    payload: dict[str, Any],
    fields: tuple[str, ...],
) -> None:
    unit.record(
        EventDraft(
            kind=kind,
            incident_id=found.incident.id,
            subjects=(f"{found.incident.readable_id} {found.task.key}",),
            fields=fields,
            payload=payload,
        )
    )


def _view(session: Session, found: _Found) -> TaskView:
    session.flush()
    return queries.one_task(session, found.incident, found.task)


def start_task(
    store: Store,
    incident: str,
    task: str,
    *,
    actor: str,
    now: dt.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> TaskView:
    """Begin a task, or re-open a finished one, which needs a reason; what it answered is open again.

    Raises:
        NotFoundError: no such incident or task.
        InputError: a finished task is re-opened without a reason.
        RefusedError: the incident has ended, or the task is withdrawn.
        ConflictError: somebody changed the task in between.
    """
    with store.transaction(actor, now) as unit:
        found = _find(unit.session, incident, task, expected_version, {"state": TaskState.STARTED})
        before = found.task.answer
        kind, payload = begin(found.task, reason, now)
        effect = _follow(unit, found, before, payload, now=now, why=reason)
        _record(unit, found, kind, payload, ("state", *(("answer",) if before else ())))
        return replace(_view(unit.session, found), effect=effect)


def finish_task(
    store: Store,
    incident: str,
    task: str,
    *,
    actor: str,
    now: dt.datetime,
    note: str = "",
    reply: Reply | None = None,
    expected_version: int | None = None,
) -> TaskView:
    """Mark a task done, with the answer it asks for; what waited for it becomes ready.

    What hung on the answer becomes work or falls away; the view's ``effect`` tells it.

    Raises:
        NotFoundError: no such incident or task.
        InputError: what the task asks is not answered, or not so that it fits (its problems say what).
        RefusedError: the incident has ended, or the task is finished already.
        ConflictError: somebody changed the task in between.
    """
    payload = {"note": note.strip()} if note.strip() else {}
    return _end(
        store,
        incident,
        task,
        TaskState.DONE,
        payload=payload,
        reply=reply,
        actor=actor,
        now=now,
        expected_version=expected_version,
    )


def skip_task(
    store: Store,
    incident: str,
    task: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> TaskView:
    """Leave a task undone, with the reason in the log.

    Raises:
        NotFoundError: no such incident or task.
        InputError: no reason.
        RefusedError: the incident has ended, or the task is finished already.
        ConflictError: somebody changed the task in between.
    """
    payload = {"reason": require_reason(reason)}
    return _end(
        store,
        incident,
        task,
        TaskState.SKIPPED,
        payload=payload,
        actor=actor,
        now=now,
        expected_version=expected_version,
    )


def _end(
    store: Store,
    incident: str,
    task: str,
    state: TaskState,
    *,
    payload: dict[str, Any],
    actor: str,
    now: dt.datetime,
    expected_version: int | None,
    reply: Reply | None = None,
) -> TaskView:
    with store.transaction(actor, now) as unit:
        found = _find(unit.session, incident, task, expected_version, {"state": state})
        payload = {
            **end(found.task, state, str(payload.get("reason", "")), actor, now, reply=reply),
            **payload,
        }
        why = reply.because if reply else ""
        effect = _follow(unit, found, None, payload, now=now, why=why)
        fields = ("state", "finished_at", "finished_by", *(("answer",) if found.task.answer else ()))
        _record(unit, found, f"incidents.task_{state.value}", payload, fields)
        return replace(_view(unit.session, found), effect=effect)


def _follow(
    unit: UnitOfWork,
    found: _Found,
    before: Mapping[str, Any] | None,
    payload: dict[str, Any],
    *,
    now: dt.datetime,
    why: str,
) -> Changes | None:
    """Let the plan follow a task's new answer, and what waited for it the task; note it in the payload."""
    followed = follow_reply(unit.session, found.incident, found.task, before, now=now, why=why)
    settle(unit.session, found.incident)
    if followed is None:
        return None
    changes, used = followed
    payload |= {"used": used, **told_changes(changes)}
    return changes


def assign_task(
    store: Store,
    incident: str,
    task: str,
    *,
    person: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> TaskView:
    """Give a task to a person of the roster instead of the holder of its role.

    Who is given a task in a restricted incident is let into it.

    Raises:
        NotFoundError: no such incident, task or person.
        RefusedError: the incident has ended, or the task is finished.
        ConflictError: somebody changed the task in between.
    """
    with store.transaction(actor, now) as unit:
        found = _find(unit.session, incident, task, expected_version, {})
        require_open(found.task)
        chosen = finding.find_person(unit.session, person)
        names = queries.people_names(unit.session)
        old = names.get(found.task.assignee_id, "") if found.task.assignee_id else ""
        found.task.assignee_id = chosen.id
        _record(unit, found, "incidents.task_assigned", {"old": old, "new": chosen.name}, ("assignee",))
        access.admit_if_restricted(unit, found.incident, chosen.name, access.task_ground(found.task.key))
        return _view(unit.session, found)


def redate_task(
    store: Store,
    incident: str,
    task: str,
    *,
    due: dt.date,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> TaskView:
    """Set a task's due day by hand; from then on a moved anchor asks instead of moving it.

    A statutory task may be moved past the day of the law: the screen says so, the law does not
    move.

    Raises:
        NotFoundError: no such incident or task.
        InputError: no reason.
        RefusedError: the incident has ended, or the task is finished.
        ConflictError: somebody changed the task in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        found = _find(unit.session, incident, task, expected_version, {"due_on": due})
        payload = {**redate(found.task, due), "reason": why}
        _record(unit, found, "incidents.task_redated", payload, ("due",))
        return _view(unit.session, found)
