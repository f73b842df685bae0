"""Tables as plain text: aligned by spaces, no frames, cells broken up where the screen is narrow."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = 2
"""Spaces between columns."""
LEAST: Final = 8
"""Narrowest a column that may be broken up is squeezed to, in characters."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        heading: its words.
        right: True for numbers.
        breaks: True when long cells may be broken up over several lines.
    """

    heading: str
    right: bool = False
    breaks: bool = False


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int | None) -> list[str]:
    """Return a table as lines.

    Args:
        columns: what stands in the columns; one that is empty in every row is left out.
        rows: cells, as many as there are columns.
        width: characters that fit on a line; None for as wide as it gets.
    """
    body = [[" ".join(str(cell).split()) for cell in row] for row in rows]
    kept = [index for index in range(len(columns)) if any(row[index] for row in body)]
    shown = [columns[index] for index in kept]
    cells = [[row[index] for index in kept] for row in body]
    if not cells:
        return []
    headings = [column.heading for column in shown]
    widths = _widths(shown, [headings, *cells], width)
    underline = ["-" * size for size in widths]
    return [line for row in (headings, underline, *cells) for line in _lines(row, shown, widths)]


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None) -> list[int]:
    widths = [max(len(row[index]) for row in rows) for index in range(len(columns))]
    if width is None:
        return widths
    excess = sum(widths) + GAP * (len(widths) - 1) - width
    while excess > 0:
        wide = [i for i, column in enumerate(columns) if column.breaks and widths[i] > LEAST]
        if not wide:
            break
        widest = max(wide, key=lambda index: widths[index])
        widths[widest] -= 1
        excess -= 1
    return widths


def _lines(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> list[str]:
    parts = [
        textwrap.wrap(cell, size, break_on_hyphens=False) or [""]
        for cell, size in zip(row, widths, strict=True)
    ]
    height = max(len(part) for part in parts)
    lines = []
    for level in range(height):
        cells = [part[level] if level < len(part) else "" for part in parts]
        placed = [
            cell.rjust(size) if column.right else cell.ljust(size)
            for cell, size, column in zip(cells, widths, columns, strict=True)
        ]
        lines.append((" " * GAP).join(placed).rstrip())
    return lines
