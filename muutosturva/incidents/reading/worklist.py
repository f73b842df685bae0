"""Work over all incidents: the first lines of the list, and how many there are in all.

A list of fifty thousand tasks is read by nobody, so the store counts them and hands out the first;
the index ``ix_task_worklist`` answers both without reading the tasks themselves.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding
from muutosturva.incidents.reading.queries import present_on, roles_of, task_views
from muutosturva.models.incident import Incident, RoleHolder
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import OPEN_TASKS, RUNNING
from muutosturva.models.work import Task, TaskArea
from muutosturva.store.columns import json_text, select_columns
from muutosturva.store.lateness import past
from muutosturva.store.resting import resting


@dataclass(frozen=True, slots=True)
class Worklist:
    """Some tasks of the running incidents.

    Attributes:
        tasks: the first of them: by due day, those without one last.
        count: how many there are.
        incidents: in how many incidents.
    """

    tasks: tuple[TaskView, ...]
    count: int
    incidents: int

    @property
    def left_out(self) -> int:
        """Return how many are not among ``tasks``."""
        return self.count - len(self.tasks)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a task must be to be listed; empty means anything.

    Attributes:
        roles: ids of the roles that do it.
        accountable: ids of the roles that answer for it.
        answers: name of the person who answers for it: whoever acts in the accountable role.
        area: slug of an employment area that has a part in it.
        due_until: last due day, included; a task without one is left out.
    """

    roles: Collection[str] = ()
    accountable: Collection[str] = ()
    answers: str = ""
    area: str = ""
    due_until: dt.date | None = None


def narrowed(
    session: Session,
    *,
    role: str = "",
    accountable: str = "",
    area: str = "",
    due_until: dt.date | None = None,
) -> Narrowed:
    """Return what people type as what tasks must be; "" narrows nothing.

    Args:
        session: any session.
        role: id or title of a role.
        accountable: a role, or a person of the roster.
        area: an employment area.
        due_until: last due day.

    Raises:
        NotFoundError: no such role, person or area.
    """
    roles, name = finding.find_accountable(session, accountable) if accountable else (frozenset(), "")
    return Narrowed(
        roles=finding.find_roles_anywhere(session, role) if role else (),
        accountable=roles,
        answers=name,
        area=finding.find_area(session, area).slug if area else "",
        due_until=due_until,
    )


def worklist(
    session: Session,
    *,
    person: str | None = None,
    today: dt.date | None = None,
    late_on: dt.date | None = None,
    everything: bool = False,
    limit: int | None = None,
    only: Narrowed | None = None,
) -> Worklist:
    """Return tasks of every running incident.

    Args:
        session: any session.
        person: only the tasks this person does: those assigned to them by name, those of a role
            they are the first to hold, and with ``today`` those in which they stand in.
        today: the day on which the tasks are to be done, so that who is away is stood in for.
        late_on: only open tasks that are late at this moment, or on this day.
        everything: ended tasks too.
        limit: how many lines at most; all when None.
        only: what else they must be.
    """
    wanted = _wanted(late_on, everything=everything)
    if only is not None:
        wanted += _narrowing(session, only, today)
    if person is not None:
        return _of_person(session, person, today, wanted, limit)
    count, incidents = session.exec(
        select(func.count(), func.count(func.distinct(col(Task.incident_id))))
        .select_from(Task)
        .where(*wanted)
    ).one()
    first = select_columns(Task.id).where(*wanted).order_by(*in_order())
    found: Sequence[uuid.UUID] = session.execute(first.limit(limit)).scalars().all()
    return Worklist(_views(session, found, today), count, incidents)


def _of_person(
    session: Session, person: str, today: dt.date | None, wanted: list[Any], limit: int | None
) -> Worklist:
    """Return the tasks a person does: who does one is known only when it has been read."""
    away = present_on(session, today).away if today else ()
    people = [person, *(item.person for item in away if item.deputy == person)]
    known = select(RosterPerson.id).where(col(RosterPerson.name).in_(people)).scalar_subquery()
    holds = (
        select(RoleHolder.id)
        .where(
            RoleHolder.incident_id == Task.incident_id,
            RoleHolder.role == Task.role,
            col(RoleHolder.person_id).in_(known),
            col(RoleHolder.renounced_at).is_(None),
        )
        .exists()
    )
    theirs = or_(col(Task.assignee_id).in_(known), holds)
    keys = session.execute(select_columns(Task.id).where(*wanted, theirs).order_by(*in_order())).scalars()
    found = [view for view in _views(session, keys.all(), today) if view.person == person]
    return Worklist(tuple(found[:limit]), len(found), len({view.incident for view in found}))


def open_work() -> list[Any]:
    """Return the conditions of an open task that does not rest, of an incident that runs."""
    return [*_running(), ~resting(Task, Incident), col(Task.state).in_(list(OPEN_TASKS))]


def in_order() -> tuple[Any, ...]:
    """Return the order of the list: by due day, those without one last."""
    return col(Task.due_on).is_(None), col(Task.due_on), col(Task.incident_id), col(Task.position)


def _wanted(late_on: dt.date | None, *, everything: bool) -> list[Any]:
    if late_on is not None:
        return [*open_work(), past(Task, late_on)]
    return _running() if everything else open_work()


def _running() -> list[Any]:
    running = (
        select(Incident.id)
        .where(col(Incident.state).in_([state.value for state in RUNNING]), ~col(Incident.situation))
        .scalar_subquery()
    )
    return [col(Task.incident_id).in_(running)]


def _narrowing(session: Session, only: Narrowed, today: dt.date | None) -> list[Any]:
    wanted: list[Any] = []
    accountable = json_text(Task.raci, "accountable")
    if only.roles:
        wanted.append(col(Task.role).in_(only.roles))
    if only.accountable:
        wanted.append(accountable.in_(only.accountable))
    if only.answers:
        theirs = [
            and_(accountable == role, col(Task.incident_id).in_(incidents))
            for role, incidents in _acted(session, only.answers, today).items()
        ]
        wanted.append(or_(col(Task.id).in_(()), *theirs))
    if only.area:
        shared = select(TaskArea.task_id).where(TaskArea.area_slug == only.area).scalar_subquery()
        wanted.append(or_(col(Task.area_slug) == only.area, col(Task.id).in_(shared)))
    if only.due_until is not None:
        wanted.append(col(Task.due_on) <= only.due_until)
    return wanted


def _acted(session: Session, person: str, today: dt.date | None) -> dict[str, list[uuid.UUID]]:
    """Return the incidents by the role in which a person acts in them; on a day, where one is given."""
    running = session.exec(
        select(Incident.id).where(col(Incident.state).in_([state.value for state in RUNNING]))
    ).all()
    present = present_on(session, today) if today else None
    found: dict[str, list[uuid.UUID]] = {}
    for incident, roles in roles_of(session, running, present).items():
        for role, view in roles.items():
            first = view.holders[0] if view.holders else ""
            if person == (view.acting.person if view.acting else first):
                found.setdefault(role, []).append(incident)
    return found


def _views(session: Session, ids: Sequence[uuid.UUID], today: dt.date | None) -> tuple[TaskView, ...]:
    """Return the tasks of these ids in this order."""
    if not ids:
        return ()
    owners = session.exec(
        select(Incident).where(col(Incident.id).in_(select(Task.incident_id).where(col(Task.id).in_(ids))))
    ).all()
    views = {view.id: view for view in task_views(session, owners, only=ids, today=today)}
    return tuple(views[key] for key in ids)
