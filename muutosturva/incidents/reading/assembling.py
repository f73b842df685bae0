"""From rows to views: hand-written, each field once, no query."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from muutosturva.incidents.pure.asks import asks_from_json
from muutosturva.incidents.pure.counting import Affected, Counted, Tie, affected
from muutosturva.incidents.pure.snapshot import (
    planned_from_json,
    raci_from_json,
    site_from_json,
    statutory_from_json,
)
from muutosturva.incidents.pure.standing_in import Acting, Away, Present, Standing, acting, acting_for, sent
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import (
    AnchorView,
    AreaView,
    DocumentView,
    IncidentSummary,
    IncidentView,
    LinkView,
    LogEntry,
    MeetingView,
    MessageView,
    QuestionView,
    RoleView,
    TaskAreaView,
    TaskView,
    WaveView,
)
from muutosturva.models.incident import (
    Incident,
    IncidentAnchor,
    IncidentArea,
    IncidentLink,
    IncidentQuestion,
    IncidentRole,
    IncidentWave,
    RoleHolder,
)
from muutosturva.models.log import Event, EventPayload
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import AreaPart
from muutosturva.models.work import PlanDocument, PlanMeeting, PlanMessage, Task, TaskArea
from muutosturva.playbooks.facts import DEFAULT_WAVE, AnchorValue, Certainty
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.store.resting import item_rests, rests

_NO_DATE = PlannedDate("", None, None, None, None, Certainty.UNKNOWN)


def anchor_value(row: IncidentAnchor) -> AnchorValue:
    """Return the value an anchor's row holds."""
    return AnchorValue(Certainty(row.certainty), row.value, row.earliest, row.latest, row.source, row.at)


def anchor_views(found: Iterable[IncidentAnchor]) -> tuple[AnchorView, ...]:
    """Return the anchors of one incident in the order given."""
    rows = list(found)
    named = any(row.wave not in {"", DEFAULT_WAVE} for row in rows)
    return tuple(
        AnchorView(
            row.name,
            row.wave,
            row.label,
            anchor_value(row),
            row.origin,
            row.reason_code,
            row.recorded_at,
            rest=named and row.wave == DEFAULT_WAVE,
        )
        for row in rows
    )


def wave_views(found: Iterable[IncidentWave], anchors: Sequence[AnchorView]) -> tuple[WaveView, ...]:
    """Return the waves of one incident with their two dates."""
    waves = list(found)
    dates = {(anchor.wave, anchor.name): anchor.value for anchor in anchors if anchor.wave}
    return tuple(
        WaveView(
            row.wave,
            row.label,
            row.site,
            row.measure,
            row.count,
            dates.get((row.wave, "notice")),
            dates.get((row.wave, "end")),
            rest=row.wave == DEFAULT_WAVE and len(waves) > 1,
        )
        for row in waves
    )


def area_views(found: Iterable[IncidentArea]) -> tuple[AreaView, ...]:
    """Return the areas an incident touches."""
    return tuple(AreaView(row.area_slug, row.name, row.lead, row.share) for row in found)


def roles_by_incident(
    incident_ids: Collection[uuid.UUID],
    needed: Iterable[IncidentRole],
    held: Iterable[tuple[RoleHolder, RosterPerson]],
    present: Present | None = None,
) -> dict[uuid.UUID, dict[str, RoleView]]:
    """Return each needed role with its holders, and who acts on the day asked for, by incident and role."""
    first: dict[tuple[uuid.UUID, str], list[str]] = {}
    second: dict[tuple[uuid.UUID, str], list[str]] = {}
    for holder, person in held:
        place = (holder.incident_id, holder.role)
        (second if holder.deputy else first).setdefault(place, []).append(person.name)
    views: dict[uuid.UUID, dict[str, RoleView]] = {incident_id: {} for incident_id in incident_ids}
    for row in needed:
        place = (row.incident_id, row.role)
        views[row.incident_id][row.role] = RoleView(
            row.role,
            row.title,
            row.count,
            row.deputy,
            tuple(first.get(place, ())),
            tuple(second.get(place, ())),
            acting(first.get(place, ()), second.get(place, ()), present.away, present.day)
            if present
            else None,
        )
    return views


def question_view(row: IncidentQuestion) -> QuestionView:
    """Return a question."""
    return QuestionView(row.name, row.label, row.type, tuple(row.options), tuple(row.decides))


def headcount(incident: Incident) -> int | None:
    """Return the affected people of a firm; None when that is not known."""
    value = incident.inputs.get("headcount")
    return value if isinstance(value, int) else None


def affected_people(
    incident: Incident, children: Sequence[Incident], ties: Iterable[Tie]
) -> tuple[Affected, Tally | None]:
    """Return the people of a firm or of a situation's firms, and the sum where there are several."""
    firms = children if incident.situation else [incident]
    found = affected([Counted(firm.id, headcount(firm)) for firm in firms], ties)
    return found, found.firms if incident.situation else None


