"""Who stands ready between incidents: the roster and the parties."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import JSON, Field

from muutosturva.models.base import Row


class RosterPerson(Row, table=True):
    """A person of the coordination group or its network.

    ``roles`` are the playbook roles the person can take, ``deputy_for`` those taken when the
    first one is away.
    """

    __tablename__ = "roster_person"

    slug: str = Field(unique=True, max_length=64)
    name: str = Field(unique=True)
    title: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    area_slug: str = ""
    roles: list[str] = Field(default_factory=list, sa_type=JSON)
    deputy_for: list[str] = Field(default_factory=list, sa_type=JSON)
    skills: list[str] = Field(default_factory=list, sa_type=JSON)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    email: str = ""
    phone: str = ""
    active: bool = True


class Absence(Row, table=True):
    """Days on which a person is away, first and last included; why is nobody's business here.

    ``deputy_id`` is who stands in for everything, where that is agreed; otherwise the deputy of
    each role does.
    """

    __tablename__ = "absence"
    __table_args__ = (sa.CheckConstraint("first_day <= last_day", name="days"),)

    person_id: uuid.UUID = Field(foreign_key="roster_person.id", index=True)
    deputy_id: uuid.UUID | None = Field(default=None, foreign_key="roster_person.id", index=True)
    first_day: dt.date
    last_day: dt.date


class Party(Row, table=True):
    """An organisation with a part in an incident."""

    __tablename__ = "party"

    slug: str = Field(unique=True, max_length=64)
    name: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    kind: str = ""
    role: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    audience: str = ""
    confidence: str = Field(max_length=16)
    source: str = ""
