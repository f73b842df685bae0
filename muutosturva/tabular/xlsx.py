"""Writing tables as one Excel file, a sheet for each.

Text is written as text and never looked at: ``=1+1`` stays what somebody wrote. The same tables and
moment give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from muutosturva.tabular.table import Cell, Column, Kind, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT: Final = 32_767
"""Characters Excel holds in a cell."""
LONGEST_NAME: Final = 31
"""Characters Excel holds in the name of a sheet."""
FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Excel counts days that never were before this one: earlier dates are written as text."""

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML file may hold."""
_NARROWEST: Final = 6
_BROADEST: Final = 28
_SENTENCE: Final = 60
"""Width of a column of sentences, in characters."""
_PATTERNS: Final[Mapping[Kind, str]] = {"date": "d.m.yyyy", "moment": "d.m.yyyy hh:mm"}
_WIDTHS: Final[Mapping[Kind, int]] = {"date": 11, "moment": 16}
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Return names Excel takes for sheets: no forbidden sign, short enough, none twice."""
    names: list[str] = []
    for title in titles:
        plain = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'")[:LONGEST_NAME].strip() or "–"
        name, number = plain, 1
        while name.casefold() in {taken.casefold() for taken in names}:
            number += 1
            ending = f" {number}"
            name = f"{plain[: LONGEST_NAME - len(ending)]}{ending}"
        names.append(name)
    return names


def xlsx_bytes(tables: Sequence[Table], *, title: str, made: dt.datetime, mark: str = "") -> bytes:
    """Return tables as an Excel file: heading frozen, filters on, dates and numbers real.

    Args:
        tables: at least one.
        title: of the file's properties.
        made: the moment of the file's properties.
        mark: what stands in the first cell of every sheet, above its headings, and on every printed
            page: ``ESIMERKKI``; "" for nothing, and the headings come first.
    """
    import xlsxwriter

    raw = io.BytesIO()
    header = " · ".join(words.replace("&", "&&") for words in (mark, title) if words)
    with xlsxwriter.Workbook(raw, dict(_OPTIONS)) as book:
        book.set_properties({"title": title, "created": made.replace(tzinfo=None)})
        top = {"valign": "top"}
        # A number that ends where the next text begins is read as one word with it.
        right = {**top, "align": "right", "indent": 1}
        formats: dict[str, Any] = {
            "mark": book.add_format({"bold": True, "font_color": "#8A1C1C"}),
            "heading": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, **top}),
            "text": book.add_format({"num_format": "@", **top}),
            "wide": book.add_format({"num_format": "@", "text_wrap": True, **top}),
            "number": book.add_format(right),
        }
        for kind, pattern in _PATTERNS.items():
            formats[kind] = book.add_format({"num_format": pattern, **right})
        for name, table in zip(sheet_names([table.title for table in tables]), tables, strict=True):
            sheet = book.add_worksheet(name)
            sheet.set_header(f"&L{header}&R&A &P/&N")
            _write(sheet, table, formats, mark)
    return raw.getvalue()


def _write(sheet: Worksheet, table: Table, formats: Mapping[str, Any], mark: str) -> None:
    top = 1 if mark else 0
    if mark:
        sheet.write_string(0, 0, _text(mark), formats["mark"])
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, _width(table, index), formats["wide" if column.wide else column.kind])
        sheet.write_string(top, index, _text(column.heading), formats["heading"])
    for line, row in enumerate(table.rows, top + 1):
        for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(sheet, (line, index), column, cell, formats)
    sheet.freeze_panes(top + 1, 0)
    if table.columns:
        sheet.autofilter(top, 0, top + max(len(table.rows), 1), len(table.columns) - 1)
    if table.printed:
        sheet.print_area(0, 0, top + max(len(table.rows), 1), table.printed - 1)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.5)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, top)


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], column: Column, cell: Cell, formats: Mapping[str, Any]
) -> None:
    style = formats["wide" if column.wide else column.kind]
    line, index = place
    if cell is None or cell == "":
        return
    if isinstance(cell, dt.datetime) and cell.date() >= FIRST_DAY:
        sheet.write_datetime(line, index, cell, formats["moment"])
    elif isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) and cell >= FIRST_DAY:
        sheet.write_datetime(line, index, cell, formats["date"])
    elif isinstance(cell, (int, float)):
        sheet.write_number(line, index, cell, style)
    elif isinstance(cell, dt.date):
        sheet.write_string(line, index, cell.isoformat(), style)
    else:
        sheet.write_string(line, index, _text(cell), style)


def _text(text: str) -> str:
    """Return a text as a cell can hold it; of one that is too long, the beginning with …."""
    plain = _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain if len(plain) <= LONGEST_TEXT else f"{plain[: LONGEST_TEXT - 1]}…"


def _width(table: Table, index: int) -> int:
    column = table.columns[index]
    if column.wide:
        return _SENTENCE
    longest = max((len(str(row[index])) for row in table.rows if row[index] is not None), default=0)
    content = _WIDTHS.get(column.kind, longest)
    return max(_NARROWEST, min(max(content, len(column.heading)) + 2, _BROADEST))
