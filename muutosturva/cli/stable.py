"""The JSON the outside may rely on: keys stay, new ones may come beside them.

Dates are ISO days; where a clock time is known, an ISO moment in Finnish time. What is not known is
null, never a zero or an empty text. Words (titles) are in the language of the run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from muutosturva.cli.output import problem_document
from muutosturva.clock import HELSINKI
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import (
    Changes,
    DocumentView,
    IncidentSummary,
    IncidentView,
    LogEntry,
    RoleView,
    TaskView,
)
from muutosturva.incidents.told.wording import question_label
from muutosturva.playbooks.facts import AnchorValue, Site, Wave
from muutosturva.playbooks.plan import (
    Asks,
    Plan,
    PlannedDate,
    PlannedDocument,
    PlannedMeeting,
    PlannedMessage,
    PlannedTask,
    Question,
)
from muutosturva.rules.results import LawRow, StatutoryDate

Document = dict[str, Any]


def plain(value: object) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, Site):
        return site(value)
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def anchor(value: AnchorValue) -> Document:
    """Return an anchor's value: what to plan with, its bounds, how sure it is, who said so."""
    return {
        "value": _moment(value.value, value.at),
        "earliest": plain(value.earliest),
        "latest": plain(value.latest),
        "certainty": value.certainty.value,
        "source": value.source or None,
    }


def _moment(day: dt.date | None, at: dt.time | None) -> str | None:
    if day is None:
        return None
    return day.isoformat() if at is None else dt.datetime.combine(day, at, HELSINKI).isoformat()


def planned(date: PlannedDate | None) -> str | None:
    """Return a computed date, or null."""
    return None if date is None else _moment(date.value, date.at)


def site(value: Site) -> Document:
    """Return a workplace."""
    return {
        "id": value.id,
        "name": value.name,
        "municipality": value.municipality or None,
        "headcount": value.headcount,
    }


def incident(view: IncidentView) -> Document:
    """Return an incident with its stable keys."""
    return {
        "id": view.readable_id,
        "kind": view.kind.value,
        "state": view.state.value,
        "level": view.level or None,
        "secrecy": view.secrecy.value,
        "employer": view.employer,
        "playbook": _playbook(view.playbook_id, view.playbook_version, view.playbook_sha256),
        "anchors": {item.key: anchor(item.value) for item in view.anchors},
        "inputs": plain(view.inputs),
        "waves": [
            {
                "id": wave.wave,
                "label": wave.label or None,
                "site": wave.site or None,
                "measure": wave.measure,
                "count": wave.count,
                "notice": anchor(wave.notice) if wave.notice else None,
                "end": anchor(wave.end) if wave.end else None,
            }
            for wave in view.waves
        ],
        "areas": [
            {"id": area.slug, "name": area.name, "lead": area.lead, "share": area.share}
            for area in view.areas
        ],
        "children": list(view.children),
        "municipality": view.municipality or None,
        "headcount": view.headcount,
        "parent": view.parent or None,
    }


def _playbook(identity: str, version: str, sha256: str) -> Document | None:
    """Return the pinned playbook; null for a regional situation, which has none of its own."""
    return {"id": identity, "version": version, "sha256": sha256} if identity else None


def summary(view: IncidentSummary) -> Document:
    """Return one line of the list of incidents."""
    return {
        "id": view.readable_id,
        "employer": view.employer,
        "municipality": view.municipality or None,
        "state": view.state.value,
        "secrecy": view.secrecy.value,
        "level": view.level or None,
        "situation": view.situation,
        "parent": view.parent or None,
        "headcount": view.headcount,
        "playbook": view.playbook_id or None,
        "open_tasks": view.open_tasks,
        "late_tasks": view.late_tasks,
        "next_due": plain(view.next_due),
        "people": tally(view.people),
        "linked_people": tally(view.beyond) if view.beyond else None,
        "duplicate_of": view.duplicate_of or None,
        "unreviewed": view.unreviewed,
    }


