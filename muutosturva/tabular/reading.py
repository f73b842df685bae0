"""Reading an Excel, OpenDocument or csv file that somebody has worked on.

Only values are read: a formula is what it showed when the file was saved, nothing is computed and
nothing is fetched. A file is looked through before it is unpacked, because it is a zip archive whose
few bytes may unfold into more than a machine holds.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Final

from muutosturva.errors import InputError
from muutosturva.tabular import odsfile
from muutosturva.tabular.csvfile import DELIMITERS, as_written
from muutosturva.tabular.table import Cell, ReadSheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LARGEST_FILE: Final = 20_000_000
"""Bytes of a file that is still read; the task sheet of the largest incident has two million."""
LARGEST_CONTENT: Final = 100_000_000
"""Bytes a packed file may unfold into."""
MOST_CELLS: Final = 2_000_000
"""Cells from the first to the last one used on a sheet."""

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
"""The old .xls, and any file with a password."""
_SHEETS: Final = "xl/worksheets/"
_PLACE: Final = re.compile(rb"""(?<=\s)r\s*=\s*["']\s*([A-Za-z]{0,8})(\d{0,12})([^"']*)["']""")
_LAST_AND_EMPTY: Final = re.compile(rb"<row\b[^<>]*(?:/>|>\s*</row>)(?=\s*</sheetData>)")
"""LibreOffice tells the height of the last row there can be once a row was deleted; it holds no cell."""
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 64
_LONGEST_ROW_TAG: Final = 1 << 10
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SEMICOLON: Final = DELIMITERS["semicolon"]
_LOOKED_AT: Final = 50
"""Lines of a csv file that tell what stands between its cells."""
_EPOCH: Final = dt.date(1899, 12, 30)


def read_sheets(data: bytes, name: str) -> tuple[ReadSheet, ...]:
    """Return the sheets of an Excel or OpenDocument file, or the one table of a csv file.

    Args:
        data: the file.
        name: what the messages call it.

    Raises:
        InputError: the file is too large, is of another kind, or is broken.
    """
    if len(data) > LARGEST_FILE:
        raise InputError("tabular.too_large", file=name, megabytes=LARGEST_FILE // 1_000_000)
    if not data.strip():
        raise InputError("tabular.empty", file=name)
    if data.startswith(_OLD_OFFICE):
        raise InputError("tabular.old_or_locked", file=name)
    if data.startswith(_ZIP):
        return _book(data, name)
    return (_csv(data, name),)


def _book(data: bytes, name: str) -> tuple[ReadSheet, ...]:
    _look_through(data, name)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(ReadSheet(title, _rows(book.get_sheet_by_name(title))) for title in book.sheet_names)
    except CalamineError as error:
        raise InputError("tabular.broken", file=name) from error


def _rows(sheet: CalamineSheet) -> tuple[tuple[Cell, ...], ...]:
    rows = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        # Merged downwards, the cells are one to whoever looks at them; the file fills only the first.
        for row in rows[top + 1 : bottom + 1]:
            row[left : left + 1] = rows[top][left : left + 1]
    return tuple(tuple(row) for row in rows)


def _cell(value: object) -> Cell:
    """Return a value as ours: empty text is nothing, a whole number is one."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, (int, float, dt.datetime, dt.date)):
        return value
    return None if value is None else str(value)


def _look_through(data: bytes, name: str) -> None:
    """Refuse an archive that is no Excel file and no OpenDocument sheet, or unfolds into too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            open_document = odsfile.is_ods(archive)
            if not open_document and "xl/workbook.xml" not in {member.filename for member in members}:
                raise InputError("tabular.not_a_sheet", file=name)
            left = LARGEST_CONTENT
            for member in members:
                left = _look_at(archive, member, left, name)
            if open_document:
                odsfile.look_at(archive, MOST_CELLS, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise InputError("tabular.broken", file=name) from error


def _look_at(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, name: str) -> int:
    """Unfold one part of the archive, throwing it away, and return how much more may come."""
    rows = columns = 0
    held = b""
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise InputError("tabular.unfolds", file=name)
            if not member.filename.startswith(_SHEETS):
                continue
            text, held = _cut(_LAST_AND_EMPTY.sub(b"", held + chunk), last=len(chunk) < _CHUNK)
            for letters, digits, rest in _PLACE.findall(text):
                if rest.strip():
                    raise InputError("tabular.broken", file=name)
                rows = max(rows, int(digits or 0))
                columns = max(columns, _column_number(letters))
            if rows * columns > MOST_CELLS:
                raise InputError("tabular.unfolds", file=name)
    return left


def _cut(text: bytes, *, last: bool) -> tuple[bytes, bytes]:
    """Return what of a part can be looked at now, and what has to wait for its next piece.

    A row that has only begun waits, and so do the last bytes, in which a place may be cut in two.
    """
    if last:
        return text, b""
    begun = text.rfind(b"<row", len(text) - _LONGEST_ROW_TAG)
    return (text[:begun], text[begun:]) if begun >= 0 else (text, text[-_OVERLAP:])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _csv(data: bytes, name: str) -> ReadSheet:
    text = _decoded(data)
    if "\x00" in text:
        raise InputError("tabular.not_a_sheet", file=name)
    stated = _SEPARATOR_LINE.match(text)
    body = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else _delimiter(body)
    try:
        rows = list(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError("tabular.broken", file=name) from error
    skipped: tuple[tuple[Cell, ...], ...] = ((),) if stated else ()
    return ReadSheet("", (*skipped, *(tuple(as_written(cell) or None for cell in row) for row in rows)))


def _decoded(data: bytes) -> str:
    """Return the text of a csv file: by its mark, else UTF-8, else the Windows of western Europe."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _delimiter(text: str) -> str:
    """Return what stands between the cells of the first line that has any, or of the table under it.

    A title that somebody typed above the header has no semicolon, though perhaps a comma in its words;
    two lines that are parted alike by semicolons are a table then.
    """
    outside = re.sub(r'"[^"]*"', "", text[:_CHUNK])
    lines = [line for line in outside.splitlines() if line.strip()][:_LOOKED_AT] or [""]
    alike = Counter(line.count(_SEMICOLON) for line in lines)
    if alike.pop(0, 0) and any(count > 1 for count in alike.values()):
        return _SEMICOLON
    return max(DELIMITERS.values(), key=lines[0].count)


def day_of_number(number: float) -> dt.date | None:
    """Return the day Excel means by a number, or None where no calendar of ours has it."""
    try:
        return _EPOCH + dt.timedelta(days=int(number)) if number >= 1 else None
    except OverflowError:
        return None
