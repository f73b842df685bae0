"""What becomes of the row of a task: the pieces that the use cases of one task and of a whole sheet share.

Each changes the row it is given and returns what the log will tell; finding the row, recording the
event and settling what waited for it are the use case's.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from muutosturva.errors import RefusedError
from muutosturva.incidents.acts.answering import Reply, answer_to, told_answer
from muutosturva.incidents.acts.guards import require_reason
from muutosturva.incidents.pure.asks import asks_from_json
from muutosturva.incidents.pure.snapshot import by_hand_to_json
from muutosturva.models.states import OPEN_TASKS, TaskState
from muutosturva.models.work import Task

STARTED: Final = "incidents.task_started"
REOPENED: Final = "incidents.task_reopened"


def begin(row: Task, reason: str, now: dt.datetime) -> tuple[str, dict[str, Any]]:
    """Begin a task, or re-open a finished one, which needs a reason.

    Returns:
        The kind of the event and its payload.

    Raises:
        InputError: a finished task is re-opened without a reason.
        RefusedError: the task is withdrawn, or begun already.
    """
    old = row.state
    if old is TaskState.WITHDRAWN:
        raise RefusedError("incidents.task_withdrawn", task=row.key)
    if old is TaskState.STARTED:
        raise RefusedError("incidents.task_already", task=row.key, state=old)
    payload: dict[str, Any] = {"old": old.value, "new": TaskState.STARTED.value}
    if old not in OPEN_TASKS:
        payload["reason"] = require_reason(reason)
    row.state, row.state_reason = TaskState.STARTED, ""
    row.started_at = row.started_at or now
    row.finished_at = None
    row.finished_by = ""
    row.answer = None
    return (STARTED if old in OPEN_TASKS else REOPENED), payload


def end(
    row: Task, state: TaskState, reason: str, actor: str, now: dt.datetime, *, reply: Reply | None = None
) -> dict[str, Any]:
    """Mark an open task done or skipped; why it was skipped stays with it.

    Returns:
        The payload of the event: the old and the new state, and what was answered.

    Raises:
        InputError: a task that asks something is done without the answer, or with one of another type.
        RefusedError: the task is finished already.
    """
    require_open(row)
    payload: dict[str, Any] = {"old": row.state.value, "new": state.value}
    if state is TaskState.DONE:
        row.answer = answer_to(row.key, asks_from_json(row.asks), reply or Reply())
        payload |= told_answer(row.asks, row.answer)
    row.state, row.state_reason = state, reason if state is TaskState.SKIPPED else ""
    row.finished_at = now
    row.finished_by = actor
    return payload


def redate(row: Task, due: dt.date) -> dict[str, Any]:
    """Set the due day of an open task by hand.

    Returns:
        The payload of the event: the old and the new day.

    Raises:
        RefusedError: the task is finished.
    """
    require_open(row)
    old = row.due_on
    row.due = by_hand_to_json(row.due, due, by_hand=row.due_by_hand)
    row.due_on = due
    row.due_by_hand = True
    return {"old": old.isoformat() if old else None, "new": due.isoformat()}


def require_open(row: Task) -> None:
    """Refuse to change the work of a task that is not open.

    Raises:
        RefusedError: it is finished, withdrawn or only offered.
    """
    if row.state not in OPEN_TASKS:
        raise RefusedError("incidents.task_already", task=row.key, state=row.state)
