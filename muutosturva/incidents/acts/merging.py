"""Merging a firm's incident that was opened twice: one goes on, the other is kept as its duplicate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from muutosturva.errors import RefusedError
from muutosturva.incidents.acts.guards import require_reason, require_running
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.pure.firms import folded
from muutosturva.incidents.reading import queries
from muutosturva.models.incident import Incident, IncidentLink
from muutosturva.models.states import OPEN_TASKS, IncidentState, Origin, Secrecy, TaskState
from muutosturva.models.work import Task, TaskArea
from muutosturva.playbooks.loading.resolved import from_stored
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from muutosturva.store.versions import expect_version

_TAKES: frozenset[TaskState] = OPEN_TASKS | {TaskState.OFFERED}
"""States of a task that the same task done elsewhere settles."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge does, or did.

    Attributes:
        duplicate: readable id of the incident that is cancelled.
        into: readable id of the one that goes on.
        carried: keys of tasks that were done in the duplicate and become done here.
        moved: hand-added tasks: their key in the duplicate and in the surviving incident.
        links: linked firms that come along.
        situation: the situation the surviving incident takes the duplicate's place in, or "".
    """

    duplicate: str
    into: str
    carried: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    links: tuple[str, ...]
    situation: str


@dataclass(frozen=True, slots=True)
class _Merging:
    """The rows of a merge, before anything is changed."""

    duplicate: Incident
    into: Incident
    carried: Sequence[tuple[Task, Task]]
    moved: Sequence[tuple[Task, str]]
    links: Sequence[IncidentLink]
    situation: Incident | None

    def told(self) -> Merged:
        """Return what happens, as a value."""
        return Merged(
            duplicate=self.duplicate.readable_id,
            into=self.into.readable_id,
            carried=tuple(target.key for _, target in self.carried),
            moved=tuple((task.key, key) for task, key in self.moved),
            links=tuple(link.name for link in self.links),
            situation=self.situation.readable_id if self.situation else "",
        )


def preview_merge(store: Store, duplicate: str, into: str) -> Merged:
    """Return what ``merge_incidents`` would do; nothing is written.

    Raises:
        NotFoundError, RefusedError: as ``merge_incidents``.
    """
    with store.reading() as session:
        return _planned(session, duplicate, into).told()


def merge_incidents(
    store: Store,
    duplicate: str,
    into: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> Merged:
    """Merge an incident that was opened twice into the one that goes on.

    The duplicate is cancelled and stays readable; its log and records show in the surviving one's.
    Work done there counts as done here, with who did it and when; hand-added tasks and linked firms
    come along. Nobody is counted twice: a cancelled incident counts nothing.

    Args:
        store: the store.
        duplicate: readable id of the one that is given up.
        into: readable id of the one that goes on.
        reason: why, for the log.
        actor: who does it.
        now: record time.
        expected_version: the duplicate's version on the user's screen.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason.
        RefusedError: they are one incident, one is a situation or has ended, or the duplicate is
            restricted and the other one is not.
        ConflictError: somebody changed the duplicate in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        session = unit.session
        found = _planned(session, duplicate, into)
        expect_version(found.duplicate, expected_version)
        told = found.told()
        _carry(found, why)
        _move_tasks(session, found)
        _move_links(session, found)
        if found.situation is not None:
            found.into.parent_id = found.situation.id
        found.duplicate.parent_id = None
        found.duplicate.state = IncidentState.CANCELLED
        found.duplicate.duplicate_of_id = found.into.id
        settle(session, found.into)
        unit.record(_event(found, told, why))
    return told


def _event(found: _Merging, told: Merged, reason: str) -> EventDraft:
    return EventDraft(
        kind="incidents.merged",
        incident_id=found.into.id,
        subjects=(told.into, told.duplicate),
        fields=("duplicate_of", "state", "tasks", "links"),
        payload={
            "duplicate": told.duplicate,
            "employer": found.duplicate.employer,
            "carried": list(told.carried),
            "moved_tasks": [{"old": old, "new": new} for old, new in told.moved],
            "links": list(told.links),
            "reason": reason,
        },
    )