def tally(value: Tally) -> Document:
    """Return a sum of people: what is known of it, and how many numbers are missing."""
    return {"known": value.known, "missing": value.missing, "complete": value.complete}


def statutory(dates: StatutoryDate | None, law: Sequence[str]) -> Document | None:
    """Return the three dates of the law and the acts they rest on.

    Null for a step that rests on no law; with null dates where the law gives no day for it.
    """
    acts = list(dict.fromkeys([*law, *(row.statute for row in (dates.law if dates else ()) if row.statute)]))
    if dates is None and not acts:
        return None
    return {
        "date": plain(dates.date) if dates else None,
        "safe_date": plain(dates.safe_date) if dates else None,
        "last_date": plain(dates.last_date) if dates else None,
        "law": acts,
    }


def task(view: TaskView | PlannedTask, texts: Texts, incident_id: str | None = None) -> Document:
    """Return a task with its stable keys, of an incident or of a plan.

    Args:
        view: the task.
        texts: the language of its title.
        incident_id: readable id; the view's own when None, null for a plan.
    """
    return {
        "id": view.key,
        "incident": view.incident if isinstance(view, TaskView) else incident_id,
        "step": view.step,
        "item": list(view.item),
        "title": texts.pick(view.title),
        "phase": view.phase,
        "role": (view.role if isinstance(view, TaskView) else view.raci.doer) or None,
        "assignee": (view.person or None) if isinstance(view, TaskView) else None,
        "start": planned(view.start),
        "due": planned(view.due),
        "statutory": statutory(view.statutory, view.law),
        "state": view.state.value,
        "area": view.area or None,
        "needs": list(view.needs),
        "code": view.code or None,
        "accountable": view.raci.accountable or None,
        "certainty": view.due.certainty.value if view.due else None,
        "depends_on": list(view.depends_on),
        "label": (view.label or None) if isinstance(view, TaskView) else None,
        "state_reason": (view.state_reason or None) if isinstance(view, TaskView) else None,
        "resting": view.resting if isinstance(view, TaskView) else False,
        "stands_in_for": (view.stands_in_for or None) if isinstance(view, TaskView) else None,
        "areas": _task_areas(view) if isinstance(view, TaskView) else [],
        "join": view.join,
        "asks": _asks(view.asks, texts),
        "answer": plain(view.answer) if isinstance(view, TaskView) else None,
    }


def _asks(asks: Asks | None, texts: Texts) -> Document | None:
    """Return what finishing a task asks for: a decision, or a form."""
    if asks is None:
        return None
    return {
        "options": {option: texts.pick(words) for option, words in asks.options.items()},
        "by": asks.by or None,
        "fields": [
            {
                "name": field.name,
                "type": field.type,
                "label": texts.pick(field.label),
                "required": field.required,
                "options": {option: texts.pick(words) for option, words in field.options.items()},
            }
            for field in asks.fields
        ],
    }


def _task_areas(view: TaskView) -> list[Document]:
    return [
        {
            "id": area.slug,
            "name": area.name,
            "part": area.part.value,
            "contact": area.contact or None,
            "done_at": plain(area.done_at),
            "done_by": area.done_by or None,
        }
        for area in view.areas
    ]


def plan(value: Plan, texts: Texts) -> Document:
    """Return a plan with its stable keys."""
    return {
        "playbook": _playbook(value.playbook_id, value.playbook_version, value.playbook_sha256),
        "tasks": [task(item, texts) for item in value.tasks],
        "messages": [_message(item, texts) for item in value.messages],
        "meetings": [_meeting(item, texts) for item in value.meetings],
        "roles": [
            {
                "id": item.id,
                "title": texts.pick(item.title),
                "count": item.count,
                "deputy": item.deputy,
                "skills": list(item.skills),
                "fill": item.fill,
            }
            for item in value.roles
        ],
        "questions": [question(item, texts) for item in value.questions],
        "documents": [_document(item, texts) for item in value.documents],
        "level": value.level or None,
        "anchors": {item.name: anchor(item.value) for item in value.anchors},
        "waves": [_planned_wave(item) for item in value.waves],
        "law_revision": value.law_revision,
    }


