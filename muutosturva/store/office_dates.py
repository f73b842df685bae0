"""The days the office sets: closed days and council dates, all audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlmodel import Session, col, select

from muutosturva.models.office import OfficeDate, StoreInfo
from muutosturva.models.states import OfficeDateKind
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.log import EventDraft, subject
from muutosturva.store.store import Store

DATES_CHANGED = "store.dates_changed"


def load_calendar(session: Session, owner_area: str | None = None) -> WorkCalendar:
    """Return the working days of an area: its closed days over the public holidays.

    Args:
        session: any session.
        owner_area: slug of the area; the store's own when None.
    """
    area = session.exec(select(StoreInfo)).one().owner_area if owner_area is None else owner_area
    return WorkCalendar(closed=frozenset(office_dates(session, area, OfficeDateKind.CLOSED)))


def office_dates(session: Session, owner_area: str, kind: OfficeDateKind) -> dict[dt.date, str]:
    """Return the closed days or council dates of an area with their labels, in order."""
    query = (
        select(OfficeDate)
        .where(col(OfficeDate.owner_area) == owner_area, col(OfficeDate.kind) == kind)
        .order_by(col(OfficeDate.day))
    )
    return {row.day: row.label for row in session.exec(query)}


def add_dates(
    store: Store, kind: OfficeDateKind, days: Iterable[dt.date], *, label: str, actor: str, now: dt.datetime
) -> list[dt.date]:
    """Add closed days or council dates; days that stand already are left alone.

    Returns:
        The days that were added, in order.
    """
    with store.transaction(actor, now) as work:
        known = office_dates(work.session, work.owner_area, kind)
        added = sorted(set(days) - set(known))
        rows = [OfficeDate(owner_area=work.owner_area, kind=kind, day=day, label=label) for day in added]
        work.session.add_all(rows)
        if rows:
            work.record(_dates_event(rows, {"kind": kind, "added": added, "label": label}))
        else:
            work.unchanged()
    return added


def remove_dates(
    store: Store, kind: OfficeDateKind, days: Iterable[dt.date], *, actor: str, now: dt.datetime
) -> list[dt.date]:
    """Remove closed days or council dates; days that do not stand are left alone.

    Returns:
        The days that were removed, in order.
    """
    with store.transaction(actor, now) as work:
        query = select(OfficeDate).where(
            col(OfficeDate.owner_area) == work.owner_area,
            col(OfficeDate.kind) == kind,
            col(OfficeDate.day).in_(list(days)),
        )
        rows = list(work.session.exec(query))
        removed = sorted(row.day for row in rows)
        for row in rows:
            work.session.delete(row)
        if rows:
            work.record(_dates_event(rows, {"kind": kind, "removed": removed}))
        else:
            work.unchanged()
    return removed


def _dates_event(rows: Iterable[OfficeDate], payload: dict[str, object]) -> EventDraft:
    return EventDraft(
        DATES_CHANGED, subjects=[subject(row) for row in rows], fields=("day",), payload=payload
    )
