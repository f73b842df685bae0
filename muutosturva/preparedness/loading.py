"""Use case: a roster is loaded from a file. What it changes is shown before, and taken in one act.

Nobody is deleted: who is missing from the file stays as they are, or becomes inactive when that is
asked for. Rows in which something is wrong are left out and told; with ``strict`` none is taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import InputError, Problem, nearest
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.models.incident import Incident, IncidentRole, RoleHolder
from muutosturva.models.places import Area
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import RUNNING
from muutosturva.preparedness.roster_rows import Known, RowProblem, Value, Wanted, judge
from muutosturva.preparedness.roster_sheet import RosterSheet
from muutosturva.preparedness.slugs import free_slug
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store

LOADED: Final = "preparedness.roster_loaded"

_TAGS: Final = ("fi", "sv", "en", "uk", "ru", "et", "so", "ar")
"""Languages that are known by their names too; any other one by its tag."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one person that the file changes."""

    person: str
    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class RosterLoad:
    """What a file does to the roster.

    Attributes:
        sheet: the file as it was read.
        added: names of those who are new.
        changes: field by field, of those the roster knows.
        unchanged: how many rows say what the roster says already.
        missing: active people of the roster whom the file does not have.
        retired: those of them who become inactive.
        holding: those of them who hold roles in running incidents.
        rejected: rows that are left out, and why.
        warnings: what should be looked at; nothing was refused for it.
    """

    sheet: RosterSheet
    added: tuple[str, ...]
    changes: tuple[Changed, ...]
    unchanged: int
    missing: tuple[str, ...]
    retired: tuple[str, ...]
    holding: tuple[str, ...]
    rejected: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]

    @property
    def altered(self) -> tuple[str, ...]:
        """Return the names of those whom the file changes."""
        return tuple(dict.fromkeys(change.person for change in self.changes))

    @property
    def empty(self) -> bool:
        """Tell whether nothing changes."""
        return not (self.added or self.changes or self.retired)


def preview_roster(
    store: Store,
    sheet: RosterSheet,
    roles: Mapping[str, str],
    *,
    retire_missing: bool = False,
    language: Language,
) -> RosterLoad:
    """Return what ``load_roster`` would do; nothing is saved."""
    with store.reading() as session:
        taking = _Taking(session, store.owner_area, language, saving=False)
        return taking.all(sheet, roles, retire_missing=retire_missing).told


def load_roster(
    store: Store,
    sheet: RosterSheet,
    roles: Mapping[str, str],
    *,
    retire_missing: bool = False,
    strict: bool = False,
    language: Language,
    actor: str,
    now: dt.datetime,
) -> RosterLoad:
    """Load a roster from a file: one use case, one event.

    Args:
        store: the store.
        sheet: the file as it was read.
        roles: ids of the roles the playbooks know, by id and by title in small letters.
        retire_missing: active people whom the file does not have become inactive.
        strict: take nothing when any row has problems.
        language: of the titles in the file.
        actor: who loads it.
        now: record time, aware.

    Raises:
        InputError: with ``strict``, a row has problems; all are listed.
    """
    with store.transaction(actor, now) as unit:
        taking = _Taking(unit.session, unit.owner_area, language, saving=True)
        found = taking.all(sheet, roles, retire_missing=retire_missing)
        told = found.told
        if strict and told.rejected:
            raise InputError(
                "preparedness.roster_strict",
                problems=[row.problem for row in told.rejected],
                file=sheet.file,
            )
        if told.empty:
            unit.unchanged()
            return told
        unit.session.add_all(found.fresh)
        unit.session.flush()
        unit.record(
            EventDraft(
                LOADED,
                subjects=tuple(f"person:{slug}" for slug in found.touched),
                fields=tuple(dict.fromkeys(change.field for change in told.changes)),
                payload={
                    "file": sheet.file,
                    "new": len(told.added),
                    "altered": len(told.altered),
                    "inactive": len(told.retired),
                    "people": list(dict.fromkeys((*told.added, *told.altered, *told.retired))),
                    "changes": [
                        {"person": each.person, "field": each.field, "old": each.old, "new": each.new}
                        for each in told.changes
                    ],
                },
            )
        )
        return told


@dataclass(frozen=True, slots=True)
class _Loading:
    told: RosterLoad
    fresh: Sequence[RosterPerson]
    touched: Sequence[str]


def _known(session: Session, roles: Mapping[str, str]) -> Known:
    """Return what words of the file may be: roles of playbooks, running incidents and the roster."""
    areas = session.exec(select(Area)).all()
    found = dict(roles)
    for role in session.exec(select(IncidentRole)):
        found |= {name.casefold(): role.role for name in (role.role, *role.title.values())}
    for person in session.exec(select(RosterPerson)):
        found |= {role: role for role in (*person.roles, *person.deputy_for)}
    return Known(
        areas={
            name.casefold(): area.slug
            for area in areas
            for name in (area.slug, area.name, area.name_sv)
            if name
        },
        roles=found,
        languages=_languages(),
        yes=_words("yes"),
        no=_words("no"),
    )


def _words(name: str) -> frozenset[str]:
    """Return what people write for yes or no in a cell."""
    texts = [Texts(language) for language in LANGUAGES]
    return frozenset(word for each in texts for word in each(f"preparedness.cell.{name}").split("|"))


def _languages() -> dict[str, str]:
    """Return the tag of each language whose name is known, by its names."""
    texts = [Texts(language) for language in LANGUAGES]
    return {each(f"preparedness.language.{tag}"): tag for each in texts for tag in _TAGS}


