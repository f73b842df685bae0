"""Read models of the roster and the parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from muutosturva.models.standing import Absence, Party, RosterPerson


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of the roster."""

    slug: str
    name: str
    title: Mapping[str, str]
    area: str
    roles: tuple[str, ...]
    deputy_for: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    email: str
    phone: str
    active: bool


@dataclass(frozen=True, slots=True)
class PartyView:
    """An organisation with a part in an incident; ``confidence`` marks what is unsure of it."""

    slug: str
    name: Mapping[str, str]
    kind: str
    role: Mapping[str, str]
    audience: str
    confidence: str


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """Days on which a person is away, first and last included; ``deputy`` is "" where none is agreed."""

    person: str
    first_day: dt.date
    last_day: dt.date
    deputy: str


def person_view(row: RosterPerson) -> PersonView:
    """Return a person as the front ends see one."""
    return PersonView(
        row.slug,
        row.name,
        row.title,
        row.area_slug,
        tuple(row.roles),
        tuple(row.deputy_for),
        tuple(row.skills),
        tuple(row.languages),
        row.email,
        row.phone,
        row.active,
    )


def roster(session: Session) -> tuple[PersonView, ...]:
    """Return everybody in the roster, by name."""
    found = session.exec(select(RosterPerson).order_by(col(RosterPerson.name))).all()
    return tuple(person_view(row) for row in found)


def absence_view(row: Absence, person: str, deputy: str) -> AbsenceView:
    """Return an absence with the names of who is away and who stands in."""
    return AbsenceView(person, row.first_day, row.last_day, deputy)


def absences(
    session: Session, first: dt.date | None = None, last: dt.date | None = None
) -> tuple[AbsenceView, ...]:
    """Return the absences that touch the days from ``first`` to ``last``, in order of their days.

    Args:
        session: any session.
        first: first day looked at; None for however far back.
        last: last day looked at; None for however far ahead.
    """
    wanted = select(Absence)
    if first is not None:
        wanted = wanted.where(col(Absence.last_day) >= first)
    if last is not None:
        wanted = wanted.where(col(Absence.first_day) <= last)
    names = dict(session.exec(select(RosterPerson.id, RosterPerson.name)).all())
    found = [
        absence_view(row, names[row.person_id], names[row.deputy_id] if row.deputy_id else "")
        for row in session.exec(wanted)
    ]
    return tuple(sorted(found, key=lambda item: (item.first_day, item.last_day, item.person)))


def parties(session: Session) -> tuple[PartyView, ...]:
    """Return the organisations, by slug."""
    found = session.exec(select(Party).order_by(col(Party.slug))).all()
    return tuple(
        PartyView(row.slug, row.name, row.kind, row.role, row.audience, row.confidence) for row in found
    )
