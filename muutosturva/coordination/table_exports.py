"""Handing out an incident's tables as one Excel file or as csv files, with the export in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from muutosturva.clock import local_date
from muutosturva.coordination.exports import hand_out
from muutosturva.coordination.files import refuse_other_content
from muutosturva.coordination.sheets import TABLES, tables_of
from muutosturva.documents.export import mark_of, name_marks, safe_name
from muutosturva.errors import UsageError, nearest
from muutosturva.i18n import DEFAULT_LANGUAGE, Language, Texts
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.secrecy import class_of_all
from muutosturva.models.states import StoreKind
from muutosturva.store.store import Store
from muutosturva.tabular.csvfile import DELIMITERS, csv_bytes
from muutosturva.tabular.table import Column, Table
from muutosturva.tabular.xlsx import xlsx_bytes

TABLES_EXPORTED: Final = "coordination.tables_exported"
FORMATS: Final = ("xlsx", "csv")

_BEGINNINGS: Final[Mapping[str, bytes]] = {"xlsx": b"PK\x03\x04", "csv": b"\xef\xbb\xbf"}


def export_tables(
    store: Store,
    incident: str,
    *,
    fmt: str,
    out: Path,
    tables: Sequence[str] = TABLES,
    delimiter: str = "semicolon",
    language: Language = DEFAULT_LANGUAGE,
    actor: str,
    now: dt.datetime,
) -> tuple[Path, ...]:
    """Write tables of an incident or a regional situation to files, and log what was handed out.

    Args:
        store: the store.
        incident: readable id.
        fmt: ``xlsx``, a sheet for each table; or ``csv``, a file for each.
        out: a file whose name ends in the format, or a folder, made when missing. Several csv
            files need a folder.
        tables: names of the tables.
        delimiter: ``semicolon``, ``comma`` or ``tab``, for csv.
        language: of headings and words.
        actor: who hands it out.
        now: the moment of the export.

    Returns:
        The files.

    Raises:
        NotFoundError: no such incident.
        UsageError: unknown format, table or delimiter, or one file for several csv tables.
        RefusedError: something else than a table stands under the name.
        MachineError: a file could not be written.
    """
    _check(fmt, tables, delimiter, out)
    texts = Texts(language)
    with store.reading() as session:
        view = queries.incident_view(session, incident)
        made = tables_of(session, incident, texts, tables, today=local_date(now))
        marks = store.kind, class_of_all(session, incident), language
    mark, leading = mark_of(*marks), name_marks(*marks)

    def path(title: str) -> Path:
        return out if _is_file(out, fmt) else out / safe_name((*leading, title, view.readable_id), fmt)

    if fmt == "csv":
        between = DELIMITERS[delimiter]
        files = {
            path(table.title.casefold()): csv_bytes(_marked(table, texts, mark), delimiter=between)
            for table in made
        }
    else:
        title = texts("coordination.sheet_words.title", incident=view.readable_id, name=view.employer)
        sheets = [*made, _about(texts, view, store.kind, actor, now)]
        files = {
            path(texts("coordination.sheet_words.file")): xlsx_bytes(sheets, title=title, made=now, mark=mark)
        }
    _hand_out(store, incident, files, fmt, made, actor=actor, now=now)
    return tuple(files)


def _hand_out(
    store: Store,
    incident: str,
    files: Mapping[Path, bytes],
    fmt: str,
    made: Sequence[Table],
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    for path in files:
        refuse_other_content(path, _BEGINNINGS[fmt], "coordination.other_table")
    subjects = (f"format:{fmt}", *(f"table:{table.key}" for table in made))
    with store.transaction(actor, now) as work:
        hand_out(work, incident, TABLES_EXPORTED, files, subjects)


def _check(fmt: str, tables: Sequence[str], delimiter: str, out: Path) -> None:
    if fmt not in FORMATS:
        raise UsageError("coordination.unknown_table_format", format=fmt, known=FORMATS)
    for name in tables:
        if name not in TABLES:
            raise UsageError(
                "coordination.unknown_table", table=name, nearest=nearest(name, TABLES), known=TABLES
            )
    if delimiter not in DELIMITERS:
        raise UsageError("coordination.unknown_delimiter", delimiter=delimiter, known=tuple(DELIMITERS))
    if fmt == "csv" and len(set(tables)) > 1 and _is_file(out, fmt):
        raise UsageError("coordination.one_file_for_many", path=str(out))


def _is_file(out: Path, fmt: str) -> bool:
    return out.suffix.casefold() == f".{fmt}" and not out.is_dir()


def _marked(table: Table, texts: Texts, mark: str) -> Table:
    """Return a table whose every row bears the mark, in a last column.

    A csv file has no header of a page. A line above the headings would be taken for the headings by
    whatever reads the file, a first column would move all the others; a mark in the last column stays
    with each row that is sorted, filtered or copied out.
    """
    if not mark:
        return table
    columns = (*table.columns, Column("mark", texts("coordination.sheet_column.mark")))
    return replace(table, columns=columns, rows=tuple((*row, mark) for row in table.rows))


def _about(texts: Texts, view: IncidentView, kind: StoreKind, actor: str, now: dt.datetime) -> Table:
    """Return the sheet that says what the others are, and how an edited one comes back."""
    lines = (
        ("incident", view.readable_id),
        ("employer", view.employer),
        ("kind", texts.word(kind)),
        ("made_at", texts.moment(now)),
        ("made_by", actor),
        ("secrecy", texts.word(view.secrecy)),
    )
    columns = (
        Column("name", texts("coordination.sheet_about.name")),
        Column("value", texts("coordination.sheet_about.value"), wide=True),
    )
    rows = tuple((texts(f"coordination.sheet_about.{name}"), value) for name, value in lines)
    return Table("about", texts("coordination.sheet.about"), columns, rows)