def _planned(session: Session, duplicate: str, into: str) -> _Merging:
    source = queries.find_incident(session, duplicate)
    target = queries.find_incident(session, into)
    if source.id == target.id:
        raise RefusedError("incidents.merge_itself", incident=source.readable_id)
    for incident in (source, target):
        if incident.situation:
            raise RefusedError("incidents.merge_situation", incident=incident.readable_id)
        require_running(incident)
    if source.secrecy is Secrecy.RESTRICTED and target.secrecy is not Secrecy.RESTRICTED:
        # Its work, its tasks and its linked firms would show to those who may not know of it.
        raise RefusedError(
            "incidents.merge_secret",
            incident=source.readable_id,
            into=target.readable_id,
            secrecy=target.secrecy,
        )
    theirs = _tasks(session, source)
    ours = {task.key: task for task in _tasks(session, target)}
    return _Merging(
        duplicate=source,
        into=target,
        carried=[
            (task, ours[task.key])
            for task in theirs
            if task.state is TaskState.DONE
            and task.origin is Origin.PLAYBOOK
            and task.key in ours
            and ours[task.key].state in _TAKES
        ],
        moved=_renamed(theirs, target, ours),
        links=_links_to_move(session, source, target),
        situation=_place(session, source, target),
    )


def _tasks(session: Session, incident: Incident) -> Sequence[Task]:
    return session.exec(
        select(Task).where(Task.incident_id == incident.id).order_by(col(Task.position))
    ).all()


def _renamed(theirs: Sequence[Task], target: Incident, ours: Mapping[str, Task]) -> list[tuple[Task, str]]:
    """Return the hand-added tasks, each with a key that is free in the surviving incident."""
    taken = {*ours, *from_stored(target.playbook_text, target.playbook_id).playbook.tasks}
    found = []
    for task in theirs:
        if task.origin is Origin.ADDED:
            key = _free(task.key, taken)
            taken.add(key)
            found.append((task, key))
    return found


def _free(key: str, taken: Collection[str]) -> str:
    wanted, number = key, 2
    while wanted in taken:
        wanted = f"{key}-{number}"
        number += 1
    return wanted


def _links_to_move(session: Session, source: Incident, target: Incident) -> list[IncidentLink]:
    def links(incident: Incident) -> Sequence[IncidentLink]:
        return session.exec(select(IncidentLink).where(IncidentLink.incident_id == incident.id)).all()

    known = {folded(link.name) for link in links(target)}
    return [link for link in links(source) if folded(link.name) not in known and link.other_id != target.id]


def _place(session: Session, source: Incident, target: Incident) -> Incident | None:
    """Return the situation the surviving incident joins: the duplicate's, where it has none itself."""
    if source.parent_id is None or target.parent_id is not None:
        return None
    return session.get(Incident, source.parent_id)


def _carry(found: _Merging, reason: str) -> None:
    for task, target in found.carried:
        target.state = TaskState.DONE
        target.started_at = task.started_at
        target.finished_at = task.finished_at
        target.finished_by = task.finished_by
        target.state_reason = reason
        target.answer = task.answer


def _move_tasks(session: Session, found: _Merging) -> None:
    last = session.exec(select(func.max(col(Task.position))).where(Task.incident_id == found.into.id)).one()
    for offset, (task, key) in enumerate(found.moved, start=1):
        for part in session.exec(select(TaskArea).where(TaskArea.task_id == task.id)).all():
            part.incident_id = found.into.id
        task.incident_id = found.into.id
        task.key = key
        task.step = key
        task.position = (last or 0) + offset
    session.flush()


def _move_links(session: Session, found: _Merging) -> None:
    for link in found.links:
        link.incident_id = found.into.id
    session.flush()