def link_view(row: IncidentLink, owner: Incident, other: str) -> LinkView:
    """Return a linked firm; ``other`` is the readable id of its own incident, or ""."""
    return LinkView(
        incident=owner.readable_id,
        employer=owner.employer,
        name=row.name,
        kind=row.kind,
        other=other,
        headcount=row.headcount,
        included=row.included,
        source=row.source,
        version=row.version,
    )


def incident_view(
    incident: Incident,
    *,
    parent: str,
    children: Sequence[Incident],
    anchors: tuple[AnchorView, ...],
    waves: tuple[WaveView, ...],
    areas: tuple[AreaView, ...],
    roles: tuple[RoleView, ...],
    questions: tuple[QuestionView, ...],
    links: tuple[LinkView, ...],
    ties: Iterable[Tie],
    duplicate_of: str,
    duplicates: tuple[str, ...],
) -> IncidentView:
    """Return the whole view of an incident."""
    people, several = affected_people(incident, children, ties)
    return IncidentView(
        id=incident.id,
        readable_id=incident.readable_id,
        owner_area=incident.owner_area,
        kind=incident.kind,
        state=incident.state,
        secrecy=incident.secrecy,
        level=incident.level,
        employer=incident.employer,
        municipality=incident.municipality,
        sector=incident.sector,
        situation=incident.situation,
        parent=parent,
        children=tuple(child.readable_id for child in children),
        headcount=people.firms.number,
        playbook_id=incident.playbook_id,
        playbook_version=incident.playbook_version,
        playbook_sha256=incident.playbook_sha256,
        inputs=incident.inputs,
        sites=tuple(site_from_json(site) for site in incident.sites),
        languages=tuple(incident.languages),
        phases=tuple((phase, texts) for phase, texts in incident.phases),
        law_revision=incident.law_revision,
        opened_at=incident.opened_at,
        closed_at=incident.closed_at,
        anchors=anchors,
        waves=waves,
        areas=areas,
        roles=roles,
        questions=questions,
        version=incident.version,
        links=links,
        sum_of_firms=several,
        beyond=people.beyond,
        duplicate_of=duplicate_of,
        duplicates=duplicates,
    )


def task_view(
    row: Task,
    incident: Incident,
    roles: Mapping[str, RoleView],
    names: Mapping[uuid.UUID, str],
    present: Present | None = None,
    *,
    areas: Iterable[TaskAreaView] = (),
) -> TaskView:
    """Return a task with the person who does it: on the day of ``present``, where there is one."""
    role = roles.get(row.role)
    assigned = names.get(row.assignee_id, "") if row.assignee_id else ""
    who = _doer(role, assigned, present)
    return TaskView(
        id=row.id,
        incident=incident.readable_id,
        employer=incident.employer,
        key=row.key,
        step=row.step,
        item=tuple(row.item),
        code=row.code,
        title=row.title,
        phase=row.phase,
        role=row.role,
        role_title=role.title if role else {},
        raci=raci_from_json(row.raci),
        person=who.person,
        assigned=bool(assigned),
        start=planned_from_json(row.start),
        due=planned_from_json(row.due),
        due_by_hand=row.due_by_hand,
        statutory=statutory_from_json(row.statutory),
        rule=row.rule,
        law=tuple(row.law),
        needs=tuple(row.needs),
        state=row.state,
        depends_on=tuple(row.depends_on),
        condition=row.condition,
        area=row.area_slug,
        wave=row.wave,
        checklist=tuple(row.checklist),
        howto=row.howto,
        produces=tuple(row.produces),
        unsure=row.unsure,
        origin=row.origin,
        position=row.position,
        rank=row.rank,
        label=row.label,
        state_reason=row.state_reason,
        started_at=row.started_at,
        finished_at=row.finished_at,
        finished_by=row.finished_by,
        version=row.version,
        resting=rests(incident.state, row.state, row.origin, statutory=bool(row.rule)),
        stands_in_for=who.stands_in_for,
        appointed=_doer(role, assigned, None).person,
        areas=tuple(areas),
        **_asked(row),
    )


def _asked(row: Task) -> dict[str, Any]:
    """Return what the view tells of how a task is begun and done: needs, question and answer."""
    return {"join": row.join, "asks": asks_from_json(row.asks), "answer": row.answer}


def task_areas(
    found: Iterable[TaskArea], names: Mapping[str, str]
) -> Mapping[uuid.UUID, Sequence[TaskAreaView]]:
    """Return the areas that share each task, the leading one first, by the task's key."""
    by_task: dict[uuid.UUID, list[TaskAreaView]] = {}
    for row in found:
        name = names.get(row.area_slug, row.area_slug)
        view = TaskAreaView(row.area_slug, name, row.part, row.contact, row.done_at, row.done_by)
        by_task.setdefault(row.task_id, []).append(view)
    for views in by_task.values():
        views.sort(key=lambda view: (view.part is not AreaPart.LEAD, view.name))
    return by_task


