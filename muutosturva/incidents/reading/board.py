"""The first screen: everything that wants somebody's eyes today.

Of each list the first lines are read and the rest is counted: nobody reads a list of thousands, and a
store of years must open as quickly as one of a day.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from sqlmodel import Session, col, func, select

from muutosturva.clock import local_date
from muutosturva.incidents.pure.gaps import Gap
from muutosturva.incidents.pure.publicity import RELEASE, release_is_due
from muutosturva.incidents.pure.views import IncidentSummary, QuestionView, RoleView
from muutosturva.incidents.reading import assembling as rows
from muutosturva.incidents.reading.gaps import incident_gaps
from muutosturva.incidents.reading.queries import people_names, present_on, roles_of, summaries
from muutosturva.incidents.reading.task_lines import Doers, TaskLine, task_line
from muutosturva.incidents.reading.worklist import in_order, open_work
from muutosturva.models.incident import (
    Incident,
    IncidentAnchor,
    IncidentQuestion,
    IncidentRole,
    RoleHolder,
)
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import RUNNING, Secrecy
from muutosturva.models.work import Task
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.columns import select_columns
from muutosturva.store.lateness import past, today_ahead

COMING_DAYS: Final = 7
"""How far the first screen looks ahead, in calendar days."""
LINES: Final = 200
"""How many lines of each list are read; the others are counted."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Shortlist(Generic[Item]):
    """The first of a list, and how many there are in all."""

    items: tuple[Item, ...] = ()
    count: int = 0

    @property
    def left_out(self) -> int:
        """Return how many are not among ``items``."""
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True)
class ReleaseDue:
    """A restricted incident whose release should be out by now, though nobody said that it is.

    Attributes:
        incident: readable id.
        employer: the firm.
        release: when it was to be out.
    """

    incident: str
    employer: str
    release: AnchorValue


@dataclass(frozen=True, slots=True)
class Board:
    """The first screen on a day.

    Attributes:
        today: the day in Finland.
        incidents: every incident.
        late: open work whose day has passed.
        due_today: work of the day.
        coming: work of the days that follow.
        questions: what nobody has answered, each with its incident.
        unfilled: roles that too few people hold, each with its incident.
        releases: what should be public by now.
        gaps: where the work of the days that follow hangs on one person.
    """

    today: dt.date
    incidents: tuple[IncidentSummary, ...]
    late: Shortlist[TaskLine]
    due_today: Shortlist[TaskLine]
    coming: Shortlist[TaskLine]
    questions: Shortlist[tuple[str, QuestionView]]
    unfilled: Shortlist[tuple[str, RoleView]]
    releases: tuple[ReleaseDue, ...]
    gaps: Shortlist[Gap]


def board(session: Session, now: dt.datetime) -> Board:
    """Return the first screen: what is late, due today and coming, what is asked, who is missing."""
    today = local_date(now)
    tomorrow, until = today + dt.timedelta(days=1), today + dt.timedelta(days=COMING_DAYS)
    parts = (
        _first(session, past(Task, now)),
        _first(session, today_ahead(Task, now)),
        _first(session, col(Task.due_on).between(tomorrow, until)),
    )
    lines = _lines(session, [key for keys, _ in parts for key in keys], today)
    late, due_today, coming = (Shortlist(tuple(lines[key] for key in keys), count) for keys, count in parts)
    return Board(
        today=today,
        incidents=summaries(session, now),
        late=late,
        due_today=due_today,
        coming=coming,
        questions=_questions(session),
        unfilled=_unfilled(session),
        releases=releases_due(session, now),
        gaps=_gaps(session, today, until),
    )


def _gaps(session: Session, today: dt.date, until: dt.date) -> Shortlist[Gap]:
    found = incident_gaps(session, today, until)
    return Shortlist(found[:LINES], len(found))


def _first(session: Session, when: Any) -> tuple[Sequence[uuid.UUID], int]:
    """Return the keys of the first tasks due then, and how many there are; the index alone answers."""
    wanted = [*open_work(), when]
    count = session.exec(select(func.count()).select_from(Task).where(*wanted)).one()
    keys = session.execute(select_columns(Task.id).where(*wanted).order_by(*in_order()).limit(LINES))
    return keys.scalars().all(), count


