"""Putting rows back as they were before an event, where nothing later has touched them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from muutosturva.models.base import Row
from muutosturva.models.log import Event, EventChange
from muutosturva.store.changes import Act, RowChange, from_json, restored, stored


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A row that cannot be put back, because it has been changed since.

    Attributes:
        change: what the event did to it.
        fields: the fields that are not as the event left them; () when the row itself is gone,
            or is one the event added and somebody worked on.
    """

    change: RowChange
    fields: tuple[str, ...]


def changes_of(session: Session, event_id: uuid.UUID) -> tuple[RowChange, ...]:
    """Return what an event did to rows; () when it did nothing to any, or that has been erased."""
    kept = session.get(EventChange, event_id)
    return () if kept is None else tuple(from_json(change) for change in kept.changes)


def later_events(session: Session, after: Event, rows: Sequence[uuid.UUID]) -> tuple[Event, ...]:
    """Return the events after one that touched any of the rows, oldest first."""
    wanted = {str(row) for row in rows}
    found = session.exec(
        select(Event, EventChange)
        .join(EventChange, col(EventChange.event_id) == col(Event.id))
        .where(Event.owner_area == after.owner_area, col(Event.seq) > after.seq)
        .order_by(col(Event.seq))
    ).all()
    return tuple(event for event, kept in found if any(change["id"] in wanted for change in kept.changes))


def overtaken(session: Session, changes: Sequence[RowChange]) -> tuple[Overtaken, ...]:
    """Return the rows that stand otherwise than the event left them."""
    return tuple(found for change in changes if (found := _overtaken(session, change)) is not None)


def row_of(session: Session, change: RowChange) -> Row | None:
    """Return the row a change is about as it stands now, or None when it is not there."""
    return session.get(_model(change.table), change.id)


def _overtaken(session: Session, change: RowChange) -> Overtaken | None:
    row = row_of(session, change)
    if change.act is Act.REMOVED:
        return None if row is None else Overtaken(change, ())
    if row is None:
        return Overtaken(change, ())
    if change.act is Act.ADDED:
        return None if row.version == change.version else Overtaken(change, ())
    differing = tuple(name for name, value in change.after.items() if stored(getattr(row, name)) != value)
    return Overtaken(change, differing) if differing else None


def put_back(session: Session, changes: Sequence[RowChange]) -> None:
    """Write rows as they were before; the newest change first, so that what it rests on is there.

    Call ``overtaken`` first: here nothing is compared.
    """
    for (table, act), alike in groupby(reversed(changes), key=lambda change: (change.table, change.act)):
        for change in alike:
            _put_back(session, _model(table), act, change)
        # In this order and no other: what refers to a row goes before it, and an index that lets one
        # row be the present one is never asked to hold two.
        session.flush()


def _put_back(session: Session, model: type[Row], act: Act, change: RowChange) -> None:
    if act is Act.REMOVED:
        session.add(model(**_values(model, change.before)))
        return
    row = session.get_one(model, change.id)
    if act is Act.ADDED:
        session.delete(row)
        return
    for name, value in _values(model, change.before).items():
        setattr(row, name, value)


def _values(model: type[Row], values: Any) -> dict[str, Any]:
    columns = sa.inspect(model).columns
    return {name: restored(columns[name].type, value) for name, value in values.items()}


def _model(table: str) -> type[Row]:
    return next(model for model in Row.__subclasses__() if model.__tablename__ == table)
