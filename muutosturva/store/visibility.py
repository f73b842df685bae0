"""Whom a session shows what: a restricted incident is not there for those who were not let in.

There is one door. What is hidden is worked out once when a session is opened for a reader, and every
SELECT, UPDATE and DELETE of the object layer is narrowed by it: lists, sums, searches, nearest names
and fetches by key alike, in the words for what never was. A table is hidden by each of its foreign
keys to an incident, so that one added later is covered without being named here. Events are hidden
also when they only *name* a hidden incident (a situation that took it in).

What is never narrowed: statements over ``Model.__table__`` and over the connection, which only the
store itself makes, and those that ask for everything by ``EVERYTHING`` because two incidents must
not get one id.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlmodel import Session, col
from sqlmodel.main import default_registry

from muutosturva.models.incident import Incident
from muutosturva.models.log import Event, EventChange, EventPayload
from muutosturva.store.light import hidden_from

EVERYTHING: Final = "muutosturva_everything"
"""Execution option of a statement that must see what is hidden: is an id free, what is the next one."""

OF_EVENTS: Final[tuple[type[Any], ...]] = (EventPayload, EventChange)
"""Tables that hang on an event and share its fate."""


def narrow(session: Session, reader: str) -> None:
    """Let ``session`` show only what ``reader`` may know; costs nothing where nothing is hidden.

    Args:
        session: new, and not used for longer than one use case.
        reader: the name as the access list has it.
    """
    hidden = session.execute(hidden_from(reader)).all()
    if not hidden:
        return
    options = _criteria([key for key, _ in hidden], [name for _, name in hidden])

    def narrowed(state: ORMExecuteState) -> None:
        if state.execution_options.get(EVERYTHING) or not (
            state.is_select or state.is_update or state.is_delete
        ):
            return
        state.statement = state.statement.options(*options)

    event.listen(session, "do_orm_execute", narrowed)


@cache
def keys_to_incidents() -> dict[type[Any], tuple[str, ...]]:
    """Return every table class with foreign keys to an incident, and the names of those columns.

    An incident's own parent and the one it is a duplicate of are left out: they say nothing of who
    may know of the incident itself.
    """
    found = {}
    for mapper in default_registry.mappers:
        columns = tuple(
            sorted(
                key.parent.name
                for key in mapper.local_table.foreign_keys
                if key.target_fullname == f"{Incident.__tablename__}.id"
            )
        )
        if columns and mapper.class_ is not Incident:
            found[mapper.class_] = columns
    return found


def _criteria(keys: Sequence[uuid.UUID], names: Sequence[str]) -> tuple[Any, ...]:
    rules: list[tuple[type[Any], Any]] = [(Incident, col(Incident.id).not_in(keys))]
    for model, columns in keys_to_incidents().items():
        parts = [_outside(getattr(model, column), keys) for column in columns]
        if model is Event:
            parts.append(~_names_any(names))
        rules.append((model, sa.and_(*parts)))
    rules += [(model, model.event_id.not_in(_hidden_events(keys, names))) for model in OF_EVENTS]
    return tuple(with_loader_criteria(model, rule, include_aliases=True) for model, rule in rules)


def _outside(column: Any, keys: Sequence[uuid.UUID]) -> Any:
    return sa.or_(column.is_(None), column.not_in(keys)) if column.nullable else column.not_in(keys)


def _names_any(names: Sequence[str]) -> Any:
    """Tell of an event whether its subjects or its payload name one of the incidents.

    The core tables are used, so that the condition is not narrowed by itself.
    """
    events, payloads = _table(Event), _table(EventPayload)
    said = (
        sa.exists()
        .where(payloads.c.event_id == events.c.id, _mentions(payloads.c.payload, names))
        .correlate(events)
    )
    return sa.or_(_mentions(events.c.subjects, names), said)


def _mentions(column: Any, names: Sequence[str]) -> Any:
    text = sa.cast(column, sa.Text)
    # As JSON writes them: an Ä of an id is escaped there.
    return sa.or_(*(text.contains(json.dumps(name)[1:-1], autoescape=True) for name in names))


def _hidden_events(keys: Sequence[uuid.UUID], names: Sequence[str]) -> Any:
    events = _table(Event)
    return sa.select(events.c.id).where(sa.or_(events.c.incident_id.in_(keys), _names_any(names)))


def _table(model: Any) -> sa.Table:
    table: sa.Table = model.__table__
    return table