@dataclass(frozen=True, slots=True)
class _Taking:
    """Takes rows into the session; without ``saving`` it only tells what it would do."""

    session: Session
    owner_area: str
    language: Language
    saving: bool

    def all(self, sheet: RosterSheet, roles: Mapping[str, str], *, retire_missing: bool) -> _Loading:
        judged = judge(sheet, _known(self.session, roles))
        people = self.session.exec(select(RosterPerson).order_by(col(RosterPerson.name))).all()
        by_name = {person.name.casefold(): person for person in people}
        by_slug = {person.slug.casefold(): person for person in people}
        rejected, changes, fresh = list(judged.rejected), list[Changed](), list[RosterPerson]()
        named: set[str] = set()
        unchanged = 0
        for row in judged.wanted:
            person = by_slug.get(row.slug) if row.slug else by_name.get(row.name.casefold())
            problem = _refused(row, person, by_name, by_slug)
            if problem is not None:
                rejected.append(RowProblem(row.row.number, "", sheet.placed(problem, row.row)))
            elif person is None:
                fresh.append(self._new(row, [each.slug for each in (*people, *fresh)]))
            else:
                named.add(person.slug)
                made = list(self._changes(row, person))
                changes += made
                unchanged += not made
        missing = _missing(people, named, sheet, {each.number for each in rejected})
        holding = self._holding(missing) if retire_missing else ()
        for person in missing if retire_missing and self.saving else ():
            person.active = False
        told = RosterLoad(
            sheet=sheet,
            added=tuple(person.name for person in fresh),
            changes=tuple(changes),
            unchanged=unchanged,
            missing=tuple(person.name for person in missing),
            retired=tuple(person.name for person in missing) if retire_missing else (),
            holding=holding,
            rejected=tuple(sorted(rejected, key=lambda each: (each.number, each.problem.path or ""))),
            warnings=judged.warnings,
        )
        touched = _touched(told)
        return _Loading(told, fresh, [person.slug for person in (*fresh, *people) if person.name in touched])

    def _new(self, row: Wanted, taken: Sequence[str]) -> RosterPerson:
        person = RosterPerson(
            owner_area=self.owner_area,
            slug=free_slug(taken, row.name),
            name=row.name,
            area_slug=self.owner_area,
        )
        for name, value in row.values.items():
            if value != "":
                self._set(person, name, value)
        return person

    def _changes(self, row: Wanted, person: RosterPerson) -> Iterator[Changed]:
        """Change a person to what the row says, and yield what changed."""
        wanted: dict[str, Value] = {"active": True, **row.values}
        if row.name:
            wanted["name"] = row.name
        shown = person.name
        for name, new in wanted.items():
            old = self._value(person, name)
            if name == "area" and not new:
                continue
            if old != new:
                if self.saving:
                    self._set(person, name, new)
                yield Changed(shown, name, old, new)

    def _value(self, person: RosterPerson, name: str) -> Value:
        if name == "title":
            return person.title.get(self.language, "")
        value = getattr(person, "area_slug" if name == "area" else name)
        return tuple(value) if isinstance(value, list) else value

    def _set(self, person: RosterPerson, name: str, new: Value) -> None:
        if name == "title":
            person.title = {**person.title, self.language: str(new)}
        elif name == "area":
            person.area_slug = str(new)
        else:
            setattr(person, name, list(new) if isinstance(new, tuple) else new)

    def _holding(self, people: Sequence[RosterPerson]) -> tuple[str, ...]:
        """Return the names of those who hold roles in running incidents."""
        found = self.session.exec(
            select(RosterPerson.name)
            .join(RoleHolder, col(RoleHolder.person_id) == col(RosterPerson.id))
            .join(Incident, col(Incident.id) == col(RoleHolder.incident_id))
            .where(
                col(RosterPerson.id).in_([person.id for person in people]),
                col(RoleHolder.renounced_at).is_(None),
                col(Incident.state).in_([state.value for state in RUNNING]),
            )
            .order_by(col(RosterPerson.name))
            .distinct()
        )
        return tuple(found)


def _refused(
    row: Wanted,
    person: RosterPerson | None,
    by_name: Mapping[str, RosterPerson],
    by_slug: Mapping[str, RosterPerson],
) -> Problem | None:
    """Return why a row cannot be taken into this roster, or None."""
    if row.slug and person is None:
        return Problem("preparedness.no_person", {"id": row.slug, "nearest": nearest(row.slug, by_slug)})
    other = by_name.get(row.name.casefold())
    if person is not None and other is not None and other is not person:
        return Problem("preparedness.name_taken", {"name": row.name})
    return None


def _missing(
    people: Sequence[RosterPerson], named: Collection[str], sheet: RosterSheet, rejected: Collection[int]
) -> list[RosterPerson]:
    """Return the active people whom the file does not have; one whose row has problems is there."""
    troubled = {
        row.cells.get(name, "").casefold()
        for row in sheet.rows
        if row.number in rejected
        for name in ("id", "name")
    }
    return [
        person
        for person in people
        if person.active
        and person.slug not in named
        and not {person.slug.casefold(), person.name.casefold()} & troubled
    ]


def _touched(told: RosterLoad) -> set[str]:
    names = {*told.added, *told.retired, *told.altered}
    return names | {str(change.new) for change in told.changes if change.field == "name"}
