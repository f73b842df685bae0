"""Bringing the waiting and ready tasks of an incident up to date after something happened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, select

from muutosturva.incidents.needs import Situation, Work, state_of
from muutosturva.incidents.queries import current_anchors
from muutosturva.models.incident import Incident
from muutosturva.models.states import NOT_STARTED
from muutosturva.models.work import PlanMessage, Task
from muutosturva.playbooks.facts import AnchorKey, Certainty


def settle(session: Session, incident: Incident) -> dict[str, str]:
    """Set each task that has not begun to question, waiting or ready.

    Returns:
        The new state by key, of those whose state changed.
    """
    session.flush()
    tasks = session.exec(select(Task).where(Task.incident_id == incident.id)).all()
    situation = _situation(session, incident, tasks)
    changed: dict[str, str] = {}
    for task in tasks:
        if task.state not in NOT_STARTED:
            continue
        state = state_of(task.needs, tuple(task.item), task.depends_on, situation)
        if state is not task.state:
            task.state = state
            changed[task.key] = state.value
    return changed


def _situation(session: Session, incident: Incident, tasks: Sequence[Task]) -> Situation:
    messages = session.exec(select(PlanMessage).where(PlanMessage.incident_id == incident.id)).all()
    anchors = current_anchors(session, incident.id)
    return Situation(
        tasks=[Work(task.key, task.step, tuple(task.item), task.state) for task in tasks],
        messages={message.key: message.state for message in messages},
        confirmed={
            str(AnchorKey(anchor.name, anchor.wave))
            for anchor in anchors
            if anchor.certainty == Certainty.CONFIRMED.value
        },
    )
