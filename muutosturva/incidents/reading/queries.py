"""Read models: what screens, documents and calendars ask of the incidents.

Each function takes an open session and returns frozen values. A regional situation answers
with the sum over its children, each firm counted once.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from sqlmodel import Session, case, col, func, select

from muutosturva.errors import NotFoundError, nearest
from muutosturva.incidents.pure.counting import Tie
from muutosturva.incidents.pure.joint_meetings import joined
from muutosturva.incidents.pure.standing_in import Away, Present
from muutosturva.incidents.pure.views import (
    DocumentView,
    IncidentSummary,
    IncidentView,
    LogEntry,
    MeetingView,
    MessageView,
    QuestionView,
    RoleView,
    TaskAreaView,
    TaskView,
)
from muutosturva.incidents.reading import assembling as rows
from muutosturva.incidents.reading import linking
from muutosturva.incidents.reading.meeting_names import meeting_names
from muutosturva.models.incident import (
    Incident,
    IncidentAnchor,
    IncidentArea,
    IncidentQuestion,
    IncidentRole,
    IncidentWave,
    RoleHolder,
)
from muutosturva.models.log import Event, EventPayload
from muutosturva.models.places import Area
from muutosturva.models.standing import Absence, RosterPerson
from muutosturva.models.states import ENDED_TASKS, OPEN_TASKS, RUNNING, IncidentState
from muutosturva.models.work import PlanDocument, PlanMeeting, PlanMessage, Task, TaskArea
from muutosturva.store.columns import select_columns
from muutosturva.store.lateness import past
from muutosturva.store.resting import resting

Part = TypeVar("Part", IncidentWave, IncidentArea, IncidentRole, IncidentQuestion)


def find_incident(session: Session, readable_id: str) -> Incident:
    """Return the row of an incident by its readable id, in any letter case.

    Raises:
        NotFoundError: no such incident; the nearest ids are in the parameters.
    """
    wanted = readable_id.strip().upper()
    found = session.exec(select(Incident).where(Incident.readable_id == wanted)).first()
    if found is None:
        known = session.exec(select(Incident.readable_id)).all()
        raise NotFoundError(
            "incidents.incident_not_found", incident=readable_id, nearest=nearest(wanted, known)
        )
    return found


def children_of(session: Session, incident: Incident) -> Sequence[Incident]:
    """Return the incidents joined in a situation, in the order of their ids; a cancelled one is out."""
    return session.exec(
        select(Incident)
        .where(Incident.parent_id == incident.id, Incident.state != IncidentState.CANCELLED)
        .order_by(col(Incident.readable_id))
    ).all()


def members(session: Session, incident: Incident) -> Sequence[Incident]:
    """Return the incidents whose work an id stands for: itself, or a situation's children too."""
    return [incident, *children_of(session, incident)]


def with_duplicates(session: Session, incident: Incident) -> Sequence[Incident]:
    """Return the incidents whose log and records belong to an id, also those that no longer count.

    Beside itself a situation's children, the cancelled ones too, and everything that was merged into
    any of them.
    """
    found = [
        incident,
        *session.exec(
            select(Incident).where(Incident.parent_id == incident.id).order_by(col(Incident.readable_id))
        ).all(),
    ]
    newest = [row.id for row in found]
    while newest:
        known = {row.id for row in found}
        merged = session.exec(
            select(Incident)
            .where(col(Incident.duplicate_of_id).in_(newest))
            .order_by(col(Incident.readable_id))
        ).all()
        fresh = [row for row in merged if row.id not in known]
        found += fresh
        newest = [row.id for row in fresh]
    return found


def _members_by_id(session: Session, readable_id: str) -> Mapping[uuid.UUID, Incident]:
    return {incident.id: incident for incident in members(session, find_incident(session, readable_id))}


def incident_view(session: Session, readable_id: str) -> IncidentView:
    """Return one incident with everything the group knows of it.

    Raises:
        NotFoundError: no such incident.
    """
    incident = find_incident(session, readable_id)
    children = children_of(session, incident)
    parent = session.get(Incident, incident.parent_id) if incident.parent_id else None
    anchors = rows.anchor_views(current_anchors(session, incident.id))
    survivor = session.get(Incident, incident.duplicate_of_id) if incident.duplicate_of_id else None
    links = linking.links_of(session, [incident, *children])
    return rows.incident_view(
        incident,
        parent=parent.readable_id if parent else "",
        children=children,
        anchors=anchors,
        waves=rows.wave_views(parts(session, IncidentWave, incident.id), anchors),
        areas=rows.area_views(parts(session, IncidentArea, incident.id)),
        roles=role_views(session, incident.id),
        questions=question_views(session, incident.id),
        links=tuple(view for view, _ in links),
        ties=[tie for _, tie in links],
        duplicate_of=survivor.readable_id if survivor else "",
        duplicates=tuple(
            session.exec(
                select(Incident.readable_id)
                .where(Incident.duplicate_of_id == incident.id)
                .order_by(col(Incident.readable_id))
            ).all()
        ),
    )


