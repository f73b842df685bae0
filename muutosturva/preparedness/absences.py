"""Absences: the days on which somebody of the roster is away, and who then stands in.

No reason is asked or kept: why somebody is away is nobody's business here, and illness is health
data. An absence may be written down afterwards as well as ahead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import InputError, NotFoundError, Problem
from muutosturva.incidents.reading.finding import find_person
from muutosturva.models.standing import Absence, RosterPerson
from muutosturva.preparedness.queries import AbsenceView, absence_view
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

ABSENCE_ADDED: Final = "preparedness.absence_added"
ABSENCE_REMOVED: Final = "preparedness.absence_removed"


@dataclass(frozen=True, slots=True)
class AbsenceAdded:
    """A recorded absence, and what the group should know of it all the same.

    Attributes:
        absence: what was recorded.
        warnings: the deputy is away on some of the same days; nothing was refused for it.
    """

    absence: AbsenceView
    warnings: tuple[Problem, ...]


def add_absence(
    store: Store,
    person: str,
    first_day: dt.date,
    last_day: dt.date,
    *,
    deputy: str | None = None,
    actor: str,
    now: dt.datetime,
) -> AbsenceAdded:
    """Record that a person is away: one use case, one event.

    Args:
        store: the store.
        person: who is away, by name or id.
        first_day: first day away.
        last_day: last day away, included.
        deputy: who stands in for everything, by name or id; None where it is left to each role.
        actor: who records it.
        now: record time, aware.

    Raises:
        NotFoundError: no such person or deputy in the roster.
        InputError: the days run backwards or overlap an absence of the same person, or the deputy
            is the person; everything is listed.
    """
    with store.transaction(actor, now) as work:
        session = work.session
        away = find_person(session, person)
        standing_in = find_person(session, deputy) if deputy else None
        problems = list(_problems(session, away, standing_in, first_day, last_day))
        if problems:
            raise InputError("preparedness.absence", problems=problems, person=away.name)
        row = Absence(
            owner_area=work.owner_area,
            person_id=away.id,
            deputy_id=standing_in.id if standing_in else None,
            first_day=first_day,
            last_day=last_day,
        )
        session.add(row)
        session.flush()
        view = absence_view(row, away.name, standing_in.name if standing_in else "")
        _record(work, ABSENCE_ADDED, away, view)
        warnings = _also_away(session, standing_in, first_day, last_day) if standing_in else ()
        return AbsenceAdded(view, tuple(warnings))


def remove_absence(
    store: Store, person: str, first_day: dt.date, *, actor: str, now: dt.datetime
) -> AbsenceView:
    """Take back an absence by its first day: one use case, one event.

    Raises:
        NotFoundError: no such person, or no absence of theirs begins on that day; the days on
            which one does are in the parameters.
    """
    with store.transaction(actor, now) as work:
        session = work.session
        away = find_person(session, person)
        own = session.exec(
            select(Absence).where(Absence.person_id == away.id).order_by(col(Absence.first_day))
        ).all()
        row = next((absence for absence in own if absence.first_day == first_day), None)
        if row is None:
            known = tuple(absence.first_day for absence in own)
            key = "preparedness.absence_not_found" if known else "preparedness.no_absences"
            raise NotFoundError(key, person=away.name, day=first_day, known=known)
        deputy = session.get(RosterPerson, row.deputy_id) if row.deputy_id else None
        view = absence_view(row, away.name, deputy.name if deputy else "")
        session.delete(row)
        _record(work, ABSENCE_REMOVED, away, view)
        return view


def _record(work: UnitOfWork, kind: str, away: RosterPerson, view: AbsenceView) -> None:
    payload = {
        "person": view.person,
        "first": view.first_day.isoformat(),
        "last": view.last_day.isoformat(),
        **({"deputy": view.deputy} if view.deputy else {}),
    }
    work.record(
        EventDraft(kind=kind, subjects=(f"person:{away.slug}",), fields=("absence",), payload=payload)
    )


def _problems(
    session: Session,
    away: RosterPerson,
    deputy: RosterPerson | None,
    first_day: dt.date,
    last_day: dt.date,
) -> Iterator[Problem]:
    if last_day < first_day:
        yield Problem("preparedness.absence_backwards", {"first": first_day, "last": last_day})
    for other in _overlapping(session, away, first_day, last_day):
        yield Problem("preparedness.absence_overlaps", {"first": other.first_day, "last": other.last_day})
    if deputy is not None and deputy.id == away.id:
        yield Problem("preparedness.own_deputy", {"person": away.name})


def _also_away(
    session: Session, deputy: RosterPerson, first_day: dt.date, last_day: dt.date
) -> Iterator[Problem]:
    for other in _overlapping(session, deputy, first_day, last_day):
        params = {"deputy": deputy.name, "first": other.first_day, "last": other.last_day}
        yield Problem("preparedness.deputy_away", params)


def _overlapping(
    session: Session, person: RosterPerson, first_day: dt.date, last_day: dt.date
) -> Sequence[Absence]:
    return session.exec(
        select(Absence)
        .where(
            Absence.person_id == person.id,
            col(Absence.first_day) <= last_day,
            col(Absence.last_day) >= first_day,
        )
        .order_by(col(Absence.first_day))
    ).all()
