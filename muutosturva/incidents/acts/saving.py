"""From a plan to rows: exactly what was previewed is what is saved. No query, no clock."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from muutosturva.incidents.pure import snapshot
from muutosturva.incidents.pure.asks import asks_to_json
from muutosturva.models.incident import (
    IncidentAnchor,
    IncidentArea,
    IncidentQuestion,
    IncidentRole,
    IncidentWave,
)
from muutosturva.models.states import ItemState, Origin, TaskState
from muutosturva.models.work import PlanDocument, PlanMeeting, PlanMessage, Task
from muutosturva.playbooks.facts import AnchorKey, AnchorValue, AreaFact
from muutosturva.playbooks.plan import (
    Plan,
    PlannedDate,
    PlannedDocument,
    PlannedMeeting,
    PlannedMessage,
    PlannedState,
    PlannedTask,
    Question,
)


@dataclass(frozen=True, slots=True)
class Owner:
    """What each row of an incident repeats."""

    owner_area: str
    incident_id: uuid.UUID


def item_state(planned: PlannedState) -> ItemState:
    """Return the state a message, meeting or document starts in."""
    return ItemState.QUESTION if planned is PlannedState.QUESTION else ItemState.PLANNED


def day_of(planned: PlannedDate | None) -> dt.date | None:
    """Return the day of a computed date, or None."""
    return None if planned is None else planned.value


def task_row(owner: Owner, task: PlannedTask, position: int) -> Task:
    """Return a new row for a planned task."""
    row = Task(
        owner_area=owner.owner_area,
        incident_id=owner.incident_id,
        key=task.key,
        step=task.step,
        item=list(task.item),
        code=task.code,
        title=dict(task.title),
        phase=task.phase,
        role=task.raci.doer,
        raci=snapshot.raci_to_json(task.raci),
        rule=task.rule,
        law=list(task.law),
        needs=list(task.needs),
        state=TaskState(task.state.value),
        condition=task.when,
        area_slug=task.area,
        wave=task.wave,
        checklist=[dict(point) for point in task.checklist],
        howto=dict(task.howto),
        produces=list(task.produces),
        escalate=[snapshot.escalation_to_json(step) for step in task.escalate],
        unsure=task.unsure,
        origin=Origin.PLAYBOOK,
        position=position,
    )
    follow_plan(row, task)
    return row


def follow_plan(row: Task, task: PlannedTask) -> None:
    """Let a saved task take its dates, law, needs and open questions from a newly expanded plan.

    A day set by hand stays; what the plan would have set is kept beside it.
    """
    row.start = snapshot.planned_to_json(task.start)
    row.start_on = day_of(task.start)
    day = day_of(task.due)
    if row.due_by_hand:
        row.due = snapshot.with_computed(row.due, day)
    else:
        row.due = snapshot.planned_to_json(task.due)
        row.due_on = day
    row.needs = list(task.needs)
    row.join = task.join
    row.asks = asks_to_json(task.asks)
    row.depends_on = list(task.depends_on)
    row.condition_values = {name: snapshot.value_to_json(value) for name, value in task.values.items()}
    follow_law(row, task)


def follow_law(row: Task, task: PlannedTask) -> None:
    """Let a saved task take the dates of the law, and whether they are sure, from a new plan."""
    row.statutory = snapshot.statutory_to_json(task.statutory)
    row.unsure = task.unsure


def reword(row: Task, task: PlannedTask, position: int) -> None:
    """Let a saved task that nobody has begun take its words, roles and law from another playbook.

    Unchanged values are not written, so that an unchanged task keeps its version.
    """
    fresh = {
        "item": list(task.item),
        "code": task.code,
        "title": dict(task.title),
        "phase": task.phase,
        "role": task.raci.doer,
        "raci": snapshot.raci_to_json(task.raci),
        "rule": task.rule,
        "law": list(task.law),
        "condition": task.when,
        "area_slug": task.area,
        "wave": task.wave,
        "checklist": [dict(point) for point in task.checklist],
        "howto": dict(task.howto),
        "produces": list(task.produces),
        "escalate": [snapshot.escalation_to_json(step) for step in task.escalate],
        "position": position,
    }
    for name, value in fresh.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def message_row(owner: Owner, message: PlannedMessage, position: int) -> PlanMessage:
    """Return a new row for a planned message."""
    return PlanMessage(
        owner_area=owner.owner_area,
        incident_id=owner.incident_id,
        key=message.key,
        title=dict(message.title),
        audience=message.audience,
        channel=message.channel,
        languages=list(message.languages),
        owner=message.owner,
        approvers=list(message.approvers),
        template=message.template,
        due=snapshot.planned_to_json(message.due),
        due_on=day_of(message.due),
        next_update=message.next_update,
        state=item_state(message.state),
        depends_on=list(message.depends_on),
        position=position,
    )


def meeting_row(owner: Owner, meeting: PlannedMeeting, position: int) -> PlanMeeting:
    """Return a new row for a planned meeting."""
    return PlanMeeting(
        owner_area=owner.owner_area,
        incident_id=owner.incident_id,
        key=meeting.key,
        title=dict(meeting.title),
        starts=snapshot.planned_to_json(meeting.starts) or {},
        starts_on=meeting.starts.value,
        minutes=meeting.minutes,
        place=dict(meeting.place),
        invitees=list(meeting.invitees),
        owner=meeting.owner,
        shared=meeting.shared,
        state=item_state(meeting.state),
        depends_on=list(meeting.depends_on),
        position=position,
    )


def document_row(owner: Owner, document: PlannedDocument, position: int) -> PlanDocument:
    """Return a new row for a planned document."""
    return PlanDocument(
        owner_area=owner.owner_area,
        incident_id=owner.incident_id,
        key=document.key,
        document=document.document,
        title=dict(document.title),
        audience=document.audience,
        languages=list(document.languages),
        formats=list(document.formats),
        due=snapshot.planned_to_json(document.due),
        due_on=day_of(document.due),
        state=item_state(document.state),
        depends_on=list(document.depends_on),
        position=position,
    )


def question_row(owner: Owner, question: Question, position: int) -> IncidentQuestion:
    """Return a new row for a question."""
    return IncidentQuestion(
        owner_area=owner.owner_area,
        incident_id=owner.incident_id,
        name=question.name,
        label=dict(question.label),
        type=question.type,
        options=list(question.options),
        decides=list(question.decides),
        position=position,
    )


@dataclass(frozen=True, slots=True)
class AnchorState:
    """An anchor of a plan, of the incident (``wave`` "") or of a wave."""

    name: str
    wave: str
    label: dict[str, str]
    value: AnchorValue
    origin: str
    expression: str
    reason_code: str


def anchor_states(plan: Plan) -> tuple[AnchorState, ...]:
    """Return every anchor of a plan, those of the waves too."""
    found: list[AnchorState] = []
    for anchor in plan.anchors:
        key = AnchorKey.parse(anchor.name)
        found.append(
            AnchorState(
                key.name,
                key.wave,
                dict(anchor.label),
                anchor.value,
                anchor.origin,
                anchor.expression,
                anchor.reason_code,
            )
        )
    return tuple(found)


def anchor_row(owner: Owner, anchor: AnchorState, now: dt.datetime) -> IncidentAnchor:
    """Return a new revision of an anchor."""
    return IncidentAnchor(
        owner_area=owner.owner_area,
        incident_id=owner.incident_id,
        name=anchor.name,
        wave=anchor.wave,
        label=anchor.label,
        certainty=anchor.value.certainty.value,
        value=anchor.value.value,
        earliest=anchor.value.earliest,
        latest=anchor.value.latest,
        at=anchor.value.at,
        source=anchor.value.source,
        origin=anchor.origin,
        expression=anchor.expression,
        reason_code=anchor.reason_code,
        recorded_at=now,
    )


def wave_rows(owner: Owner, plan: Plan) -> list[IncidentWave]:
    """Return a row for each wave; its dates are anchors."""
    return [
        IncidentWave(
            owner_area=owner.owner_area,
            incident_id=owner.incident_id,
            wave=wave.id,
            label=wave.label,
            site=wave.site,
            measure=wave.measure,
            count=wave.count,
            position=position,
        )
        for position, wave in enumerate(plan.waves)
    ]


def role_rows(owner: Owner, plan: Plan) -> list[IncidentRole]:
    """Return a row for each role the plan needs."""
    return [
        IncidentRole(
            owner_area=owner.owner_area,
            incident_id=owner.incident_id,
            role=role.id,
            title=dict(role.title),
            count=role.count,
            deputy=role.deputy,
            skills=list(role.skills),
            fill=role.fill,
            position=position,
        )
        for position, role in enumerate(plan.roles)
    ]


def area_rows(owner: Owner, areas: Iterable[AreaFact]) -> list[IncidentArea]:
    """Return a row for each area the incident touches."""
    return [
        IncidentArea(
            owner_area=owner.owner_area,
            incident_id=owner.incident_id,
            area_slug=area.id,
            name=area.name,
            lead=area.lead,
            share=area.share,
            position=position,
        )
        for position, area in enumerate(areas)
    ]
