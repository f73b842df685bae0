"""Every table of an incident, as sheets that Excel opens.

The task sheet may be edited and handed back (``muutosturva.incidents.reading.task_sheet``); the others are
for reading, sorting and counting. A regional situation gives the rows of its firms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from muutosturva.coordination import fact_sheets, log_sheets
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import DocumentView, IncidentView, MeetingView, MessageView
from muutosturva.incidents.reading import naming, queries
from muutosturva.incidents.reading.naming import Names
from muutosturva.incidents.reading.task_sheet import task_table
from muutosturva.incidents.told.wording import audience, channel
from muutosturva.models.incident import Incident
from muutosturva.tabular.table import Cell, Column, Kind, Table

Row = tuple[Cell, ...]
Build = Callable[["Source"], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Source:
    """What the tables are made of.

    Attributes:
        session: the store, being read.
        texts: the language of the sheets.
        view: the incident or the regional situation.
        incidents: its rows, the situation's own one first.
        today: the day on which who is away is stood in for; None for nobody away.
    """

    session: Session
    texts: Texts
    view: IncidentView
    incidents: tuple[Incident, ...]
    today: dt.date | None

    @property
    def names(self) -> Names:
        """Return the words for what the incidents call by an id."""
        return naming.names(self.session, self.id)

    @property
    def id(self) -> str:
        """Return the readable id."""
        return self.view.readable_id


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that can be written: its columns as ``key``, ``key:date`` …, and its rows.

    A sign after the name says what its cells are: ``:number``, ``:date``, ``:moment``, ``:wide``.
    """

    columns: tuple[str, ...]
    rows: Build


def _messages(source: Source) -> Iterable[Row]:
    texts, known = source.texts, source.names
    for item in queries.messages(source.session, source.id):
        yield (
            item.incident,
            item.key,
            texts.pick(item.title),
            audience(texts, item.audience),
            channel(texts, item.channel),
            ", ".join(item.languages),
            _called(source, known, item.incident, item.owner),
            ", ".join(_called(source, known, item.incident, role) for role in item.approvers),
            item.due.value if item.due else None,
            _state(texts, item),
        )


def _meetings(source: Source) -> Iterable[Row]:
    texts = source.texts
    for item in queries.meetings(source.session, source.id, source.today):
        at = item.starts.at
        yield (
            ", ".join(firm.incident for firm in item.firms) or item.incident,
            item.key,
            texts.pick(item.title),
            item.starts.value,
            f"{at:%H:%M}" if at else None,
            item.minutes,
            texts.pick(item.place),
            item.owner_person,
            ", ".join(item.people),
            _state(texts, item),
        )


def _documents(source: Source) -> Iterable[Row]:
    texts = source.texts
    for item in queries.documents(source.session, source.id):
        yield (
            item.incident,
            item.key,
            texts.pick(item.title),
            audience(texts, item.audience),
            ", ".join(item.languages),
            ", ".join(item.formats),
            item.due.value if item.due else None,
            _state(texts, item),
        )


def _called(source: Source, known: Names, incident: str, key: str) -> str:
    """Return what the incident calls a role, a task or a question; what it knows no words for, as it is."""
    return source.texts.pick(known.title(incident, key)) or key


def _state(texts: Texts, item: MessageView | MeetingView | DocumentView) -> str:
    return texts("coordination.sheet_state.resting") if item.resting else texts.word(item.state)


_ITEM: Final = ("incident", "item", "title:wide")