def current_anchors(session: Session, incident_id: uuid.UUID) -> Sequence[IncidentAnchor]:
    """Return the newest revision of each anchor of an incident."""
    return session.exec(
        select(IncidentAnchor)
        .where(IncidentAnchor.incident_id == incident_id, col(IncidentAnchor.current))
        .order_by(col(IncidentAnchor.wave), col(IncidentAnchor.value), col(IncidentAnchor.name))
    ).all()


def parts(session: Session, table: type[Part], incident_id: uuid.UUID) -> Sequence[Part]:
    """Return the rows an incident has in a table, in the order of its plan."""
    return session.exec(
        select(table).where(table.incident_id == incident_id).order_by(col(table.position))
    ).all()


def role_views(
    session: Session, incident_id: uuid.UUID, today: dt.date | None = None
) -> tuple[RoleView, ...]:
    """Return each role an incident needs, who holds it now, and with ``today`` who acts on that day."""
    present = present_on(session, today) if today else None
    return tuple(roles_of(session, [incident_id], present)[incident_id].values())


def roles_of(
    session: Session, incident_ids: Collection[uuid.UUID], present: Present | None = None
) -> Mapping[uuid.UUID, Mapping[str, RoleView]]:
    """Return the roles of several incidents by incident and role, in the order of each plan.

    With a day they say who acts on it, too.
    """
    needed = session.exec(
        select(IncidentRole)
        .where(col(IncidentRole.incident_id).in_(incident_ids))
        .order_by(col(IncidentRole.position))
    ).all()
    held = session.exec(
        select(RoleHolder, RosterPerson)
        .join(RosterPerson, col(RosterPerson.id) == col(RoleHolder.person_id))
        .where(col(RoleHolder.incident_id).in_(incident_ids), col(RoleHolder.renounced_at).is_(None))
        .order_by(col(RoleHolder.assumed_at), col(RosterPerson.name))
    ).all()
    return rows.roles_by_incident(incident_ids, needed, held, present)


def present_on(session: Session, day: dt.date) -> Present:
    """Return a day with everybody who is away on it."""
    return Present(day, away_between(session, day, day))


def away_between(session: Session, first: dt.date, last: dt.date | None = None) -> tuple[Away, ...]:
    """Return the absences that touch the days from ``first`` to ``last``, or from ``first`` on."""
    names = people_names(session)
    wanted = select(Absence).where(col(Absence.last_day) >= first).order_by(col(Absence.first_day))
    if last is not None:
        wanted = wanted.where(col(Absence.first_day) <= last)
    return tuple(
        Away(
            names[row.person_id],
            row.first_day,
            row.last_day,
            names[row.deputy_id] if row.deputy_id else "",
        )
        for row in session.exec(wanted)
    )


def question_views(session: Session, incident_id: uuid.UUID) -> tuple[QuestionView, ...]:
    """Return the questions of an incident nobody has answered."""
    return tuple(question for _, question in open_questions(session, [incident_id]))


def open_questions(
    session: Session, incident_ids: Collection[uuid.UUID]
) -> list[tuple[uuid.UUID, QuestionView]]:
    """Return the unanswered questions of several incidents, each with its incident."""
    found = session.exec(
        select(IncidentQuestion)
        .where(col(IncidentQuestion.incident_id).in_(incident_ids), ~col(IncidentQuestion.answered))
        .order_by(col(IncidentQuestion.position))
    ).all()
    order = {incident_id: place for place, incident_id in enumerate(incident_ids)}
    ordered = sorted(found, key=lambda row: order[row.incident_id])
    return [(row.incident_id, rows.question_view(row)) for row in ordered]


