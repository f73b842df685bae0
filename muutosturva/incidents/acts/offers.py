"""Offered tasks: taken on, or declined with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlmodel import Session, col, select

from muutosturva.errors import RefusedError
from muutosturva.incidents.acts.guards import require_reason, require_running
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.models.incident import Incident
from muutosturva.models.states import TaskState
from muutosturva.models.work import Task
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork


def accept_offers(
    store: Store, incident: str, tasks: Sequence[str] | None = None, *, actor: str, now: dt.datetime
) -> tuple[TaskView, ...]:
    """Take on offered tasks: they become part of the plan.

    Args:
        store: the store.
        incident: readable id.
        tasks: keys or codes; None for everything that is offered.
        actor: who decides.
        now: record time.

    Raises:
        NotFoundError: no such incident or task.
        RefusedError: the incident has ended, nothing is offered, or a task is not offered.
    """
    with store.transaction(actor, now) as unit:
        owner = _owner(unit.session, incident)
        rows = _offered(unit.session, owner, tasks)
        for row in rows:
            row.state = TaskState.READY
            row.state_reason = ""
        settle(unit.session, owner)
        _record(unit, owner, rows, "incidents.offers_accepted", "")
        return _views(unit.session, owner, rows)


def decline_offers(
    store: Store, incident: str, tasks: Sequence[str], *, reason: str, actor: str, now: dt.datetime
) -> tuple[TaskView, ...]:
    """Leave offered tasks undone; the reason stays with them, and they are not offered again.

    Raises:
        NotFoundError: no such incident or task.
        InputError: no reason.
        RefusedError: the incident has ended, or a task is not offered.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner = _owner(unit.session, incident)
        rows = _offered(unit.session, owner, tasks)
        for row in rows:
            row.state = TaskState.SKIPPED
            row.state_reason = why
            row.finished_at = now
            row.finished_by = actor
        settle(unit.session, owner)
        _record(unit, owner, rows, "incidents.offers_declined", why)
        return _views(unit.session, owner, rows)


def _owner(session: Session, incident: str) -> Incident:
    owner = queries.find_incident(session, incident)
    require_running(owner)
    return owner


def _offered(session: Session, owner: Incident, tasks: Sequence[str] | None) -> list[Task]:
    if tasks is None:
        rows = list(
            session.exec(
                select(Task)
                .where(Task.incident_id == owner.id, col(Task.state) == TaskState.OFFERED)
                .order_by(col(Task.position))
            ).all()
        )
    else:
        rows = [finding.find_task(session, owner, wanted) for wanted in dict.fromkeys(tasks)]
    if not rows:
        raise RefusedError("incidents.nothing_offered", incident=owner.readable_id)
    for row in rows:
        if row.state is not TaskState.OFFERED:
            raise RefusedError("incidents.not_offered", task=row.key, state=row.state)
    return rows


def _record(unit: UnitOfWork, owner: Incident, rows: Sequence[Task], kind: str, reason: str) -> None:
    unit.record(
        EventDraft(
            kind=kind,
            incident_id=owner.id,
            subjects=(owner.readable_id, *(row.key for row in rows)),
            fields=("state",),
            payload={"tasks": [row.key for row in rows], "reason": reason},
        )
    )


def _views(session: Session, owner: Incident, rows: Sequence[Task]) -> tuple[TaskView, ...]:
    session.flush()
    wanted = {row.id for row in rows}
    return tuple(view for view in queries.task_views(session, [owner]) if view.id in wanted)
