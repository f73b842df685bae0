"""``store check``: what a store must be, looked at from the outside.

Every finding is a ``Problem``; an empty list means that nothing was found. The store is only read.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from muutosturva.errors import MachineError, Problem
from muutosturva.models.log import ChainHead, Event, EventChange, EventPayload
from muutosturva.models.office import StoreInfo
from muutosturva.store import attachments, log, rows, schema, triggers
from muutosturva.store.backup import attached_copies
from muutosturva.store.faults import first_line
from muutosturva.store.files import open_to_others
from muutosturva.store.location import FileTarget
from muutosturva.store.store import Store

_BATCH = 500
"""Events held in memory at once."""


def check(store: Store) -> list[Problem]:
    """Return everything that is wrong with the store.

    Looks at the file and its rights, the tables' revision, SQLite's own integrity check and foreign
    keys (PostgreSQL keeps its own), the guards of the log, each area's chain up to its head, each
    payload's hash, rows that are not as the log last left them, erasures that did not happen, the
    kind the store was made with, and the copies of attached files.

    Raises:
        MachineError: the store cannot be read at all.
    """
    with store.reading() as session:
        return [
            *_file_mode(store),
            *_machine(session),
            *_guards(session),
            *_chains(session),
            *_kind(session),
            *_copies(store, session),
        ]


def _file_mode(store: Store) -> Iterator[Problem]:
    if isinstance(store.target, FileTarget) and open_to_others(store.target.path):
        yield Problem("store.open_to_others", {"path": str(store.target.path)})


def _machine(session: Session) -> Iterator[Problem]:
    connection = session.connection()
    place = str(connection.engine.url.database)
    revision = schema.read_revision(connection, place)
    if revision.age is not schema.Age.CURRENT:
        yield Problem("store.revision", {"found": revision.name, "known": schema.REVISIONS[-1]})
    if connection.dialect.name == "sqlite":
        yield from _sqlite_integrity(connection)


def _sqlite_integrity(connection: sa.Connection) -> Iterator[Problem]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield Problem("store.integrity", {"detail": line})
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem("store.foreign_key", {"table": table, "row": row, "parent": parent})
    for table, column in _json_columns():
        query = sa.select(sa.func.count()).where(sa.func.json_valid(sa.type_coerce(column, sa.Text)) == 0)
        count = connection.execute(query).scalar_one()
        if count:
            yield Problem("store.json_broken", {"table": table, "column": column.name, "n": count})


def _json_columns() -> Iterator[tuple[str, sa.Column[Any]]]:
    """Yield what SQLite holds as plain text and does not look into (PostgreSQL does)."""
    for table in SQLModel.metadata.sorted_tables:
        yield from ((table.name, column) for column in table.columns if isinstance(column.type, sa.JSON))


def _guards(session: Session) -> Iterator[Problem]:
    for name in triggers.missing(session.connection()):
        yield Problem("store.guard_missing", {"name": name})


@dataclass
class _Chain:
    """What has been seen of one area's chain so far."""

    seq: int = 0
    hash: str = log.GENESIS
    erased: set[uuid.UUID] = field(default_factory=set)
    without_payload: dict[uuid.UUID, int] = field(default_factory=dict)
    with_payload: dict[uuid.UUID, int] = field(default_factory=dict)


def _chains(session: Session) -> Iterator[Problem]:
    try:
        yield from _read_chains(session)
    except (ValueError, TypeError, AttributeError, MachineError) as error:
        # Somebody wrote what no event can hold: no JSON, no list, no UUID, no time.
        yield Problem("store.log_unreadable", {"detail": _detail(error)})


def _detail(error: Exception) -> str:
    """Return what could not be read: of an error of ours what it says, never its key and parameters."""
    return str(error.params.get("detail", "")) if isinstance(error, MachineError) else first_line(error)


