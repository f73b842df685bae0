"""The incident: its facts, anchors with history, waves, areas, roles and questions."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, Field

from muutosturva.models.base import AREA_LENGTH, Row, text_enum
from muutosturva.models.states import IncidentState, LinkKind, Measure, Secrecy, Stage, StoreKind


class Incident(Row, table=True):
    """One firm's change, or a regional situation that joins several (``situation``).

    ``playbook_text`` is the resolved playbook as it stood when the incident was opened, and
    ``playbook_sha256`` its hash: the incident can be read in ten years. ``level`` is the one that
    counts, ``level_override`` what the group set by hand ("" while the criteria decide).
    ``published_at`` is when the company made its news public; ``duplicate_of_id`` the incident this
    one was merged into. ``rests`` holds the times in which it was not active.
    """

    __tablename__ = "incident"
    __table_args__ = (
        sa.CheckConstraint("situation OR playbook_text <> ''", name="playbook"),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
    )

    readable_id: str = Field(unique=True, max_length=64)
    kind: StoreKind = Field(sa_type=text_enum(StoreKind, "kind"))
    state: IncidentState = Field(sa_type=text_enum(IncidentState, "state"))
    secrecy: Secrecy = Field(sa_type=text_enum(Secrecy, "secrecy"))
    level: str = Field(default="", max_length=2)
    level_override: str = Field(default="", max_length=2)
    employer: str
    municipality: str = ""
    sector: str = ""
    situation: bool = False
    parent_id: uuid.UUID | None = Field(default=None, foreign_key="incident.id", index=True)
    duplicate_of_id: uuid.UUID | None = Field(default=None, foreign_key="incident.id", index=True)
    playbook_id: str = ""
    playbook_version: str = ""
    playbook_sha256: str = ""
    playbook_text: str = ""
    inputs: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    sites: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    phases: list[Any] = Field(default_factory=list, sa_type=JSON)
    law_revision: int = 0
    opened_at: dt.datetime
    published_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    rests: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class IncidentAnchor(Row, table=True):
    """One revision of one anchor; the newest has ``current`` set, the others are its history."""

    __tablename__ = "incident_anchor"
    __table_args__ = (
        sa.CheckConstraint("earliest IS NULL OR latest IS NULL OR earliest <= latest", name="range"),
        sa.Index(
            "ix_incident_anchor_current",
            "incident_id",
            "wave",
            "name",
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        ),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    name: str = Field(max_length=64)
    wave: str = Field(default="", max_length=64)
    label: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    certainty: str = Field(max_length=16)
    value: dt.date | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    at: dt.time | None = None
    source: str = ""
    origin: str = Field(max_length=16)
    expression: str = ""
    reason_code: str = ""
    recorded_at: dt.datetime
    current: bool = True


class IncidentWave(Row, table=True):
    """A group of people with one notice day and one last day; the dates are anchors of the wave."""

    __tablename__ = "incident_wave"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "wave"),
        sa.CheckConstraint("count IS NULL OR count >= 0", name="count"),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    wave: str = Field(max_length=64)
    label: str = ""
    site: str = ""
    measure: str = Field(default="dismissal", max_length=16)
    count: int | None = None
    position: int = 0


class IncidentArea(Row, table=True):
    """An employment area the incident touches, with the share of people expected to live there."""

    __tablename__ = "incident_area"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "area_slug"),
        sa.CheckConstraint("share IS NULL OR (share >= 0 AND share <= 1)", name="share"),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    area_slug: str = Field(max_length=AREA_LENGTH)
    name: str = ""
    lead: bool = False
    share: float | None = None
    position: int = 0


class IncidentRole(Row, table=True):
    """A role the plan needs."""

    __tablename__ = "incident_role"
    __table_args__ = (sa.UniqueConstraint("incident_id", "role"),)

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    role: str = Field(max_length=64)
    title: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    count: int = 1
    deputy: bool = False
    skills: list[str] = Field(default_factory=list, sa_type=JSON)
    fill: str = Field(default="trigger", max_length=16)
    position: int = 0


class RoleHolder(Row, table=True):
    """Who holds a role, from when to when: a handover closes one row and opens the next."""

    __tablename__ = "role_holder"
    __table_args__ = (sa.CheckConstraint("renounced_at IS NULL OR renounced_at >= assumed_at", name="times"),)

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    role: str = Field(max_length=64)
    person_id: uuid.UUID = Field(foreign_key="roster_person.id", index=True)
    deputy: bool = False
    assumed_at: dt.datetime
    renounced_at: dt.datetime | None = None


class IncidentQuestion(Row, table=True):
    """An input that nobody has answered yet, or the answer."""

    __tablename__ = "incident_question"
    __table_args__ = (sa.UniqueConstraint("incident_id", "name"),)

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    name: str = Field(max_length=64)
    label: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    type: str = Field(max_length=16)
    options: list[str] = Field(default_factory=list, sa_type=JSON)
    decides: list[str] = Field(default_factory=list, sa_type=JSON)
    answered: bool = False
    answered_at: dt.datetime | None = None
    position: int = 0


class IncidentFigure(Row, table=True):
    """One revision of one number of people: how many, at which stage, by measure and site.

    ``low`` and ``high`` differ for a range (95–110) and are both None when the number was taken
    back. ``site`` is "" for all sites together. The newest revision has ``current`` set.
    """

    __tablename__ = "incident_figure"
    __table_args__ = (
        sa.CheckConstraint("(low IS NULL) = (high IS NULL)", name="bounds"),
        sa.CheckConstraint("low IS NULL OR (low >= 0 AND low <= high)", name="range"),
        sa.Index(
            "ix_incident_figure_current",
            "incident_id",
            "stage",
            "measure",
            "site",
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        ),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    stage: Stage = Field(sa_type=text_enum(Stage, "stage"))
    measure: Measure = Field(sa_type=text_enum(Measure, "measure"))
    site: str = Field(default="", max_length=64)
    low: int | None = None
    high: int | None = None
    source: str = ""
    event_time: dt.datetime
    recorded_at: dt.datetime
    current: bool = True


class IncidentAccess(Row, table=True):
    """Somebody who was let into a restricted incident: who, from when to when, on what ground.

    ``name`` is the person as the log names actors: the roster's name, or a login name.
    """

    __tablename__ = "incident_access"
    __table_args__ = (
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= granted_at", name="times"),
        sa.Index(
            "ix_incident_access_present",
            "incident_id",
            "name",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    name: str
    reason: str = ""
    granted_by: str = ""
    granted_at: dt.datetime
    recorded_at: dt.datetime
    ended_at: dt.datetime | None = None


class IncidentLink(Row, table=True):
    """A firm that hangs on this one: a supplier, an agency, a service firm on the site.

    ``other_id`` is its own incident, where it has one. ``headcount`` is how many people of the
    linked firm are affected, ``included`` how many of them the incident's own number has already.
    """

    __tablename__ = "incident_link"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "name"),
        sa.CheckConstraint("headcount IS NULL OR headcount >= 0", name="headcount"),
        sa.CheckConstraint("included >= 0", name="included"),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    other_id: uuid.UUID | None = Field(default=None, foreign_key="incident.id", index=True)
    name: str
    kind: LinkKind = Field(sa_type=text_enum(LinkKind, "kind"))
    headcount: int | None = None
    included: int = 0
    source: str = ""
    recorded_at: dt.datetime