SHEETS: Final[Mapping[str, Sheet]] = {
    "messages": Sheet(
        (*_ITEM, "audience", "channel", "languages", "owner", "approvers", "due:date", "state"), _messages
    ),
    "meetings": Sheet(
        (*_ITEM, "day:date", "clock", "minutes:number", "place", "chair", "people:wide", "state"), _meetings
    ),
    "documents": Sheet((*_ITEM, "audience", "languages", "formats", "due:date", "state"), _documents),
    "anchors": Sheet(
        (
            *(
                "incident",
                "anchor:wide",
                "wave",
                "day:date",
                "clock",
                "earliest:date",
                "latest:date",
            ),
            *("certainty", "source", "recorded:moment", "current"),
        ),
        lambda source: fact_sheets.anchors(source.session, source.texts, source.incidents),
    ),
    "numbers": Sheet(
        (
            *("incident", "stage", "measure", "site", "low:number", "high:number", "source"),
            *("happened:moment", "recorded:moment", "current"),
        ),
        lambda source: fact_sheets.numbers(source.session, source.texts, source.incidents),
    ),
    "waves": Sheet(
        ("incident", "wave", "name", "site", "measure", "count:number", "notice:date", "end:date"),
        lambda source: fact_sheets.waves(source.session, source.texts, source.incidents),
    ),
    "roles": Sheet(
        ("incident", "role:wide", "person", "part", "from:moment", "until:moment", "phone", "email"),
        lambda source: fact_sheets.roles(source.session, source.texts, source.incidents),
    ),
    "areas": Sheet(
        ("incident", "area_name", "part", "share:number"),
        lambda source: fact_sheets.areas(source.session, source.texts, source.incidents),
    ),
    "shared": Sheet(
        ("incident", "title:wide", "area_name", "part", "contact", "done:moment", "who"),
        lambda source: fact_sheets.shared(source.session, source.texts, source.id),
    ),
    "questions": Sheet(
        ("incident", "question:wide", "decides:wide", "answered:moment"),
        lambda source: fact_sheets.questions(source.session, source.texts, source.incidents, source.names),
    ),
    "links": Sheet(
        ("incident", "firm", "kind", "headcount:number", "included:number", "source", "recorded:moment"),
        lambda source: fact_sheets.links(source.session, source.texts, source.incidents),
    ),
    "records": Sheet(
        (
            *("incident", "kind", "number:number", "title:wide", "text:wide", "refers", "author"),
            *("happened:moment", "recorded:moment", "current"),
        ),
        lambda source: log_sheets.records(source.session, source.texts, source.incidents, source.names),
    ),
    "evidence": Sheet(
        (
            *(
                "incident",
                "number:number",
                "kind",
                "title:wide",
                "place:wide",
                "hash",
                "size:number",
                "refers",
            ),
            *("author", "happened:moment", "recorded:moment", "removed:moment"),
        ),
        lambda source: log_sheets.evidence(source.session, source.texts, source.incidents),
    ),
    "log": Sheet(
        (
            *(
                "number:number",
                "incident",
                "happened:moment",
                "recorded:moment",
                "who",
                "event",
                "subject:wide",
            ),
            "told:wide",
        ),
        lambda source: log_sheets.log(source.session, source.texts, source.id),
    ),
}
"""Every table beside the tasks, in the order of the sheets."""

TABLES: Final = ("tasks", *SHEETS)
"""The names of the tables, as ``--table`` takes them."""


def tables_of(
    session: Session,
    incident: str,
    texts: Texts,
    names: Sequence[str] = TABLES,
    *,
    today: dt.date | None = None,
) -> tuple[Table, ...]:
    """Return tables of an incident or a regional situation.

    Args:
        session: the store, being read.
        incident: readable id.
        texts: language of headings and words.
        names: which tables, in any order.
        today: the day on which who is away is stood in for.

    Raises:
        NotFoundError: no such incident.
    """
    view = queries.incident_view(session, incident)
    owner = queries.find_incident(session, incident)
    source = Source(session, texts, view, tuple(queries.members(session, owner)), today)
    return tuple(_table(source, name) for name in TABLES if name in names)


def _table(source: Source, name: str) -> Table:
    if name == "tasks":
        firms = [queries.incident_view(source.session, row.readable_id) for row in source.incidents]
        found = queries.tasks(source.session, source.id, source.today)
        return task_table(source.texts, source.view, firms, found, source.names)
    sheet = SHEETS[name]
    rows = tuple(tuple(cell if cell != "" else None for cell in row) for row in sheet.rows(source))
    columns = tuple(_column(source.texts, column) for column in sheet.columns)
    return Table(name, source.texts(f"coordination.sheet.{name}"), columns, rows)


_KINDS: Final[Mapping[str, Kind]] = {"number": "number", "date": "date", "moment": "moment"}


def _column(texts: Texts, declared: str) -> Column:
    key, _, kind = declared.partition(":")
    return Column(
        key, texts(f"coordination.sheet_column.{key}"), _KINDS.get(kind, "text"), wide=kind == "wide"
    )
