"""The life of an incident: notes, states and the checks before closing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlmodel import Session, col, select

from muutosturva.errors import InputError, Problem, RefusedError
from muutosturva.incidents.acts.closing import closing_problems_of, skip_open
from muutosturva.incidents.acts.guards import require_event_time, require_reason
from muutosturva.incidents.acts.rhythm import follow_state
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.views import IncidentView, LogEntry
from muutosturva.incidents.reading import queries
from muutosturva.models.incident import Incident
from muutosturva.models.records import IncidentRecord
from muutosturva.models.states import INCIDENT_MOVES, RUNNING, IncidentState, RecordKind
from muutosturva.store.attachments import folder_of
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork
from muutosturva.store.versions import expect_version


def add_note(
    store: Store, incident: str, text: str, *, actor: str, now: dt.datetime, at: dt.datetime | None = None
) -> LogEntry:
    """Write a note into the incident's log.

    Args:
        store: the store.
        incident: readable id.
        text: the note; it lies in the event's payload and can be erased.
        actor: who writes.
        now: record time.
        at: when it happened, when that is not now.

    Raises:
        NotFoundError: no such incident.
        InputError: the note is empty.
        UsageError: ``at`` lies in the future, or more than a year before the incident.
    """
    if not text.strip():
        raise InputError("incidents.input", problems=[Problem("incidents.note_empty")])
    with store.transaction(actor, now) as unit:
        owner = queries.find_incident(unit.session, incident)
        happened = require_event_time(unit.session, owner, at, now)
        unit.record(
            EventDraft(
                kind="incidents.noted",
                incident_id=owner.id,
                subjects=(owner.readable_id,),
                fields=("text",),
                payload={"text": text.strip()},
                event_time=happened,
            )
        )
    with store.reading() as session:
        return queries.log_entries(session, incident, limit=1)[0]


def closing_problems(store: Store, incident: str) -> tuple[Problem, ...]:
    """Return what stands in the way of closing an incident; () when nothing does.

    Raises:
        NotFoundError: no such incident.
    """
    with store.reading() as session:
        owner = queries.find_incident(session, incident)
        return tuple(closing_problems_of(session, folder_of(store.target), owner))


def move_state(
    store: Store,
    incident: str,
    state: IncidentState,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
    skip: bool = False,
) -> IncidentView:
    """Move an incident to another state, with the reason in the log.

    Args:
        store: the store.
        incident: readable id.
        state: the new one.
        reason: why, for the log.
        actor: who moves it.
        now: record time.
        expected_version: the incident's version on the user's screen.
        skip: True to leave undone, for the same reason, every open task that no law asks for; only
            when it is closed.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason; or closing, and its checks list what is missing.
        RefusedError: an incident cannot go from its state to that one, was merged into another, or is
            to be reviewed without a review.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner = queries.find_incident(unit.session, incident)
        expect_version(owner, expected_version, {"state": state})
        _refuse_merged(unit.session, owner)
        if state is owner.state:
            raise _already(unit.session, owner)
        if state not in INCIDENT_MOVES[owner.state]:
            allowed = sorted(INCIDENT_MOVES[owner.state])
            raise RefusedError(
                "incidents.state_not_reachable",
                incident=owner.readable_id,
                old=owner.state,
                new=state,
                allowed=allowed,
            )
        skipped = []
        if state is IncidentState.CLOSED:
            skipped = skip_open(unit.session, owner, why, actor, now) if skip else []
            _require_closable(unit.session, folder_of(store.target), owner)
        if state is IncidentState.REVIEWED:
            _require_review(unit.session, owner)
        _move(unit, owner, state, why, now)
        for draft in skipped:
            unit.consequence(draft)
    with store.reading() as session:
        return queries.incident_view(session, incident)