def tasks(
    session: Session, readable_id: str, today: dt.date | None = None, *, each_on_its_day: bool = False
) -> tuple[TaskView, ...]:
    """Return the tasks of an incident, or of all firms of a situation, in the order of the plan.

    With ``today`` each is done by whoever acts on that day; ``each_on_its_day`` as for ``task_views``.

    Raises:
        NotFoundError: no such incident.
    """
    found = members(session, find_incident(session, readable_id))
    return task_views(session, found, today=today, each_on_its_day=each_on_its_day)


def task_views(
    session: Session,
    incidents: Iterable[Incident],
    *,
    due_until: dt.date | None = None,
    only: Collection[uuid.UUID] | None = None,
    today: dt.date | None = None,
    each_on_its_day: bool = False,
) -> tuple[TaskView, ...]:
    """Return the tasks of several incidents: by due day, those without one last.

    Args:
        session: any session.
        incidents: the firms.
        due_until: only open tasks that are due by this day; None for every task.
        only: the tasks of these ids; None for every task.
        today: the day on which somebody is to do them, so that who is away is stood in for; None
            for those who hold the roles.
        each_on_its_day: a task that is due after ``today`` is done by whoever acts on its due day: for
            what is written down ahead, such as a calendar.
    """
    by_id = {incident.id: incident for incident in incidents}
    wanted = select(Task).where(col(Task.incident_id).in_(list(by_id)))
    if due_until is not None:
        wanted = wanted.where(col(Task.state).in_(list(OPEN_TASKS)), col(Task.due_on) <= due_until)
    if only is not None:
        wanted = wanted.where(col(Task.id).in_(only))
    found = session.exec(
        wanted.order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.position))
    ).all()
    away = away_between(session, today, None if each_on_its_day else today) if today else ()
    roles = roles_of(session, {task.incident_id for task in found})
    names = people_names(session)
    areas = areas_of_tasks(session, {task.incident_id for task in found})

    def present(task: Task) -> Present | None:
        if today is None or task.state in ENDED_TASKS:
            return None
        return Present(max(today, task.due_on or today) if each_on_its_day else today, away)

    return tuple(
        rows.task_view(
            task,
            by_id[task.incident_id],
            roles[task.incident_id],
            names,
            present(task),
            areas=areas.get(task.id, ()),
        )
        for task in found
    )


def one_task(session: Session, incident: Incident, task: Task) -> TaskView:
    """Return one task as ``task_views`` would, without reading the others."""
    roles = roles_of(session, [incident.id])[incident.id]
    areas = areas_of_tasks(session, [incident.id]).get(task.id, ())
    return rows.task_view(task, incident, roles, people_names(session), areas=areas)


def areas_of_tasks(
    session: Session, incident_ids: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, Sequence[TaskAreaView]]:
    """Return the areas that share tasks of incidents, by the key of the task."""
    found = session.exec(select(TaskArea).where(col(TaskArea.incident_id).in_(incident_ids))).all()
    names = dict(session.exec(select(Area.slug, Area.name)).all()) if found else {}
    return rows.task_areas(found, names)


def people_names(session: Session) -> Mapping[uuid.UUID, str]:
    """Return the name of everybody in the roster by id, those no longer active too."""
    return dict(session.exec(select(RosterPerson.id, RosterPerson.name)).all())


def messages(session: Session, readable_id: str) -> tuple[MessageView, ...]:
    """Return the communication plan of an incident, or of all firms of a situation."""
    by_id = _members_by_id(session, readable_id)
    found = session.exec(
        select(PlanMessage)
        .where(col(PlanMessage.incident_id).in_(list(by_id)))
        .order_by(col(PlanMessage.due_on).is_(None), col(PlanMessage.due_on), col(PlanMessage.position))
    ).all()
    return tuple(rows.message_view(row, by_id[row.incident_id]) for row in found)


def meetings(session: Session, readable_id: str, today: dt.date | None = None) -> tuple[MeetingView, ...]:
    """Return the meetings of an incident in order of time; what a situation's firms hold together is one.

    With ``today`` who is away on the day of a meeting is stood in for; one that has no day yet is
    looked at as if it were today.
    """
    incident = find_incident(session, readable_id)
    by_id = {member.id: member for member in members(session, incident)}
    found = session.exec(
        select(PlanMeeting)
        .where(col(PlanMeeting.incident_id).in_(list(by_id)))
        .order_by(col(PlanMeeting.starts_on).is_(None), col(PlanMeeting.starts_on), col(PlanMeeting.position))
    ).all()
    roles = roles_of(session, list(by_id))
    first = min([today, *(row.starts_on for row in found if row.starts_on)]) if today else None
    away = away_between(session, first) if first else ()
    views = tuple(
        rows.meeting_view(row, by_id[row.incident_id], roles[row.incident_id], away, today) for row in found
    )
    if not incident.situation:
        return views
    revision, names = _newest_event(session, incident), meeting_names(session, incident)
    return joined(views, incident.readable_id, incident.employer, revision, names)


