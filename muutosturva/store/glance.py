"""The store read without the classes of its tables, for a list that must come at once.

What is restricted is kept from this door as from the object layer: by the same question,
``light.hidden_from``.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from muutosturva.errors import MachineError
from muutosturva.models.states import OPEN_TASKS, RUNNING, StoreKind
from muutosturva.store.engine import connect, reader
from muutosturva.store.faults import told
from muutosturva.store.lateness import past
from muutosturva.store.light import (
    ABSENCE,
    AREA,
    HOLDER,
    INCIDENT,
    PERSON,
    ROLE,
    STORE_INFO,
    TASK,
    TASK_AREA,
    hidden_from,
)
from muutosturva.store.location import parse_target
from muutosturva.store.resting import resting


@dataclass(frozen=True, slots=True)
class Glance:
    """An open store that is only looked at.

    Attributes:
        connection: cannot write; what is read through it fits together.
        kind: real, example or drill.
        place: path or address as people read it.
    """

    connection: sa.Connection
    kind: StoreKind
    place: str


@contextmanager
def glance(place: str | Path) -> Iterator[Glance]:
    """Open the store at ``place`` for one look.

    Raises:
        UsageError, NotFoundError, RefusedError, MachineError: as ``Store.open``.
    """
    shown = parse_target(place).shown
    engine = connect(place)
    try:
        with told(shown, disk=False), reader(engine) as connection:
            kind = connection.execute(sa.select(STORE_INFO.c.kind).where(STORE_INFO.c.id == 1)).scalar()
            if kind is None:
                raise MachineError("store.corrupt", path=shown, detail="store_info")
            yield Glance(connection, StoreKind(kind), shown)
    finally:
        engine.dispose()


def active_people(seen: Glance) -> list[tuple[str, str]]:
    """Return name and slug of everybody who is active."""
    found = _read(seen, sa.select(PERSON.c.name, PERSON.c.slug).where(PERSON.c.active))
    return [(row.name, row.slug) for row in found]


def names(seen: Glance) -> dict[uuid.UUID, str]:
    """Return the name of everybody in the roster by id, those no longer active too."""
    return {row.id: row.name for row in _read(seen, sa.select(PERSON.c.id, PERSON.c.name))}


def absences(seen: Glance, day: dt.date) -> Sequence[Any]:
    """Return the absences that cover a day, the one that began first first."""
    covering = sa.select(ABSENCE).where(ABSENCE.c.first_day <= day, ABSENCE.c.last_day >= day)
    return _read(seen, covering.order_by(ABSENCE.c.first_day))


def roles(seen: Glance, incidents: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return the roles that incidents need."""
    return _read(seen, sa.select(ROLE).where(ROLE.c.incident_id.in_(incidents)))


def holders(seen: Glance, incidents: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return who holds roles of incidents, and who is a deputy: the first of each first."""
    present = (
        sa.select(HOLDER)
        .join_from(HOLDER, PERSON, PERSON.c.id == HOLDER.c.person_id)
        .where(HOLDER.c.incident_id.in_(incidents), HOLDER.c.renounced_at.is_(None))
    )
    return _read(seen, present.order_by(HOLDER.c.assumed_at, PERSON.c.name))


def task_areas(seen: Glance, incidents: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return the areas that share tasks of incidents, with their names, by name."""
    shared = sa.select(TASK_AREA, AREA.c.name).join_from(
        TASK_AREA, AREA, AREA.c.slug == TASK_AREA.c.area_slug
    )
    return _read(seen, shared.where(TASK_AREA.c.incident_id.in_(incidents)).order_by(AREA.c.name))


def work(
    seen: Glance, reader: str, *, late_on: dt.date | None, everything: bool, limit: int | None
) -> tuple[Sequence[Any], int]:
    """Return the first tasks of the running incidents a person may know of, and how many there are.

    Args:
        seen: an open store.
        reader: the name as the access lists have it.
        late_on: only open tasks that are late at this moment, or on this day.
        everything: ended tasks too.
        limit: how many at most; all when None.
    """
    wanted: list[Any] = [TASK.c.incident_id.in_(_running(reader))]
    if not everything or late_on is not None:
        wanted += [TASK.c.state.in_([state.value for state in OPEN_TASKS]), ~resting(TASK.c, INCIDENT.c)]
    if late_on is not None:
        wanted.append(past(TASK.c, late_on))
    (count,) = _read(seen, sa.select(sa.func.count()).select_from(TASK).where(*wanted))
    order = (TASK.c.due_on.is_(None), TASK.c.due_on, TASK.c.incident_id, TASK.c.position)
    # The ids come out of an index alone; the wide rows are fetched for those that are shown.
    first = sa.select(TASK.c.id).where(*wanted).order_by(*order).limit(limit)
    found = _read(
        seen,
        sa.select(TASK, INCIDENT.c.readable_id, INCIDENT.c.employer, INCIDENT.c.state.label("incident_state"))
        .join_from(TASK, INCIDENT, INCIDENT.c.id == TASK.c.incident_id)
        .where(TASK.c.id.in_(first))
        .order_by(*order),
    )
    return found, count[0]


def _running(reader: str) -> sa.Select[Any]:
    """Ask for the ids of the running incidents with work of their own that a person may know of."""
    hidden = hidden_from(reader).with_only_columns(INCIDENT.c.id).correlate(None)
    return sa.select(INCIDENT.c.id).where(
        INCIDENT.c.state.in_([state.value for state in RUNNING]),
        ~INCIDENT.c.situation,
        INCIDENT.c.id.not_in(hidden),
    )


def _read(seen: Glance, statement: sa.Select[Any]) -> Sequence[Any]:
    return seen.connection.execute(statement).all()
