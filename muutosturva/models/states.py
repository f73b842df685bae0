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
    """The measures are carried out: nothing recurs, no new wave comes; follow-up and report are left."""
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
    OFFERED = "offered"
    """An amendment calls for it, and the group has not taken it on yet."""


OPEN_TASKS: Final = frozenset({TaskState.WAITING, TaskState.READY, TaskState.STARTED, TaskState.QUESTION})
"""States of a task that still asks for work or an answer."""

ENDED_TASKS: Final = frozenset({TaskState.DONE, TaskState.SKIPPED, TaskState.WITHDRAWN})
"""States of a task that nobody does any more."""

NOT_STARTED: Final = frozenset({TaskState.WAITING, TaskState.READY, TaskState.QUESTION})
"""States in which a task waits for its needs, an answer or somebody to begin."""

FOLLOWING: Final = NOT_STARTED | {TaskState.OFFERED}
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


class Stage(StrEnum):
    """How far a number of people has got, from what is said in public to what is settled."""

    ANNOUNCED = "announced"
    PLANNED = "planned"
    DECIDED = "decided"


class Measure(StrEnum):
    """What the employer does to the jobs of the people counted."""

    DISMISSAL = "dismissal"
    LAYOFF = "layoff"
    PART_TIME = "part_time"
    AFFECTED = "affected"
    """Everybody concerned, where it is not told what is done to their jobs."""


MEASURES: Final = (Measure.DISMISSAL, Measure.LAYOFF, Measure.PART_TIME)
"""What is done to a job: what a wave can be, and the parts a number of people is the sum of."""


class LinkKind(StrEnum):
    """How another firm hangs on the one whose incident it is."""

    SUPPLIER = "supplier"
    AGENCY = "agency"
    SITE_SERVICE = "site_service"
    CUSTOMER = "customer"
    OTHER = "other"


class RecordKind(StrEnum):
    """Fixed forms the group fills in."""

    DECISION = "decision"
    MINUTES = "minutes"
    UPDATE = "update"
    REVIEW = "review"


class EvidenceKind(StrEnum):
    """What an attachment is."""

    COPY = "copy"
    """A file copied into the store's own folder."""
    FILE = "file"
    """A file left where it is."""
    LINK = "link"
    """An address."""


class AreaPart(StrEnum):
    """What an employment area does in a task that several share."""

    LEAD = "lead"
    JOINS = "joins"
