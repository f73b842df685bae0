"""The work of an incident as saved from the plan: tasks, messages, meetings, documents.

``start`` and ``due`` hold the whole computed date (expression, bounds, certainty, anchors, why it
is missing) as JSON; ``start_on`` and ``due_on`` repeat the day for sorting and searching.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, Field

from muutosturva.models.base import Row, text_enum
from muutosturva.models.states import AreaPart, ItemState, Origin, TaskState


class Task(Row, table=True):
    """One task; the person is looked up through the role until somebody is assigned.

    ``rank`` is the group's own order where it set one; ``label`` a word of the group's own that the
    screen also colours; ``join`` how many of the needs suffice, ``asks`` what finishing it asks for and
    ``answer`` what was answered then; ``state_reason`` why the task is offered, skipped or withdrawn.
    """

    __tablename__ = "task"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "key"),
        sa.CheckConstraint(
            "finished_at IS NULL OR state IN ('done', 'skipped', 'withdrawn')", name="finished"
        ),
        # All that the list of everybody's work is counted, narrowed and ordered by.
        sa.Index("ix_task_worklist", "state", "due_on", "incident_id", "position", "role", "assignee_id"),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    key: str = Field(max_length=200)
    step: str = Field(max_length=64)
    item: list[str] = Field(default_factory=list, sa_type=JSON)
    code: str = Field(default="", max_length=8)
    title: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    phase: str = Field(default="", max_length=64)
    role: str = Field(max_length=64)
    raci: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    assignee_id: uuid.UUID | None = Field(default=None, foreign_key="roster_person.id", index=True)
    start: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    start_on: dt.date | None = None
    due: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    due_on: dt.date | None = Field(default=None, index=True)
    due_by_hand: bool = False
    statutory: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    rule: str = ""
    law: list[str] = Field(default_factory=list, sa_type=JSON)
    needs: list[str] = Field(default_factory=list, sa_type=JSON)
    state: TaskState = Field(sa_type=text_enum(TaskState, "state"))
    depends_on: list[str] = Field(default_factory=list, sa_type=JSON)
    condition: str = ""
    condition_values: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    area_slug: str = Field(default="", max_length=64)
    wave: str = Field(default="", max_length=64)
    checklist: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    howto: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    produces: list[str] = Field(default_factory=list, sa_type=JSON)
    escalate: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    unsure: bool = False
    origin: Origin = Field(sa_type=text_enum(Origin, "origin"))
    position: int = 0
    rank: int | None = None
    label: str = Field(default="", max_length=40)
    state_reason: str = ""
    join: int | None = None
    asks: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    answer: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    finished_by: str = ""


class TaskArea(Row, table=True):
    """What one employment area does in a task that several areas share."""

    __tablename__ = "task_area"
    __table_args__ = (sa.UniqueConstraint("task_id", "area_slug"),)

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    task_id: uuid.UUID = Field(foreign_key="task.id", index=True)
    area_slug: str = Field(max_length=64)
    part: AreaPart = Field(sa_type=text_enum(AreaPart, "part"))
    contact: str = ""
    done_at: dt.datetime | None = None
    done_by: str = ""


class PlanMessage(Row, table=True):
    """A line of the communication plan."""

    __tablename__ = "plan_message"
    __table_args__ = (sa.UniqueConstraint("incident_id", "key"),)

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    key: str = Field(max_length=200)
    title: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    audience: str = Field(max_length=64)
    channel: str = Field(max_length=64)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    owner: str = Field(max_length=64)
    approvers: list[str] = Field(default_factory=list, sa_type=JSON)
    template: str = ""
    due: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    due_on: dt.date | None = None
    next_update: str = ""
    state: ItemState = Field(sa_type=text_enum(ItemState, "state"))
    depends_on: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0


class PlanMeeting(Row, table=True):
    """A meeting; its ``version`` is what makes the SEQUENCE of the calendar entry rise.

    ``shared`` where the firms of a regional situation hold it together.
    """

    __tablename__ = "plan_meeting"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "key"),
        sa.CheckConstraint("minutes > 0", name="minutes"),
    )

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    key: str = Field(max_length=200)
    title: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    starts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    starts_on: dt.date | None = None
    minutes: int
    place: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    invitees: list[str] = Field(default_factory=list, sa_type=JSON)
    owner: str = Field(max_length=64)
    shared: bool = False
    state: ItemState = Field(sa_type=text_enum(ItemState, "state"))
    depends_on: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0


class PlanDocument(Row, table=True):
    """A document for an audience, due on a day."""

    __tablename__ = "plan_document"
    __table_args__ = (sa.UniqueConstraint("incident_id", "key"),)

    incident_id: uuid.UUID = Field(foreign_key="incident.id", index=True)
    key: str = Field(max_length=200)
    document: str = Field(max_length=64)
    title: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    audience: str = Field(max_length=64)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    formats: list[str] = Field(default_factory=list, sa_type=JSON)
    due: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    due_on: dt.date | None = None
    state: ItemState = Field(sa_type=text_enum(ItemState, "state"))
    depends_on: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