def _lines(session: Session, keys: Sequence[uuid.UUID], day: dt.date) -> dict[uuid.UUID, TaskLine]:
    """Return the lines of tasks by key: no column that no line shows."""
    found = session.execute(
        select_columns(
            Task.id,
            Task.incident_id,
            Task.key,
            Task.code,
            Task.title,
            Task.role,
            Task.assignee_id,
            Task.due,
            Task.rule,
            Task.law,
            Task.state,
            Task.unsure,
            Task.origin,
            Task.label,
            Incident.readable_id,
            Incident.employer,
            col(Incident.state).label("incident_state"),
        )
        .join(Incident, col(Incident.id) == col(Task.incident_id))
        .where(col(Task.id).in_(keys))
    ).all()
    owners, named = {row.incident_id for row in found}, {row.role for row in found}
    doers = Doers.of(
        present_on(session, day),
        people_names(session),
        roles=session.execute(
            select_columns(IncidentRole.incident_id, IncidentRole.role, IncidentRole.title).where(
                col(IncidentRole.incident_id).in_(owners), col(IncidentRole.role).in_(named)
            )
        ),
        holders=session.execute(
            select_columns(RoleHolder.incident_id, RoleHolder.role, RoleHolder.deputy, RoleHolder.person_id)
            .join(RosterPerson, col(RosterPerson.id) == col(RoleHolder.person_id))
            .where(
                col(RoleHolder.incident_id).in_(owners),
                col(RoleHolder.role).in_(named),
                col(RoleHolder.renounced_at).is_(None),
            )
            .order_by(col(RoleHolder.assumed_at), col(RosterPerson.name))
        ),
    )
    return {row.id: task_line(row, doers) for row in found}


def _runs() -> Any:
    return col(Incident.state).in_([state.value for state in RUNNING])


def _questions(session: Session) -> Shortlist[tuple[str, QuestionView]]:
    wanted = (_runs(), ~col(IncidentQuestion.answered))
    joined = col(Incident.id) == col(IncidentQuestion.incident_id)
    count = session.exec(
        select(func.count()).select_from(IncidentQuestion).join(Incident, joined).where(*wanted)
    )
    found = session.exec(
        select(IncidentQuestion, Incident.readable_id)
        .join(Incident, joined)
        .where(*wanted)
        .order_by(col(Incident.readable_id), col(IncidentQuestion.position))
        .limit(LINES)
    ).all()
    items = tuple((incident, rows.question_view(question)) for question, incident in found)
    return Shortlist(items, count.one())


def _unfilled(session: Session) -> Shortlist[tuple[str, RoleView]]:
    held = (
        select(func.count())
        .where(
            RoleHolder.incident_id == IncidentRole.incident_id,
            RoleHolder.role == IncidentRole.role,
            ~col(RoleHolder.deputy),
            col(RoleHolder.renounced_at).is_(None),
        )
        .scalar_subquery()
    )
    wanted = (_runs(), col(IncidentRole.count) > held)
    joined = col(Incident.id) == col(IncidentRole.incident_id)
    count = session.exec(select(func.count()).select_from(IncidentRole).join(Incident, joined).where(*wanted))
    found = session.execute(
        select_columns(IncidentRole.incident_id, IncidentRole.role, Incident.readable_id)
        .join(Incident, joined)
        .where(*wanted)
        .order_by(col(Incident.readable_id), col(IncidentRole.position))
        .limit(LINES)
    ).all()
    views = roles_of(session, {row.incident_id for row in found})
    items = tuple((row.readable_id, views[row.incident_id][row.role]) for row in found)
    return Shortlist(items, count.one())


def releases_due(session: Session, now: dt.datetime) -> tuple[ReleaseDue, ...]:
    """Return the running restricted incidents whose release should be out by now, by id."""
    found = session.execute(
        select_columns(Incident.readable_id, Incident.employer, Incident.secrecy, IncidentAnchor)
        .join(Incident, col(Incident.id) == col(IncidentAnchor.incident_id))
        .where(
            _runs(),
            col(Incident.secrecy) == Secrecy.RESTRICTED,
            col(IncidentAnchor.name) == RELEASE,
            col(IncidentAnchor.wave) == "",
            col(IncidentAnchor.current),
        )
        .order_by(col(Incident.readable_id))
    )
    planned = [
        (ReleaseDue(incident, employer, rows.anchor_value(anchor)), secrecy)
        for incident, employer, secrecy, anchor in found
    ]
    return tuple(item for item, secrecy in planned if release_is_due(secrecy, item.release, now))