def _newest_event(session: Session, incident: Incident) -> int:
    """Return the log's number of what happened last to a situation or to any firm that was in it."""
    owners = [owner.id for owner in with_duplicates(session, incident)]
    return session.exec(select(func.max(col(Event.seq))).where(col(Event.incident_id).in_(owners))).one() or 0


def documents(session: Session, readable_id: str) -> tuple[DocumentView, ...]:
    """Return the documents an incident's plan asks for."""
    by_id = _members_by_id(session, readable_id)
    found = session.exec(
        select(PlanDocument)
        .where(col(PlanDocument.incident_id).in_(list(by_id)))
        .order_by(col(PlanDocument.due_on).is_(None), col(PlanDocument.due_on), col(PlanDocument.position))
    ).all()
    return tuple(rows.document_view(row, by_id[row.incident_id]) for row in found)


def log_entries(
    session: Session, readable_id: str | None = None, *, limit: int | None = None
) -> tuple[LogEntry, ...]:
    """Return the log, newest first: of one incident, or of the store.

    A situation's log is that of its firms too, and what was merged into an incident stands in its log.

    Raises:
        NotFoundError: no such incident.
    """
    names = dict(session.exec(select(Incident.id, Incident.readable_id)).all())
    wanted = (
        select(Event, EventPayload)
        .join(EventPayload, col(EventPayload.event_id) == col(Event.id), isouter=True)
        .order_by(col(Event.seq).desc(), col(Event.record_time).desc())
    )
    if readable_id is not None:
        owners = with_duplicates(session, find_incident(session, readable_id))
        wanted = wanted.where(col(Event.incident_id).in_([owner.id for owner in owners]))
    found = session.exec(wanted.limit(limit) if limit else wanted).all()
    return tuple(rows.log_entry(event, payload, names) for event, payload in found)


def summaries(session: Session, at: dt.date) -> tuple[IncidentSummary, ...]:
    """Return one line for each incident: running ones first, cancelled ones last, then by id.

    Args:
        session: any session.
        at: the moment, or a day alone, that says what is late.
    """
    found = session.exec(select(Incident).options(linking.IN_SHORT).order_by(col(Incident.readable_id))).all()
    by_parent: dict[uuid.UUID, list[Incident]] = {}
    for incident in found:
        if incident.parent_id is not None and incident.state is not IncidentState.CANCELLED:
            by_parent.setdefault(incident.parent_id, []).append(incident)
    names = {incident.id: incident.readable_id for incident in found}
    work = _open_work(session, at)
    ties: dict[uuid.UUID, list[Tie]] = {}
    for _, tie in linking.links_of(session, found):
        ties.setdefault(tie.owner, []).append(tie)
    lines = [
        rows.summary(
            incident,
            children=by_parent.get(incident.id, []),
            parent=names.get(incident.parent_id, "") if incident.parent_id else "",
            work=work,
            ties=ties,
            duplicate_of=names.get(incident.duplicate_of_id, "") if incident.duplicate_of_id else "",
        )
        for incident in found
    ]
    return tuple(sorted(lines, key=_place_in_list))


def _open_work(session: Session, at: dt.date) -> Mapping[uuid.UUID, rows.OpenWork]:
    """Return by incident how much work is open and late, and when the next is due.

    The sums are the database's own, so that no task is read for them; one that rests is open and
    neither late nor next.
    """
    is_open = col(Task.state).in_(list(OPEN_TASKS))
    counted = session.execute(
        select_columns(Task.incident_id, func.count()).where(is_open).group_by(col(Task.incident_id))
    )
    found = {incident: rows.OpenWork(count) for incident, count in counted}
    awake = session.execute(
        select_columns(Task.incident_id, func.count(case((past(Task, at), 1))), func.min(col(Task.due_on)))
        .where(is_open, ~resting(Task, Incident))
        .group_by(col(Task.incident_id))
    )
    for incident, late, next_due in awake:
        found[incident] = rows.OpenWork(found[incident].open, late, next_due)
    return found


def _place_in_list(line: IncidentSummary) -> tuple[bool, bool, str]:
    return line.state is IncidentState.CANCELLED, line.state not in RUNNING, line.readable_id
