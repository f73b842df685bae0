"""Finding rows by what people type: a task's key or its code, a role, a person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, or_, select

from muutosturva.errors import NotFoundError, UsageError, nearest
from muutosturva.incidents.reading.queries import members, parts
from muutosturva.models.incident import Incident, IncidentQuestion, IncidentRole
from muutosturva.models.places import Area, Municipality
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import OPEN_TASKS, RUNNING, TaskState
from muutosturva.models.work import Task
from muutosturva.playbooks.plan import TextMap
from muutosturva.store.columns import select_columns


def find_task(session: Session, incident: Incident, wanted: str) -> Task:
    """Return the task a person means: its key, or its code such as ``B3`` when only one has it.

    In a regional situation the tasks of its firms are searched too.

    Raises:
        NotFoundError: no such task; the nearest keys are in the parameters.
        UsageError: the code or step means several tasks; their keys are in the parameters.
    """
    owners = {member.id: member for member in members(session, incident)}
    names = [
        _Named(*row)
        for row in session.execute(
            select_columns(Task.id, Task.incident_id, Task.key, Task.step, Task.code)
            .where(col(Task.incident_id).in_(list(owners)))
            .order_by(col(Task.position))
        )
    ]
    text = wanted.strip()
    for matches in (_by_key(names, text), _by_step(names, text)):
        if len(matches) == 1:
            return session.get_one(Task, matches[0].id)
        if matches:
            several = len({task.incident_id for task in matches}) > 1
            keys = sorted(
                f"{owners[task.incident_id].readable_id} {task.key}" if several else task.key
                for task in matches
            )
            raise UsageError("incidents.task_ambiguous", task=text, incident=incident.readable_id, keys=keys)
    known = nearest(text, [task.key for task in names])
    raise NotFoundError("incidents.task_not_found", task=text, incident=incident.readable_id, nearest=known)


@dataclass(frozen=True, slots=True)
class _Named:
    """What a task may be called by; the rest of its row is read when it has been found."""

    id: uuid.UUID
    incident_id: uuid.UUID
    key: str
    step: str
    code: str


def _by_key(tasks: Sequence[_Named], text: str) -> list[_Named]:
    return [task for task in tasks if task.key.casefold() == text.casefold()]


def _by_step(tasks: Sequence[_Named], text: str) -> list[_Named]:
    folded = text.casefold()
    return [task for task in tasks if folded in {task.step.casefold(), task.code.casefold() or None}]


def find_role(session: Session, incident: Incident, wanted: str) -> IncidentRole:
    """Return a role of the incident by its id, or by its title in any of the languages.

    Raises:
        NotFoundError: the incident has no such role; the roles it has are in the parameters.
    """
    roles = parts(session, IncidentRole, incident.id)
    folded = wanted.strip().casefold()
    for role in roles:
        if folded in {role.role.casefold(), *(title.casefold() for title in role.title.values())}:
            return role
    known = ", ".join(role.role for role in roles)
    raise NotFoundError("incidents.role_not_found", role=wanted, incident=incident.readable_id, known=known)


def find_roles_anywhere(session: Session, wanted: str) -> frozenset[str]:
    """Return the ids of the roles a person means, over all running incidents: by id, or by title.

    Raises:
        NotFoundError: no running incident has such a role; the roles they have are in the parameters.
    """
    titles = _role_titles(session)
    folded = wanted.strip().casefold()
    found = frozenset(
        role
        for role, known in titles.items()
        if folded in {role.casefold(), *(title.casefold() for title in known)}
    )
    if not found:
        raise NotFoundError("incidents.role_nowhere", role=wanted, known=", ".join(sorted(titles)) or "–")
    return found


def find_accountable(session: Session, wanted: str) -> tuple[frozenset[str], str]:
    """Return the roles a person means by a role's name, or the name of the person they mean.

    Raises:
        NotFoundError: it is neither; roles and the nearest names are in the parameters.
    """
    try:
        return find_roles_anywhere(session, wanted), ""
    except NotFoundError as no_role:
        known = no_role.params["known"]
    try:
        return frozenset(), find_person(session, wanted).name
    except NotFoundError as nobody:
        near = nobody.params["nearest"]
    raise NotFoundError("incidents.accountable_not_found", wanted=wanted, known=known, nearest=near)


def _role_titles(session: Session) -> dict[str, set[str]]:
    """Return the titles of each role of the running incidents."""
    found = session.exec(
        select(IncidentRole.role, IncidentRole.title)
        .join(Incident, col(Incident.id) == col(IncidentRole.incident_id))
        .where(col(Incident.state).in_([state.value for state in RUNNING]))
    ).all()
    titles: dict[str, set[str]] = {}
    for role, words in found:
        titles.setdefault(role, set()).update(words.values())
    return titles


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A task of a running incident that somebody named without the incident."""

    incident: str
    employer: str
    key: str
    title: TextMap
    state: TaskState


def find_tasks_anywhere(session: Session, wanted: str) -> tuple[Elsewhere, ...]:
    """Return the open tasks of running incidents that a key, a step or a code may mean."""
    folded = wanted.strip().casefold()
    found = session.execute(
        select_columns(Incident.readable_id, Incident.employer, Task.key, Task.title, Task.state)
        .join(Task, col(Task.incident_id) == col(Incident.id))
        .where(
            col(Incident.state).in_([state.value for state in RUNNING]),
            col(Task.state).in_(list(OPEN_TASKS)),
            or_(*(func.lower(col(name)) == folded for name in (Task.key, Task.step, Task.code))),
        )
        .order_by(col(Incident.readable_id), col(Task.position))
    ).all()
    return tuple(Elsewhere(*row) for row in found)


def find_person(session: Session, wanted: str) -> RosterPerson:
    """Return an active person of the roster by name or slug, in any letter case.

    Raises:
        NotFoundError: nobody of that name is in the roster; the nearest names are in the parameters.
    """
    people = session.exec(select(RosterPerson).where(col(RosterPerson.active))).all()
    folded = wanted.strip().casefold()
    for person in people:
        if folded in {person.name.casefold(), person.slug.casefold()}:
            return person
    known = nearest(wanted, [person.name for person in people])
    raise NotFoundError("incidents.person_not_found", person=wanted, nearest=known)


def find_area(session: Session, wanted: str) -> Area:
    """Return an employment area by slug or name, or by one of its municipalities, in any letter case.

    Raises:
        NotFoundError: no such area; the nearest ones are in the parameters.
    """
    areas = session.exec(select(Area).order_by(col(Area.slug))).all()
    folded = wanted.strip().casefold()
    for area in areas:
        if folded in {area.slug.casefold(), area.name.casefold(), area.name_sv.casefold() or None}:
            return area
    for town in session.exec(select(Municipality)):
        if folded in {town.name.casefold(), town.name_sv.casefold() or None}:
            return next(area for area in areas if area.slug == town.area_slug)
    known = nearest(wanted, [name for area in areas for name in (area.slug, area.name)])
    raise NotFoundError("incidents.area_not_found", area=wanted, nearest=known)


def find_question(session: Session, incident: Incident, wanted: str) -> IncidentQuestion:
    """Return an open or answered question of the incident by its name.

    Raises:
        NotFoundError: the incident asks no such question; its open ones are in the parameters.
    """
    questions = parts(session, IncidentQuestion, incident.id)
    for question in questions:
        if question.name == wanted.strip():
            return question
    known = ", ".join(question.name for question in questions if not question.answered) or "–"
    raise NotFoundError(
        "incidents.question_not_found", question=wanted, incident=incident.readable_id, known=known
    )
