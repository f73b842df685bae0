"""Work over all incidents: the first lines of the list, and how many there are in all.

A list of fifty thousand tasks is read by nobody, so the store counts them and hands out the first;
the index ``ix_task_worklist`` answers both without reading the tasks themselves.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, or_, select

from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading.queries import present_on, task_views
from muutosturva.models.incident import Incident, RoleHolder
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import OPEN_TASKS, RUNNING
from muutosturva.models.work import Task
from muutosturva.store.columns import select_columns
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


def worklist(
    session: Session,
    *,
    person: str | None = None,
    today: dt.date | None = None,
    late_on: dt.date | None = None,
    everything: bool = False,
    limit: int | None = None,
) -> Worklist:
    """Return tasks of every running incident.

    Args:
        session: any session.
        person: only the tasks this person does: those assigned to them by name, those of a role
            they are the first to hold, and with ``today`` those in which they stand in.
        today: the day on which the tasks are to be done, so that who is away is stood in for.
        late_on: only open tasks whose due day has passed on this day.
        everything: ended tasks too.
        limit: how many lines at most; all when None.
    """
    wanted = _wanted(late_on, everything=everything)
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
        return [*open_work(), col(Task.due_on) < late_on]
    return _running() if everything else open_work()


def _running() -> list[Any]:
    running = (
        select(Incident.id)
        .where(col(Incident.state).in_([state.value for state in RUNNING]), ~col(Incident.situation))
        .scalar_subquery()
    )
    return [col(Task.incident_id).in_(running)]


def _views(session: Session, ids: Sequence[uuid.UUID], today: dt.date | None) -> tuple[TaskView, ...]:
    """Return the tasks of these ids in this order."""
    if not ids:
        return ()
    owners = session.exec(
        select(Incident).where(col(Incident.id).in_(select(Task.incident_id).where(col(Task.id).in_(ids))))
    ).all()
    views = {view.id: view for view in task_views(session, owners, only=ids, today=today)}
    return tuple(views[key] for key in ids)
