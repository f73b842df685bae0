"""Finding the task sheet in a file that somebody has worked on, and reading its cells. Pure.

The headings say which column is which and in which language the sheet was written: columns may be
moved, hidden or added, rows sorted and filtered. What a cell means is said here once, so that a date
typed as text, a date that has lost its format and a true date are the same day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from muutosturva.errors import InputError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents.reading.selecting import state_named
from muutosturva.incidents.reading.task_sheet import COLUMNS, plain
from muutosturva.incidents.typed.pasting import day_of
from muutosturva.tabular.reading import day_of_number
from muutosturva.tabular.table import Cell, ReadSheet, column_letters, filled

_SEARCHED: Final = 30
"""Rows among which the headings are looked for: people write a title and a date above them."""
_ENOUGH: Final = 3
"""Headings that make a row the row of headings."""
_FIRST_SERIAL: Final = 36_526
"""Excel's number for 1 January 2000: a smaller one is a number somebody typed, and no day."""
_FIRST_DAY: Final = dt.date(2000, 1, 1)

_KINDS: Final = {key: kind for key, kind, _ in COLUMNS}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row of the sheet.

    Attributes:
        number: as the screen shows it.
        cells: by the key of the column, of the columns the sheet has.
    """

    number: int
    cells: Mapping[str, Cell]

    def text(self, field: str) -> str:
        """Return a cell as text with single spaces; "" for an empty one or a missing column."""
        return cell_text(self.cells.get(field))

    def differs(self, field: str, written: Cell) -> bool:
        """Tell whether a cell that is not taken says something else than was written into it."""
        cell = self.cells.get(field)
        if isinstance(written, dt.datetime) or _KINDS[field] == "moment":
            return written is None and bool(cell_text(cell))
        if isinstance(written, dt.date):
            return cell_day(cell) != written
        return cell_text(cell) != cell_text(written)


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """A task sheet as it was read.

    Attributes:
        name: of the sheet; "" in a csv file.
        language: of its headings.
        heading_row: number of the row of headings.
        columns: letters by the key of the column, of the columns it has.
        headings: the words that stand there.
        unknown: headings of columns that people added.
        others: names of further sheets of the file that look like task sheets too, and are not read.
        lines: its rows, those that are quite empty left out.
    """

    name: str
    language: Language
    heading_row: int
    columns: Mapping[str, str]
    headings: Mapping[str, str]
    unknown: tuple[str, ...]
    others: tuple[str, ...]
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class _Headings:
    """The row of headings: where it is, its language, and the place of each column."""

    index: int
    language: Language
    places: Mapping[str, int]


def read_task_sheet(sheets: Sequence[ReadSheet], file: str, passed_over: Collection[str] = ()) -> TaskSheet:
    """Return the task sheet among the sheets of a file.

    Args:
        sheets: as they were read.
        file: what the messages call the file.
        passed_over: headings of further columns that the program itself writes, and nobody edits.

    Raises:
        InputError: no sheet has the headings of a task sheet, or the column of the ids is gone.
    """
    found = [(sheet, headings) for sheet in sheets if (headings := _headings(sheet)) is not None]
    if not found:
        wanted = Texts(LANGUAGES[0])("incidents.sheet.title")
        raise InputError("incidents.sheet_not_found", file=file, heading=wanted)
    sheet, headings = found[0]
    if "key" not in headings.places:
        raise InputError(
            "incidents.sheet_without_ids", file=file, heading=Texts(headings.language)("incidents.sheet.key")
        )
    row = sheet.rows[headings.index]
    known = set(headings.places.values())
    return TaskSheet(
        name=sheet.name,
        language=headings.language,
        heading_row=headings.index + 1,
        columns={field: column_letters(place) for field, place in headings.places.items()},
        headings={field: cell_text(row[place]) for field, place in headings.places.items()},
        unknown=tuple(
            heading
            for place, heading in enumerate(map(cell_text, row))
            if place not in known and heading and heading not in passed_over
        ),
        others=tuple(other.name for other, _ in found[1:]),
        lines=tuple(
            SheetLine(number, _cells(cells, headings.places))
            for number, cells in enumerate(sheet.rows, 1)
            if number > headings.index + 1 and filled(cells)
        ),
    )


def _headings(sheet: ReadSheet) -> _Headings | None:
    for index, row in enumerate(sheet.rows[:_SEARCHED]):
        best = max((_places(row, language) for language in LANGUAGES), key=lambda found: len(found.places))
        if len(best.places) >= _ENOUGH and "title" in best.places:
            return _Headings(index, best.language, best.places)
    return None


def _places(row: Sequence[Cell], language: Language) -> _Headings:
    texts = Texts(language)
    written: dict[str, int] = {}
    for place, cell in enumerate(row):
        written.setdefault(cell_text(cell).casefold(), place)
    named = {key: plain(texts(f"incidents.sheet.{key}")).casefold() for key, _, _ in COLUMNS}
    return _Headings(
        0, language, {key: written[heading] for key, heading in named.items() if heading in written}
    )


def _cells(row: Sequence[Cell], places: Mapping[str, int]) -> dict[str, Cell]:
    return {field: row[place] if place < len(row) else None for field, place in places.items()}


def cell_text(cell: Cell) -> str:
    """Return a cell as text with single spaces; a day is ISO."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.strftime("%Y-%m-%d" if cell.time() == dt.time() else "%Y-%m-%d %H:%M")
    return plain(cell.isoformat() if isinstance(cell, dt.date) else str(cell))


def cell_day(cell: Cell) -> dt.date | None:
    """Return the day a cell means: a date, the number Excel has for it, or a text; None for no day."""
    if isinstance(cell, dt.date):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        return day if day >= _FIRST_DAY else None
    if isinstance(cell, str):
        typed = cell.strip()
        return day_of(typed) or (day_of_number(int(typed)) if _is_serial(typed) else None)
    if isinstance(cell, (int, float)) and cell >= _FIRST_SERIAL:
        return day_of_number(cell)
    return None


def _is_serial(text: str) -> bool:
    return (
        text.isascii()
        and text.isdigit()
        and len(text) == len(str(_FIRST_SERIAL))
        and int(text) >= (_FIRST_SERIAL)
    )


def cell_number(cell: Cell) -> float | None:
    """Return the number a cell means, a decimal comma allowed; None for none."""
    if isinstance(cell, (int, float)):
        return cell
    try:
        return float(cell_text(cell).replace(",", "."))
    except ValueError:
        return None


def comparable(field: str, cell: Cell, people: Mapping[str, str]) -> str:
    """Return a cell as the sheet's own values are compared; what cannot be meant stays as it stands.

    Args:
        field: an editable field.
        cell: what stands there.
        people: names of the roster by what people may write for them, folded.
    """
    text = cell_text(cell)
    if field == "due":
        day = cell_day(cell)
        return day.isoformat() if day else text
    if field == "state":
        state = state_named(text)
        return state.value if state else text
    if field == "person":
        return people.get(text.casefold(), text)
    if field == "order":
        number = cell_number(cell)
        return text if number is None else f"{number:g}"
    return text
