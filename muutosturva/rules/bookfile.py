"""The rule book as a file: comma-separated rows in, rows and problems out, and back.

Every problem is reported with its line, so that an official who edits the file sees all of
them at once.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from muutosturva.errors import Problem
from muutosturva.rules.results import Confidence, LawRow

COLUMNS: Final = (
    "key",
    "value",
    "unit",
    "condition",
    "valid_from",
    "valid_to",
    "statute",
    "source",
    "confidence",
    "checked",
    "note",
)
"""Columns of the file, in the order they are written; ``key`` to ``confidence`` are needed."""
COUNTED: Final = frozenset(
    {
        "days",
        "weeks",
        "months",
        "years",
        "working days",
        "paid days",
        "employees",
        "persons",
        "dismissals",
        "displaced",
        "megabytes",
    }
)
"""Units whose value is a whole number, not below zero."""
_MEASURED: Final = ("EUR", "%", "share")
_NEEDED: Final = frozenset(COLUMNS) - {"checked", "note"}


def parse_book(text: str, path: str = "") -> tuple[tuple[LawRow, ...], list[Problem]]:
    """Read the rows of a rule book.

    Args:
        text: the file's content, comma-separated with a header line.
        path: its name, repeated in the problems.

    Returns:
        The rows that are sound, in the file's order, and every problem of the others.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    rows: list[LawRow] = []
    problems: list[Problem] = []
    try:
        missing = sorted(_NEEDED - set(reader.fieldnames or ()))
        if missing:
            return (), [Problem("rules.missing_columns", {"columns": tuple(missing)}, path, 1)]
        for cells in reader:
            found = list(_row_problems(cells, path, reader.line_num))
            problems.extend(found)
            if not found:
                rows.append(_row(cells))
    except csv.Error as error:
        problems.append(Problem("rules.not_csv", {"detail": str(error)}, path, reader.line_num))
    return tuple(rows), problems


def write_book(rows: Iterable[LawRow]) -> str:
    """Return rows as the file ``parse_book`` reads; the two are each other's inverse."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in COLUMNS])
    return out.getvalue()


def row_problems(row: LawRow) -> list[Problem]:
    """Return what is wrong with one row by itself.

    An empty key or value, an end before its start, or a value that is no number where the unit
    asks for one.
    """
    problems = []
    if not row.key or not row.value:
        problems.append(Problem("rules.empty_cell", {"column": "value" if row.key else "key"}))
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        params = {"key": row.key, "start": row.valid_from, "end": row.valid_to}
        problems.append(Problem("rules.ends_before_start", params))
    if row.value and not _fits(row.value, row.unit):
        problems.append(Problem("rules.not_a_number", {"key": row.key, "value": row.value, "unit": row.unit}))
    return problems


def _fits(value: str, unit: str) -> bool:
    if unit in COUNTED:
        return value.isascii() and value.isdigit()
    if unit.startswith(_MEASURED):
        whole, point, part = value.partition(".")
        return whole.isascii() and whole.isdigit() and (not point or (part.isascii() and part.isdigit()))
    return True


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _text(cells: Mapping[str, str | None], column: str) -> str:
    return (cells.get(column) or "").strip()


def _row(cells: Mapping[str, str | None]) -> LawRow:
    return LawRow(
        key=_text(cells, "key"),
        value=_text(cells, "value"),
        unit=_text(cells, "unit"),
        condition=_text(cells, "condition"),
        valid_from=_date(_text(cells, "valid_from")),
        valid_to=_date(_text(cells, "valid_to")),
        statute=_text(cells, "statute"),
        source=_text(cells, "source"),
        confidence=Confidence(_text(cells, "confidence")),
        checked=_date(_text(cells, "checked")),
        note=_text(cells, "note"),
    )


def _cell_problems(cells: Mapping[str, str | None]) -> Iterator[tuple[str, dict[str, object]]]:
    if None in cells:
        yield "rules.too_many_cells", {}
    for column in ("valid_from", "valid_to", "checked"):
        text = _text(cells, column)
        try:
            _date(text)
        except ValueError:
            yield "rules.bad_date", {"column": column, "value": text}
    confidence = _text(cells, "confidence")
    if confidence not in tuple(Confidence):
        yield "rules.unknown_confidence", {"value": confidence, "known": tuple(map(str, Confidence))}


def _row_problems(cells: Mapping[str, str | None], path: str, line: int) -> Iterator[Problem]:
    found = [Problem(code, params) for code, params in _cell_problems(cells)]
    if not found:
        found = row_problems(_row(cells))
    for problem in found:
        yield Problem(problem.code, problem.params, path, line)
