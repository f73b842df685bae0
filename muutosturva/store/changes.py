"""What one use case does to rows, noted while it writes: the ground of undoing it.

Only rows of ``models.base.Row`` are noted (the access list excepted), as the session writes them; a
statement that bypasses the session (a bulk UPDATE) leaves no trace here, so use cases do not make them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Final, TypeGuard

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

from muutosturva.models.base import Row

_COUNTER: Final = "version"

_LASTING: Final = frozenset({"incident_access"})
"""Tables that no undoing reaches: who knew, and from when, stays told (MAR 596/2014 art. 18)."""


class Act(StrEnum):
    """What was done to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after a use case.

    Attributes:
        table: its table.
        id: its key.
        act: added, changed or removed.
        before: the changed fields as they were; all of them for a removed row, none for a new one.
        after: the changed fields as they became; none for a removed row.
        version: the row's count of changes afterwards; 0 for a removed row.
        state: hash of the whole row afterwards; "" for a removed row.
    """

    table: str
    id: uuid.UUID
    act: Act
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    state: str = ""


def to_json(change: RowChange) -> dict[str, Any]:
    """Return a change as it is stored."""
    return {
        "table": change.table,
        "id": str(change.id),
        "act": change.act.value,
        "before": {name: stored(value) for name, value in change.before.items()},
        "after": {name: stored(value) for name, value in change.after.items()},
        "version": change.version,
        "state": change.state,
    }


def from_json(data: Mapping[str, Any]) -> RowChange:
    """Return the change that ``to_json`` wrote, its values still as JSON holds them."""
    return RowChange(
        table=data["table"],
        id=uuid.UUID(data["id"]),
        act=Act(data["act"]),
        before=data["before"],
        after=data["after"],
        version=data["version"],
        state=data["state"],
    )


def state_of(row: Row) -> str:
    """Return the SHA-256 of everything a row says, so that it can be told from what it said."""
    values = {name: stored(value) for name, value in _values(row).items()}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def stored(value: object) -> Any:
    """Return a column's value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        # As the database gives it back: one moment is one text, whatever clock it was typed by.
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def restored(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    """Return the value of a column of ``kind`` that ``stored`` wrote."""
    if isinstance(kind, sa.types.TypeDecorator):
        kind = kind.impl_instance
    if value is None or isinstance(kind, sa.JSON):
        return value
    if isinstance(kind, sa.Enum):
        assert kind.enum_class is not None, "models declare their enums as classes"
        return kind.enum_class(value)
    read = {dt.date: dt.date.fromisoformat, dt.time: dt.time.fromisoformat, uuid.UUID: uuid.UUID}
    if kind.python_type is dt.datetime:
        return dt.datetime.fromisoformat(value)
    return read[kind.python_type](value) if kind.python_type in read else value


@dataclass(slots=True)
class _Noted:
    row: Row
    act: Act
    before: dict[str, Any]


class RowWatch:
    """Notes every row that a session adds, changes or removes, over all its flushes."""

    def __init__(self, session: Session) -> None:
        self._noted: dict[uuid.UUID, _Noted] = {}
        event.listen(session, "before_flush", self._note)

    def _note(self, session: Session, _context: object, _instances: object) -> None:
        for row in session.new:
            if _is_noted(row):
                self._noted[row.id] = _Noted(row, Act.ADDED, {})
        for row in session.deleted:
            if _is_noted(row):
                self._note_removed(row)
        for row in session.dirty:
            if _is_noted(row) and row not in session.deleted:
                self._note_changed(row)

    def _note_removed(self, row: Row) -> None:
        known = self._noted.get(row.id)
        if known is not None and known.act is Act.ADDED:
            del self._noted[row.id]
            return
        was = _values(row) | _old_values(row) | (known.before if known else {})
        self._noted[row.id] = _Noted(row, Act.REMOVED, was)

    def _note_changed(self, row: Row) -> None:
        old = _old_values(row)
        if not old:
            return
        known = self._noted.setdefault(row.id, _Noted(row, Act.CHANGED, {}))
        if known.act is Act.CHANGED:
            known.before = old | known.before

    def written(self) -> Iterator[tuple[str, object]]:
        """Yield name and value of every field that was added or changed; call it after the last flush."""
        for noted in self._noted.values():
            if noted.act is not Act.REMOVED:
                names = _fields(noted.row) if noted.act is Act.ADDED else noted.before
                yield from ((name, getattr(noted.row, name)) for name in names)

    def replaced(self) -> Iterator[object]:
        """Yield what stood in the fields that were changed or removed."""
        for noted in self._noted.values():
            yield from noted.before.values()

    def changes(self) -> list[RowChange]:
        """Return what was noted, in the order it was first written; call it after the last flush."""
        return [change for noted in self._noted.values() if (change := _change(noted)) is not None]


def _is_noted(row: object) -> TypeGuard[Row]:
    return isinstance(row, Row) and row.__tablename__ not in _LASTING


def _fields(row: Row) -> list[str]:
    """Return the names of a row's columns but the one that counts its changes."""
    return [attribute.key for attribute in sa.inspect(type(row)).column_attrs if attribute.key != _COUNTER]


def _values(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _fields(row)}


def _old_values(row: Row) -> dict[str, Any]:
    """Return the loaded values of the fields that differ from them now."""
    state = sa.inspect(row)
    found = {}
    for name in _fields(row):
        history = state.attrs[name].history
        if history.has_changes() and history.deleted:
            found[name] = history.deleted[0]
    return found


def _change(noted: _Noted) -> RowChange | None:
    table, key = str(noted.row.__tablename__), noted.row.id
    if noted.act is Act.REMOVED:
        return RowChange(table, key, noted.act, noted.before)
    if noted.act is Act.ADDED:
        return RowChange(table, key, noted.act, version=noted.row.version, state=state_of(noted.row))
    after = {name: getattr(noted.row, name) for name in noted.before}
    before = {name: value for name, value in noted.before.items() if stored(value) != stored(after[name])}
    if not before:
        return None
    after = {name: after[name] for name in before}
    return RowChange(table, key, noted.act, before, after, noted.row.version, state_of(noted.row))