def _message(item: PlannedMessage, texts: Texts) -> Document:
    return {
        "id": item.key,
        "title": texts.pick(item.title),
        "audience": item.audience,
        "channel": item.channel,
        "languages": list(item.languages),
        "owner": item.owner,
        "approvers": list(item.approvers),
        "due": planned(item.due),
        "state": item.state.value,
    }


def _meeting(item: PlannedMeeting, texts: Texts) -> Document:
    return {
        "id": item.key,
        "title": texts.pick(item.title),
        "starts": planned(item.starts),
        "minutes": item.minutes,
        "place": texts.pick(item.place) or None,
        "owner": item.owner,
        "invitees": list(item.invitees),
        "state": item.state.value,
    }


def _document(item: PlannedDocument | DocumentView, texts: Texts) -> Document:
    return {
        "id": item.key,
        "document": item.document,
        "title": texts.pick(item.title),
        "audience": item.audience,
        "languages": list(item.languages),
        "formats": list(item.formats),
        "due": planned(item.due),
        "state": item.state.value,
    }


def _planned_wave(wave: Wave) -> Document:
    return {
        "id": wave.id,
        "label": wave.label or None,
        "site": wave.site or None,
        "measure": wave.measure,
        "count": wave.count,
        "notice": _wave_anchor(wave, "notice"),
        "end": _wave_anchor(wave, "end"),
    }


def _wave_anchor(wave: Wave, name: str) -> Document | None:
    value = wave.anchors.get(name)
    return None if value is None else anchor(value)


def question(value: Question, texts: Texts) -> Document:
    """Return a question of a plan."""
    return {
        "id": value.name,
        "label": question_label(texts, value.name, value.label),
        "type": value.type,
        "options": list(value.options),
        "decides": list(value.decides),
    }


def changes(value: Changes, texts: Texts) -> Document:
    """Return what a changed anchor or answer did to the plan."""
    return {
        "moved": [
            {
                "id": moved.key,
                "title": texts.pick(moved.title),
                "old": plain(moved.old),
                "new": plain(moved.new),
                "outcome": moved.outcome,
            }
            for moved in value.moved
        ],
        "added": list(value.added),
        "withdrawn": list(value.withdrawn),
        "states": dict(value.states),
        "restricted": value.restricted,
        "warnings": [problem_document(problem, texts) for problem in value.warnings],
        "thresholds": [
            {
                "value": crossing.value,
                "number": crossing.number,
                "before": crossing.before,
                "direction": crossing.direction.value,
                "law": law_row(crossing.law),
            }
            for crossing in value.crossings
        ],
    }


def role(view: RoleView, texts: Texts) -> Document:
    """Return a role and who holds it."""
    return {
        "id": view.role,
        "title": texts.pick(view.title),
        "needed": view.needed,
        "holders": list(view.holders),
        "deputies": list(view.deputies),
    }


def log_entry(entry: LogEntry) -> Document:
    """Return one event of the log; its payload is null when it was erased."""
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "incident": entry.incident or None,
        "actor": entry.actor,
        "login": entry.login,
        "event_time": plain(entry.event_time),
        "record_time": plain(entry.record_time),
        "subjects": list(entry.subjects),
        "fields": list(entry.fields),
        "payload": plain(entry.payload),
    }


def planned_document(view: DocumentView, texts: Texts) -> Document:
    """Return a document an incident's plan asks for."""
    return {"incident": view.incident, **_document(view, texts)}


def law_row(row: LawRow) -> Document:
    """Return a row of the rule book."""
    return {
        "key": row.key,
        "value": row.value,
        "unit": row.unit,
        "condition": row.condition or None,
        "valid_from": plain(row.valid_from),
        "valid_to": plain(row.valid_to),
        "statute": row.statute,
        "source": row.source,
        "confidence": row.confidence.value,
        "checked": plain(row.checked),
        "note": row.note or None,
    }
