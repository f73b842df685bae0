"""Writing a table as csv for Excel: UTF-8 with its mark, semicolons, lines that end as in Windows.

A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
Injection). A text that has apostrophes before such a sign already gets one more, so that reading
takes away exactly what writing put there.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Final

from muutosturva.tabular.table import Cell, Table

DELIMITERS: Final = {"semicolon": ";", "comma": ",", "tab": "\t"}
"""What may stand between cells, by name. Excel in Finnish opens the semicolon as columns."""

_BEGINS_A_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_MARKED: Final = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def csv_bytes(table: Table, *, delimiter: str = ";") -> bytes:
    """Return a table as a csv file.

    Dates are ISO, which every Excel reads as a date. Numbers have a decimal comma, except where the
    comma stands between cells.
    """
    raw = io.StringIO(newline="")
    writer = csv.writer(raw, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([harmless(column.heading) for column in table.columns])
    point = "." if delimiter == "," else ","
    for row in table.rows:
        writer.writerow([_shown(cell, point) for cell in row])
    return raw.getvalue().encode("utf-8-sig", errors="replace")


def _shown(cell: Cell, point: str) -> str:
    match cell:
        case None:
            return ""
        case dt.datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case dt.date():
            return cell.isoformat()
        case float():
            return repr(cell).replace(".", point)
        case int():
            return str(cell)
        case _:
            return harmless(cell)


def harmless(text: str) -> str:
    """Return a text as no spreadsheet takes it for a formula."""
    return f"'{text}" if _BEGINS_A_FORMULA.match(text) else text


def as_written(text: str) -> str:
    """Return a text without the apostrophe that ``harmless`` put before it."""
    return text[1:] if _MARKED.match(text) else text
