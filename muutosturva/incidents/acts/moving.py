"""Use case: moving a task in the group's own order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlmodel import Session, select

from muutosturva.errors import RefusedError, UsageError
from muutosturva.incidents.acts.guards import require_running
from muutosturva.incidents.pure.ranking import place, ranks
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.models.incident import Incident
from muutosturva.models.work import Task
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from muutosturva.store.versions import expect_version


def move_task(
    store: Store,
    incident: str,
    task: str,
    *,
    before: str = "",
    after: str = "",
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> TaskView:
    """Move a task right before or after another one of its firm, or back to its place in the plan.

    With neither of ``before`` and ``after`` it goes back to its place in the plan.

    Raises:
        NotFoundError: no such incident or task.
        UsageError: both neighbours are given, or the task itself.
        RefusedError: the incident has ended, or the other task is another firm's.
        ConflictError: somebody changed the task in between.
    """
    if before and after:
        raise UsageError("incidents.before_or_after")
    with store.transaction(actor, now) as unit:
        session = unit.session
        named = queries.find_incident(session, incident)
        row = finding.find_task(session, named, task)
        owner = session.get_one(Incident, row.incident_id)
        require_running(owner)
        expect_version(row, expected_version, {})
        rows = list(session.exec(select(Task).where(Task.incident_id == owner.id)).all())
        old = {item.key: item.rank for item in rows}
        other = _neighbour(session, named, row, before or after)
        if other is None:
            row.rank = None
        else:
            set_order(rows, _moved(rows, row, other, ahead=bool(before)), {row.key})
        changed = {item.key: [old[item.key], item.rank] for item in rows if item.rank != old[item.key]}
        session.flush()
        view = queries.one_task(session, owner, row)
        if not changed:
            unit.unchanged()
            return view
        key = other.key if other else None
        payload = {
            "title": row.title,
            "before": key if before else None,
            "after": key if after else None,
            "ranks": changed,
        }
        subjects = (f"{owner.readable_id} {row.key}",)
        unit.record(EventDraft("incidents.task_moved", owner.id, subjects, ("rank",), payload))
        return view


def in_own_order(tasks: Iterable[Task]) -> list[Task]:
    """Return rows of one firm in the group's own order."""
    return sorted(tasks, key=lambda task: (place(task.rank, task.position), task.position))


def set_order(rows: Iterable[Task], order: list[str], moved: set[str]) -> None:
    """Give rows the ranks that bring them into an order of keys.

    Args:
        rows: every task of the firm.
        order: all their keys.
        moved: those that were moved; the others keep their ranks where there is room.
    """
    by_key = {row.key: row for row in rows}
    places: Mapping[str, int] = {key: place(row.rank, row.position) for key, row in by_key.items()}
    for key, rank in ranks(order, places, moved).items():
        by_key[key].rank = rank


def _neighbour(session: Session, named: Incident, row: Task, wanted: str) -> Task | None:
    if not wanted:
        return None
    other = finding.find_task(session, named, wanted)
    if other.id == row.id:
        raise UsageError("incidents.next_to_itself", task=row.key)
    if other.incident_id != row.incident_id:
        raise RefusedError("incidents.order_across_firms", task=row.key, other=other.key)
    return other


def _moved(rows: Iterable[Task], row: Task, other: Task, *, ahead: bool) -> list[str]:
    keys = [item.key for item in in_own_order(rows) if item.key != row.key]
    keys.insert(keys.index(other.key) + (0 if ahead else 1), row.key)
    return keys
