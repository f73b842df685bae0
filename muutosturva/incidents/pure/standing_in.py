"""Who acts in a role on a day: its holder, or whoever stands in while the holder is away. Pure.

People are names here: the roster holds each name once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Why somebody acts in a role, or nobody does."""

    HOLDER = "holder"
    """The first holder who is present."""
    AGREED = "agreed"
    """The deputy agreed for the absence of a holder."""
    DEPUTY = "deputy"
    """The role's own deputy."""
    ALL_AWAY = "all_away"
    """Nobody: all who could are away."""
    UNFILLED = "unfilled"
    """Nobody: no one holds the role or is its deputy."""


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a person is away, first and last included; ``deputy`` is "" where none is agreed."""

    person: str
    first_day: dt.date
    last_day: dt.date
    deputy: str = ""

    def covers(self, day: dt.date) -> bool:
        """Tell whether the person is away on the day."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Present:
    """A day, and those who are away on it."""

    day: dt.date
    away: tuple[Away, ...]


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts in a role on a day.

    Attributes:
        person: name, or "" where nobody can.
        stands_in_for: the holder who is away, or "".
        why: how it was found.
    """

    person: str
    stands_in_for: str
    why: Standing


def acting(holders: Sequence[str], deputies: Sequence[str], away: Sequence[Away], day: dt.date) -> Acting:
    """Return who acts in a role on a day.

    The first holder who is present; else the deputy agreed for the absence of a holder; else a
    deputy of the role; each only if present.

    Args:
        holders: those who hold the role, the first one first.
        deputies: the role's own deputies.
        away: absences of anybody.
        day: the day.
    """
    absent = {item.person: item for item in away if item.covers(day)}
    for person in holders:
        if person not in absent:
            return Acting(person, "", Standing.HOLDER)
    for person in holders:
        agreed = absent[person].deputy
        if agreed and agreed not in absent:
            return Acting(agreed, person, Standing.AGREED)
    missing = holders[0] if holders else ""
    for person in deputies:
        if person not in absent:
            return Acting(person, missing, Standing.DEPUTY)
    return Acting("", missing, Standing.ALL_AWAY if holders or deputies else Standing.UNFILLED)


def sent(holders: Sequence[str], deputies: Sequence[str], away: Sequence[Away], day: dt.date) -> list[str]:
    """Return who comes on a day for a role that is invited: every holder, or the one sent instead.

    Each holder who is present, else the deputy agreed for the absence; where that leaves nobody,
    whoever acts in the role.
    """
    absent = {item.person: item for item in away if item.covers(day)}
    instead = [absent[person].deputy if person in absent else person for person in holders]
    coming = [person for person in instead if person and person not in absent]
    who = acting(holders, deputies, away, day).person
    return list(dict.fromkeys(coming or ([who] if who else [])))


def acting_for(person: str, role: Acting, away: Sequence[Away], day: dt.date) -> Acting:
    """Return who does a task that was given to a person by name.

    The person; else the deputy agreed for the absence; else whoever acts in the task's role.

    Args:
        person: who was given the task.
        role: who acts in its role on the day.
        away: absences of anybody.
        day: the day.
    """
    alone = acting([person], (), away, day)
    if alone.person or not role.person:
        return alone
    return Acting(role.person, person, Standing.DEPUTY)
