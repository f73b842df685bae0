"""The store itself, the rule book and what the office sets."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from muutosturva.models.base import AREA_LENGTH, Row, text_enum
from muutosturva.models.states import OfficeDateKind, StoreKind


class StoreInfo(SQLModel, table=True):
    """One row that says what this store is; its kind never changes."""

    __tablename__ = "store_info"
    __table_args__ = (sa.CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    store_id: uuid.UUID = Field(default_factory=uuid.uuid4)
    kind: StoreKind = Field(sa_type=text_enum(StoreKind, "kind"))
    owner_area: str = Field(max_length=AREA_LENGTH)
    created_at: dt.datetime
    law_revision: int = Field(default=0)


class LawRecord(Row, table=True):
    """A row of the rule book as it was from one revision to the next.

    A changed row is never overwritten: the old one keeps the revision in which it was removed,
    so that a date computed last year can be explained today.
    """

    __tablename__ = "law_record"
    __table_args__ = (
        sa.CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="order"),
        sa.CheckConstraint("removed_in IS NULL OR removed_in > added_in", name="revisions"),
    )

    key: str = Field(index=True, max_length=100)
    value: str
    unit: str = ""
    condition: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    statute: str = ""
    source: str = ""
    confidence: str = Field(max_length=16)
    checked: dt.date | None = None
    note: str = ""
    position: int = 0
    added_in: int = 1
    removed_in: int | None = None


class OfficeSetting(Row, table=True):
    """A setting of the office, by key; audited like any change."""

    __tablename__ = "office_setting"
    __table_args__ = (sa.UniqueConstraint("owner_area", "key"),)

    key: str = Field(max_length=100)
    value: str


class OfficeDate(Row, table=True):
    """A closed day or a council date of the area."""

    __tablename__ = "office_date"
    __table_args__ = (sa.UniqueConstraint("owner_area", "kind", "day"),)

    kind: OfficeDateKind = Field(sa_type=text_enum(OfficeDateKind, "kind"))
    day: dt.date
    label: str = ""
