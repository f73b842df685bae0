"""What was written down and what happened, as rows of sheets: records, evidence, the log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlmodel import Session, col, select

from muutosturva.coordination.fact_sheets import names_of, yes_no
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.pure.views import LogEntry
from muutosturva.incidents.reading import naming, queries
from muutosturva.incidents.reading.task_sheet import clock_cell
from muutosturva.incidents.told import narrative
from muutosturva.models.incident import Incident
from muutosturva.models.records import Attachment, IncidentRecord
from muutosturva.tabular.table import Cell


def records(
    session: Session, texts: Texts, incidents: Sequence[Incident], known: naming.Names
) -> Iterable[tuple[Cell, ...]]:
    """Yield every filled-in form, corrected ones too."""
    names = names_of(incidents)
    for row in session.exec(
        select(IncidentRecord)
        .where(col(IncidentRecord.incident_id).in_(list(names)))
        .order_by(col(IncidentRecord.kind), col(IncidentRecord.number), col(IncidentRecord.recorded_at))
    ).all():
        yield (
            names[row.incident_id],
            texts.word(row.kind),
            row.number,
            row.title,
            told(texts, _named(row.body, known, names[row.incident_id])),
            row.refers,
            row.author,
            clock_cell(row.event_time),
            clock_cell(row.recorded_at),
            yes_no(texts, row.current),
        )


def evidence(session: Session, texts: Texts, incidents: Sequence[Incident]) -> Iterable[tuple[Cell, ...]]:
    """Yield every attachment and link, removed ones too."""
    names = names_of(incidents)
    for row in session.exec(
        select(Attachment)
        .where(col(Attachment.incident_id).in_(list(names)))
        .order_by(col(Attachment.added_at), col(Attachment.number))
    ).all():
        yield (
            names[row.incident_id],
            row.number,
            texts.word(row.kind),
            row.title,
            row.place,
            row.sha256,
            row.size,
            row.refers,
            row.added_by,
            clock_cell(row.event_time),
            clock_cell(row.added_at),
            clock_cell(row.removed_at),
        )


def log(session: Session, texts: Texts, incident: str) -> Iterable[tuple[Cell, ...]]:
    """Yield the log, oldest first: when it happened and when it was written down are apart."""
    known = naming.names(session, incident)
    for entry in reversed(queries.log_entries(session, incident)):
        room, _, verb = entry.kind.partition(".")
        yield (
            entry.seq,
            entry.incident,
            clock_cell(entry.event_time),
            clock_cell(entry.record_time),
            entry.actor,
            texts(f"{room}.event.{verb}"),
            _subjects(texts, entry, known),
            narrative.sentence(texts, entry, known),
        )


_BY_ROLE: Final = frozenset({"decided_by", "owner"})
"""Fields of a form in which the id of a role may stand for whoever holds it."""


def _named(values: object, known: naming.Names, incident: str) -> Any:
    """Return a form with the titles of the roles that decide and carry out."""
    if isinstance(values, Mapping):
        return {
            name: (known.title(incident, value) or value)
            if name in _BY_ROLE and isinstance(value, str)
            else _named(value, known, incident)
            for name, value in values.items()
        }
    return [_named(item, known, incident) for item in values] if isinstance(values, list) else values


def _subjects(texts: Texts, entry: LogEntry, known: naming.Names) -> str:
    """Return what an event is about by its titles; the incident itself stands in a column of its own."""
    title = (entry.payload or {}).get("title")
    shown = [
        str(title) if title and subject.startswith("attachment:") else _called(texts, entry, subject, known)
        for subject in entry.subjects
    ]
    return "; ".join(dict.fromkeys(words for words in shown if words))


def _called(texts: Texts, entry: LogEntry, subject: str, known: naming.Names) -> str:
    part = subject.removeprefix(entry.incident).strip() if entry.incident else subject
    if texts.has(f"rules.law.{part}"):
        return texts(f"rules.law.{part}")
    name = known.of(entry, part)
    return narrative.title(texts, part, name) if name else _HASH.sub("", part)


_HASH: Final = re.compile(r" ?\b[0-9a-f]{64}\b")
"""A fingerprint says nothing to a reader; the log keeps it."""


def told(texts: Texts, values: Mapping[str, Any]) -> str:
    """Return what a form holds, as ``name: value``; what is empty is left out."""
    return "; ".join(
        f"{texts(f'incidents.record_field.{name}')}: {_shown(texts, value)}"
        for name, value in values.items()
        if value
    )


def _shown(texts: Texts, value: object) -> str:
    if isinstance(value, Mapping):
        return texts.pick(value) if set(value) <= set(LANGUAGES) else told(texts, value)
    if isinstance(value, (list, tuple)):
        return ", ".join(shown for item in value if (shown := _shown(texts, item)))
    if isinstance(value, bool):
        return yes_no(texts, value)
    return "" if value is None else str(value)
