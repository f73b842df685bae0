"""Tasks that several employment areas share: which area has which part in it, and when its part is done.

The area whose incident it is leads unless another one does; its part is written down with the first
other one. That every area has done its part does not end the task: whoever does it says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, select

from muutosturva.errors import RefusedError
from muutosturva.incidents.acts.guards import require_running
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.models.incident import Incident
from muutosturva.models.places import Area
from muutosturva.models.states import AreaPart, TaskState
from muutosturva.models.work import Task, TaskArea
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork
from muutosturva.store.versions import expect_version, touch


def set_task_area(
    store: Store,
    incident: str,
    task: str,
    area: str,
    *,
    part: AreaPart | None = None,
    contact: str | None = None,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> TaskView:
    """Give an employment area a part in a task, or change its part: one use case, one event.

    Where one area is to lead, the one that led takes part from then on.

    Args:
        store: the store.
        incident: readable id.
        task: key or code.
        area: slug or name of an employment area.
        part: what it does; None to take part, or to stay as it is.
        contact: who is asked there; None to leave it as it is.
        actor: who writes it down.
        now: record time, aware.
        expected_version: version of the task as it was shown.

    Raises:
        NotFoundError: no such incident, task or area.
        RefusedError: the incident has ended, or the task is withdrawn.
        ConflictError: somebody changed the task in between.
    """
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner, row = _find(session, incident, task, expected_version)
        if row.state is TaskState.WITHDRAWN:
            raise RefusedError("incidents.task_already", task=row.key, state=row.state)
        chosen = finding.find_area(session, area)
        shares = _shares(session, row)
        share = next((each for each in shares if each.area_slug == chosen.slug), None)
        before = None if share is None else (share.part, share.contact)
        wanted = part or (share.part if share else AreaPart.JOINS)
        told = (share.contact if share else "") if contact is None else contact.strip()
        if before == (wanted, told):
            unit.unchanged()
            return queries.one_task(session, owner, row)
        if share is None:
            share = _added(session, owner, row, (chosen.slug, wanted), shares)
        share.part, share.contact = wanted, told
        for each in shares if wanted is AreaPart.LEAD else ():
            each.part = AreaPart.LEAD if each is share else AreaPart.JOINS
        payload = {
            **_of(chosen),
            "part": wanted.value,
            **({"contact": told} if told else {}),
            **({"old": before[0].value} if before else {}),
        }
        _record(unit, owner, row, "incidents.task_area_set", payload)
        return queries.one_task(session, owner, row)


def remove_task_area(
    store: Store,
    incident: str,
    task: str,
    area: str,
    *,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> TaskView:
    """Take an employment area out of a task: one use case, one event.

    Where it led, the area whose task it is leads again; where nobody else is left, that one shares it
    with nobody.

    Raises:
        NotFoundError: no such incident, task or area.
        RefusedError: the incident has ended, or the area has no part in the task.
        ConflictError: somebody changed the task in between.
    """
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner, row = _find(session, incident, task, expected_version)
        chosen, share = _share(session, row, area)
        session.delete(share)
        left = [each for each in _shares(session, row) if each is not share]
        own = next((each for each in left if each.area_slug == (row.area_slug or owner.owner_area)), None)
        if own is not None and left == [own]:
            session.delete(own)
        elif own is not None and share.part is AreaPart.LEAD:
            own.part = AreaPart.LEAD
        _record(unit, owner, row, "incidents.task_area_removed", {**_of(chosen), "old": share.part.value})
        return queries.one_task(session, owner, row)


def finish_task_area(
    store: Store,
    incident: str,
    task: str,
    area: str,
    *,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> TaskView:
    """Write down that an area has done its part of a task: one use case, one event.

    Raises:
        NotFoundError: no such incident, task or area.
        RefusedError: the incident has ended, the area has no part in the task, or has done it already.
        ConflictError: somebody changed the task in between.
    """
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner, row = _find(session, incident, task, expected_version)
        chosen, share = _share(session, row, area)
        if share.done_at is not None:
            raise RefusedError("incidents.area_done_already", task=row.key, area=chosen.name)
        share.done_at, share.done_by = now, actor
        _record(unit, owner, row, "incidents.task_area_done", _of(chosen))
        return queries.one_task(session, owner, row)


def _find(session: Session, incident: str, task: str, expected: int | None) -> tuple[Incident, Task]:
    row = finding.find_task(session, queries.find_incident(session, incident), task)
    owner = session.get_one(Incident, row.incident_id)
    require_running(owner)
    expect_version(row, expected)
    return owner, row


def _shares(session: Session, row: Task) -> Sequence[TaskArea]:
    return session.exec(select(TaskArea).where(TaskArea.task_id == row.id)).all()


def _share(session: Session, row: Task, area: str) -> tuple[Area, TaskArea]:
    chosen = finding.find_area(session, area)
    share = next((each for each in _shares(session, row) if each.area_slug == chosen.slug), None)
    if share is None:
        raise RefusedError("incidents.area_without_part", task=row.key, area=chosen.name)
    return chosen, share


def _added(
    session: Session, owner: Incident, row: Task, new: tuple[str, AreaPart], shares: Sequence[TaskArea]
) -> TaskArea:
    """Add a part; the first one of a task brings that of the area whose task it has been so far."""
    area, part = new
    of: dict[str, Any] = {"owner_area": owner.owner_area, "incident_id": owner.id, "task_id": row.id}
    own = row.area_slug or owner.owner_area
    if not shares and own != area:
        first = AreaPart.JOINS if part is AreaPart.LEAD else AreaPart.LEAD
        session.add(TaskArea(**of, area_slug=own, part=first))
    share = TaskArea(**of, area_slug=area, part=part)
    session.add(share)
    return share


def _of(area: Area) -> dict[str, str]:
    return {"area": area.slug, "name": area.name}


def _record(unit: UnitOfWork, owner: Incident, row: Task, kind: str, payload: dict[str, Any]) -> None:
    # The parts lie in rows of their own: two people who change them at once must know of each other.
    touch(row)
    unit.session.flush()
    unit.record(
        EventDraft(
            kind=kind,
            incident_id=owner.id,
            subjects=(f"{owner.readable_id} {row.key}",),
            fields=("areas",),
            payload=payload,
        )
    )
