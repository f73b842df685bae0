"""Records: decisions, minutes, updates and reviews. A correction is written beside, never over."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from sqlmodel import Session, col, func, select

from muutosturva.clock import local_date
from muutosturva.errors import InputError, NotFoundError, RefusedError, UsageError
from muutosturva.incidents.acts.adding import added_row
from muutosturva.incidents.acts.guards import require_event_time, require_reason, require_running
from muutosturva.incidents.pure import forms
from muutosturva.incidents.pure.forms import Decision, Form, Minutes, Update
from muutosturva.incidents.reading import finding, queries
from muutosturva.models.incident import Incident, RoleHolder
from muutosturva.models.records import IncidentRecord
from muutosturva.models.states import IncidentState, RecordKind
from muutosturva.models.work import PlanMeeting
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork
from muutosturva.store.versions import expect_version

CORRECTED: Final = "incidents.record_corrected"

_EVENTS: Final[Mapping[RecordKind, str]] = {
    RecordKind.DECISION: "incidents.decided",
    RecordKind.MINUTES: "incidents.minuted",
    RecordKind.UPDATE: "incidents.update_given",
    RecordKind.REVIEW: "incidents.review_written",
}


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record as it stands, or as it stood before a correction.

    Attributes:
        incident: readable id.
        employer: the firm, or the title of a situation.
        number: runs by kind within an incident, and stays through corrections.
        title: its first line.
        form: what was filled in.
        refers: key of the task or meeting it belongs to, or "".
        event_time: when it was decided, held or so; ``recorded_at`` when it was written down.
        corrects: True when it replaces an earlier version.
        current: False for a version that was corrected.
    """

    incident: str
    employer: str
    kind: RecordKind
    number: int
    title: str
    form: Form
    refers: str
    event_time: dt.datetime
    recorded_at: dt.datetime
    author: str
    corrects: bool
    current: bool
    version: int


def add_record(
    store: Store,
    incident: str,
    form: Form,
    *,
    actor: str,
    now: dt.datetime,
    at: dt.datetime | None = None,
    refers: str = "",
    task: bool = False,
) -> RecordView:
    """Keep a filled-in form; the decisions of minutes become records of their own beside them.

    Args:
        store: the store.
        incident: readable id of an incident or a regional situation.
        form: what was filled in.
        actor: who writes it down.
        now: record time.
        at: when it was decided or held, if not now.
        refers: key or code of the task, or key of the meeting, it belongs to.
        task: for a decision: make a task of it, for its owner (a role or a person).

    Raises:
        NotFoundError: no such incident, task or meeting; for a task, no such role or person.
        InputError: what is wrong with the form, all at once.
        UsageError: ``at`` lies ahead, or more than a year before the incident.
        RefusedError: the incident has ended (a review may still be written), or a situation was to
            get a task.
    """
    with store.transaction(actor, now) as unit:
        owner = queries.find_incident(unit.session, incident)
        _require_open_for(owner, form)
        moment = require_event_time(unit.session, owner, at, now)
        key = _referred(unit.session, owner, refers)
        kept = _accepted(forms.cleaned(form), moment)
        row = _row(unit, owner, kept, moment, actor, refers=key)
        decided = _decisions_of(unit, owner, row, kept)
        payload = {"number": row.number, "title": row.title, **_told(kept, decided)}
        if task and isinstance(kept, Decision):
            payload["task"] = _task_of(unit.session, owner, row, kept)
        unit.record(
            EventDraft(
                kind=_EVENTS[row.kind],
                incident_id=owner.id,
                subjects=(f"{owner.readable_id} {key}".strip(),),
                fields=tuple(forms.to_body(kept)),
                payload=payload,
                event_time=moment,
            )
        )
        unit.session.flush()
        return _view(row, owner)


