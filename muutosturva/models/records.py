"""What the group writes down: decisions, minutes, updates, reviews, and what proves them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, Field

from muutosturva.models.base import Row, text_enum
from muutosturva.models.states import EvidenceKind, RecordKind


class IncidentRecord(Row, table=True):
    """One filled-in form; a correction is a new row that names the one it corrects.

    ``number`` runs by kind within an incident and stays through corrections; the newest has
    ``current`` set. ``body`` holds the fields of the form. ``refers`` is the key of the task or
    meeting it belongs to, or "".
    """

    __tablename__ = "incident_record"
    __table_args__ = (
        sa.Index(
            "ix_incident_record_current",
            "incident_id",
            "kind",
            "number",
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        ),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    kind: RecordKind = Field(sa_type=text_enum(RecordKind, "kind"))
    number: int
    title: str = ""
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    refers: str = Field(default="", max_length=200)
    event_time: dt.datetime
    recorded_at: dt.datetime
    author: str
    corrects_id: uuid.UUID | None = Field(default=None, foreign_key="incident_record.id", index=True)
    current: bool = True


class Attachment(Row, table=True):
    """A file or an address that proves something, known by the SHA-256 of its bytes.

    ``place`` is the path of a file, its name in the store's folder for a copy, or an address;
    ``sha256`` is "" for an address. ``refers`` is the key of a task, ``decision 3``, or "".
    """

    __tablename__ = "attachment"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "number"),
        sa.CheckConstraint("kind = 'link' OR length(sha256) = 64", name="hash"),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    kind: EvidenceKind = Field(sa_type=text_enum(EvidenceKind, "kind"))
    number: int
    title: str
    place: str
    sha256: str = Field(default="", max_length=64)
    size: int | None = None
    media_type: str = ""
    refers: str = Field(default="", max_length=200)
    event_time: dt.datetime
    added_at: dt.datetime
    added_by: str
    removed_at: dt.datetime | None = None
