"""Evidence: files and addresses that prove something, known by the hash of what they were.

A file is copied into the store's folder or left where it is. One that vanished or changed is told
wherever it is looked at, and the log is told once; its row, and what it was, stay.
"""

from __future__ import annotations

import datetime as dt
import mimetypes
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlmodel import Session, col, func, select

from muutosturva.clock import local_date
from muutosturva.errors import InputError, NotFoundError, Problem, RefusedError
from muutosturva.incidents.acts.guards import require_event_time, require_reason, require_short
from muutosturva.incidents.reading import finding, queries
from muutosturva.models.incident import Incident
from muutosturva.models.log import Event
from muutosturva.models.records import Attachment
from muutosturva.models.states import EvidenceKind
from muutosturva.rules.identity_codes import holds_identity_code
from muutosturva.rules.short_texts import TITLE, one_line
from muutosturva.settings import expanded
from muutosturva.store import attachments
from muutosturva.store.attachments import Finding
from muutosturva.store.lawbook import load_book
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store

ATTACHED: Final = "incidents.attached"
DETACHED: Final = "incidents.detached"
SEEN: Final = {
    Finding.VANISHED: "incidents.evidence_missing",
    Finding.CHANGED: "incidents.evidence_changed",
    Finding.INTACT: "incidents.evidence_found",
}
"""Events that tell what a check found where it differs from what was known."""

CLOSING: Final = {
    Finding.VANISHED: "incidents.closing_evidence_vanished",
    Finding.CHANGED: "incidents.closing_evidence_changed",
    Finding.UNREADABLE: "incidents.closing_evidence_unreadable",
}
"""Problems that stand in the way of closing: what proves something is looked at once more."""

LARGEST: Final = "office.attachment_largest"
"""Row of the rule book: the largest file that is copied."""

_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One attachment.

    Attributes:
        incident: readable id.
        number: within the incident; never given twice.
        kind: a copy, a file left where it is, or an address.
        place: path or address; of a copy its name in the store's folder.
        sha256: hash of its bytes when it was attached; "" for an address.
        refers: key of a task, or "".
        removed_at: when it was taken off, or None.
    """

    incident: str
    number: int
    kind: EvidenceKind
    title: str
    place: str
    sha256: str
    size: int | None
    media_type: str
    refers: str
    event_time: dt.datetime
    added_at: dt.datetime
    added_by: str
    removed_at: dt.datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Examined:
    """An attachment and what it looks like now; an address is taken as it is."""

    evidence: EvidenceView
    found: Finding


def attach(
    store: Store,
    incident: str,
    source: str,
    *,
    actor: str,
    now: dt.datetime,
    title: str = "",
    copy: bool = True,
    refers: str = "",
    at: dt.datetime | None = None,
) -> EvidenceView:
    """Attach a file or an address to an incident; an ended one too, since proof may come late.

    Args:
        store: the store.
        incident: readable id.
        source: path of a file, or an address that begins with http.
        actor: who attaches it.
        now: record time.
        title: what it is; the file's name or the address when "".
        copy: copy the file into the store's folder; False leaves it where it is.
        refers: key or code of the task it belongs to.
        at: when it came or was made, if not now.

    Raises:
        NotFoundError: no such incident or task.
        InputError: the title is no short text, or holds a personal identity code.
        RefusedError: no file, an empty or too large one, the same one is attached already, or a copy
            was to be made for a store on a server.
        UsageError: ``at`` lies ahead, or more than a year before the incident.
        MachineError: the file cannot be read, or the copy not be written.
    """
    require_short((title, "title", TITLE))
    if holds_identity_code(title):
        raise InputError("incidents.input", problems=[Problem("incidents.form_identity_code", {}, "title")])
    if _ADDRESS.fullmatch(source.strip()):
        taken = _Taken(EvidenceKind.LINK, source.strip(), title.strip() or source.strip())
        return _attached(store, incident, taken, actor=actor, now=now, refers=refers, at=at)
    path = _resolved(source, copy=copy)
    folder = attachments.folder_of(store.target)
    if copy and folder is None:
        raise RefusedError("incidents.evidence_on_server", path=str(path))
    with store.reading() as session:
        # Found before anything is copied: a mistyped incident leaves nothing behind.
        queries.find_incident(session, incident)
        largest = _largest(session, now)
    kept = (
        attachments.keep(folder, path, largest=largest)
        if copy and folder is not None
        else attachments.measured(path)
    )
    taken = _file_taken(path, kept, title.strip() or one_line(_readable(path.name)), copy=copy)
    try:
        return _attached(store, incident, taken, actor=actor, now=now, refers=refers, at=at)
    except BaseException:
        if kept.fresh and folder is not None:
            attachments.path_in(folder, kept.sha256).unlink(missing_ok=True)
        raise


def _largest(session: Session, now: dt.datetime) -> int | None:
    """Return the megabytes of the largest file the office copies; None where it has set no limit."""
    row = load_book(session).row(LARGEST, local_date(now))
    return None if row is None else int(row.value)


def _resolved(source: str, *, copy: bool) -> Path:
    """Return the path of a file, whole.

    Raises:
        RefusedError: the name leads round in a circle or to nobody's home, or it is no text and the file
            would be known by it.
    """
    try:
        path = expanded(source).resolve()
    except RuntimeError as error:
        raise RefusedError("store.evidence_no_file", path=_readable(source)) from error
    if not copy and _readable(str(path)) != str(path):
        raise RefusedError("incidents.evidence_name", path=_readable(str(path)))
    return path


def _readable(name: str) -> str:
    """Return a name as text that can be saved: bytes that are no UTF-8 are marked."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Taken:
    kind: EvidenceKind
    place: str
    title: str
    sha256: str = ""
    size: int | None = None
    media_type: str = ""