def correct_record(
    store: Store,
    incident: str,
    kind: RecordKind,
    number: int,
    form: Form,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    at: dt.datetime | None = None,
    expected_version: int | None = None,
) -> RecordView:
    """Write a corrected version of a record; the one it corrects stays readable.

    Args:
        store: the store.
        incident: readable id.
        kind: which form.
        number: of the record; it stays.
        form: the whole form as it should have been.
        reason: why it is corrected.
        actor: who corrects.
        now: record time.
        at: when it happened, where that was wrong too.
        expected_version: version the corrector has seen.

    Raises:
        NotFoundError: no such incident or record.
        InputError: no reason, or what is wrong with the form.
        UsageError: ``at`` lies ahead, or more than a year before the incident; or the record is one of
            several that belong to the incident.
        RefusedError: nothing would change.
        ConflictError: somebody corrected it in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner, old = _find(unit.session, incident, kind, number)
        expect_version(old, expected_version, {"title": forms.title_of(form)})
        moment = old.event_time if at is None else require_event_time(unit.session, owner, at, now)
        kept = _accepted(forms.cleaned(form), moment)
        if forms.to_body(kept) == old.body and moment == old.event_time:
            raise RefusedError("incidents.record_unchanged", number=number, incident=owner.readable_id)
        old.current = False
        unit.session.flush()
        row = _row(unit, owner, kept, moment, actor, refers=old.refers, corrects=old)
        unit.record(_correction(owner, old, row, why))
        unit.session.flush()
        return _view(row, owner)


def _correction(incident: Incident, old: IncidentRecord, new: IncidentRecord, reason: str) -> EventDraft:
    return EventDraft(
        kind=CORRECTED,
        incident_id=incident.id,
        subjects=(incident.readable_id,),
        fields=tuple(name for name, value in new.body.items() if value != old.body.get(name)),
        payload={
            "record": new.kind,
            "number": new.number,
            "old": old.title,
            "new": new.title,
            "before": old.body,
            "after": new.body,
            "reason": reason,
        },
    )


def _require_open_for(incident: Incident, form: Form) -> None:
    if isinstance(form, forms.Review) and incident.state is IncidentState.CLOSED:
        return
    require_running(incident)


def _accepted(form: Form, moment: dt.datetime) -> Form:
    found = forms.problems(form, local_date(moment))
    if found:
        raise InputError("incidents.input", problems=found)
    return form


def _row(
    unit: UnitOfWork,
    incident: Incident,
    form: Form,
    moment: dt.datetime,
    actor: str,
    *,
    refers: str,
    corrects: IncidentRecord | None = None,
) -> IncidentRecord:
    kind = forms.kind_of(form)
    row = IncidentRecord(
        owner_area=incident.owner_area,
        incident_id=incident.id,
        kind=kind,
        number=_next_number(unit.session, incident, kind) if corrects is None else corrects.number,
        title=forms.title_of(form),
        body=forms.to_body(form),
        refers=refers,
        event_time=moment,
        recorded_at=unit.moment,
        author=actor,
        corrects_id=None if corrects is None else corrects.id,
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def _next_number(session: Session, incident: Incident, kind: RecordKind) -> int:
    last = session.exec(
        select(func.max(col(IncidentRecord.number))).where(
            IncidentRecord.incident_id == incident.id, IncidentRecord.kind == kind
        )
    ).one()
    return (last or 0) + 1


def _decisions_of(
    unit: UnitOfWork, incident: Incident, row: IncidentRecord, form: Form
) -> list[IncidentRecord]:
    """Keep each decision of minutes as a record; it was made by the meeting, and that is its ground."""
    if not isinstance(form, Minutes):
        return []
    return [
        _row(
            unit,
            incident,
            replace(decision, decided_by=decision.decided_by or form.meeting, minutes=row.number),
            row.event_time,
            row.author,
            refers=row.refers,
        )
        for decision in form.decisions
    ]


def _told(form: Form, decided: Sequence[IncidentRecord]) -> dict[str, Any]:
    body: dict[str, Any] = dict(asdict(form))
    if isinstance(form, Minutes):
        body["decisions"] = [{"number": row.number, **row.body} for row in decided]
    return body


def _referred(session: Session, incident: Incident, refers: str) -> str:
    """Return the key of the task or meeting that is meant; "" for none."""
    wanted = refers.strip()
    if not wanted:
        return ""
    meeting = session.exec(
        select(PlanMeeting).where(PlanMeeting.incident_id == incident.id, PlanMeeting.key == wanted)
    ).first()
    return meeting.key if meeting is not None else finding.find_task(session, incident, wanted).key


def _task_of(session: Session, incident: Incident, row: IncidentRecord, decision: Decision) -> str:
    """Make a task of a decision, for the role or the person who carries it out; return its key."""
    if incident.situation:
        raise RefusedError("incidents.situation_has_no_tasks", incident=incident.readable_id)
    try:
        role, person = finding.find_role(session, incident, decision.owner).role, None
    except NotFoundError:
        person = finding.find_person(session, decision.owner)
        held = session.exec(
            select(RoleHolder.role).where(
                RoleHolder.incident_id == incident.id,
                RoleHolder.person_id == person.id,
                col(RoleHolder.renounced_at).is_(None),
            )
        ).first()
        role = held or queries.role_views(session, incident.id)[0].role
    task = added_row(
        session, incident, f"decision-{row.number}", title=row.title, role=role, due=decision.due
    )
    task.assignee_id = None if person is None else person.id
    session.add(task)
    return task.key


def _find(session: Session, incident: str, kind: RecordKind, number: int) -> tuple[Incident, IncidentRecord]:
    """Return the version of a record that stands, with the incident it belongs to.

    Two incidents that were merged, or the firms of a situation, have one number twice: the incident's
    own record is meant first. One of another is meant where only that one has the number, and by the
    id of its own incident always.

    Raises:
        NotFoundError: there is none of that number.
        UsageError: several of the others have it; their ids are in the parameters.
    """
    owners = _owners(session, incident)
    rows = session.exec(
        select(IncidentRecord).where(
            col(IncidentRecord.incident_id).in_(list(owners)),
            IncidentRecord.kind == kind,
            IncidentRecord.number == number,
            col(IncidentRecord.current),
        )
    ).all()
    named = queries.find_incident(session, incident)
    meant = [row for row in rows if row.incident_id == named.id] or rows
    if not meant:
        raise NotFoundError(
            "incidents.record_not_found", kind=kind, number=number, incident=named.readable_id
        )
    if len(meant) > 1:
        known = sorted(owners[row.incident_id].readable_id for row in meant)
        raise UsageError("incidents.record_ambiguous", kind=kind, number=number, incidents=known)
    return owners[meant[0].incident_id], meant[0]


def records(session: Session, incident: str, kind: RecordKind | None = None) -> tuple[RecordView, ...]:
    """Return the records that stand, newest first; of a situation its firms' too, and what was merged.

    Raises:
        NotFoundError: no such incident.
    """
    owners = _owners(session, incident)
    wanted = (
        select(IncidentRecord)
        .where(col(IncidentRecord.incident_id).in_(list(owners)), col(IncidentRecord.current))
        .order_by(
            col(IncidentRecord.event_time).desc(),
            col(IncidentRecord.recorded_at).desc(),
            col(IncidentRecord.number).desc(),
            col(IncidentRecord.kind).desc(),  # minutes before what was decided in them
        )
    )
    if kind is not None:
        wanted = wanted.where(IncidentRecord.kind == kind)
    return tuple(_view(row, owners[row.incident_id]) for row in session.exec(wanted))


def record_history(session: Session, incident: str, kind: RecordKind, number: int) -> tuple[RecordView, ...]:
    """Return every version of a record, the one that stands first.

    Raises:
        NotFoundError: no such incident or record.
        UsageError: the incident has none of that number, and several that belong to it have.
    """
    owner, _ = _find(session, incident, kind, number)
    found = session.exec(
        select(IncidentRecord)
        .where(
            IncidentRecord.incident_id == owner.id,
            IncidentRecord.kind == kind,
            IncidentRecord.number == number,
        )
        .order_by(col(IncidentRecord.recorded_at).desc(), col(IncidentRecord.current).desc())
    )
    return tuple(_view(row, owner) for row in found)


def latest_updates(session: Session, incident: str) -> tuple[RecordView, ...]:
    """Return the newest update of an incident, or of each firm of a situation and of the situation.

    Raises:
        NotFoundError: no such incident.
    """
    named = queries.find_incident(session, incident)
    counted = {each.readable_id for each in queries.members(session, named)}
    newest: dict[str, RecordView] = {}
    for record in records(session, incident, RecordKind.UPDATE):
        # What was merged keeps its records, and promises nothing any more.
        if record.incident in counted:
            newest.setdefault(record.incident, record)
    return tuple(newest[name] for name in sorted(newest))


def promised_update(session: Session, incident: str, today: dt.date) -> dt.date | None:
    """Return the earliest day from today on for which a newest update promises the next one.

    Raises:
        NotFoundError: no such incident.
    """
    days = [
        record.form.next_update
        for record in latest_updates(session, incident)
        if isinstance(record.form, Update) and record.form.next_update is not None
    ]
    return min((day for day in days if day >= today), default=None)


def _owners(session: Session, incident: str) -> dict[uuid.UUID, Incident]:
    named = queries.find_incident(session, incident)
    return {each.id: each for each in queries.with_duplicates(session, named)}


def _view(row: IncidentRecord, incident: Incident) -> RecordView:
    return RecordView(
        incident=incident.readable_id,
        employer=incident.employer,
        kind=row.kind,
        number=row.number,
        title=row.title,
        form=forms.from_body(row.kind, row.body),
        refers=row.refers,
        event_time=row.event_time,
        recorded_at=row.recorded_at,
        author=row.author,
        corrects=row.corrects_id is not None,
        current=row.current,
        version=row.version,
    )
