"""Undo and redo, through the log: an act is never rubbed out, its opposite is written after it.

What an event did to rows is put back as long as nothing later has touched them; an undoing is an
event like any other, so undoing it is redoing the first. What has had an effect outside the store, or
is a record the law wants kept (who knew of a restricted incident and when), cannot be undone: it is
corrected by an act of its own.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import ConflictError, NotFoundError, Problem, RefusedError
from muutosturva.i18n import DEFAULT_LANGUAGE
from muutosturva.incidents.acts.guards import require_running
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.reading import queries
from muutosturva.models.incident import Incident
from muutosturva.models.log import Event, EventChange
from muutosturva.playbooks.plan import TextMap
from muutosturva.store import undo
from muutosturva.store.changes import Act, RowChange
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

UNDONE: Final = "incidents.undone"
"""Kind of the event that says another one was undone; its subjects name that one."""

_ENDINGS: Final = frozenset({"incidents.state_moved", "incidents.review_skipped"})
"""Acts that are undone though the incident has ended: they are what ended it."""


class Why(StrEnum):
    """Why an act stays as it happened."""

    RECORD = "record"
    """It is on record: a correction is written beside it."""
    KNEW = "knew"
    """Who knew of a restricted incident, and from when, stays told (MAR 596/2014 art. 18)."""
    PUBLIC = "public"
    """What has become known cannot be made unknown."""
    PROOF = "proof"
    """What was taken as proof, and what was taken off, stays told."""
    INCIDENT = "incident"
    """An incident that was there stays; a false alarm is cancelled."""
    LOG = "log"
    """It changed nothing but the log."""
    OFFICE = "office"
    """It belongs to the whole office, not to an incident."""


KEPT: Final[Mapping[str, Why]] = {
    "incidents.access_ended": Why.KNEW,
    "incidents.access_granted": Why.KNEW,
    "incidents.attached": Why.PROOF,
    "incidents.days_followed": Why.OFFICE,
    "incidents.decided": Why.RECORD,
    "incidents.detached": Why.PROOF,
    "incidents.evidence_changed": Why.LOG,
    "incidents.evidence_found": Why.LOG,
    "incidents.evidence_missing": Why.LOG,
    "incidents.labels_set": Why.OFFICE,
    "incidents.minuted": Why.RECORD,
    "incidents.noted": Why.LOG,
    "incidents.opened": Why.INCIDENT,
    "incidents.published": Why.PUBLIC,
    "incidents.record_corrected": Why.RECORD,
    "incidents.review_written": Why.RECORD,
    "incidents.secrecy_set": Why.PUBLIC,
    "incidents.threshold_crossed": Why.LOG,
    "incidents.update_given": Why.RECORD,
    "incidents.task_escalated": Why.LOG,
}
"""Acts that are not undone, each with the reason. A grouping that made its situation is like an opening;
every other kind is undone."""

_EVENT: Final = "event:"

_NAMES: Final = (
    "readable_id",
    "key",
    "role",
    "name",
    "wave",
    "area_slug",
    "title",
    "stage",
    "measure",
    "site",
)
"""Fields that name a row for people, the best first; a number of people by the last three together."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """An act that can be undone, or an undoing that can be undone again.

    Attributes:
        seq: its number in the log.
        kind: what it was.
        actor: who did it.
        record_time: when it was written down, aware.
        subjects: what it touched, as the log names it.
    """

    seq: int
    kind: str
    actor: str
    record_time: dt.datetime
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """One row that was put back.

    Attributes:
        table: its table.
        name: how people call it: a task's key, an anchor's name.
        act: what had been done to it: added, changed or removed.
        fields: the fields that are as they were before; () for a row added or removed.
        title: its words by language; {} for a row that has none.
    """

    table: str
    name: str
    act: Act
    fields: tuple[str, ...]
    title: TextMap = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo put back.

    Attributes:
        event: the act that was undone.
        rows: what stands as it stood before.
    """

    event: Undoable
    rows: tuple[Restored, ...]


def undoable(session: Session, incident: str, *, limit: int = 20) -> tuple[Undoable, ...]:
    """Return the acts of an incident that can be undone, the newest first.

    Whether a later act has overtaken one is judged when it is undone.

    Raises:
        NotFoundError: no such incident.
    """
    owner = queries.find_incident(session, incident)
    found = (event for event, gone in _acts(session, owner) if not gone and event.kind != UNDONE)
    return tuple(_undoable(event) for event in islice(found, limit))