def skip_review(
    store: Store,
    incident: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> IncidentView:
    """End a closed incident without a review, and say why there is none.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason.
        RefusedError: the incident is not closed.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner = queries.find_incident(unit.session, incident)
        expect_version(owner, expected_version, {"state": IncidentState.REVIEWED})
        if owner.state is not IncidentState.CLOSED:
            raise RefusedError("incidents.not_closed", incident=owner.readable_id, state=owner.state)
        owner.state = IncidentState.REVIEWED
        unit.record(
            EventDraft(
                kind="incidents.review_skipped",
                incident_id=owner.id,
                subjects=(owner.readable_id,),
                fields=("state",),
                payload={"reason": why},
            )
        )
    with store.reading() as session:
        return queries.incident_view(session, incident)


def _already(session: Session, incident: Incident) -> RefusedError:
    """Return the error for the second of two people: who moved the incident, and when."""
    moved = next(
        (entry for entry in queries.log_entries(session, incident.readable_id) if _moved(entry, incident)),
        None,
    )
    if moved is None:
        return RefusedError("incidents.state_already", incident=incident.readable_id, state=incident.state)
    return RefusedError(
        "incidents.state_already_by",
        incident=incident.readable_id,
        state=incident.state,
        person=moved.actor,
        at=moved.record_time,
    )


def _moved(entry: LogEntry, incident: Incident) -> bool:
    return entry.kind == "incidents.state_moved" and entry.incident == incident.readable_id


def _require_review(session: Session, incident: Incident) -> None:
    written = session.exec(
        select(IncidentRecord.id).where(
            IncidentRecord.incident_id == incident.id,
            IncidentRecord.kind == RecordKind.REVIEW,
            col(IncidentRecord.current),
        )
    ).first()
    if written is None:
        raise RefusedError("incidents.review_missing", incident=incident.readable_id)


def _refuse_merged(session: Session, incident: Incident) -> None:
    """A duplicate's tasks and links have gone over; only undoing the merge brings them back."""
    if incident.duplicate_of_id is not None:
        into = session.get_one(Incident, incident.duplicate_of_id)
        raise RefusedError("incidents.merged_already", incident=incident.readable_id, into=into.readable_id)


def _require_closable(session: Session, folder: Path | None, incident: Incident) -> None:
    problems = closing_problems_of(session, folder, incident)
    if problems:
        raise InputError("incidents.not_closable", problems=problems, incident=incident.readable_id)


def _move(unit: UnitOfWork, incident: Incident, state: IncidentState, reason: str, now: dt.datetime) -> None:
    old = incident.state
    incident.state = state
    incident.closed_at = (
        now if state is IncidentState.CLOSED else None if state in RUNNING else incident.closed_at
    )
    changes = follow_state(unit.session, incident, old, now, reason=reason)
    did = {} if changes.empty else told_changes(changes)
    unit.record(
        EventDraft(
            kind="incidents.state_moved",
            incident_id=incident.id,
            subjects=(incident.readable_id,),
            fields=("state",),
            payload={"old": old.value, "new": state.value, "reason": reason, **did},
        )
    )


def close_incident(
    store: Store,
    incident: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
    skip: bool = False,
) -> IncidentView:
    """Close an incident whose checks pass; with ``skip`` its open tasks are left undone first.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason, or the checks list what is missing.
        RefusedError: the incident cannot be closed from its state.
        ConflictError: somebody changed the incident in between.
    """
    return move_state(
        store,
        incident,
        IncidentState.CLOSED,
        reason=reason,
        actor=actor,
        now=now,
        expected_version=expected_version,
        skip=skip,
    )


def reopen_incident(
    store: Store,
    incident: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> IncidentView:
    """Open a closed incident again: it is active.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason.
        RefusedError: it is not closed, or was merged into another.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner = queries.find_incident(unit.session, incident)
        expect_version(owner, expected_version, {"state": IncidentState.ACTIVE})
        _refuse_merged(unit.session, owner)
        if owner.state is not IncidentState.CLOSED:
            raise RefusedError("incidents.not_reopenable", incident=owner.readable_id, state=owner.state)
        _move(unit, owner, IncidentState.ACTIVE, why, now)
    with store.reading() as session:
        return queries.incident_view(session, incident)
