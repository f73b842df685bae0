"""The chained log: one event per use case, hashed over all but the values.

An event holds ids, the actor, times and the names of fields. Values, reasons and texts lie in a
payload row of their own, and the rows it changed in another; the event keeps only a salted hash of
both, so that they can be erased (retention, GDPR art. 17) and the chain still verifies. The salt goes
with the payload: without it short values could be guessed back from the hash.

The chain finds a change, a removal, a reordering and a cut tail made behind the program's back. It
is no signature: who can rewrite every event and the head can make a new chain.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, func, select

from muutosturva.models.log import ChainHead, Event, EventChange, EventMention, EventPayload
from muutosturva.store import schema
from muutosturva.store.mentions import mentioned

GENESIS: Final = "0" * 64
"""The hash before the first event of a chain."""

CREATED: Final = "store.created"
"""Kind of the first event of a store; its subjects say the store's kind for good."""

ERASED_PREFIX: Final = "erased:"
"""Subject by which a later event says that an earlier event's payload was erased."""

_FORM: Final = 1
"""Version of the hashed form, hashed with it."""


@dataclass(frozen=True, slots=True)
class EventDraft:
    """What a use case says about itself; ids, times and hashes are added when it is written.

    Attributes:
        kind: room and verb, ``incidents.opened``; words are ``<room>.event.<verb>`` at the edge.
        incident_id: the incident it belongs to, or None.
        subjects: what was touched, ``task:<uuid>`` (see ``subject``). Never erased: ids only.
        fields: names of the changed fields. Never erased: names only.
        payload: values before and after, reasons, texts; erasable.
        event_time: when it happened, if not now.
    """

    kind: str
    incident_id: uuid.UUID | None = None
    subjects: Sequence[str] = ()
    fields: Sequence[str] = ()
    payload: Mapping[str, object] = field(default_factory=dict)
    event_time: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who says a thing was done, and when it was written down.

    Attributes:
        actor: name given by ``--as``, a statement.
        login: name of the account of this machine.
        moment: record time, aware.
    """

    actor: str
    login: str
    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event as the log shows it.

    Attributes:
        payload: None when it was erased.
    """

    id: uuid.UUID
    seq: int
    kind: str
    incident_id: uuid.UUID | None
    actor: str
    login: str
    event_time: dt.datetime
    record_time: dt.datetime
    subjects: tuple[str, ...]
    fields: tuple[str, ...]
    payload: Mapping[str, Any] | None


def subject(row: SQLModel) -> str:
    """Return how the log names a row: ``task:0d9c…`` (table and id)."""
    return f"{row.__tablename__}:{getattr(row, 'id')}"  # noqa: B009 - every table but the log's has an id


def require_aware(moment: dt.datetime) -> dt.datetime:
    """Return ``moment`` in UTC.

    Raises:
        ValueError: the datetime is naive, so it is no moment.
    """
    if moment.tzinfo is None:
        message = "a naive datetime is no moment: give it a time zone"
        raise ValueError(message)
    return moment.astimezone(dt.UTC)


def plain(value: object) -> Any:
    """Return ``value`` as JSON holds it without loss: dates, ids and sums as text, no floats.

    A float is written as its shortest decimal text, because two machines need not print the same
    JSON number for it.

    Raises:
        TypeError: the value is of a kind the log does not know.
    """
    # Enums first: a StrEnum is a str too, and its value is what the stable JSON shows.
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=str)
    return _plain_scalar(value)


def _plain_scalar(value: object) -> str | int | None:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, dt.datetime):
        return stamp(value)
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (float, Decimal, uuid.UUID, PurePath)):
        return str(value)
    message = f"the log cannot hold a {type(value).__name__}"
    raise TypeError(message)


def stamp(moment: dt.datetime) -> str:
    """Return a moment as UTC text of fixed form: ``2027-03-01T06:00:00.000000Z``."""
    return require_aware(moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: object) -> bytes:
    """Return the one JSON text of ``value``: sorted keys, no spaces, UTF-8, no floats."""
    text = json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def payload_hash(salt: str, payload: Mapping[str, object], changes: Sequence[object] = ()) -> str:
    """Return the salted SHA-256 of a payload and of the rows its event changed.

    An event without changed rows has the hash it had before there were any: stores of old verify.
    """
    changed = canonical(changes) if changes else b""
    return hashlib.sha256(salt.encode("ascii") + canonical(payload) + changed).hexdigest()


def event_hash(event: Event) -> str:
    """Return the SHA-256 that chains ``event`` to the one before it."""
    return hashlib.sha256(
        canonical(
            {
                "form": _FORM,
                "id": event.id,
                "owner_area": event.owner_area,
                "seq": event.seq,
                "kind": event.kind,
                "incident_id": event.incident_id,
                "actor": event.actor,
                "login": event.login,
                "event_time": event.event_time,
                "record_time": event.record_time,
                "subjects": event.subjects,
                "fields": event.fields,
                "payload_hash": event.payload_hash,
                "previous_hash": event.previous_hash,
            }
        )
    ).hexdigest()


