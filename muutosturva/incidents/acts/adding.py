"""Use cases that add tasks the playbook does not have: one, or many at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session, col, func, select

from muutosturva.errors import InputError, NotFoundError, Problem, RefusedError, UsageError, nearest
from muutosturva.incidents.acts import access
from muutosturva.incidents.acts.guards import require_running
from muutosturva.incidents.pure.snapshot import planned_to_json
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.typed.pasting import NewTask, step_of, title_problems
from muutosturva.models.incident import Incident, IncidentRole, RoleHolder
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import Origin, TaskState
from muutosturva.models.work import Task
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.loading.resolved import from_stored
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

_STEP: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Judged:
    """A new task whose values have been looked up.

    Attributes:
        item: what was asked for, with the id it gets.
        role: id of its role.
        person: who does it, or None for whoever holds the role.
    """

    item: NewTask
    role: str
    person: RosterPerson | None

    @property
    def who(self) -> str:
        """Return the name of the person, else the role."""
        return self.person.name if self.person else self.role


def add_task(
    store: Store,
    incident: str,
    task: str,
    *,
    title: str,
    role: str,
    due: dt.date | None,
    actor: str,
    now: dt.datetime,
) -> TaskView:
    """Add a task that the playbook does not have; its title stands in every language.

    Args:
        store: the store.
        incident: readable id.
        task: its id; "" to make one from the title.
        title: its words.
        role: a role of the incident; "" for its first one, the lead.
        due: its day, or None.
        actor: who adds it.
        now: the moment.

    Raises:
        NotFoundError: no such incident or role.
        InputError: no title.
        UsageError: the id is taken, or holds other letters than a–z, 0–9, - and _.
        RefusedError: the incident has ended or is a regional situation.
    """
    if problems := title_problems(title, ""):
        raise InputError("incidents.input", problems=problems)
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = _owner(session, incident)
        taken = taken_steps(session, owner)
        if task.strip():
            _check_step(owner, task.strip(), taken)
        chosen = (
            finding.find_role(session, owner, role)
            if role.strip()
            else queries.parts(session, IncidentRole, owner.id)[0]
        )
        item = NewTask(title.strip(), due, step=task.strip() or step_of(title, taken))
        row = added(session, owner, Judged(item, chosen.role, None))
        payload = {"title": item.title, "due": due.isoformat() if due else None, "role": chosen.role}
        subjects = (f"{owner.readable_id} {row.key}",)
        unit.record(EventDraft("incidents.task_added", owner.id, subjects, ("title", "role", "due"), payload))
        session.flush()
        return queries.one_task(session, owner, row)


def preview_tasks(
    store: Store, incident: str, items: Sequence[NewTask], problems: Sequence[Problem] = ()
) -> tuple[Judged, ...]:
    """Return what ``add_tasks`` would add, with ids, roles and people; nothing is saved.

    Raises:
        NotFoundError, InputError, RefusedError: as ``add_tasks``.
    """
    with store.reading() as session:
        return judge_all(session, _owner(session, incident), items, problems)


def add_tasks(
    store: Store,
    incident: str,
    items: Sequence[NewTask],
    problems: Sequence[Problem] = (),
    *,
    actor: str,
    now: dt.datetime,
) -> tuple[TaskView, ...]:
    """Add several tasks in one act: all of them, or none.

    Args:
        store: the store.
        incident: readable id.
        items: the tasks.
        problems: what was wrong already where they were read: told with the rest.
        actor: who adds them.
        now: the moment.

    Raises:
        NotFoundError: no such incident.
        InputError: there is none, or a title, an id, a role or a person is wrong; all are told.
        RefusedError: the incident has ended or is a regional situation.
    """
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = _owner(session, incident)
        judged = judge_all(session, owner, items, problems)
        rows = [added(session, owner, item) for item in judged]
        unit.record(
            EventDraft(
                "incidents.tasks_added",
                owner.id,
                tuple(f"{owner.readable_id} {row.key}" for row in rows),
                ("title", "role", "due"),
                {
                    "tasks": [
                        {
                            "key": row.key,
                            "title": row.title["fi"],
                            "due": row.due_on.isoformat() if row.due_on else None,
                            "role": row.role,
                        }
                        for row in rows
                    ]
                },
            )
        )
        for item in judged:
            admit(unit, owner, item.person, item.item.step)
        session.flush()
        return tuple(queries.one_task(session, owner, row) for row in rows)


def admit(unit: UnitOfWork, owner: Incident, person: RosterPerson | None, key: str) -> None:
    """Let whoever was given a task into the incident, where it is restricted."""
    if person is not None:
        access.admit_if_restricted(unit, owner, person.name, access.task_ground(key))


def judge_all(
    session: Session, owner: Incident, items: Iterable[NewTask], read: Sequence[Problem] = ()
) -> tuple[Judged, ...]:
    """Return every item with its values looked up.

    Raises:
        InputError: there is none, or something is wrong; all of it is told.
    """
    taken = taken_steps(session, owner)
    judged: list[Judged] = []
    problems = list(read)
    for item in items:
        found = judge(session, owner, item, taken)
        if isinstance(found, Judged):
            judged.append(found)
            taken.add(found.item.step)
        else:
            problems += found
    if not judged and not problems:
        problems = [Problem("incidents.nothing_to_add")]
    if problems:
        in_order = sorted(problems, key=lambda problem: (len(problem.path), problem.path))
        raise InputError("incidents.input", problems=in_order)
    return tuple(judged)


def judge(session: Session, owner: Incident, item: NewTask, taken: set[str]) -> Judged | list[Problem]:
    """Return a new task with its values looked up, or what is wrong with it."""
    problems = title_problems(item.title, item.path)
    who = _who(session, owner, item)
    if isinstance(who, Problem):
        return [*problems, who]
    if problems:
        return problems
    role, person = who
    return Judged(replace(item, step=item.step or step_of(item.title, taken)), role, person)


def _who(session: Session, owner: Incident, item: NewTask) -> tuple[str, RosterPerson | None] | Problem:
    roles = queries.parts(session, IncidentRole, owner.id)
    if not item.who.strip():
        return roles[0].role, None
    try:
        return finding.find_role(session, owner, item.who).role, None
    except NotFoundError:
        pass
    try:
        person = finding.find_person(session, item.who)
    except NotFoundError:
        people = session.exec(select(RosterPerson.name).where(col(RosterPerson.active))).all()
        titles = [title for role in roles for title in (role.role, *role.title.values())]
        near = nearest(item.who, [*people, *titles])
        return Problem("incidents.who_unknown", {"who": item.who, "nearest": near}, item.path)
    held = session.exec(
        select(RoleHolder.role).where(
            RoleHolder.incident_id == owner.id,
            RoleHolder.person_id == person.id,
            col(RoleHolder.renounced_at).is_(None),
        )
    ).first()
    return held or roles[0].role, person


def _owner(session: Session, incident: str) -> Incident:
    owner = queries.find_incident(session, incident)
    require_running(owner)
    if owner.situation:
        raise RefusedError("incidents.situation_has_no_tasks", incident=owner.readable_id)
    return owner


def taken_steps(session: Session, incident: Incident) -> set[str]:
    """Return the ids no new task may have: a step no answer has called for yet may be called for tomorrow."""
    keys = session.exec(select(Task.key).where(Task.incident_id == incident.id)).all()
    playbook = from_stored(incident.playbook_text, incident.playbook_id).playbook
    return {*keys, *playbook.tasks}


def _check_step(incident: Incident, step: str, taken: set[str]) -> None:
    if not _STEP.fullmatch(step):
        raise UsageError("incidents.step_letters", step=step)
    if step in taken:
        raise UsageError("incidents.step_taken", step=step, incident=incident.readable_id)


def added(session: Session, incident: Incident, judged: Judged) -> Task:
    """Add the row of a new task, last in the plan."""
    item = judged.item
    row = added_row(session, incident, item.step, title=item.title, role=judged.role, due=item.due)
    row.assignee_id = judged.person.id if judged.person else None
    session.add(row)
    session.flush()
    return row


def added_row(
    session: Session, incident: Incident, step: str, *, title: str, role: str, due: dt.date | None
) -> Task:
    """Return the row of a task that the playbook does not have, after all others; it is not added yet."""
    last = session.exec(select(func.max(col(Task.position))).where(Task.incident_id == incident.id)).one()
    planned = None if due is None else PlannedDate("", due, due, due, None, Certainty.CONFIRMED)
    phases = [phase for phase, _ in incident.phases]
    return Task(
        owner_area=incident.owner_area,
        incident_id=incident.id,
        key=step,
        step=step,
        title={"fi": title},
        phase=phases[0] if phases else "",
        role=role,
        raci={"responsible": [role], "accountable": role, "consulted": [], "informed": []},
        due=planned_to_json(planned),
        due_on=due,
        due_by_hand=due is not None,
        state=TaskState.READY,
        origin=Origin.ADDED,
        position=(last or 0) + 1,
    )
