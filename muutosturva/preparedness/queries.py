"""Read models of the roster and the parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from muutosturva.models.standing import Party, RosterPerson


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


def parties(session: Session) -> tuple[PartyView, ...]:
    """Return the organisations, by slug."""
    found = session.exec(select(Party).order_by(col(Party.slug))).all()
    return tuple(
        PartyView(row.slug, row.name, row.kind, row.role, row.audience, row.confidence) for row in found
    )