def _file_taken(path: Path, kept: attachments.Kept, title: str, *, copy: bool) -> _Taken:
    return _Taken(
        EvidenceKind.COPY if copy else EvidenceKind.FILE,
        attachments.path_in(Path(), kept.sha256).as_posix() if copy else str(path),
        title,
        kept.sha256,
        kept.size,
        mimetypes.guess_type(path.name)[0] or "",
    )


def _attached(
    store: Store,
    incident: str,
    taken: _Taken,
    *,
    actor: str,
    now: dt.datetime,
    refers: str,
    at: dt.datetime | None,
) -> EvidenceView:
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = queries.find_incident(session, incident)
        moment = require_event_time(session, owner, at, now)
        key = finding.find_task(session, owner, refers).key if refers.strip() else ""
        _require_new(session, owner, taken)
        row = Attachment(
            owner_area=owner.owner_area,
            incident_id=owner.id,
            kind=taken.kind,
            number=_next_number(session, owner),
            title=taken.title,
            place=taken.place,
            sha256=taken.sha256,
            size=taken.size,
            media_type=taken.media_type,
            refers=key,
            event_time=moment,
            added_at=now,
            added_by=actor,
        )
        session.add(row)
        payload = {
            "number": row.number,
            "title": row.title,
            "evidence": row.kind,
            "place": row.place,
            "sha256": row.sha256,
            "refers": key,
        }
        unit.record(_event(ATTACHED, owner, row, payload, fields=("title", "place", "sha256"), moment=moment))
        session.flush()
        return _view(row, owner)


def _require_new(session: Session, incident: Incident, taken: _Taken) -> None:
    same = Attachment.sha256 == taken.sha256 if taken.sha256 else Attachment.place == taken.place
    known = session.exec(
        select(Attachment).where(
            Attachment.incident_id == incident.id, same, col(Attachment.removed_at).is_(None)
        )
    ).first()
    if known is not None:
        raise RefusedError(
            "incidents.evidence_already",
            incident=incident.readable_id,
            number=known.number,
            title=known.title,
        )


def _next_number(session: Session, incident: Incident) -> int:
    last = session.exec(
        select(func.max(col(Attachment.number))).where(Attachment.incident_id == incident.id)
    ).one()
    return (last or 0) + 1


def _event(
    kind: str,
    incident: Incident,
    row: Attachment,
    payload: dict[str, object],
    *,
    fields: tuple[str, ...] = (),
    moment: dt.datetime | None = None,
) -> EventDraft:
    return EventDraft(
        kind=kind,
        incident_id=incident.id,
        subjects=(incident.readable_id, _subject(row)),
        fields=fields,
        payload=payload,
        event_time=moment,
    )


def _subject(row: Attachment) -> str:
    return f"attachment:{row.id}"


