"""The checklist of one role: what its holder has to do, put together from what the store knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from muutosturva.clock import local_date
from muutosturva.errors import NotFoundError
from muutosturva.incidents.pure.views import TaskAreaView, TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.reading.secrecy import class_of_all
from muutosturva.models.incident import Incident
from muutosturva.models.states import Secrecy, StoreKind, TaskState
from muutosturva.playbooks.plan import PlannedDate, TextMap


@dataclass(frozen=True, slots=True)
class Duty:
    """One task of the role.

    Attributes:
        title: its words by language.
        due: its day.
        points: what is to be remembered in it.
        law: True when a statute stands behind it.
        late: True when its day has passed.
        firm: its firm, where the checklist tells of several; "" otherwise.
        person: who does it, where that is not the holder of the role.
        areas: the areas that do it together; () where it is one area's alone.
    """

    title: TextMap
    due: PlannedDate | None
    points: tuple[TextMap, ...]
    law: bool
    late: bool
    firm: str
    person: str
    areas: tuple[TaskAreaView, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """The checklist of one role.

    Attributes:
        incident: readable id.
        name: the firm, or the name of the situation.
        role: id of the role.
        title: its words by language.
        kind: kind of the store, which marks the page.
        secrecy: strictest class of what it was read from, which marks the page too.
        made_at: the moment of the checklist, aware.
        made_by: who makes it.
        version: its running number.
        holders: who holds the role now, in every firm.
        deputies: who stands in.
        duties: what is open, late ones and early days first, undated ones last.
        done: how many of the role's tasks are finished.
        asked: how many wait for the answer to a question.
    """

    incident: str
    name: str
    role: str
    title: TextMap
    kind: StoreKind
    secrecy: Secrecy
    made_at: dt.datetime
    made_by: str
    version: int
    holders: tuple[str, ...]
    deputies: tuple[str, ...]
    duties: tuple[Duty, ...]
    done: int
    asked: int


def build(
    session: Session,
    incident: str,
    role: str,
    *,
    kind: StoreKind,
    now: dt.datetime,
    made_by: str,
    version: int = 1,
) -> Checklist:
    """Read the tasks of one role in an incident, or in the firms of a regional situation.

    Args:
        session: an open session; nothing is written.
        incident: readable id.
        role: id of the role, or its title in any language.
        kind: kind of the store, which marks the page.
        now: the moment of the checklist, aware.
        made_by: who makes it.
        version: its running number.

    Raises:
        NotFoundError: no such incident, or it has no such role.
    """
    named = queries.find_incident(session, incident)
    members = queries.members(session, named)
    found = role_of(session, named, role)
    today = local_date(now)
    views = [
        view
        for member in members
        for view in queries.role_views(session, member.id, today)
        if view.role == found
    ]
    holders = tuple(dict.fromkeys(name for view in views for name in view.holders))
    mine = [task for task in queries.tasks(session, named.readable_id, today) if task.role == found]
    open_work = [task for task in mine if task.open and not task.resting]
    duties = [task for task in open_work if task.state is not TaskState.QUESTION]
    return Checklist(
        incident=named.readable_id,
        name=named.employer,
        role=found,
        title=views[0].title,
        kind=kind,
        secrecy=class_of_all(session, named.readable_id),
        made_at=now,
        made_by=made_by,
        version=version,
        holders=holders,
        deputies=tuple(dict.fromkeys(name for view in views for name in view.deputies)),
        duties=tuple(_duty(task, holders, now, several=named.situation) for task in duties),
        done=sum(task.state is TaskState.DONE for task in mine),
        asked=len(open_work) - len(duties),
    )


def role_of(session: Session, incident: Incident, wanted: str) -> str:
    """Return the id of a role of an incident, or of any firm of a situation.

    Raises:
        NotFoundError: none of them has it.
    """
    error: NotFoundError | None = None
    for member in queries.members(session, incident):
        try:
            return finding.find_role(session, member, wanted).role
        except NotFoundError as missing:
            error = missing
    assert error is not None, "an incident is a member of itself"
    raise error


def _duty(task: TaskView, holders: Sequence[str], now: dt.datetime, *, several: bool) -> Duty:
    return Duty(
        title=task.title,
        due=task.due,
        points=task.checklist,
        law=task.by_law,
        late=task.late(now),
        firm=task.employer if several else "",
        person="" if task.person in holders else task.person,
        areas=task.areas,
    )
