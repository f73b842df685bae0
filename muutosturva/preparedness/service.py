"""Use cases of the standing data: adding a person to the roster, and their absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from sqlmodel import Session, select

from muutosturva.errors import InputError, Problem, nearest
from muutosturva.models.places import Area
from muutosturva.models.standing import RosterPerson
from muutosturva.preparedness.absences import AbsenceAdded, add_absence, remove_absence
from muutosturva.preparedness.forms import EMAIL, ID, LANGUAGE
from muutosturva.preparedness.loading import RosterLoad, load_roster, preview_roster
from muutosturva.preparedness.queries import PersonView, person_view
from muutosturva.preparedness.slugs import free_slug
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store

__all__ = [
    "AbsenceAdded",
    "NewPerson",
    "RosterLoad",
    "add_absence",
    "add_person",
    "load_roster",
    "preview_roster",
    "remove_absence",
]

PERSON_ADDED: Final = "preparedness.person_added"


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
            slug=free_slug(work.session.exec(select(RosterPerson.slug)).all(), person.name),
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
    if person.email and not EMAIL.fullmatch(person.email):
        yield Problem("preparedness.email_form", {"email": person.email})
    for name in (*person.roles, *person.deputy_for, *person.skills):
        if not ID.fullmatch(name):
            yield Problem("preparedness.id_form", {"id": name})
    for tag in person.languages:
        if not LANGUAGE.fullmatch(tag):
            yield Problem("preparedness.language_form", {"language": tag})
    areas = session.exec(select(Area.slug)).all()
    if person.area and person.area not in areas:
        yield Problem("preparedness.no_area", {"area": person.area, "nearest": nearest(person.area, areas)})
