"""Use cases of the standing data: adding a person to the roster, and their absences."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import InputError, Problem, nearest
from muutosturva.models.places import Area
from muutosturva.models.standing import RosterPerson
from muutosturva.preparedness.absences import AbsenceAdded, add_absence, remove_absence
from muutosturva.preparedness.queries import PersonView, person_view
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store

__all__ = ["AbsenceAdded", "NewPerson", "add_absence", "add_person", "remove_absence"]

PERSON_ADDED: Final = "preparedness.person_added"

_ID: Final = re.compile(r"[a-z][a-z0-9_-]*")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be added to the roster.

    Attributes:
        name: first and last name; roles and tasks are given by it.
        title: what the person does, by language.
        area: slug of the employment area; the store's own when "".
        roles: playbook roles the person can take.
        deputy_for: roles taken when the first one is away.
        skills: what the person is trained in.
        languages: language tags the person can serve in.
        email, phone: how to reach the person at work, or "".
    """

    name: str
    title: Mapping[str, str] = field(default_factory=dict)
    area: str = ""
    roles: tuple[str, ...] = ()
    deputy_for: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""


def add_person(store: Store, person: NewPerson, *, actor: str, now: dt.datetime) -> PersonView:
    """Add a person to the roster: one use case, one event.

    Args:
        store: the store.
        person: who.
        actor: who adds the person.
        now: record time, aware.

    Raises:
        InputError: no name, a name or address that cannot be right, or somebody of that name is in
            the roster; everything is listed.
    """
    with store.transaction(actor, now) as work:
        problems = list(_problems(work.session, person))
        if problems:
            raise InputError("preparedness.person", problems=problems, name=person.name)
        row = RosterPerson(
            owner_area=work.owner_area,
            slug=_free_slug(work.session, person.name),
            name=" ".join(person.name.split()),
            title=dict(person.title),
            area_slug=person.area or work.owner_area,
            roles=list(person.roles),
            deputy_for=list(person.deputy_for),
            skills=list(person.skills),
            languages=list(person.languages),
            email=person.email,
            phone=person.phone,
        )
        work.session.add(row)
        work.session.flush()
        work.record(
            EventDraft(
                kind=PERSON_ADDED,
                subjects=(f"person:{row.slug}",),
                fields=tuple(name for name, value in asdict(person).items() if value),
                payload={**asdict(person), "title": dict(person.title)},
            )
        )
        return person_view(row)


def _problems(session: Session, person: NewPerson) -> Iterator[Problem]:
    folded = " ".join(person.name.split()).casefold()
    names = session.exec(select(RosterPerson.name)).all()
    if not folded:
        yield Problem("preparedness.name_missing")
    elif folded in {name.casefold() for name in names}:
        yield Problem("preparedness.name_taken", {"name": person.name})
    if person.email and not _EMAIL.fullmatch(person.email):
        yield Problem("preparedness.email_form", {"email": person.email})
    for name in (*person.roles, *person.deputy_for, *person.skills):
        if not _ID.fullmatch(name):
            yield Problem("preparedness.id_form", {"id": name})
    for tag in person.languages:
        if not _LANGUAGE.fullmatch(tag):
            yield Problem("preparedness.language_form", {"language": tag})
    areas = session.exec(select(Area.slug)).all()
    if person.area and person.area not in areas:
        yield Problem("preparedness.no_area", {"area": person.area, "nearest": nearest(person.area, areas)})


def _free_slug(session: Session, name: str) -> str:
    """Return ``aino-esimerkki``, with a number behind it where that is taken."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:56] or "person"
    taken = session.exec(select(RosterPerson.slug).where(col(RosterPerson.slug).startswith(stem))).all()
    number = 2
    slug = stem
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
