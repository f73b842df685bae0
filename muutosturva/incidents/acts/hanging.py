"""What hangs on the answer a task gives: the plan is judged anew when it is given, changed or taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import Session, col

from muutosturva.errors import InputError
from muutosturva.incidents.acts.refreshing import refresh
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading.expanding import expand_incident, pinned, saved_replies
from muutosturva.models.incident import Incident
from muutosturva.models.work import Task
from muutosturva.playbooks.expressions.conditions import replies_read
from muutosturva.playbooks.facts import ReplyKey
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.loading.items import items
from muutosturva.store.columns import select_columns


def follow_reply(
    session: Session,
    incident: Incident,
    row: Task,
    before: Mapping[str, Any] | None,
    *,
    now: dt.datetime,
    why: str,
) -> tuple[Changes, dict[str, object]] | None:
    """Let the plan follow what was answered when a task was done, or is answered no longer.

    Args:
        session: inside the use case's transaction; the row holds the new answer.
        incident: the task's incident.
        row: the task.
        before: what was answered until now; None for nothing.
        now: record time.
        why: stays with the tasks that are withdrawn; what was answered, when nothing is said.

    Returns:
        What moved, came and went, and the values the conditions were decided by; None where no
        condition of the playbook reads the answer, or it is the same as before.

    Raises:
        InputError: no plan can be made of it (its problems say why).
    """
    if (row.answer or None) == (before or None):
        return None
    keys = _read(pinned(incident).playbook, row.step)
    if not keys:
        return None
    session.flush()
    plan = expand_incident(session, incident)
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    told = saved_replies(session, incident, pinned(incident).playbook)
    new = {str(key): told.get(key) for key in keys}
    used = used_values(session, incident, new)
    said = ", ".join(f"{name} = {value if value is not None else '?'}" for name, value in new.items())
    return refresh(session, incident, plan, now, reason=why.strip() or said), used


def used_values(session: Session, incident: Incident, new: Mapping[str, object]) -> dict[str, object]:
    """Return the values by which the conditions that hang on some facts are decided, by name.

    Args:
        session: any session.
        incident: the incident, its tasks not yet refreshed.
        new: the facts, with what they are now; every other value is the one conditions were judged by.
    """
    rows = session.execute(
        select_columns(Task.depends_on, Task.condition_values).where(col(Task.incident_id) == incident.id)
    )
    used: dict[str, object] = {}
    for row in rows:
        if _touches(new, row.depends_on) or _touches(new, row.condition_values):
            used |= row.condition_values
    return {name: new.get(name, value) for name, value in {**used, **new}.items()}


def _touches(facts: Mapping[str, object], names: Collection[str]) -> bool:
    return any(name in names for name in facts)


def _read(playbook: Playbook, step: str) -> tuple[ReplyKey, ...]:
    """Return what the conditions of a playbook read of one task, each once."""
    found = (key for _, item in items(playbook) if item.when for key in replies_read(item.when))
    return tuple(dict.fromkeys(key for key in found if key.step == step))
