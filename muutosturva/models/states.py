"""Enums of states and classes: the words of the stable JSON, never of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class StoreKind(StrEnum):
    """What a store is for; fixed when it is made."""

    REAL = "real"
    EXAMPLE = "example"
    DRILL = "drill"


class IncidentState(StrEnum):
    """Where an incident is in its life."""

    WATCH = "watch"
    ACTIVE = "active"
    WINDING_DOWN = "winding_down"
    DORMANT = "dormant"
    CLOSED = "closed"
    REVIEWED = "reviewed"
    CANCELLED = "cancelled"


INCIDENT_MOVES: Final[Mapping[IncidentState, frozenset[IncidentState]]] = {
    IncidentState.WATCH: frozenset({IncidentState.ACTIVE, IncidentState.CANCELLED}),
    IncidentState.ACTIVE: frozenset(
        {
            IncidentState.WINDING_DOWN,
            IncidentState.DORMANT,
            IncidentState.CLOSED,
            IncidentState.CANCELLED,
        }
    ),
    IncidentState.WINDING_DOWN: frozenset({IncidentState.ACTIVE, IncidentState.CLOSED}),
    IncidentState.DORMANT: frozenset({IncidentState.ACTIVE, IncidentState.CLOSED, IncidentState.CANCELLED}),
    IncidentState.CLOSED: frozenset({IncidentState.ACTIVE, IncidentState.REVIEWED}),
    IncidentState.REVIEWED: frozenset(),
    IncidentState.CANCELLED: frozenset({IncidentState.ACTIVE}),
}
"""States an incident may move to from each state."""

RUNNING: Final = frozenset(
    {IncidentState.WATCH, IncidentState.ACTIVE, IncidentState.WINDING_DOWN, IncidentState.DORMANT}
)
"""States in which an incident may still change."""


class TaskState(StrEnum):
    """Where a task is."""

    WAITING = "waiting"
    READY = "ready"
    STARTED = "started"
    DONE = "done"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"
    QUESTION = "question"


OPEN_TASKS: Final = frozenset({TaskState.WAITING, TaskState.READY, TaskState.STARTED, TaskState.QUESTION})
"""States of a task that still asks for work or an answer."""

NOT_STARTED: Final = frozenset({TaskState.WAITING, TaskState.READY, TaskState.QUESTION})
"""States in which a task's computed dates follow their anchors."""


class ItemState(StrEnum):
    """State of a planned message, meeting or document."""

    PLANNED = "planned"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    QUESTION = "question"


class Origin(StrEnum):
    """Where a task or a date comes from."""

    PLAYBOOK = "playbook"
    ADDED = "added"


class Secrecy(StrEnum):
    """Who may know of an incident."""

    RESTRICTED = "restricted"
    """Only those named; not yet public."""
    GROUP = "group"
    """The coordination group and those it tells."""
    PUBLIC = "public"
    """The company has published it."""


class OfficeDateKind(StrEnum):
    """Dates that the office itself sets."""

    CLOSED = "closed"
    """The office is shut; not a working day of that area."""
    COUNCIL = "council"
    """The council meets and can decide on money."""