def undo_event(
    store: Store,
    incident: str,
    *,
    actor: str,
    now: dt.datetime,
    seq: int | None = None,
    reason: str = "",
) -> Undone:
    """Undo one's own latest act in an incident, or any act by its number in the log.

    Args:
        store: the store.
        incident: readable id.
        actor: who undoes.
        now: record time.
        seq: number of the act; the actor's latest one that is not undone yet when None.
        reason: why, for the log; may be empty.

    Raises:
        NotFoundError: no such incident, or no such act in it.
        RefusedError: there is nothing to undo, the act cannot be undone, or the incident has ended.
        ConflictError: later acts have changed the same things; the problems name them.
    """
    with store.transaction(actor, now) as unit:
        owner = queries.find_incident(unit.session, incident)
        event = (
            _own_latest(unit.session, owner, actor) if seq is None else _by_number(unit.session, owner, seq)
        )
        return _undo(unit, owner, event, reason)


def redo_event(store: Store, incident: str, *, actor: str, now: dt.datetime, reason: str = "") -> Undone:
    """Do again what the actor undid last.

    Raises:
        NotFoundError: no such incident.
        RefusedError: the actor has undone nothing, or the incident has ended.
        ConflictError: later acts have changed the same things; the problems name them.
    """
    with store.transaction(actor, now) as unit:
        owner = queries.find_incident(unit.session, incident)
        undoings = {act.id for act in _changing_events(unit.session, owner.id) if act.kind == UNDONE}
        for event, gone in _acts(unit.session, owner):
            # An undoing of an undoing is what redoing left behind: not to be redone itself.
            if event.id in undoings and not gone and event.actor == actor and _target(event) not in undoings:
                return _undo(unit, owner, event, reason)
        raise RefusedError("incidents.nothing_to_redo", incident=owner.readable_id, person=actor)


def preview_undo(store: Store, incident: str, *, actor: str, seq: int | None = None) -> Undone:
    """Return what ``undo_event`` would put back; nothing is written.

    Raises:
        NotFoundError, RefusedError, ConflictError: as ``undo_event``.
    """
    with store.reading() as session:
        owner = queries.find_incident(session, incident)
        event = _wanted(session, owner, actor, seq)
        changes = _judged(session, owner, event)
        return Undone(_undoable(event), _restored(session, changes))


def _undo(unit: UnitOfWork, owner: Incident, event: Event, reason: str) -> Undone:
    session = unit.session
    changes = _judged(session, owner, event)
    rows = _restored(session, changes)
    undo.put_back(session, changes)
    if not owner.situation:
        settle(session, owner)
    unit.record(
        EventDraft(
            kind=UNDONE,
            incident_id=owner.id,
            subjects=(f"{_EVENT}{event.id}", *event.subjects),
            fields=tuple(dict.fromkeys(field for row in rows for field in row.fields)),
            payload={
                "seq": event.seq,
                "kind": event.kind,
                "actor": event.actor,
                "reason": reason.strip(),
                "rows": [{"table": row.table, "name": row.name, "act": row.act} for row in rows],
            },
        )
    )
    return Undone(_undoable(event), rows)


def _acts(session: Session, incident: Incident) -> Iterator[tuple[Event, bool]]:
    """Yield the acts of an incident that may be put back, newest first, and whether each is undone."""
    found = _changing_events(session, incident.id)
    gone = _gone(found)
    for event in found:
        if event.kind not in KEPT and _reversible(session, event):
            yield event, event.id in gone


def _changing_events(session: Session, incident_id: uuid.UUID | None) -> Sequence[Event]:
    """Return the events of an incident that did something to rows, newest first."""
    return session.exec(
        select(Event)
        .join(EventChange, col(EventChange.event_id) == col(Event.id))
        .where(Event.incident_id == incident_id)
        .order_by(col(Event.seq).desc())
    ).all()


def _gone(newest_first: Iterable[Event]) -> set[uuid.UUID]:
    """Return the events that stand undone; an undoing that was undone does not count."""
    gone: set[uuid.UUID] = set()
    for event in newest_first:
        if event.kind == UNDONE and event.id not in gone:
            gone.add(_target(event))
    return gone


def _target(event: Event) -> uuid.UUID:
    return next(uuid.UUID(item.removeprefix(_EVENT)) for item in event.subjects if item.startswith(_EVENT))


def _first_act(session: Session, event: Event) -> Event:
    """Return the act that an undoing, or the undoing of one, is about; any other event itself."""
    while event.kind == UNDONE:
        event = session.get_one(Event, _target(event))
    return event


def _kept(session: Session, event: Event) -> Why | None:
    """Return why an act is not undone, or None where it can be."""
    if event.kind in KEPT:
        return KEPT[event.kind]
    if _reversible(session, event):
        return None
    changes = undo.changes_of(session, event.id)
    if any("secrecy" in change.after for change in changes):
        return Why.PUBLIC
    return Why.INCIDENT if changes else Why.LOG


