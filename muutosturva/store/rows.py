"""Rows that are not as the log last left them: changed, added to or removed behind the program's back.

Each event notes the rows it touched with a hash of the whole row afterwards, so the newest note of a
row says what the row must be. What cannot be judged is left alone: rows no event noted (they are older
than the notes, or of the access list), notes written for older tables, and rows whose newest note was
erased.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sqlmodel import Session, select

from muutosturva.errors import Problem
from muutosturva.models.base import Row
from muutosturva.models.log import Event, EventChange, EventPayload
from muutosturva.store import schema
from muutosturva.store.changes import Act, from_json, state_of

_BATCH: Final = 500
"""Rows held in memory at once."""


@dataclass(frozen=True, slots=True)
class _Note:
    area: str
    seq: int
    noted: dt.datetime
    act: Act
    version: int
    state: str
    current: bool


@dataclass(slots=True)
class Told:
    """What the log last said of each row; it hears the events in their order.

    Attributes:
        notes: the newest note by table and key.
        silent: for each area the last event whose notes were erased.
    """

    notes: dict[tuple[str, uuid.UUID], _Note] = field(default_factory=dict)
    silent: dict[str, int] = field(default_factory=dict)

    def hear(self, event: Event, payload: EventPayload | None, change: EventChange | None) -> None:
        """Take in one event with its payload (None when erased) and the rows it changed (None for none)."""
        if payload is None:
            self.silent[event.owner_area] = event.seq
        if change is None:
            return
        current = change.revision == schema.REVISIONS[-1]
        for data in change.changes:
            said = from_json(data)
            note = _Note(
                event.owner_area, event.seq, event.record_time, said.act, said.version, said.state, current
            )
            known = self.notes.get((said.table, said.id))
            # Chains of two areas have no common order but the clock's.
            if known is None or known.area == note.area or known.noted <= note.noted:
                self.notes[said.table, said.id] = note

    def last_word(self, note: _Note) -> bool:
        """Tell whether no later event may have touched the row without a note that is still there."""
        return self.silent.get(note.area, 0) < note.seq


def differing(session: Session, told: Told) -> Iterator[Problem]:
    """Yield a problem for each table that has rows which differ from what the log last said of them.

    Args:
        session: any session that shows everything.
        told: all events of all chains, heard.
    """
    for model in Row.__subclasses__():
        table = str(model.__tablename__)
        left = {key: said for (name, key), said in told.notes.items() if name == table}
        changed = 0
        query = select(model).execution_options(yield_per=_BATCH)
        for row in session.exec(query):
            note = left.pop(row.id, None)
            if note is not None and not _as_told(row, note):
                changed += note.version == row.version or told.last_word(note)
            session.expunge(row)
        gone = sum(note.act is not Act.REMOVED and told.last_word(note) for note in left.values())
        if changed:
            yield Problem("store.rows_changed", {"table": table, "n": changed})
        if gone:
            yield Problem("store.rows_gone", {"table": table, "n": gone})


def _as_told(row: Row, note: _Note) -> bool:
    if not note.current:
        return True
    # A use case may let the version rise and leave the row as it is (``versions.touch``): nothing to note.
    return note.act is not Act.REMOVED and note.version <= row.version and note.state == state_of(row)
