"""The level of an incident, S to XL, which decides how much of the step plan is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from muutosturva.rules.book import LawBook
from muutosturva.rules.case import number
from muutosturva.rules.results import LawRow


class Level(StrEnum):
    """How large a response an incident asks for, from the smallest up."""

    S = "S"
    M = "M"
    L = "L"
    XL = "XL"

    @property
    def rank(self) -> int:
        """Place in the order of levels, 0 for the smallest."""
        return list(Level).index(self)


def level(headcount: int | None, critical: bool | None, on: dt.date, book: LawBook) -> Level | None:  # noqa: FBT001 - a fact, given by name or place like the other
    """Return the level of an incident by the criteria of the default step plan.

    Args:
        headcount: people affected, or None when not known.
        critical: the loss is critical for the region, which alone makes it XL; None when not known.
        on: the day whose rows ``level.m_from``, ``level.l_from`` and ``level.xl_from`` count.
        book: the rule book.

    Returns:
        The level; None where a missing fact could change it, or the book has no row that day.
    """
    rows = [(step, book.row(f"level.{step.lower()}_from", on)) for step in (Level.XL, Level.L, Level.M)]
    if critical:
        return Level.XL
    if headcount is None:
        return None
    for step, row in rows:
        if row is None:
            return None
        if headcount >= number(row):
            return step if critical is False or step is Level.XL else None
    return Level.S if critical is False else None


@dataclass(frozen=True, slots=True)
class Criteria:
    """What decides the level of an incident, and what that level means.

    Attributes:
        level: the level by the criteria; None where a missing fact could change it.
        headcount: people affected, or None.
        critical: critical for the region, which alone makes it XL; None when not known.
        rows: for each level above the smallest the row of the rule book it begins at.
        leads: for each level the row that says who leads: the id of a role.
    """

    level: Level | None
    headcount: int | None
    critical: bool | None
    rows: Mapping[Level, LawRow]
    leads: Mapping[Level, LawRow]


def level_criteria(headcount: int | None, critical: bool | None, on: dt.date, book: LawBook) -> Criteria:  # noqa: FBT001 - as above
    """Return the criteria of the default step plan as they stand on a day, and the level by them."""
    starts = {step: book.row(f"level.{step.lower()}_from", on) for step in (Level.M, Level.L, Level.XL)}
    leads = {step: book.row(f"level.{step.lower()}_lead", on) for step in Level}
    return Criteria(
        level=level(headcount, critical, on, book),
        headcount=headcount,
        critical=critical,
        rows={step: row for step, row in starts.items() if row is not None},
        leads={step: row for step, row in leads.items() if row is not None},
    )