def detach(
    store: Store, incident: str, number: int, *, reason: str, actor: str, now: dt.datetime
) -> EvidenceView:
    """Take an attachment off; its row stays, and a copy stays in the folder until retention ends.

    Raises:
        NotFoundError: no such incident, or no attachment of that number that is not taken off.
        InputError: no reason.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner = queries.find_incident(unit.session, incident)
        row = unit.session.exec(
            select(Attachment).where(
                Attachment.incident_id == owner.id,
                Attachment.number == number,
                col(Attachment.removed_at).is_(None),
            )
        ).first()
        if row is None:
            raise NotFoundError("incidents.evidence_not_found", incident=owner.readable_id, number=number)
        row.removed_at = now
        payload: dict[str, object] = {"number": row.number, "title": row.title, "reason": why}
        unit.record(_event(DETACHED, owner, row, payload, fields=("removed_at",)))
        unit.session.flush()
        return _view(row, owner)


def evidence(session: Session, incident: str, *, removed: bool = False) -> tuple[EvidenceView, ...]:
    """Return the attachments of an incident by number; of a situation its firms' too.

    Raises:
        NotFoundError: no such incident.
    """
    owners, rows = _rows(session, incident, removed=removed)
    return tuple(_view(row, owners[row.incident_id]) for row in rows)


def look_at_evidence(store: Store, incident: str) -> tuple[Examined, ...]:
    """Look at every file again; nothing is written.

    Raises:
        NotFoundError: no such incident.
    """
    with store.reading() as session:
        owners, rows = _rows(session, incident, removed=False)
    folder = attachments.folder_of(store.target)
    return tuple(Examined(_view(row, owners[row.incident_id]), examine(folder, row)) for row in rows)


def check_evidence(store: Store, incident: str, *, actor: str, now: dt.datetime) -> tuple[Examined, ...]:
    """Look at every file again; what the log does not know yet is written into it, once.

    Raises:
        NotFoundError: no such incident.
    """
    with store.reading() as session:
        owners, rows = _rows(session, incident, removed=False)
        known = _known(session, list(owners))
    folder = attachments.folder_of(store.target)
    found = [(row, examine(folder, row)) for row in rows]
    for row, state in found:
        if state in SEEN and state is not known.get(_subject(row), Finding.INTACT):
            with store.transaction(actor, now) as unit:
                payload: dict[str, object] = {"number": row.number, "title": row.title}
                unit.record(_event(SEEN[state], owners[row.incident_id], row, payload))
    return tuple(Examined(_view(row, owners[row.incident_id]), state) for row, state in found)


def closing_evidence(session: Session, folder: Path | None, incident: Incident) -> list[Problem]:
    """Return the attachments of an incident, and of what was merged into it, that are not what they were.

    A situation answers for its own: each of its firms is closed by itself.
    """
    owners = [incident] if incident.situation else queries.with_duplicates(session, incident)
    rows = session.exec(
        select(Attachment)
        .where(
            col(Attachment.incident_id).in_([owner.id for owner in owners]),
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.added_at), col(Attachment.number))
    ).all()
    return [
        Problem(CLOSING[found], {"number": row.number, "title": row.title})
        for row in rows
        if (found := examine(folder, row)) in CLOSING
    ]


def examine(folder: Path | None, row: Attachment) -> Finding:
    """Tell what an attachment looks like now; an address is taken as it is."""
    if row.kind is EvidenceKind.LINK:
        return Finding.INTACT
    if row.kind is EvidenceKind.FILE:
        return attachments.examined(Path(row.place), row.sha256)
    if folder is None:
        return Finding.VANISHED
    return attachments.examined(attachments.path_in(folder, row.sha256), row.sha256)


def _known(session: Session, incidents: list[uuid.UUID]) -> dict[str, Finding]:
    """Return what the log last said of attachments, by subject."""
    found: dict[str, Finding] = {}
    by_kind = {kind: state for state, kind in SEEN.items()}
    events = session.exec(
        select(Event)
        .where(col(Event.incident_id).in_(incidents), col(Event.kind).in_(list(by_kind)))
        .order_by(col(Event.seq))
    )
    for event in events:
        found |= dict.fromkeys(event.subjects, by_kind[event.kind])
    return found


def _rows(
    session: Session, incident: str, *, removed: bool
) -> tuple[dict[uuid.UUID, Incident], list[Attachment]]:
    named = queries.find_incident(session, incident)
    owners = {each.id: each for each in queries.with_duplicates(session, named)}
    wanted = select(Attachment).where(col(Attachment.incident_id).in_(list(owners)))
    if not removed:
        wanted = wanted.where(col(Attachment.removed_at).is_(None))
    rows = session.exec(wanted).all()
    return owners, sorted(rows, key=lambda row: (owners[row.incident_id].readable_id, row.number))


def _view(row: Attachment, incident: Incident) -> EvidenceView:
    return EvidenceView(
        incident=incident.readable_id,
        number=row.number,
        kind=row.kind,
        title=row.title,
        place=row.place,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        refers=row.refers,
        event_time=row.event_time,
        added_at=row.added_at,
        added_by=row.added_by,
        removed_at=row.removed_at,
        version=row.version,
    )