def _reversible(session: Session, event: Event) -> bool:
    """Tell whether an act is of the kind that can be undone; an incident, once there, stays."""
    changes = undo.changes_of(session, event.id)
    return bool(changes) and not any(
        change.table == Incident.__tablename__ and (change.act is Act.ADDED or "secrecy" in change.after)
        for change in changes
    )


def _wanted(session: Session, incident: Incident, actor: str, seq: int | None) -> Event:
    return _own_latest(session, incident, actor) if seq is None else _by_number(session, incident, seq)


def _own_latest(session: Session, incident: Incident, actor: str) -> Event:
    for event, gone in _acts(session, incident):
        if not gone and event.kind != UNDONE and event.actor == actor:
            return event
    raise RefusedError("incidents.nothing_to_undo", incident=incident.readable_id, person=actor)


def _by_number(session: Session, incident: Incident, seq: int) -> Event:
    members = [member.id for member in queries.members(session, incident)]
    event = session.exec(
        select(Event).where(
            Event.owner_area == incident.owner_area, Event.seq == seq, col(Event.incident_id).in_(members)
        )
    ).first()
    if event is None:
        raise NotFoundError("incidents.event_not_found", incident=incident.readable_id, seq=seq)
    return event


def _judged(session: Session, owner: Incident, event: Event) -> Sequence[RowChange]:
    """Return what is to be put back.

    Raises:
        RefusedError: the act cannot be undone, is undone already, or the incident has ended.
        ConflictError: it was overtaken.
    """
    why = _kept(session, event)
    if why is not None:
        key = f"incidents.not_undoable_{why}"
        raise RefusedError(key, incident=owner.readable_id, seq=event.seq)
    if _first_act(session, event).kind not in _ENDINGS:
        require_running(owner)
    if any(
        act.id == event.id and gone
        for act, gone in _acts(session, session.get_one(Incident, event.incident_id))
    ):
        raise RefusedError("incidents.undone_already", incident=owner.readable_id, seq=event.seq)
    changes = undo.changes_of(session, event.id)
    lost = _lost(session, event, undo.overtaken(session, changes))
    if lost:
        raise _overtaken(session, owner, event, lost)
    return changes


def _lost(session: Session, event: Event, found: Sequence[undo.Overtaken]) -> Sequence[undo.Overtaken]:
    """Leave out the rows an act added that only acts which stand undone have touched since."""
    added = [
        each.change.id
        for each in found
        if each.change.act is Act.ADDED and undo.row_of(session, each.change) is not None
    ]
    if not added:
        return found
    gone = _gone(_changing_events(session, event.incident_id))
    touched = {
        change.id
        for later in undo.later_events(session, event, added)
        if later.id not in gone and later.kind != UNDONE
        for change in undo.changes_of(session, later.id)
    }
    return [each for each in found if each.change.id not in added or each.change.id in touched]


def _overtaken(
    session: Session, owner: Incident, event: Event, lost: Sequence[undo.Overtaken]
) -> ConflictError:
    later = undo.later_events(session, event, [found.change.id for found in lost])
    problems = [
        Problem(
            "incidents.overtaken_by",
            {"seq": found.seq, "actor": found.actor, "at": found.record_time, "kind": found.kind},
        )
        for found in later
    ]
    return ConflictError(
        "incidents.undo_overtaken", problems=problems, incident=owner.readable_id, seq=event.seq
    )


def _restored(session: Session, changes: Sequence[RowChange]) -> tuple[Restored, ...]:
    return tuple(
        Restored(
            change.table,
            _name(session, change),
            change.act,
            tuple(change.before) if change.act is Act.CHANGED else (),
            _title(session, change),
        )
        for change in changes
    )


def _name(session: Session, change: RowChange) -> str:
    """Return how people call the row of a change, also one that is not there any more."""
    row = undo.row_of(session, change)
    known = change.before if row is None else {name: getattr(row, name, None) for name in _NAMES}
    if known.get("stage") and known.get("measure"):
        return "/".join(str(known[name]) for name in ("stage", "measure", "site") if known.get(name))
    return next((str(known[name]) for name in _NAMES if known.get(name)), "")


def _undoable(event: Event) -> Undoable:
    return Undoable(event.seq, event.kind, event.actor, event.record_time, tuple(event.subjects))


def _title(session: Session, change: RowChange) -> TextMap:
    """Return the words of a row by language: the title of a task or a role, the label of a date."""
    row = undo.row_of(session, change)
    for name in ("title", "label"):
        words = change.before.get(name) if row is None else getattr(row, name, None)
        if words:
            return words if isinstance(words, dict) else {DEFAULT_LANGUAGE: str(words)}
    return {}
