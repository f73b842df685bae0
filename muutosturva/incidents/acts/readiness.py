"""Bringing the waiting and ready tasks of an incident up to date after something happened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col

from muutosturva.incidents.pure.needs import Work, situation, state_of
from muutosturva.incidents.reading.queries import current_anchors
from muutosturva.models.incident import Incident
from muutosturva.models.states import NOT_STARTED
from muutosturva.models.work import PlanMessage, Task
from muutosturva.playbooks.facts import AnchorKey, Certainty
from muutosturva.playbooks.planning.readiness import Happened
from muutosturva.store.columns import select_columns

_NEEDED = (Task.id, Task.key, Task.step, Task.item, Task.state, Task.needs, Task.join, Task.depends_on)


def settle(session: Session, incident: Incident) -> dict[str, str]:
    """Set each task that has not begun to question, waiting or ready.

    Returns:
        The new state by key, of those whose state changed.
    """
    session.flush()
    # Only the columns that count: a task's texts and dates are most of its row.
    found = session.execute(select_columns(*_NEEDED).where(col(Task.incident_id) == incident.id)).all()
    works = [Work(key, step, tuple(item), state) for _, key, step, item, state, *_ in found]
    happened = _happened(session, incident, works)
    changed: dict[str, str] = {}
    for (identity, *_, needs, join, depends_on), work in zip(found, works, strict=True):
        if work.state not in NOT_STARTED:
            continue
        state = state_of(needs, work.item, depends_on, happened, join)
        if state is not work.state:
            session.get_one(Task, identity).state = state
            changed[work.key] = state.value
    return changed


def _happened(session: Session, incident: Incident, works: Sequence[Work]) -> Happened:
    messages = session.execute(
        select_columns(PlanMessage.key, PlanMessage.state).where(col(PlanMessage.incident_id) == incident.id)
    )
    anchors = current_anchors(session, incident.id)
    return situation(
        tasks=works,
        messages={row.key: row.state for row in messages},
        confirmed={
            str(AnchorKey(anchor.name, anchor.wave))
            for anchor in anchors
            if anchor.certainty == Certainty.CONFIRMED.value
        },
    )
