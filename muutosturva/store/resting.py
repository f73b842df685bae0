"""What rests while an incident is only watched or dormant: one rule, for a task read and for a selection.

A watched incident has a plan and no work: nothing of it is due until it becomes active. A dormant one
keeps its promises: what the law asks for, what the group itself added and what was begun stay due;
the rest waits for the incident to be resumed. What recurs has no days in such a time at all
(``incidents.pure.spells``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any, Final

import sqlalchemy as sa

from muutosturva.models.states import IncidentState, ItemState, Origin, TaskState


class Wakes(Enum):
    """What keeps a task from resting."""

    BEGUN = auto()
    STATUTORY = auto()
    """The law sets a date for it."""
    ADDED = auto()
    """Added by hand: the group promised it."""


WAKES: Final[Mapping[IncidentState, tuple[Wakes, ...]]] = {
    IncidentState.WATCH: (Wakes.BEGUN,),
    IncidentState.DORMANT: (Wakes.BEGUN, Wakes.STATUTORY, Wakes.ADDED),
}
"""States of an incident in which its tasks rest, each with what keeps one from it."""


def rests(incident: IncidentState, task: TaskState, origin: Origin, *, statutory: bool) -> bool:
    """Tell whether a task is neither due nor late at present.

    Args:
        incident: state of its incident.
        task: its own state.
        origin: of the playbook, or added by hand.
        statutory: True where the law sets a date for it.
    """
    wakes = WAKES.get(incident)
    if wakes is None:
        return False
    awake = {
        Wakes.BEGUN: task is TaskState.STARTED,
        Wakes.STATUTORY: statutory,
        Wakes.ADDED: origin is Origin.ADDED,
    }
    return not any(awake[mark] for mark in wakes)


def item_rests(incident: IncidentState, item: ItemState) -> bool:
    """Tell whether a message, a meeting or a document waits for its incident to be active.

    Args:
        incident: state of its incident.
        item: its own state.
    """
    return incident in WAKES and item is ItemState.PLANNED


_SAYS: Final[Mapping[Wakes, Callable[[Any], Any]]] = {
    Wakes.BEGUN: lambda task: task.state == TaskState.STARTED.value,
    Wakes.STATUTORY: lambda task: task.rule != "",
    Wakes.ADDED: lambda task: task.origin == Origin.ADDED.value,
}


def resting(task: Any, incident: Any) -> sa.ColumnElement[bool]:
    """Return the same rule as a condition; nothing is read of the tasks of incidents that work.

    Args:
        task: columns of the tasks.
        incident: columns of the incidents.
    """

    def in_state(state: IncidentState) -> Any:
        return task.incident_id.in_(sa.select(incident.id).where(incident.state == state.value))

    return sa.or_(
        *(
            sa.and_(in_state(state), *(sa.not_(_SAYS[mark](task)) for mark in wakes))
            for state, wakes in WAKES.items()
        )
    )
