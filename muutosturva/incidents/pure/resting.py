"""What rests while an incident is only watched or dormant. Pure.

A watched incident has a plan and no work: nothing of it is due until it becomes active. A dormant one
keeps its promises: what the law asks for, what the group itself added and what was begun stay due;
the rest waits for the incident to be resumed. What recurs has no days in such a time at all
(``spells``).
"""

from __future__ import annotations

from muutosturva.models.states import IncidentState, ItemState, Origin, TaskState


def rests(incident: IncidentState, task: TaskState, origin: Origin, *, statutory: bool) -> bool:
    """Tell whether a task is neither due nor late at present.

    Args:
        incident: state of its incident.
        task: its own state.
        origin: of the playbook, or added by hand.
        statutory: True where the law sets a date for it.
    """
    if incident is IncidentState.WATCH:
        return task is not TaskState.STARTED
    if incident is IncidentState.DORMANT:
        return not statutory and origin is not Origin.ADDED and task is not TaskState.STARTED
    return False


def item_rests(incident: IncidentState, item: ItemState) -> bool:
    """Tell whether a message, a meeting or a document waits for its incident to be active.

    Args:
        incident: state of its incident.
        item: its own state.
    """
    return incident in {IncidentState.WATCH, IncidentState.DORMANT} and item is ItemState.PLANNED
