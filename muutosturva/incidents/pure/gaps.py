"""Where the work hangs on one person: single points of failure among roles, deputies and absences. Pure.

People are names here: the roster holds each name once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from muutosturva.incidents.pure.standing_in import Away, Standing, acting
from muutosturva.playbooks.plan import TextMap

_DAY = dt.timedelta(days=1)


class GapKind(StrEnum):
    """Why a role hangs on one person, or on nobody; the most urgent first."""

    AWAY = "away"
    """Whoever holds the role is away, and nobody stands in."""
    BOTH_AWAY = "both_away"
    """The holder and whoever would stand in are away on the same days."""
    INACTIVE = "inactive"
    """Somebody who is not active in the roster any more still counts as present."""
    NO_DEPUTY = "no_deputy"
    """The plan wants a deputy, and there is none."""
    SEVERAL = "several"
    """One person holds several roles."""
    NOBODY_ABLE = "nobody_able"
    """Nobody of the roster can take the role, though somebody may stand in or an incident needs it."""
    ONE_ABLE = "one_able"
    """One person of the roster can take the role, and nobody stands in."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of a running incident with those who hold it, the first one first."""

    incident: str
    role: str
    title: TextMap
    deputy_needed: bool
    holders: tuple[str, ...]
    deputies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One place where the work hangs on one person.

    Attributes:
        kind: why.
        incident: readable id; "" for what concerns several, or the roster.
        role: id of the role; "" for several.
        title: its words.
        people: those it hangs on.
        first_day, last_day: the days, for an absence.
        roles: the titles of the roles, for several of one person.
    """

    kind: GapKind
    incident: str = ""
    role: str = ""
    title: TextMap | None = None
    people: tuple[str, ...] = ()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    roles: tuple[TextMap, ...] = ()


def in_incidents(
    roles: Sequence[HeldRole],
    away: Sequence[Away],
    inactive: Collection[str],
    days: tuple[dt.date, dt.date],
) -> tuple[Gap, ...]:
    """Return the gaps of running incidents, the most urgent kind first.

    Args:
        roles: the roles of the incidents.
        away: absences of anybody.
        inactive: people who are not active in the roster.
        days: first and last day looked at.
    """
    found = [
        *(gap for role in roles for gap in _absences(role, away, days)),
        *(gap for role in roles for gap in _standing(role, inactive)),
        *_several(roles),
    ]
    order = list(GapKind)
    return tuple(sorted(found, key=lambda gap: (order.index(gap.kind), gap.first_day or dt.date.max)))


def _absences(role: HeldRole, away: Sequence[Away], days: tuple[dt.date, dt.date]) -> Iterator[Gap]:
    """Yield the runs of days on which a role has holders and nobody acts in it."""
    theirs = {*role.holders, *role.deputies}
    if not role.holders or not any(item.person in theirs for item in away):
        return
    first, last = days
    begun: dt.date | None = None
    day = first
    while day <= last + _DAY:
        nobody = day <= last and _nobody(role, away, day)
        if nobody and begun is None:
            begun = day
        elif not nobody and begun is not None:
            yield _absence(role, away, begun, day - _DAY)
            begun = None
        day += _DAY


def _nobody(role: HeldRole, away: Sequence[Away], day: dt.date) -> bool:
    return acting(role.holders, role.deputies, away, day).why is Standing.ALL_AWAY


def _absence(role: HeldRole, away: Sequence[Away], first: dt.date, last: dt.date) -> Gap:
    agreed = (item.deputy for item in away if item.person in role.holders and item.covers(first))
    others = [person for person in (*role.deputies, *agreed) if person and person not in role.holders]
    return Gap(
        GapKind.BOTH_AWAY if others else GapKind.AWAY,
        role.incident,
        role.role,
        role.title,
        tuple(dict.fromkeys((*role.holders, *others))),
        first,
        last,
    )


def _standing(role: HeldRole, inactive: Collection[str]) -> Iterator[Gap]:
    gone = tuple(dict.fromkeys(person for person in (*role.holders, *role.deputies) if person in inactive))
    if gone:
        yield Gap(GapKind.INACTIVE, role.incident, role.role, role.title, gone)
    if role.deputy_needed and role.holders and not role.deputies:
        yield Gap(GapKind.NO_DEPUTY, role.incident, role.role, role.title, role.holders)


def _several(roles: Iterable[HeldRole]) -> Iterator[Gap]:
    """Yield each person who holds more than one role; the same role in several incidents is one."""
    held: dict[str, dict[str, TextMap]] = {}
    for role in roles:
        for person in role.holders:
            held.setdefault(person, {}).setdefault(role.role, role.title or {"en": role.role})
    for person in sorted(held):
        if len(held[person]) > 1:
            yield Gap(GapKind.SEVERAL, people=(person,), roles=tuple(held[person].values()))


def in_roster(
    able: Mapping[str, Collection[str]],
    deputies: Mapping[str, Collection[str]],
    titles: Mapping[str, TextMap],
) -> tuple[Gap, ...]:
    """Return the roles that one person of the roster can take, or none.

    Args:
        able: names of those who can take a role, by role.
        deputies: names of those who stand in for a role, by role.
        titles: words of the roles that are needed, by role.
    """
    found = []
    for role in sorted({*able, *deputies, *titles}):
        people, others = set(able.get(role, ())), set(deputies.get(role, ()))
        title = titles.get(role) or {"en": role}
        if not people:
            found.append(Gap(GapKind.NOBODY_ABLE, role=role, title=title, people=tuple(sorted(others))))
        elif len(people | others) == 1:
            found.append(Gap(GapKind.ONE_ABLE, role=role, title=title, people=tuple(people)))
    return tuple(found)