def _read_chains(session: Session) -> Iterator[Problem]:
    chains: dict[str, _Chain] = {}
    told = rows.Told()
    with closing(_events(session)) as events:
        for event, payload, change in events:
            chain = chains.setdefault(event.owner_area, _Chain())
            yield from _link(chain, event)
            yield from _payload(chain, event, payload, change)
            told.hear(event, payload, change)
    heads = {head.owner_area: head for head in session.exec(select(ChainHead))}
    for area in sorted(chains.keys() | heads.keys()):
        yield from _head(area, chains.get(area, _Chain()), heads.get(area))
    yield from _erasures(chains)
    yield from rows.differing(session, told)


def _events(session: Session) -> Generator[tuple[Event, EventPayload | None, EventChange | None]]:
    """Yield events chain by chain, a batch at a time, letting go of each."""
    query = (
        select(Event, EventPayload, EventChange)
        .outerjoin(EventPayload, col(EventPayload.event_id) == col(Event.id))
        .outerjoin(EventChange, col(EventChange.event_id) == col(Event.id))
        .order_by(col(Event.owner_area), col(Event.seq))
        .execution_options(yield_per=_BATCH)
    )
    with session.exec(query) as found:
        yield from found


def _link(chain: _Chain, event: Event) -> Iterator[Problem]:
    where = {"area": event.owner_area, "seq": event.seq}
    if event.seq != chain.seq + 1:
        yield Problem("store.chain_gap", {**where, "expected": chain.seq + 1})
    elif event.previous_hash != chain.hash:
        yield Problem("store.chain_broken", where)
    if log.event_hash(event) != event.hash:
        yield Problem("store.event_changed", {**where, "kind": event.kind})
    chain.seq, chain.hash = event.seq, event.hash


def _payload(
    chain: _Chain, event: Event, payload: EventPayload | None, change: EventChange | None
) -> Iterator[Problem]:
    chain.erased |= log.erasures(event.subjects)
    if payload is None:
        chain.without_payload[event.id] = event.seq
        return
    chain.with_payload[event.id] = event.seq
    changes = () if change is None else change.changes
    if log.payload_hash(payload.salt, payload.payload, changes) != event.payload_hash:
        yield Problem("store.payload_changed", {"area": event.owner_area, "seq": event.seq})


def _head(area: str, chain: _Chain, head: ChainHead | None) -> Iterator[Problem]:
    if head is None:
        yield Problem("store.head_missing", {"area": area})
    elif (head.seq, head.hash) != (chain.seq, chain.hash):
        yield Problem("store.chain_cut", {"area": area, "head": head.seq, "last": chain.seq})


def _erasures(chains: dict[str, _Chain]) -> Iterator[Problem]:
    erased: set[uuid.UUID] = set().union(*(chain.erased for chain in chains.values()))
    for area, chain in chains.items():
        for event_id, seq in _sorted(chain.without_payload):
            if event_id not in erased:
                yield Problem("store.payload_missing", {"area": area, "seq": seq})
        for event_id, seq in _sorted(chain.with_payload):
            if event_id in erased:
                yield Problem("store.payload_back", {"area": area, "seq": seq})


def _sorted(events: dict[uuid.UUID, int]) -> Iterable[tuple[uuid.UUID, int]]:
    return sorted(events.items(), key=lambda item: item[1])


def _kind(session: Session) -> Iterator[Problem]:
    """Compare what the store says of itself with what the log says it was made as."""
    info = session.exec(select(StoreInfo)).one()
    query = select(Event).where(col(Event.owner_area) == info.owner_area, col(Event.seq) == 1)
    first = session.exec(query).first()
    wanted = {f"store_info:{info.store_id}", f"kind:{info.kind}"}
    if first is None or first.kind != log.CREATED or not wanted <= set(first.subjects):
        yield Problem("store.kind_changed", {"kind": str(info.kind)})


def _copies(store: Store, session: Session) -> Iterator[Problem]:
    """Compare each copy of an attached file with the hash it was taken under."""
    folder = attachments.folder_of(store.target)
    if folder is None:
        return
    for sha256, title in attached_copies(session).items():
        found = attachments.examined(attachments.path_in(folder, sha256), sha256)
        if found is not attachments.Finding.INTACT:
            yield attachments.problem_of(found, title)
