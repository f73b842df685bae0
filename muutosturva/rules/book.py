"""The rule book: dated rows of the law, in which a key has at most one row on any day.

The book is a value. A change returns a new book with the next revision; who may change it, and
the record of the change, are the store's matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from muutosturva.errors import InputError, NotFoundError, Problem
from muutosturva.rules.bookfile import COUNTED, parse_book
from muutosturva.rules.results import LawRow


def _start(row: LawRow) -> dt.date:
    return row.valid_from or dt.date.max


def overlaps(rows: Iterable[LawRow]) -> list[Problem]:
    """Return a problem for every two rows of one key that are in force on one day."""
    by_key: dict[str, list[LawRow]] = {}
    for row in rows:
        if row.valid_from is not None:
            by_key.setdefault(row.key, []).append(row)
    problems = []
    for key, dated in by_key.items():
        for older, newer in pairwise(sorted(dated, key=_start)):
            if older.in_force(_start(newer)):
                problems.append(Problem("rules.overlap", {"key": key, "day": newer.valid_from}))
    return problems


def strange_units(rows: Iterable[LawRow]) -> list[Problem]:
    """Return a problem for every row whose key is counted elsewhere and which counts nothing.

    A rule adds days or compares people; a unit it cannot read would stop it in mid-plan.
    """
    kept = list(rows)
    counted = {row.key for row in kept if row.unit in COUNTED}
    return [
        Problem("rules.strange_unit", {"key": row.key, "unit": row.unit, "known": tuple(sorted(COUNTED))})
        for row in kept
        if row.key in counted and row.unit not in COUNTED
    ]


@dataclass(frozen=True, slots=True)
class LawBook:
    """Rows of the law and the revision they were read at.

    Building a book checks it, so that a rule never has to choose between two rows.

    Attributes:
        rows: every row, also those that are no longer or not yet in force, and bills.
        revision: number of the state of the book, raised by every change.

    Raises:
        InputError: two rows of one key are in force on the same day, or a row has a unit that its
            key cannot be counted in (``rules.book_invalid``).
    """

    rows: tuple[LawRow, ...]
    revision: int = 1
    _by_key: Mapping[str, tuple[LawRow, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = [*overlaps(self.rows), *strange_units(self.rows)]
        if problems:
            raise InputError("rules.book_invalid", problems=problems)
        by_key: dict[str, list[LawRow]] = {}
        for row in sorted(self.rows, key=_start):
            by_key.setdefault(row.key, []).append(row)
        object.__setattr__(self, "_by_key", {key: tuple(rows) for key, rows in by_key.items()})

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of the book, sorted."""
        return tuple(sorted(self._by_key))

    def history(self, key: str) -> tuple[LawRow, ...]:
        """Return every row of ``key`` by its first day in force; bills, which have none, last."""
        return self._by_key.get(key, ())

    def row(self, key: str, on: dt.date) -> LawRow | None:
        """Return the row of ``key`` that is law on a day, or None: never a neighbouring one."""
        return next((row for row in self.history(key) if row.in_force(on)), None)

    def last_known(self, key: str, on: dt.date) -> LawRow | None:
        """Return the row in force on a day or, if none is, the last one that was before it.

        Only for a rule that may carry an expired row on; its result is marked ``carried_on``.
        """
        past = [row for row in self.history(key) if row.valid_from is not None and row.valid_from <= on]
        return past[-1] if past else None

    def with_row(self, row: LawRow) -> LawBook:
        """Return a new book with one row more; the row it follows ends on the day before it.

        A row without ``valid_from`` (a bill) ends nothing.

        Raises:
            InputError: the row would share a day with a later row of its key, or begins on the
                day an older one begins, which is a correction: use ``with_change``.
        """
        return replace(self, rows=(*self._closed_before(self.rows, row), row), revision=self.revision + 1)

    def with_change(self, old: LawRow, /, **changes: Any) -> LawBook:
        """Return a new book in which ``old`` has other values: a correction, or a bill made law.

        A bill that gets a ``valid_from`` ends the row it follows on the day before.

        Raises:
            NotFoundError: the book has no such row.
            InputError: the changed row would share a day with another row of its key.
        """
        if old not in self.rows:
            raise NotFoundError("rules.no_such_row", row=old.key)
        new = replace(old, **changes)
        others = tuple(row for row in self.rows if row is not old and row != old)
        if old.valid_from is None:
            others = self._closed_before(others, new)
        return replace(self, rows=(*others, new), revision=self.revision + 1)

    @staticmethod
    def _closed_before(rows: Iterable[LawRow], new: LawRow) -> tuple[LawRow, ...]:
        if new.valid_from is None:
            return tuple(rows)
        eve = new.valid_from - dt.timedelta(days=1)
        return tuple(
            replace(row, valid_to=eve)
            if row.key == new.key and row.in_force(new.valid_from) and row.in_force(eve)
            else row
            for row in rows
        )


@cache
def shipped_book() -> LawBook:
    """Return the rule book that comes with the program, as its first revision.

    Raises:
        InputError: the shipped file has problems (a test keeps this from ever being released).
    """
    file = resources.files("muutosturva") / "data" / "law.csv"
    rows, problems = parse_book(file.read_text(encoding="utf-8"), path="law.csv")
    if problems:
        raise InputError("rules.book_invalid", problems=problems)
    return LawBook(rows, revision=1)
