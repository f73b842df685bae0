"""Days the office is closed and days the council meets; every plan of the office follows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import NotFoundError, Problem
from muutosturva.incidents.acts.crossing import between, measured, record_crossings
from muutosturva.incidents.acts.guards import claim
from muutosturva.incidents.acts.refreshing import preview, refresh
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading.expanding import OfficeDays, expand_incident, saved_days
from muutosturva.models.incident import Incident
from muutosturva.models.states import RUNNING, OfficeDateKind
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.log import EventDraft, subject
from muutosturva.store.office_dates import office_dates, put_dates, take_dates
from muutosturva.store.store import Store, UnitOfWork

ADDED: Final = "store.dates_added"
REMOVED: Final = "store.dates_removed"
FOLLOWED: Final = "incidents.days_followed"
"""Kind of the event by which an incident's own log tells that its dates moved with the office's days."""


@dataclass(frozen=True, slots=True)
class DayChange:
    """Days of one kind that are added or removed.

    Attributes:
        kind: closed days or council dates.
        days: which.
        label: what the added ones are called, or "".
        remove: True to remove them.
    """

    kind: OfficeDateKind
    days: tuple[dt.date, ...]
    label: str = ""
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """What the office's days did to one incident's plan."""

    incident: str
    employer: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class DaysSet:
    """What became of days of the office.

    Attributes:
        change: what was asked.
        days: those that were added or removed, in order.
        left: those that stood already, or did not stand, in order.
        followed: what it did to each incident whose plan changed, of those the reader may know.
        warnings: days that are no working days anyway, so that one of them may be a slip.
    """

    change: DayChange
    days: tuple[dt.date, ...]
    left: tuple[dt.date, ...]
    followed: tuple[Followed, ...]
    warnings: tuple[Problem, ...]


def set_office_days(store: Store, change: DayChange, *, actor: str, now: dt.datetime) -> DaysSet:
    """Add or remove days of the office; tasks of running incidents that have not begun move with them.

    One event tells of the days, and one in each incident whose plan changed. Incidents that are
    hidden from the actor follow as well, and are not told of.

    Args:
        store: the store.
        change: which days.
        actor: who sets them.
        now: record time, aware.

    Raises:
        NotFoundError: none of the days that are to be removed stands.
    """
    with store.reading() as session:
        visible = {incident.readable_id for incident in _running(session, store.owner_area)}
    with store.transaction(actor, now, whole=True) as work:
        session = work.session
        before = saved_days(session, work.owner_area)
        told = _told(session, work.owner_area, change, before)
        if not told.days:
            work.unchanged()
            return told
        seen = {row.id: measured(session, row, now) for row in _running(session, work.owner_area)}
        _record(work, change, told.days)
        followed = []
        for incident in _running(session, work.owner_area):
            plan = expand_incident(session, incident)
            if plan.problems:  # It contradicts itself already, and whoever works on it is told so.
                continue
            changes = refresh(session, incident, plan, now, reason=change.label.strip())
            found = between(session, incident, seen[incident.id], measured(session, incident, now))
            changes = replace(changes, crossings=found)
            if not changes.empty:
                claim(incident, None)
                _note(work, incident, change, changes)
                followed.append(Followed(incident.readable_id, incident.employer, changes))
    return replace(told, followed=tuple(each for each in followed if each.incident in visible))


def preview_office_days(store: Store, change: DayChange, *, now: dt.datetime) -> DaysSet:
    """Return what ``set_office_days`` would do; nothing is written.

    Raises:
        NotFoundError: as ``set_office_days``.
    """
    with store.reading() as session:
        before = saved_days(session, store.owner_area)
        told = _told(session, store.owner_area, change, before)
        if not told.days:
            return told
        after = _changed(before, change, told.days)
        followed = []
        for incident in _running(session, store.owner_area):
            plan = expand_incident(session, incident, office=after)
            if plan.problems:
                continue
            seen, met = measured(session, incident, now), measured(session, incident, now, plan)
            found = between(session, incident, seen, met)
            changes = replace(preview(session, incident, plan), crossings=found)
            if not changes.empty:
                followed.append(Followed(incident.readable_id, incident.employer, changes))
        return replace(told, followed=tuple(followed))


def listed_days(session: Session, owner_area: str) -> Mapping[OfficeDateKind, Mapping[dt.date, str]]:
    """Return the days an area has set, by kind, with what they are called."""
    return {kind: office_dates(session, owner_area, kind) for kind in OfficeDateKind}


def _told(session: Session, owner_area: str, change: DayChange, before: OfficeDays) -> DaysSet:
    """Return which days change and which stay as they are.

    Raises:
        NotFoundError: none of the days that are to be removed stands.
    """
    standing = before.closed if change.kind is OfficeDateKind.CLOSED else before.council
    asked = sorted(set(change.days))
    days = tuple(day for day in asked if (day in standing) is change.remove)
    left = tuple(day for day in asked if day not in days)
    if change.remove and not days:
        known = tuple(office_dates(session, owner_area, change.kind))
        key = "incidents.office_day_not_found" if known else "incidents.no_office_days"
        raise NotFoundError(key, kind=change.kind, days=left, known=known)
    warnings = () if change.remove else tuple(_warnings(change.kind, days, before))
    return DaysSet(change, days, left, (), warnings)


def _warnings(kind: OfficeDateKind, days: tuple[dt.date, ...], before: OfficeDays) -> Iterator[Problem]:
    calendar = WorkCalendar(closed=before.closed if kind is OfficeDateKind.COUNCIL else frozenset())
    free = tuple(day for day in days if not calendar.is_working_day(day))
    if free:
        yield Problem(f"incidents.free_day_{kind}", {"days": free})


def _changed(before: OfficeDays, change: DayChange, days: tuple[dt.date, ...]) -> OfficeDays:
    def turned(standing: frozenset[dt.date]) -> frozenset[dt.date]:
        return standing - set(days) if change.remove else standing | set(days)

    if change.kind is OfficeDateKind.CLOSED:
        return replace(before, closed=turned(before.closed))
    return replace(before, council=turned(before.council))


def _running(session: Session, owner_area: str) -> list[Incident]:
    """Return the incidents of an area that have a plan and have not ended."""
    found = session.exec(
        select(Incident)
        .where(col(Incident.owner_area) == owner_area, col(Incident.state).in_(RUNNING))
        .order_by(col(Incident.readable_id))
    )
    return [incident for incident in found if not incident.situation]


def _record(work: UnitOfWork, change: DayChange, days: tuple[dt.date, ...]) -> None:
    """Change the rows, and say so."""
    if change.remove:
        kind, rows = REMOVED, take_dates(work, change.kind, days)
    else:
        kind, rows = ADDED, put_dates(work, change.kind, days, change.label.strip())
    payload = {"kind": change.kind, "days": days, "label": rows[0].label}
    subjects = [subject(row) for row in rows]
    work.record(EventDraft(kind, subjects=subjects, fields=("day",), payload=payload))


def _note(work: UnitOfWork, incident: Incident, change: DayChange, changes: Changes) -> None:
    work.consequence(
        EventDraft(
            FOLLOWED,
            incident_id=incident.id,
            subjects=(incident.readable_id,),
            fields=("due",),
            payload={"kind": change.kind, **told_changes(changes)},
        )
    )
    record_crossings(work, incident, changes.crossings)
