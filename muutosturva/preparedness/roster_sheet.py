"""A roster as an office really has it: a table of Excel or csv, or a YAML file, as rows of named cells.

Headings are known in the three languages, whatever their order and whatever stands between them; a
column that nobody knows is passed over and told.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from muutosturva.errors import InputError, Problem
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.loading.loader import read_bytes, read_text
from muutosturva.playbooks.loading.source import Node, plain
from muutosturva.tabular.reading import read_sheets
from muutosturva.tabular.table import Cell, ReadSheet, column_letters, filled

FIELDS: Final = (
    "id",
    "name",
    "last_name",
    "first_name",
    "title",
    "area",
    "roles",
    "deputy_for",
    "skills",
    "languages",
    "email",
    "phone",
    "active",
)
"""What may stand in a roster's file; the last name and the first name where they stand apart."""
YAML: Final = (".yaml", ".yml", ".json")
PEOPLE: Final = "people"

_HEADING_ROWS: Final = 20
"""How far down the headings of a sheet are looked for: above them stand titles and dates."""
_BESIDE: Final = re.compile(r"\([^)]*\)|[:*]")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with anything in it.

    Attributes:
        number: as the program that shows the file counts; in a YAML file the line.
        cells: text by field, without its edges; a field that has no column is missing.
        zero_lost: the phone number is a number in the file: a zero before it is gone.
    """

    number: int
    cells: Mapping[str, str]
    zero_lost: bool = False


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """A roster that was read.

    Attributes:
        file: its name.
        sheet: name of the sheet; "" elsewhere.
        heading_row: row of the headings; 0 in a YAML file.
        columns: heading by field.
        letters: the column of each field as Excel calls it; {} in a YAML file.
        unknown: headings that mean nothing here.
        rows: the rows.
    """

    file: str
    sheet: str
    heading_row: int
    columns: Mapping[str, str]
    letters: Mapping[str, str]
    unknown: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def placed(self, problem: Problem, row: SheetRow, field: str = "") -> Problem:
        """Return a problem with its place: the cell, the row, or the line of a YAML file."""
        if not self.heading_row:
            return replace(problem, path=self.file, line=row.number)
        return replace(problem, path=f"{self.letters.get(field, '')}{row.number}")


def read_roster(data: bytes, name: str) -> RosterSheet:
    """Return the roster of a file.

    Args:
        data: the file.
        name: its name, which also says what it is.

    Raises:
        InputError: it cannot be read, or no column holds names; YAML is told with its lines.
    """
    if name.casefold().endswith(YAML):
        return _from_yaml(data, name)
    for sheet in read_sheets(data, name):
        found = _from_sheet(sheet, name)
        if found is not None:
            return found
    raise InputError("preparedness.no_name_column", file=name, headings=_headings("name"))


def _headings(field: str) -> list[str]:
    """Return every heading of a field, the first one of each language first."""
    words = [Texts(language)(f"preparedness.heading.{field}").split("|") for language in LANGUAGES]
    return list(dict.fromkeys(each for names in words for each in names))


def _known() -> dict[str, str]:
    return {_folded(word): field for field in FIELDS for word in (field, *_headings(field))}


def _folded(heading: object) -> str:
    return " ".join(_BESIDE.sub(" ", str(heading)).replace("_", " ").split()).casefold()


def _named(columns: Iterable[str]) -> bool:
    found = set(columns)
    return "name" in found or {"last_name", "first_name"} <= found


def _from_sheet(sheet: ReadSheet, name: str) -> RosterSheet | None:
    known = _known()
    for index, row in enumerate(sheet.rows[:_HEADING_ROWS]):
        fields = [known.get(_folded(cell)) if cell is not None else None for cell in row]
        if not _named(field for field in fields if field):
            continue
        places: dict[str, int] = {field: fields.index(field) for field in FIELDS if field in fields}
        used = set(places.values())
        unknown = tuple(str(cell) for place, cell in enumerate(row) if cell is not None and place not in used)
        rows = [
            _row(number, cells, places)
            for number, cells in enumerate(sheet.rows[index + 1 :], index + 2)
            if filled([cells[place] for place in used if place < len(cells)])
        ]
        columns: dict[str, str] = {field: str(row[place]) for field, place in places.items()}
        letters = {field: column_letters(place) for field, place in places.items()}
        return RosterSheet(name, sheet.name, index + 1, columns, letters, unknown, tuple(rows))
    return None


def _row(number: int, cells: Sequence[Cell], places: Mapping[str, int]) -> SheetRow:
    found = {
        field: "" if place >= len(cells) or cells[place] is None else str(cells[place]).strip()
        for field, place in places.items()
    }
    phone = places.get("phone", len(cells))
    lost = phone < len(cells) and isinstance(cells[phone], (int, float))
    return SheetRow(number, _joined(found), lost)


def _joined(cells: dict[str, str]) -> dict[str, str]:
    """Return cells with last name and first name as one name."""
    last, first = cells.pop("last_name", None), cells.pop("first_name", None)
    if last is not None and first is not None and not cells.get("name"):
        cells["name"] = f"{last} {first}".strip()
    return cells


def _from_yaml(data: bytes, name: str) -> RosterSheet:
    source, shift = read_bytes(data, name), 0
    if [problem.code for problem in source.problems] == ["playbooks.not_a_map"]:
        text = data.decode("utf-8-sig")
        inset = textwrap.indent(text, " ") if text.lstrip().startswith("[") else text
        source, shift = read_text(f"{PEOPLE}:\n{inset}", name), 1
    if source.root is None or source.problems:
        raise InputError("preparedness.roster_file", problems=source.problems, file=name)
    known = _known()
    rows, unknown = [], dict[str, None]()
    for number, node in _entries(source.root, shift):
        cells: dict[str, str] = {}
        for key, value in node.content.items() if isinstance(node.content, dict) else ():
            field = known.get(_folded(key))
            if field is None:
                unknown[key] = None
            else:
                cells[field] = _text(plain(value))
        rows.append(SheetRow(number, _joined(cells)))
    if rows and not any("name" in row.cells for row in rows):
        raise InputError("preparedness.no_name_column", file=name, headings=_headings("name"))
    columns = {field: field for field in FIELDS if any(field in row.cells for row in rows)}
    return RosterSheet(name, "", 0, columns, {}, tuple(unknown), tuple(rows))


def _entries(root: Node, shift: int) -> list[tuple[int, Node]]:
    """Return line and node of each person: a list under ``people``, or a map by id."""
    listed = root.child(PEOPLE) or root
    if isinstance(listed.content, list):
        return [(node.place.line - shift, node) for node in listed.content]
    if not isinstance(listed.content, dict):
        return []
    for slug, node in listed.content.items():
        if isinstance(node.content, dict) and "id" not in node.content:
            node.content["id"] = Node(slug, node.place, node.key)
    return [(node.key.line - shift, node) for node in listed.content.values()]


def _text(value: object) -> str:
    """Return a value of YAML as a cell holds it."""
    if isinstance(value, list):
        return "; ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return next((_text(value[language]) for language in LANGUAGES if value.get(language)), "")
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value).strip()
