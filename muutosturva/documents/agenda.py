"""What is when: milestones, next steps, deadlines of the law, what is late. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from muutosturva.clock import HELSINKI, local_date
from muutosturva.documents.picture import LateTask, PhaseProgress, SharedTask, Step
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.pure.views import AnchorView, DocumentView, IncidentView, MeetingView, TaskView
from muutosturva.incidents.told.wording import wave_name
from muutosturva.models.states import ItemState, TaskState
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import PlannedDate, TextMap
from muutosturva.rules.results import Confidence, LawRow

_FAR = dt.date.max
_ALL_DAY_LAST = dt.time.max


def milestones(incidents: Iterable[IncidentView]) -> list[Step]:
    """Return the anchors whose day is known, in order of time."""
    steps = [
        Step(
            firm=incident.employer,
            title=_anchor_title(incident, anchor),
            date=anchor.value,
            source=anchor.value.source,
            origin=anchor.origin,
        )
        for incident in incidents
        for anchor in incident.anchors
        if anchor.value.value is not None
    ]
    return sorted(steps, key=lambda step: (step.day or _FAR, step.firm))


def unknown_anchors(incident: IncidentView) -> list[TextMap]:
    """Return the titles of the anchors nobody knows the day of."""
    return [_anchor_title(incident, anchor) for anchor in incident.anchors if anchor.value.value is None]


def _anchor_title(incident: IncidentView, anchor: AnchorView) -> TextMap:
    title = anchor.label or {"fi": anchor.name}
    wave = next((wave for wave in incident.waves if wave.wave == anchor.wave), None)
    if wave is None or len(incident.waves) < 2:
        return title
    names = {str(language): wave_name(Texts(language), wave) for language in LANGUAGES}
    return {
        language: f"{words} – {names.get(language) or wave.label or wave.wave}"
        for language, words in title.items()
    }


def coming(tasks: Iterable[TaskView], meetings: Iterable[MeetingView], now: dt.datetime) -> list[Step]:
    """Return open tasks by due day and planned meetings from ``now`` on, in order of time.

    A task that waits for an answer is left out: whether it is done at all is among the questions. So is
    what rests while its incident is watched or dormant.
    """
    today = local_date(now)
    clock = now.astimezone(HELSINKI).time()
    steps = [
        Step(task.employer, task.title, task.due, law=task.law, unsure=task.unsure)
        for task in tasks
        if task.open
        and not task.resting
        and task.state is not TaskState.QUESTION
        and (task.due_on or dt.date.min) >= today
    ]
    steps += [
        Step(", ".join(meeting.employers), meeting.title, meeting.starts)
        for meeting in meetings
        if meeting.state is ItemState.PLANNED
        and not meeting.resting
        and (meeting.starts.value or dt.date.min) >= today
    ]
    ahead = [step for step in steps if step.day != today or _clock(step) >= clock]
    return sorted(ahead, key=lambda step: (step.day or _FAR, _clock(step), step.firm))


def _clock(step: Step) -> dt.time:
    at = step.date.at if step.date is not None else None
    return at or _ALL_DAY_LAST


def deadlines(tasks: Iterable[TaskView]) -> list[Step]:
    """Return the open tasks with a date of the law, by the day they are to be done."""
    steps = [
        Step(
            firm=task.employer,
            title=task.title,
            date=task.due if task.due_on is not None else _day(task.statutory.safe_date),
            statutory=task.statutory,
            law=task.law,
            unsure=task.unsure or task.statutory.unsure,
        )
        for task in tasks
        if task.open and task.statutory is not None
    ]
    return sorted(steps, key=lambda step: (step.day or _FAR, step.firm))


def _day(day: dt.date) -> PlannedDate:
    return PlannedDate("", day, day, day, None, Certainty.CONFIRMED)


def law_in_doubt(steps: Iterable[Step]) -> list[LawRow]:
    """Return the rows of the rule book that are marked unsure, each once, in order of use."""
    rows: dict[tuple[str, str, str], LawRow] = {}
    for row in (row for step in steps if step.statutory for row in step.statutory.law):
        if row.confidence is Confidence.UNSURE:
            rows.setdefault((row.key, row.condition, row.value), row)
    return list(rows.values())


def late(tasks: Iterable[TaskView], at: dt.date) -> list[LateTask]:
    """Return open tasks whose day, or clock time on the day, has passed, the longest late first."""
    found = [
        LateTask(task.employer, task.title, task.due_on, task.person, task.role_title or {"fi": task.role})
        for task in tasks
        if task.late(at) and task.due_on is not None
    ]
    return sorted(found, key=lambda task: (task.due, task.firm))


def progress(
    incidents: Sequence[IncidentView], tasks: Sequence[TaskView], at: dt.date
) -> list[PhaseProgress]:
    """Return how far each phase is, over all firms, in the order of their playbooks."""
    titles: dict[str, TextMap | str] = {}
    for incident in incidents:
        for phase, title in incident.phases:
            titles.setdefault(phase, title)
    counted = [task for task in tasks if task.state is not TaskState.WITHDRAWN]
    if any(task.phase not in titles for task in counted):
        titles[""] = "other_phase"
    rows = []
    for phase, phase_title in titles.items():
        mine = [task for task in counted if (task.phase if task.phase in titles else "") == phase]
        counts = {state: sum(task.state is state for task in mine) for state in TaskState}
        rows.append(PhaseProgress(phase_title, counts, sum(task.late(at) for task in mine)))
    return [row for row in rows if any(row.counts.values())]


def shared(tasks: Iterable[TaskView]) -> list[SharedTask]:
    """Return the open tasks that several areas do together, in order of time."""
    found = [
        SharedTask(task.employer, task.title, task.due, task.areas)
        for task in tasks
        if task.open and task.areas
    ]
    return sorted(found, key=lambda task: ((task.date and task.date.value) or _FAR, task.firm))


def next_picture(documents: Iterable[DocumentView], today: dt.date, document: str) -> PlannedDate | None:
    """Return when the plan asks for the next one of a document after ``today``, or None."""
    dates = [
        item.due
        for item in documents
        if item.document == document
        and item.state is ItemState.PLANNED
        and not item.resting
        and item.due is not None
        and (item.due.value or dt.date.min) > today
    ]
    return min(dates, key=lambda date: date.value or _FAR, default=None)
