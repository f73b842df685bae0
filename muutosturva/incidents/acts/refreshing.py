"""Applying a newly expanded plan to an incident's saved work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from sqlmodel import Session, col, func, select

from muutosturva.clock import local_date
from muutosturva.incidents.acts import saving
from muutosturva.incidents.acts.following import follow_roles, follow_waves, reword_roles
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.acts.saving import AnchorState, Owner
from muutosturva.incidents.pure.changes import Comparison, Saved, compare, mentioned
from muutosturva.incidents.pure.snapshot import computed_day
from muutosturva.incidents.pure.views import Changes, Mentioned
from muutosturva.incidents.reading.assembling import anchor_value
from muutosturva.incidents.reading.queries import current_anchors
from muutosturva.models.incident import Incident, IncidentAnchor, IncidentQuestion
from muutosturva.models.states import ItemState, TaskState
from muutosturva.models.work import PlanDocument, PlanMeeting, PlanMessage, Task
from muutosturva.playbooks.plan import Plan, PlannedDocument, PlannedMeeting, PlannedMessage, PlannedTask

Item = TypeVar("Item", PlanMessage, PlanMeeting, PlanDocument)
Planned = TypeVar("Planned", PlannedMessage, PlannedMeeting, PlannedDocument)

_OF_DATES: Final = ("due", "due_on", "starts", "starts_on", "state", "depends_on", "languages")
"""What a message, meeting or document takes from a plan of new facts."""
_OF_WORDS: Final = (
    *_OF_DATES,
    "title",
    "audience",
    "channel",
    "owner",
    "approvers",
    "template",
    "next_update",
    "minutes",
    "place",
    "invitees",
    "shared",
    "document",
    "formats",
    "position",
)
"""What it takes from the plan of another playbook."""


@dataclass(frozen=True, slots=True)
class _News:
    """How new tasks come: ``offered_on`` a day, or at once; what recurs not before ``since``."""

    offered_on: dt.date | None
    since: dt.date | None


def refresh(
    session: Session,
    incident: Incident,
    plan: Plan,
    now: dt.datetime,
    *,
    reason: str,
    offer: bool = False,
    reworded: bool = False,
) -> Changes:
    """Let the incident follow a plan expanded from its new facts.

    Args:
        session: inside the use case's transaction.
        incident: the incident the plan belongs to.
        plan: without problems.
        now: record time of the anchors' new revisions.
        reason: why the facts changed; stays with the tasks that are withdrawn or offered.
        offer: True to let new tasks wait for the group, all but those the law asks for; what recurs
            is not offered for days gone by and stands as skipped, with the reason.
        reworded: True where the plan comes of another playbook: words, roles and order follow too, and
            what recurs is not added for days gone by either.

    Returns:
        What moved, was added, was withdrawn, and which tasks changed their state.
    """
    owner = Owner(incident.owner_area, incident.id)
    before, incident.level = incident.level, plan.level
    _follow_anchors(session, owner, plan, now, reworded=reworded)
    follow_waves(session, owner, plan)
    follow_roles(session, incident, plan, now)
    offered_on = local_date(now) if offer else None
    news = _News(offered_on, local_date(now) if reworded else offered_on)
    changes = _follow_tasks(session, owner, plan, reason, news=news, reworded=reworded)
    _follow_items(session, owner, plan, reworded=reworded)
    _follow_questions(session, owner, plan, now, reworded=reworded)
    if reworded:
        reword_roles(session, owner, plan)
    states = settle(session, incident)
    known = {*changes.added, *changes.withdrawn}
    return replace(
        changes,
        states={key: state for key, state in states.items() if key not in known},
        level=(before, plan.level),
    )


def preview(
    session: Session,
    incident: Incident,
    plan: Plan,
    *,
    offered_on: dt.date | None = None,
    added_on: dt.date | None = None,
    key_of: Callable[[str], str] = str,
) -> Changes:
    """Return what ``refresh`` would move, add, offer and withdraw; nothing is changed.

    Args:
        session: any session.
        incident: the incident the plan belongs to.
        plan: without problems.
        offered_on: the day on which new tasks are offered; None where they are not offered.
        added_on: the day before which nothing that recurs is added; that of the offer when None.
        key_of: the key a saved task will bear; its own where nothing is renamed.
    """
    found_rows = session.exec(select(Task).where(Task.incident_id == incident.id)).all()
    rows = {key_of(row.key): row for row in found_rows}
    found = compare([replace(_saved(row), key=key) for key, row in rows.items()], plan)
    news = _News(offered_on, added_on or offered_on)
    return replace(_told(found, rows, news), level=(incident.level, plan.level))


def _follow_anchors(session: Session, owner: Owner, plan: Plan, now: dt.datetime, *, reworded: bool) -> None:
    current = {(row.name, row.wave): row for row in current_anchors(session, owner.incident_id)}
    for anchor in saving.anchor_states(plan):
        row = current.get((anchor.name, anchor.wave))
        if row is None:
            session.add(saving.anchor_row(owner, anchor, now))
        elif _same(row, anchor):
            if reworded:
                _take(row, label=anchor.label, expression=anchor.expression, reason_code=anchor.reason_code)
        else:
            row.current = False
            session.flush()
            session.add(saving.anchor_row(owner, anchor, now))
    waves = {wave.id for wave in plan.waves}
    known = {(anchor.name, anchor.wave) for anchor in saving.anchor_states(plan)}
    for (name, wave), row in current.items():
        if (wave and wave not in waves) or (reworded and (name, wave) not in known):
            row.current = False
    session.flush()


def _take(row: object, **values: object) -> None:
    """Write values; an unchanged one leaves the version of the row as it is."""
    for name, value in values.items():
        if hasattr(row, name) and getattr(row, name) != value:
            setattr(row, name, value)


def _same(row: IncidentAnchor, anchor: AnchorState) -> bool:
    return anchor_value(row) == anchor.value and row.origin == anchor.origin


def _follow_tasks(
    session: Session,
    owner: Owner,
    plan: Plan,
    reason: str,
    *,
    news: _News,
    reworded: bool,
) -> Changes:
    rows = {
        row.key: row for row in session.exec(select(Task).where(Task.incident_id == owner.incident_id)).all()
    }
    found = compare([_saved(row) for row in rows.values()], plan)
    planned = {task.key: task for task in plan.tasks}
    positions = {task.key: place for place, task in enumerate(plan.tasks)}
    for key in found.follow:
        saving.follow_plan(rows[key], planned[key])
        if reworded:
            saving.reword(rows[key], planned[key], positions[key])
    for key in found.law_only:
        saving.follow_law(rows[key], planned[key])
    for key in found.withdrawn:
        rows[key].state = TaskState.WITHDRAWN
        rows[key].state_reason = reason
    changes = _told(found, rows, news)
    for task in found.added:
        if task.key in rows:
            row = rows[task.key]
            saving.follow_plan(row, task)
            if reworded:
                saving.reword(row, task, positions[task.key])
            row.state = TaskState(task.state.value)
        else:
            row = saving.task_row(owner, task, positions[task.key])
            session.add(row)
        waits = task.key in changes.offered
        row.state = TaskState.OFFERED if waits else row.state
        if _too_late(task, news.since):
            row.state = TaskState.SKIPPED
            waits = True
        row.state_reason = reason if waits else ""
    session.flush()
    return changes


def _too_late(task: PlannedTask, since: dt.date | None) -> bool:
    """Tell whether one time of what recurs would come after its day: no briefing is held in the past.

    What is done once stays on offer: telling the mayor late is better than never.
    """
    last = task.due.latest or task.due.value if task.due else None
    once = not task.item or not task.item[-1].isdigit() or task.item[-1] == task.wave
    return since is not None and not once and not task.by_law and last is not None and last < since


def _told(found: Comparison, rows: Mapping[str, Task], news: _News) -> Changes:
    new = [task for task in found.added if not _too_late(task, news.since)]
    offered = tuple(task.key for task in new if news.offered_on is not None and not task.by_law)
    named = {key: _mentioned(rows[key]) for key in (*found.withdrawn, *found.stays)}
    return Changes(
        moved=found.moved,
        added=tuple(task.key for task in new if task.key not in offered),
        withdrawn=found.withdrawn,
        offered=offered,
        stays=found.stays,
        tasks={**named, **{task.key: mentioned(task) for task in new}},
    )


def _mentioned(row: Task) -> Mentioned:
    return Mentioned(row.key, row.title, row.due_on, bool(row.rule or row.law), tuple(row.law))


def _saved(row: Task) -> Saved:
    computed = computed_day(row.due, by_hand=row.due_by_hand)
    return Saved(row.key, row.title, row.state, row.origin, row.due_on, computed, row.due_by_hand)


def _follow_items(session: Session, owner: Owner, plan: Plan, *, reworded: bool) -> None:
    names = _OF_WORDS if reworded else _OF_DATES
    _sync(session, owner, PlanMessage, plan.messages, saving.message_row, names=names)
    _sync(session, owner, PlanMeeting, plan.meetings, saving.meeting_row, names=names)
    _sync(session, owner, PlanDocument, plan.documents, saving.document_row, names=names)


def _sync(
    session: Session,
    owner: Owner,
    table: type[Item],
    planned: Sequence[Planned],
    make: Callable[[Owner, Planned, int], Item],
    *,
    names: Sequence[str],
) -> None:
    """Add what is new, re-date what is planned, withdraw what is gone; done ones stay."""
    rows = {
        row.key: row
        for row in session.exec(select(table).where(table.incident_id == owner.incident_id)).all()
    }
    keys = {item.key for item in planned}
    for position, item in enumerate(planned):
        row = rows.get(item.key)
        if row is None:
            session.add(make(owner, item, position))
        elif row.state is not ItemState.DONE:
            fresh = make(owner, item, position)
            _take(row, **{name: getattr(fresh, name) for name in names if hasattr(fresh, name)})
    for key, row in rows.items():
        if key not in keys and row.state is not ItemState.DONE:
            row.state = ItemState.WITHDRAWN


def _follow_questions(
    session: Session, owner: Owner, plan: Plan, now: dt.datetime, *, reworded: bool
) -> None:
    rows = {
        row.name: row
        for row in session.exec(
            select(IncidentQuestion).where(IncidentQuestion.incident_id == owner.incident_id)
        ).all()
    }
    last = session.exec(
        select(func.max(col(IncidentQuestion.position))).where(
            IncidentQuestion.incident_id == owner.incident_id
        )
    ).one()
    asked = {question.name: question for question in plan.questions}
    for offset, (name, question) in enumerate(asked.items()):
        if name in rows:
            rows[name].decides = list(question.decides)
            rows[name].answered = False
            rows[name].answered_at = None
            if reworded:
                options = list(question.options)
                _take(rows[name], label=dict(question.label), type=question.type, options=options)
        else:
            session.add(saving.question_row(owner, question, (last or 0) + 1 + offset))
    for name, row in rows.items():
        if name not in asked and not row.answered:
            row.answered = True
            row.answered_at = now
