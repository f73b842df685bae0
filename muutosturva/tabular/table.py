"""A table before it is a file: named columns, and rows of plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | dt.date | dt.datetime | None
"""What a cell may hold; None is an empty one. A moment has no time zone: it is the office's clock."""

Kind = Literal["text", "number", "date", "moment"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        key: its name in the code.
        heading: its words.
        kind: what its cells are.
        wide: True for sentences, which are wrapped within a broad column.
    """

    key: str
    heading: str
    kind: Kind = "text"
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is to be written.

    Attributes:
        key: its name in the code, and in the name of its csv file.
        title: its words, the name of its sheet.
        columns: what stands in them.
        rows: cells, as many in each row as there are columns.
        printed: how many of the first columns stand on paper; 0 for all.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    printed: int = 0


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as it was read.

    Attributes:
        name: the sheet's name; "" in a csv file.
        rows: cells of every row from the first; the row of index 0 is number 1 on the screen.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def column_letters(index: int) -> str:
    """Return what Excel calls the column of an index from 0: A, B, … Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def filled(row: Sequence[Cell]) -> bool:
    """Tell whether a row holds anything but empty cells and white space."""
    return any(cell is not None and str(cell).strip() for cell in row)
