"""The days the office sets: closed days and council dates, as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlmodel import Session, col, select

from muutosturva.models.office import OfficeDate, StoreInfo
from muutosturva.models.states import OfficeDateKind
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.store import UnitOfWork


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


def put_dates(
    work: UnitOfWork, kind: OfficeDateKind, days: Iterable[dt.date], label: str
) -> tuple[OfficeDate, ...]:
    """Add closed days or council dates; days that stand already are left alone.

    Returns:
        The rows that were added, in order of their days.
    """
    known = office_dates(work.session, work.owner_area, kind)
    rows = tuple(
        OfficeDate(owner_area=work.owner_area, kind=kind, day=day, label=label)
        for day in sorted(set(days) - set(known))
    )
    work.session.add_all(rows)
    work.session.flush()
    return rows


def take_dates(work: UnitOfWork, kind: OfficeDateKind, days: Iterable[dt.date]) -> tuple[OfficeDate, ...]:
    """Remove closed days or council dates; days that do not stand are left alone.

    Returns:
        The rows that were removed, in order of their days.
    """
    query = (
        select(OfficeDate)
        .where(
            col(OfficeDate.owner_area) == work.owner_area,
            col(OfficeDate.kind) == kind,
            col(OfficeDate.day).in_(list(days)),
        )
        .order_by(col(OfficeDate.day))
    )
    rows = tuple(work.session.exec(query))
    for row in rows:
        work.session.delete(row)
    work.session.flush()
    return rows