def _doer(role: RoleView | None, assigned: str, present: Present | None) -> Acting:
    holders, deputies = (role.holders, role.deputies) if role else ((), ())
    if present is None:
        return Acting(assigned or (holders[0] if holders else ""), "", Standing.HOLDER)
    in_role = acting(holders, deputies, present.away, present.day)
    return acting_for(assigned, in_role, present.away, present.day) if assigned else in_role


def message_view(row: PlanMessage, incident: Incident) -> MessageView:
    """Return a line of the communication plan."""
    return MessageView(
        incident=incident.readable_id,
        employer=incident.employer,
        key=row.key,
        title=row.title,
        audience=row.audience,
        channel=row.channel,
        languages=tuple(row.languages),
        owner=row.owner,
        approvers=tuple(row.approvers),
        due=planned_from_json(row.due),
        next_update=row.next_update,
        state=row.state,
        depends_on=tuple(row.depends_on),
        version=row.version,
        resting=item_rests(incident.state, row.state),
    )


def meeting_view(
    row: PlanMeeting,
    incident: Incident,
    roles: Mapping[str, RoleView],
    away: Sequence[Away] = (),
    today: dt.date | None = None,
) -> MeetingView:
    """Return a meeting with the people who come for its roles: on its own day, where that is known."""
    day = row.starts_on or today or dt.date.min
    people = [
        name
        for role in row.invitees
        if role in roles
        for name in sent(roles[role].holders, roles[role].deputies, away, day)
    ]
    owner = roles.get(row.owner)
    return MeetingView(
        incident=incident.readable_id,
        employer=incident.employer,
        key=row.key,
        title=row.title,
        starts=planned_from_json(row.starts) or _NO_DATE,
        minutes=row.minutes,
        place=row.place,
        owner=row.owner,
        owner_person=acting(owner.holders, owner.deputies, away, day).person if owner else "",
        invitees=tuple(row.invitees),
        people=tuple(dict.fromkeys(people)),
        state=row.state,
        version=row.version,
        resting=item_rests(incident.state, row.state),
        shared=row.shared,
    )


def document_view(row: PlanDocument, incident: Incident) -> DocumentView:
    """Return a document of the plan."""
    return DocumentView(
        incident=incident.readable_id,
        employer=incident.employer,
        key=row.key,
        document=row.document,
        title=row.title,
        audience=row.audience,
        languages=tuple(row.languages),
        formats=tuple(row.formats),
        due=planned_from_json(row.due),
        state=row.state,
        version=row.version,
        resting=item_rests(incident.state, row.state),
    )


def log_entry(event: Event, payload: EventPayload | None, names: Mapping[uuid.UUID, str]) -> LogEntry:
    """Return an event with its payload, or without when that has been erased."""
    return LogEntry(
        seq=event.seq,
        kind=event.kind,
        incident=names.get(event.incident_id, "") if event.incident_id else "",
        actor=event.actor,
        login=event.login,
        event_time=event.event_time,
        record_time=event.record_time,
        subjects=tuple(event.subjects),
        fields=tuple(event.fields),
        payload=None if payload is None else payload.payload,
    )


@dataclass(frozen=True, slots=True)
class OpenWork:
    """How many tasks of an incident are open, how many of them late, and the next day one is due."""

    open: int = 0
    late: int = 0
    next_due: dt.date | None = None


def summary(
    incident: Incident,
    *,
    children: Sequence[Incident],
    parent: str,
    work: Mapping[uuid.UUID, OpenWork],
    ties: Mapping[uuid.UUID, Sequence[Tie]],
    duplicate_of: str,
) -> IncidentSummary:
    """Return one line of the list; a situation's line counts its children's tasks.

    ``work`` and ``ties`` are by incident; only those of the incident and its children are looked at.
    """
    members = [incident, *children]
    found = [work[member.id] for member in members if member.id in work]
    theirs = [tie for member in members for tie in ties.get(member.id, ())]
    people, several = affected_people(incident, children, theirs)
    return IncidentSummary(
        readable_id=incident.readable_id,
        employer=incident.employer,
        municipality=incident.municipality,
        state=incident.state,
        secrecy=incident.secrecy,
        level=incident.level,
        situation=incident.situation,
        parent=parent,
        headcount=people.firms.number,
        playbook_id=incident.playbook_id,
        open_tasks=sum(part.open for part in found),
        late_tasks=sum(part.late for part in found),
        next_due=min((part.next_due for part in found if part.next_due is not None), default=None),
        sum_of_firms=several,
        beyond=people.beyond,
        duplicate_of=duplicate_of,
    )
