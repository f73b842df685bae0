"""The chained event log: events never change, payloads can be erased."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, Field, SQLModel

from muutosturva.models.base import AREA_LENGTH


class Event(SQLModel, table=True):
    """One use case that happened: ids, actor, times and field names, chained by hash.

    Values, reasons and note texts lie in ``EventPayload``, so that they can be erased while the
    chain still verifies.
    """

    __tablename__ = "event"
    __table_args__ = (sa.UniqueConstraint("owner_area", "seq"),)

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    owner_area: str = Field(max_length=AREA_LENGTH, index=True)
    seq: int
    kind: str = Field(max_length=64)
    incident_id: uuid.UUID | None = Field(default=None, foreign_key="incident.id", index=True)
    actor: str
    login: str
    event_time: dt.datetime
    record_time: dt.datetime
    subjects: list[str] = Field(default_factory=list, sa_type=JSON)
    fields: list[str] = Field(default_factory=list, sa_type=JSON)
    payload_hash: str = Field(max_length=64)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)


class EventPayload(SQLModel, table=True):
    """Values, reasons and texts of an event, with the salt of its hash; may be erased."""

    __tablename__ = "event_payload"

    event_id: uuid.UUID = Field(primary_key=True, foreign_key="event.id")
    salt: str = Field(max_length=64)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class EventChange(SQLModel, table=True):
    """The rows an event changed, before and after: what undoing it needs, and what rows are held against.

    The hash of the payload covers it, and it is erased together with the payload.

    Attributes:
        revision: revision of the tables whose rows it describes.
    """

    __tablename__ = "event_change"

    event_id: uuid.UUID = Field(primary_key=True, foreign_key="event.id")
    revision: str = Field(max_length=64)
    changes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class EventMention(SQLModel, table=True):
    """An incident that an event of another one speaks of; outside the chain, as it follows from the event.

    Ids alone, so that erasing a payload leaves it.
    """

    __tablename__ = "event_mention"

    event_id: uuid.UUID = Field(primary_key=True, foreign_key="event.id")
    incident_id: uuid.UUID = Field(primary_key=True, foreign_key="incident.id", index=True)


class ChainHead(SQLModel, table=True):
    """The newest event of an area's chain; locked while the next one is written."""

    __tablename__ = "chain_head"

    owner_area: str = Field(primary_key=True, max_length=AREA_LENGTH)
    seq: int
    hash: str = Field(max_length=64)
