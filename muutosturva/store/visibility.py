"""Whom a session shows what: a restricted incident is not there for those who were not let in.

There is one door. What is hidden is worked out once when a session is opened for a reader, and every
SELECT, UPDATE and DELETE of the object layer is narrowed by it: lists, sums, searches, nearest names
and fetches by key alike, in the words for what never was. A table is hidden by each of its foreign
keys to an incident, so that one added later is covered without being named here. Events are hidden
also when they only *name* a hidden incident (a situation that took it in), which ``mentions`` noted.

What is hidden goes into a statement as one list, a single parameter however long it is: a thousand
hidden incidents are neither a thousand conditions nor a thousand parameters for each table.

What is never narrowed: statements over ``Model.__table__`` and over the connection, which only the
store itself makes, and those that ask for everything by ``EVERYTHING`` because two incidents must
not get one id.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlmodel import Session, col
from sqlmodel.main import default_registry

from muutosturva.models.incident import Incident
from muutosturva.models.log import Event, EventChange, EventMention, EventPayload
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
    options = _criteria(_listed((key for key, _ in hidden), session.get_bind().dialect.name))

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


def _listed(keys: Iterable[uuid.UUID], dialect: str) -> sa.Select[Any]:
    """Ask for keys that are given as one parameter."""
    written = json.dumps([key.hex for key in keys])
    if dialect == "postgresql":
        each = sa.func.jsonb_array_elements_text(sa.cast(written, sa.Text).cast(JSONB))
        return sa.select(sa.cast(each.column_valued("hidden"), sa.Uuid))
    return sa.select(sa.func.json_each(written).table_valued("value", name="hidden").c.value)


def _criteria(hidden: sa.Select[Any]) -> tuple[Any, ...]:
    rules: list[tuple[type[Any], Any]] = [(Incident, col(Incident.id).not_in(hidden))]
    for model, columns in keys_to_incidents().items():
        parts = [_outside(getattr(model, column), hidden) for column in columns]
        if model is Event:
            parts.append(col(Event.id).not_in(_naming(hidden)))
        rules.append((model, sa.and_(*parts)))
    rules += [(model, ~_of_hidden_event(model.event_id, hidden)) for model in OF_EVENTS]
    return tuple(with_loader_criteria(model, rule, include_aliases=True) for model, rule in rules)


def _outside(column: Any, hidden: sa.Select[Any]) -> Any:
    outside = column.not_in(hidden)
    return sa.or_(column.is_(None), outside) if column.nullable else outside


def _naming(hidden: sa.Select[Any]) -> sa.Select[Any]:
    """Ask for the events that name a hidden incident.

    Tables are taken without their classes, so that the condition is not narrowed by itself.
    """
    mentions = _table(EventMention).alias("named")
    return sa.select(mentions.c.event_id).where(mentions.c.incident_id.in_(hidden))


def _of_hidden_event(key: Any, hidden: sa.Select[Any]) -> Any:
    events = _table(Event).alias("told")
    hides = sa.or_(events.c.incident_id.in_(hidden), events.c.id.in_(_naming(hidden)))
    return sa.exists().where(events.c.id == key, hides).correlate_except(events)


def _table(model: Any) -> sa.Table:
    table: sa.Table = model.__table__
    return table
