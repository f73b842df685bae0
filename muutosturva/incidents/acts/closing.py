"""What stands in the way of closing an incident, and leaving undone what nobody will do any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import Problem
from muutosturva.incidents.acts import records
from muutosturva.incidents.acts.evidence import closing_evidence
from muutosturva.incidents.pure.forms import Update
from muutosturva.incidents.reading import queries
from muutosturva.models.incident import Incident
from muutosturva.models.states import OPEN_TASKS, RUNNING, TaskState
from muutosturva.models.work import Task
from muutosturva.store.log import EventDraft

FIRST: Final = 3
"""So many of a group are named; the rest is counted."""

_GROUPS: Final[Mapping[str, tuple[str, str]]] = {
    "incidents.closing_law": ("incidents.closing_laws", "title"),
    "incidents.closing_law_undated": ("incidents.closing_laws_undated", "title"),
    "incidents.closing_task": ("incidents.closing_tasks", "title"),
    "incidents.closing_question": ("incidents.closing_questions", "title"),
    "incidents.closing_child": ("incidents.closing_children", "incident"),
}
"""Problem of one thing, problem of all of its kind, and what names each; in the order they are told."""


def closing_problems_of(session: Session, folder: Path | None, incident: Incident) -> list[Problem]:
    """Return everything that is still open, one problem each: the plan's order, what the law asks for too.

    Args:
        session: any session.
        folder: where attachments lie, or None.
        incident: the one to be closed.
    """
    problems = [_of_task(task) for task in _open_tasks(session, incident)]
    problems += [
        Problem(
            "incidents.closing_question",
            {"question": question.name, "title": question.label or question.name},
        )
        for question in queries.question_views(session, incident.id)
    ]
    problems += [
        Problem("incidents.closing_child", {"incident": child.readable_id, "state": child.state})
        for child in queries.children_of(session, incident)
        if child.state in RUNNING
    ]
    # A promise stands until a newer update says that no other follows, also when its day has passed.
    problems += [
        Problem("incidents.closing_update", {"date": update.form.next_update})
        for update in records.latest_updates(session, incident.readable_id)
        if update.incident == incident.readable_id
        and isinstance(update.form, Update)
        and update.form.next_update is not None
    ]
    return problems + closing_evidence(session, folder, incident)


def grouped(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of closing by kind: how many, and the first of them by name.

    Args:
        problems: one for each open thing, as closing tells them.
    """
    found = tuple(problems)
    told = []
    for code, (group, name) in _GROUPS.items():
        named = [problem.params[name] for problem in found if problem.code == code]
        if named:
            told.append(Problem(group, {"n": len(named), "names": named[:FIRST]}))
    return (*told, *(problem for problem in found if problem.code not in _GROUPS))


def skip_open(
    session: Session, incident: Incident, reason: str, actor: str, now: dt.datetime
) -> list[EventDraft]:
    """Leave the open tasks undone that no law sets a date for; return an event for each.

    What a rule of the law dates is done, or skipped by its own name; an act that a task only rests on
    sets no date.
    """
    drafts = []
    for task in _open_tasks(session, incident):
        if task.rule:
            continue
        drafts.append(_skipped(incident, task, reason))
        task.state, task.state_reason = TaskState.SKIPPED, reason
        task.finished_at, task.finished_by = now, actor
    session.flush()
    return drafts


def _skipped(incident: Incident, task: Task, reason: str) -> EventDraft:
    return EventDraft(
        kind="incidents.task_skipped",
        incident_id=incident.id,
        subjects=(f"{incident.readable_id} {task.key}",),
        fields=("state", "finished_at", "finished_by"),
        payload={"old": task.state.value, "new": TaskState.SKIPPED.value, "reason": reason},
    )


def _open_tasks(session: Session, incident: Incident) -> list[Task]:
    wanted = select(Task).where(Task.incident_id == incident.id, col(Task.state).in_(list(OPEN_TASKS)))
    return list(session.exec(wanted.order_by(col(Task.position))).all())


def _of_task(task: Task) -> Problem:
    told = {"key": task.key, "title": task.title, "state": task.state}
    if task.rule:
        if task.due_on is None:
            return Problem("incidents.closing_law_undated", told)
        return Problem("incidents.closing_law", {**told, "due": task.due_on})
    return Problem("incidents.closing_task", told)
