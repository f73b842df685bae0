"""What was written down and what happened, as rows of sheets: records, evidence, the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from muutosturva.coordination.fact_sheets import names_of, yes_no
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import LogEntry
from muutosturva.incidents.reading import naming, queries
from muutosturva.incidents.reading.task_sheet import clock_cell
from muutosturva.incidents.told import narrative
from muutosturva.models.incident import Incident
from muutosturva.models.records import Attachment, IncidentRecord
from muutosturva.tabular.table import Cell


def records(session: Session, texts: Texts, incidents: Sequence[Incident]) -> Iterable[tuple[Cell, ...]]:
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
            told(texts, row.body),
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
            ", ".join(_subject(entry, subject) for subject in entry.subjects),
            narrative.sentence(texts, entry, known),
        )


def _subject(entry: LogEntry, subject: str) -> str:
    """Return what an event is about; an attached file by its title, whose id says nothing to anybody."""
    title = (entry.payload or {}).get("title")
    return str(title) if title and subject.startswith("attachment:") else subject


def told(texts: Texts, values: Mapping[str, Any]) -> str:
    """Return what a form holds, as ``name: value``; what is empty is left out."""
    return "; ".join(
        f"{texts(f'incidents.record_field.{name}')}: {_shown(texts, value)}"
        for name, value in values.items()
        if value
    )


def _shown(texts: Texts, value: object) -> str:
    if isinstance(value, Mapping):
        return told(texts, value)
    if isinstance(value, (list, tuple)):
        return ", ".join(shown for item in value if (shown := _shown(texts, item)))
    if isinstance(value, bool):
        return yes_no(texts, value)
    return "" if value is None else str(value)