def lock_head(session: Session, owner_area: str) -> ChainHead:
    """Return the head of the area's chain, locked until the transaction ends.

    It is the first statement of every writing transaction: on PostgreSQL it is what makes writers
    of one area wait for each other, as BEGIN IMMEDIATE does on SQLite.
    """
    session.connection().execute(
        sa.text(
            "INSERT INTO chain_head (owner_area, seq, hash) VALUES (:area, 0, :hash) ON CONFLICT DO NOTHING"
        ),
        {"area": owner_area, "hash": GENESIS},
    )
    return session.exec(select(ChainHead).where(ChainHead.owner_area == owner_area).with_for_update()).one()


def append(
    session: Session,
    head: ChainHead,
    draft: EventDraft,
    author: Author,
    event_id: uuid.UUID,
    *,
    changes: Sequence[dict[str, Any]] = (),
) -> Event:
    """Write the event, its payload, the rows it changed and the new head; the caller commits.

    Args:
        session: the writing session, already flushed.
        head: the locked head of the chain.
        draft: what the use case says.
        author: who and when.
        event_id: the id promised to the use case.
        changes: the rows changed, as ``changes.to_json`` gives them.

    Raises:
        ValueError: a time is naive.
        TypeError: the payload holds a value of an unknown kind.
    """
    payload = plain(draft.payload)
    salt = secrets.token_hex(16)
    event = Event(
        id=event_id,
        owner_area=head.owner_area,
        seq=head.seq + 1,
        kind=draft.kind,
        incident_id=draft.incident_id,
        actor=author.actor,
        login=author.login,
        event_time=require_aware(draft.event_time or author.moment),
        record_time=require_aware(author.moment),
        subjects=[str(item) for item in draft.subjects],
        fields=[str(item) for item in draft.fields],
        payload_hash=payload_hash(salt, payload, changes),
        previous_hash=head.hash,
        hash="",
    )
    event.hash = event_hash(event)
    session.add(event)
    session.flush()
    session.add(EventPayload(event_id=event.id, salt=salt, payload=payload))
    if changes:
        session.add(EventChange(event_id=event.id, revision=schema.REVISIONS[-1], changes=list(changes)))
    session.add_all(
        EventMention(event_id=event.id, incident_id=other)
        for other in mentioned(session, event.incident_id, (event.subjects, payload))
    )
    head.seq, head.hash = event.seq, event.hash
    session.add(head)
    session.flush()
    return event


def erase_payload(session: Session, event_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Delete the payloads of events; the events stay and their chain still verifies.

    Call it through ``UnitOfWork.erase_payloads``, which names the erased events in the event of the
    same transaction: a payload missing without such a name is a finding of ``store check``.

    Returns:
        The events whose payload was there and is gone now.
    """
    erased = []
    for event_id in dict.fromkeys(event_ids):
        change = session.get(EventChange, event_id)
        if change is not None:
            # It holds the same values.
            session.delete(change)
        payload = session.get(EventPayload, event_id)
        if payload is not None:
            session.delete(payload)
            erased.append(event_id)
    session.flush()
    return erased


def erased_events(session: Session) -> set[uuid.UUID]:
    """Return the erasure list: every event whose payload a later event says was erased."""
    found = set()
    for subjects in session.exec(select(col(Event.subjects))):
        found |= erasures(subjects)
    return found


def erasures(subjects: Iterable[str]) -> set[uuid.UUID]:
    """Return the events that these subjects call erased."""
    return {
        uuid.UUID(item.removeprefix(ERASED_PREFIX)) for item in subjects if item.startswith(ERASED_PREFIX)
    }


def entries(session: Session, incident_id: uuid.UUID | None = None, after: int = 0) -> list[LogEntry]:
    """Return events in the order of their chains, oldest first.

    Args:
        session: any session.
        incident_id: only this incident's events; all when None.
        after: only events with a greater sequence number (to look again for news).
    """
    query = (
        select(Event, EventPayload)
        .outerjoin(EventPayload, col(EventPayload.event_id) == col(Event.id))
        .where(col(Event.seq) > after)
        .order_by(col(Event.owner_area), col(Event.seq))
    )
    if incident_id is not None:
        query = query.where(col(Event.incident_id) == incident_id)
    return [_entry(event, payload) for event, payload in session.exec(query)]


def count_events(session: Session) -> int:
    """Return how many events there are, of those the session shows."""
    return session.exec(select(func.count()).select_from(Event)).one()


def _entry(event: Event, payload: EventPayload | None) -> LogEntry:
    return LogEntry(
        id=event.id,
        seq=event.seq,
        kind=event.kind,
        incident_id=event.incident_id,
        actor=event.actor,
        login=event.login,
        event_time=event.event_time,
        record_time=event.record_time,
        subjects=tuple(event.subjects),
        fields=tuple(event.fields),
        payload=None if payload is None else payload.payload,
    )
