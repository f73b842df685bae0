"""How wide the columns of a table are on paper, and how large its letters: so that no number is cut in two.

Word and LibreOffice break a word wherever its column ends. A number broken like that is read as another
number, and 40 becomes 4; so a table is laid out by the widths of its words, and where these do not fit,
first in smaller letters, then with dates and sums free to break at their spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from muutosturva.rendering import tree

SIZES: Final = (9.0, 8.0, 7.0)
"""Sizes of the letters of a table in points, the usual one first."""
ROOM: Final = 476.0
"""Width of the text on an A4 page of ours in points (168 mm)."""

_PADDING: Final = 11.0
"""Points beside the words of a cell: its margins and a hair's breadth."""
_LONGEST_WORD: Final = 13.0
_LONGEST_TEXT: Final = 34.0
"""Widths, in heights of a letter, beyond which a column asks for no more."""
_SMALLEST: Final = 2.0
_BOLD: Final = 1.13
_GLUE: Final = "\u00a0"
_BREAKS: Final = re.compile(r"[ \t\n]|(?<=[-–])(?!\d)|(?<=/)(?!\d)")

# Widths in heights of a letter of DejaVu Sans, the widest face a program takes where it lacks ours.
_NARROW: Final = 0.32
_SLIM: Final = 0.41
_USUAL: Final = 0.62
_CAPITAL: Final = 0.72
_WIDE: Final = 0.98
_LETTERS: Final = {
    **dict.fromkeys("ijl.,:;'|! " + _GLUE, _NARROW),
    **dict.fromkeys("ftr()[]-/", _SLIM),
    **dict.fromkeys("mMWw%–—", _WIDE),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as it stands on paper.

    Attributes:
        table: its cells; their spaces that do not break are ordinary ones where the columns are too narrow.
        shares: share (0..1) of the table's width for each column; they sum to 1.
        size: size of its letters in points, one of ``SIZES``.
    """

    table: tree.Table
    shares: tuple[float, ...]
    size: float


def width_of(text: str, *, bold: bool = False) -> float:
    """Return the width of words on one line, in heights of a letter."""
    total = sum(_LETTERS.get(letter, _CAPITAL if letter.isupper() else _USUAL) for letter in text)
    return total * (_BOLD if bold else 1.0)


def laid_out(table: tree.Table, room: float = ROOM) -> Layout:
    """Return a table as it stands on paper: the largest letters in which no word is cut.

    Where no size does, the words give way and the numbers stay whole. ``room`` is the width in points.
    """
    loose = _loosened(table)
    for candidate, size in product((table, loose), SIZES):
        # Letters of the smallest size only to keep what nothing else keeps.
        if candidate is table and size == SIZES[-1]:
            continue
        floors = _floors(candidate, size)
        if sum(floors) <= room:
            return Layout(candidate, _shares(candidate, floors, size, room), size)
    size = SIZES[-1]
    return Layout(loose, _squeezed(loose, size, room), size)


def _floors(table: tree.Table, size: float) -> list[float]:
    """Return the least width of each column in points: its longest word."""
    return [_PADDING + size * min(_LONGEST_WORD, _longest(cells)) for cells in _columns(table)]


def _shares(table: tree.Table, floors: Sequence[float], size: float, room: float) -> tuple[float, ...]:
    """Share what the words leave, to each column as much as its longest text asks for."""
    wishes = [
        max(floor, _PADDING + size * min(_LONGEST_TEXT, max(map(_whole, cells))))
        for floor, cells in zip(floors, _columns(table), strict=True)
    ]
    more = [wish - floor for wish, floor in zip(wishes, floors, strict=True)]
    if sum(wishes) > room:
        spare = (room - sum(floors)) / sum(more)
        wishes = [floor + spare * part for floor, part in zip(floors, more, strict=True)]
    return _normed(wishes)


def _squeezed(table: tree.Table, size: float, room: float) -> tuple[float, ...]:
    """Give every column its longest number, and share the rest by the words that are cut anyway."""
    numbers = [_PADDING + size * _longest(cells, _is_number) for cells in _columns(table)]
    floors = _floors(table, size)
    more = [max(0.0, floor - number) for floor, number in zip(floors, numbers, strict=True)]
    spare = max(0.0, room - sum(numbers)) / (sum(more) or 1.0)
    return _normed([number + spare * part for number, part in zip(numbers, more, strict=True)])


def _normed(widths: Sequence[float]) -> tuple[float, ...]:
    return tuple(width / sum(widths) for width in widths)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    bold: bool


def _columns(table: tree.Table) -> list[list[_Cell]]:
    rows = [[_Cell(tree.plain(cell), bold=True) for cell in table.head]]
    rows += [[_Cell(tree.plain(cell), _has_bold(cell)) for cell in row] for row in table.rows]
    return [[row[index] for row in rows] for index in range(len(table.align))]


def _has_bold(cell: tree.Cell) -> bool:
    return any(isinstance(part, tree.Strong) for part in cell)


def _whole(cell: _Cell) -> float:
    return width_of(cell.text, bold=cell.bold)


def _longest(cells: Sequence[_Cell], wanted: Callable[[str], bool] = bool) -> float:
    return max(
        (width for cell in cells for width in _words(cell, wanted) if width > _SMALLEST), default=_SMALLEST
    )


def _words(cell: _Cell, wanted: Callable[[str], bool]) -> Iterator[float]:
    """Yield the widths of what may not be cut."""
    for word in _BREAKS.split(cell.text):
        if wanted(word):
            yield width_of(word, bold=cell.bold)


def _is_number(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _loosened(table: tree.Table) -> tree.Table:
    """Return the table with spaces that break, but not those inside a number."""
    return replace(
        table,
        head=tuple(map(_loose_cell, table.head)),
        rows=tuple(tuple(map(_loose_cell, row)) for row in table.rows),
    )


def _loose_cell(cell: Iterable[tree.Inline]) -> tree.Cell:
    return tuple(map(_loose, cell))


_LOOSE: Final = re.compile(rf"(?<!\d){_GLUE}|{_GLUE}(?!\d)")


def _loose(part: tree.Inline) -> tree.Inline:
    match part:
        case tree.Text(text):
            return tree.Text(_LOOSE.sub(" ", text))
        case tree.Strong(inner):
            return tree.Strong(_loose_cell(inner))
        case tree.Emphasis(inner):
            return tree.Emphasis(_loose_cell(inner))
        case _:
            return part
