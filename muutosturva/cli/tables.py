"""Tables as plain text: aligned by spaces, no frames.

Finnish words are long and columns narrow, so on a narrow screen the wordy cells of a row move to a
line of their own below it, where they can be read; words are broken up only as the last resort.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = 2
"""Spaces between columns."""
LEAST: Final = 8
"""Narrowest a column is squeezed to, in characters."""
INDENT: Final = "    "
"""Before a line that belongs to the row above it."""
SEPARATOR: Final = " · "
"""Between cells that share a line below the row."""
TIED: Final = "\N{NO-BREAK SPACE}"
"""A space at which no line is broken; on the screen it is a plain one."""

_WHITE: Final = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        heading: its words.
        right: True for numbers.
        breaks: True when long cells may be broken up over several lines.
        below: True for wordy cells, which stand below the row where the screen is narrow.
        named: True when the heading goes with a cell that stands below.
    """

    heading: str
    right: bool = False
    breaks: bool = False
    below: bool = False
    named: bool = False


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int | None) -> list[str]:
    """Return a table as lines.

    Args:
        columns: what stands in the columns; one that is empty in every row is left out.
        rows: cells, as many as there are columns.
        width: characters that fit on a line; None for as wide as it gets.
    """
    body = [[_WHITE.sub(" ", str(cell)).strip() for cell in row] for row in rows]
    kept = [index for index in range(len(columns)) if any(row[index] for row in body)]
    if not kept:
        return []
    shown = [columns[index] for index in kept]
    cells = [[row[index] for index in kept] for row in body]
    return [line.replace(TIED, " ") for line in _fitted(shown, cells, width)]


def _fitted(shown: Sequence[Column], cells: Sequence[Sequence[str]], width: int | None) -> list[str]:
    natural = _natural(shown, cells)
    if width is None or _total(natural) <= width:
        return _plain(shown, cells, natural)
    wordy = [index for index, column in enumerate(shown) if column.below]
    if wordy and len(wordy) < len(shown):
        return _with_lines_below(shown, cells, wordy, width)
    return _plain(shown, cells, _squeezed(shown, cells, natural, width))


def _natural(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[int]:
    return [
        max(len(column.heading), *(len(row[index]) for row in cells)) for index, column in enumerate(columns)
    ]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _squeezed(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], natural: Sequence[int], width: int
) -> list[int]:
    """Return widths that fit: first no word is broken, then the widest columns give way."""
    widths = list(natural)
    words = [
        max((len(word) for row in cells for word in row[index].split(" ")), default=LEAST)
        for index in range(len(columns))
    ]
    for floors in (words, [LEAST] * len(columns)):
        while _total(widths) > width:
            wide = [
                index
                for index, column in enumerate(columns)
                if (column.breaks or column.below) and widths[index] > max(LEAST, floors[index])
            ]
            if not wide:
                break
            widths[max(wide, key=lambda index: widths[index])] -= 1
    return widths


def _with_lines_below(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], wordy: Sequence[int], width: int
) -> list[str]:
    above = [index for index in range(len(columns)) if index not in wordy]
    shown = [columns[index] for index in above]
    rows = [[row[index] for index in above] for row in cells]
    widths = _squeezed(shown, rows, _natural(shown, rows), width)
    lines = _heading(shown, widths)
    for row, short in zip(cells, rows, strict=True):
        lines += _row(short, shown, widths)
        told = SEPARATOR.join(_told(columns[index], row[index]) for index in wordy if row[index])
        below = textwrap.wrap(told, width, initial_indent=INDENT, subsequent_indent=INDENT)
        lines += [line.rstrip() for line in below]
    return lines


def _told(column: Column, cell: str) -> str:
    return f"{column.heading}: {cell}" if column.named else cell


def _plain(columns: Sequence[Column], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    return [*_heading(columns, widths), *(line for row in cells for line in _row(row, columns, widths))]


def _heading(columns: Sequence[Column], widths: Sequence[int]) -> list[str]:
    headings = [column.heading for column in columns]
    return [*_row(headings, columns, widths), *_row(["-" * size for size in widths], columns, widths)]


def _row(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> list[str]:
    parts = [
        [cell] if len(cell) <= size else textwrap.wrap(cell, size, break_on_hyphens=False)
        for cell, size in zip(row, widths, strict=True)
    ]
    lines = []
    for level in range(max(len(part) for part in parts)):
        cells = [part[level] if level < len(part) else "" for part in parts]
        placed = [
            cell.rjust(size) if column.right else cell.ljust(size)
            for cell, size, column in zip(cells, widths, columns, strict=True)
        ]
        lines.append((" " * GAP).join(placed).rstrip())
    return lines
