"""The rule book in the store: read at any revision, changed with a record of who and why.

A row is never overwritten. A change closes it at the new revision and adds the new one beside it,
so that a date computed last year can be explained with the rows of last year.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, or_, select

from muutosturva.errors import InputError, Problem, UsageError
from muutosturva.models.office import LawRecord, StoreInfo
from muutosturva.rules.book import LawBook
from muutosturva.rules.bookfile import COLUMNS, parse_book, row_problems
from muutosturva.rules.results import Confidence, LawRow
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

CHANGED = "store.law_changed"
"""Kind of the event of a changed rule book."""


@dataclass(frozen=True, slots=True)
class LawChange:
    """What a change of the rule book did.

    Attributes:
        book: the book as it stands now.
        added: rows that are new, also the new form of corrected ones.
        removed: rows that no longer count, also the old form of corrected ones.
    """

    book: LawBook
    added: tuple[LawRow, ...]
    removed: tuple[LawRow, ...]


def revision_of(session: Session) -> int:
    """Return the present revision of the rule book; 0 while it is empty."""
    return _info(session).law_revision


def load_book(session: Session, revision: int | None = None) -> LawBook:
    """Return the rule book.

    Args:
        session: any session.
        revision: the book as it stood at this revision; the present one when None.

    Raises:
        UsageError: there is no such revision.
    """
    newest = revision_of(session)
    wanted = newest if revision is None else revision
    if not 0 <= wanted <= newest:
        raise UsageError("store.no_law_revision", revision=wanted, newest=newest)
    query = (
        select(LawRecord)
        .where(
            col(LawRecord.added_in) <= wanted,
            or_(col(LawRecord.removed_in).is_(None), col(LawRecord.removed_in) > wanted),
        )
        .order_by(col(LawRecord.position), col(LawRecord.key), col(LawRecord.id))
    )
    return LawBook(tuple(_row(record) for record in session.exec(query)), revision=wanted)


def put_book(work: UnitOfWork, rows: Iterable[LawRow]) -> LawChange:
    """Make ``rows`` the rule book within a use case that records its own event.

    The revision rises by one, or stays where nothing differs.

    Raises:
        InputError: two rows of a key are in force on one day.
    """
    wanted = tuple(dict.fromkeys(rows))
    info = _info(work.session)
    present = {_row(record): record for record in _present(work.session)}
    added = tuple(row for row in wanted if row not in present)
    removed = tuple(row for row in present if row not in wanted)
    if not added and not removed:
        return LawChange(LawBook(wanted, revision=info.law_revision), (), ())
    book = LawBook(wanted, revision=info.law_revision + 1)
    for row in removed:
        present[row].removed_in = book.revision
    for position, row in enumerate(wanted):
        if row in present:
            present[row].position = position
        else:
            work.session.add(_record(row, work.owner_area, position, book.revision))
    info.law_revision = book.revision
    work.session.flush()
    return LawChange(book, added, removed)


def save_book(store: Store, book: LawBook, *, actor: str, now: dt.datetime, reason: str) -> LawChange:
    """Make ``book`` the rule book: one use case, one event (none where nothing differs).

    Args:
        store: the store.
        book: every row; its own revision number is not used.
        actor: who does it.
        now: aware datetime.
        reason: why, kept in the log.

    Raises:
        InputError: two rows of a key are in force on one day.
    """
    return _change(store, lambda _present_book: book.rows, actor=actor, now=now, reason=reason)


def set_row(store: Store, row: LawRow, *, actor: str, now: dt.datetime, reason: str) -> LawChange:
    """Add a row, or correct the one of the same key and first day: one use case, one event.

    A new row ends the row it follows on the day before it begins.

    Args:
        store: the store.
        row: the row; its statute and source say where it stands.
        actor: who does it.
        now: aware datetime.
        reason: why, kept in the log.

    Raises:
        InputError: a cell is empty, the row has no source, it ends before it begins, or it shares
            a day with another row of its key.
    """
    problems = row_problems(row)
    if not row.source:
        problems.append(_no_source(row))
    if problems:
        raise InputError("store.law_row", problems=problems, row=row.key)
    return _change(store, lambda book: merged(book, [row]), actor=actor, now=now, reason=reason)


def update_from(
    store: Store, text: str, *, path: str, actor: str, now: dt.datetime, reason: str
) -> LawChange:
    """Bring in the rows of a rule-book file: one use case, one event (none where nothing differs).

    A row of a known key and first day corrects that row; any other is added and ends the row it
    follows. Rows that the file does not name stay.

    Args:
        store: the store.
        text: the file's content, columns as ``rules.bookfile.COLUMNS``.
        path: its name, for the problems.
        actor: who does it.
        now: aware datetime.
        reason: why, kept in the log.

    Raises:
        InputError: the file has problems, all are listed; nothing was changed.
    """
    rows, problems = parse_book(text, path)
    problems += [_no_source(row, path) for row in rows if not row.source]
    if problems:
        raise InputError("store.law_file", problems=problems, path=path)
    return _change(store, lambda book: merged(book, rows), actor=actor, now=now, reason=reason)


def merged(book: LawBook, rows: Iterable[LawRow]) -> tuple[LawRow, ...]:
    """Return the rows of ``book`` with ``rows`` brought in.

    Raises:
        InputError: two rows of a key would be in force on one day.
    """
    incoming = {_identity(row): row for row in rows}
    kept = [incoming.pop(_identity(row), row) for row in book.rows]
    result = LawBook(tuple(kept), revision=book.revision)
    for row in sorted(incoming.values(), key=lambda item: item.valid_from or dt.date.max):
        result = result.with_row(row)
    return result.rows


def _identity(row: LawRow) -> tuple[str, str, str]:
    """Return what makes two rows the same one: key and first day; for a bill also its value."""
    if row.valid_from is None:
        return row.key, "", row.value
    return row.key, row.valid_from.isoformat(), ""


def _change(
    store: Store, rows_of: Callable[[LawBook], Iterable[LawRow]], *, actor: str, now: dt.datetime, reason: str
) -> LawChange:
    with store.transaction(actor, now) as work:
        change = put_book(work, rows_of(load_book(work.session)))
        if not change.added and not change.removed:
            work.unchanged()
        else:
            work.record(_event(change, reason))
    return change


def _event(change: LawChange, reason: str) -> EventDraft:
    keys = sorted({row.key for row in (*change.added, *change.removed)})
    return EventDraft(
        kind=CHANGED,
        subjects=(f"law_revision:{change.book.revision}", *(f"law:{key}" for key in keys)),
        fields=_changed_fields(change),
        payload={
            "reason": reason,
            "added": [_cells(row) for row in change.added],
            "removed": [_cells(row) for row in change.removed],
        },
    )


def _changed_fields(change: LawChange) -> tuple[str, ...]:
    old = {_identity(row): row for row in change.removed}
    fields = set()
    for row in change.added:
        before = old.get(_identity(row))
        fields |= {name for name in COLUMNS if before is None or getattr(before, name) != getattr(row, name)}
    return tuple(name for name in COLUMNS if name in fields)


def _no_source(row: LawRow, path: str = "") -> Problem:
    return Problem("store.law_no_source", {"key": row.key}, path)


def _cells(row: LawRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}


def _info(session: Session) -> StoreInfo:
    return session.exec(select(StoreInfo)).one()


def _present(session: Session) -> list[LawRecord]:
    return list(session.exec(select(LawRecord).where(col(LawRecord.removed_in).is_(None))))


def _row(record: LawRecord) -> LawRow:
    cells = {name: getattr(record, name) for name in COLUMNS}
    return LawRow(**{**cells, "confidence": Confidence(record.confidence)})


def _record(row: LawRow, owner_area: str, position: int, revision: int) -> LawRecord:
    return LawRecord(
        id=uuid.uuid4(),
        owner_area=owner_area,
        position=position,
        added_in=revision,
        **{**_cells(row), "confidence": row.confidence.value},
    )
