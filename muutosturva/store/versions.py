"""Optimistic locking: the second of two writers is told, and shown both versions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import UOWTransaction
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from muutosturva.errors import ConflictError, Problem
from muutosturva.models.base import Row

_NAMES = ("readable_id", "key", "slug", "code", "name", "role")
"""Columns that name a row for people, the best first."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that was about to be written.

    Attributes:
        model: table class of the row.
        id: its key.
        version: the version it was read in.
        ours: the values that were to be written, by field; {} for a deletion.
    """

    model: type[Row]
    id: uuid.UUID
    version: int
    ours: Mapping[str, object]


class EditWatch:
    """Remembers what a session is about to write: after a refused flush the values are gone."""

    def __init__(self, session: Session) -> None:
        """Listen to ``session`` until it is closed."""
        self.edits: Sequence[Edit] = ()
        event.listen(session, "before_flush", self._remember)

    def _remember(self, session: Session, _flush: UOWTransaction, _instances: object) -> None:
        changed = [row for row in session.dirty if isinstance(row, Row) and session.is_modified(row)]
        deleted = [row for row in session.deleted if isinstance(row, Row)]
        self.edits = [
            *(Edit(type(row), row.id, row.version, _new_values(row)) for row in changed),
            *(Edit(type(row), row.id, row.version, {}) for row in deleted),
        ]


def _new_values(row: Row) -> dict[str, object]:
    attributes = sa.inspect(row).attrs
    return {item.key: item.value for item in attributes if item.history.has_changes()}


def expect_version(row: Row, version: int | None, ours: Mapping[str, object] | None = None) -> None:
    """Refuse to go on when ``row`` is no longer the version the user looked at.

    Args:
        row: as read in this transaction.
        version: the version on the user's screen; None where nobody looked first.
        ours: what the user wants to write, by field, to be shown beside what stands there.

    Raises:
        ConflictError: somebody else changed the row; a problem for each field that differs.
    """
    if version is not None and row.version != version:
        raise conflict(row, version, ours or {})


def touch(row: Row) -> None:
    """Let a row's version rise though none of its own fields changes: something it stands for does."""
    flag_modified(row, "owner_area")


def conflict(row: Row, version: int, ours: Mapping[str, object]) -> ConflictError:
    """Return the error that shows the second writer both versions."""
    problems = [
        Problem("store.conflict_field", {"field": name, "ours": value, "theirs": getattr(row, name)})
        for name, value in ours.items()
        if getattr(row, name) != value
    ]
    return ConflictError(
        "store.conflict",
        problems=problems,
        table=str(row.__tablename__),
        name=name_of(row),
        expected=version,
        found=row.version,
    )


def stale(session: Session, edits: Sequence[Edit]) -> ConflictError:
    """Return the error for a flush that was refused because a row had moved on.

    Args:
        session: a fresh session that sees the rows as they stand now.
        edits: what was to be written.
    """
    for edit in edits:
        row: Any = session.get(edit.model, edit.id)
        if row is None:
            return ConflictError("store.conflict_gone", table=str(edit.model.__tablename__))
        if row.version != edit.version:
            return conflict(row, edit.version, edit.ours)
    return ConflictError("store.conflict_gone", table="")


def name_of(row: Row) -> str:
    """Return how people call a row: its readable id, key, slug or name."""
    for name in _NAMES:
        value = getattr(row, name, None)
        if isinstance(value, str) and value:
            return value
    return str(row.id)
