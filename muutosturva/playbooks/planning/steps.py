"""The tasks of a plan: each step of the playbook at each of its spots, dated, judged, put in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from muutosturva.playbooks.expressions.conditions import replies_read
from muutosturva.playbooks.expressions.logic import Verdict
from muutosturva.playbooks.expressions.moments import DateValue, Moment
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.language.schema import Task
from muutosturva.playbooks.loading.items import items
from muutosturva.playbooks.plan import (
    AskedField,
    Asks,
    EscalationStep,
    PlannedDate,
    PlannedState,
    PlannedTask,
    Raci,
)
from muutosturva.playbooks.planning.ground import Ground, Occurrence, planned_date
from muutosturva.playbooks.planning.readiness import CONFIRMED, DONE, MESSAGE_QUALITIES, split_need, wanted
from muutosturva.playbooks.planning.repeat import Spot, key_of
from muutosturva.playbooks.planning.ruling import Ruling, latest_due
from muutosturva.rules.results import Confidence


@dataclass(frozen=True, slots=True)
class Step:
    """A planned task, with the facts its law still waits for."""

    task: PlannedTask
    law_depends_on: tuple[str, ...]


def steps(ground: Ground) -> Iterator[Step]:
    """Yield every task that is needed, or may be; those whose condition or law says no are left out."""
    for name, task in ground.playbook.tasks.items():
        verdict = ground.verdict(task.when)
        if verdict.value is False:
            continue
        for spot in ground.members.spots(task.for_each):
            yield from _at(ground, name, task, spot, verdict)


def settled(ground: Ground) -> Ground:
    """Return the ground with what nobody will ever decide: what is asked by a task that is not called for.

    Such a task may hang on another decision itself, so it is looked at until nothing changes.
    """
    tasks = ground.playbook.tasks
    read = {key for _, item in items(ground.playbook) if item.when for key in replies_read(item.when)}
    while True:
        gone = {
            str(key)
            for key in read
            if str(key) not in ground.world.never and not _called_for(ground, tasks.get(key.step))
        }
        if not gone:
            return ground
        ground = ground.without(gone)


def _called_for(ground: Ground, task: Task | None) -> bool:
    if task is None or ground.verdict(task.when).value is False:
        return False
    rulings = (_ruling(ground, task, spot) for spot in ground.members.spots(task.for_each))
    return any(ruling is None or ruling.applies for ruling in rulings)


def with_states(
    tasks: Collection[PlannedTask], messages: Collection[str], ground: Ground
) -> tuple[PlannedTask, ...]:
    """Return the tasks with their needs narrowed to what is in the plan, and their states.

    A need of a step or message that is not in the plan is met: nobody will do it.

    Args:
        tasks: every task of the plan.
        messages: ids of its messages.
        ground: what the plan stands on.
    """
    present = {task.step for task in tasks} | {task.key for task in tasks}
    return tuple(_with_state(task, present, messages, ground) for task in tasks)


def _at(ground: Ground, name: str, task: Task, spot: Spot, verdict: Verdict) -> Iterator[Step]:
    ruling = _ruling(ground, task, spot)
    if ruling is not None and not ruling.applies:
        return
    limit = latest_due(ruling, ground.bench.calendar) if ruling else None
    for when in ground.occurrences(task, spot, task.start, task.due):
        if limit is not None and _beyond(when, limit):
            return
        planned = _planned(ground, name, task, spot, when=when, ruling=ruling)
        state = PlannedState.QUESTION if verdict.value is None else PlannedState.READY
        yield Step(
            replace(planned, state=state, depends_on=verdict.depends_on),
            ruling.depends_on if ruling else (),
        )


def _beyond(when: Occurrence, limit: dt.date) -> bool:
    """Tell whether a later occurrence of a series falls after the law's date."""
    later = when.number not in {(), ("1",)}
    return later and when.due is not None and when.due.value is not None and when.due.value.day > limit


def _ruling(ground: Ground, task: Task, spot: Spot) -> Ruling | None:
    if task.statutory is None:
        return None
    wave = spot.of("waves")
    measure = ground.waves[wave].measure if wave else ""
    return ground.bench.rule(task.statutory.rule, task.statutory.with_, ground.scope(spot), measure)


def _planned(
    ground: Ground, name: str, task: Task, spot: Spot, *, when: Occurrence, ruling: Ruling | None
) -> PlannedTask:
    item = (*spot.item, *when.number)
    return PlannedTask(
        key=key_of(name, item),
        step=name,
        item=item,
        code=task.code,
        title=spot.titled(task.title),
        phase=task.phase,
        raci=Raci(task.raci.r, task.raci.a or "", task.raci.c, task.raci.i),
        start=planned_date(task.start or "", when.start),
        due=_due(ground, task.due or "", when.due, ruling),
        statutory=ruling.statutory if ruling else None,
        rule=ruling.rule if ruling else "",
        law=task.law,
        needs=task.needs,
        state=PlannedState.READY,
        depends_on=(),
        when=task.when or "",
        values=ground.values(task.when),
        area=spot.of("areas"),
        wave=spot.of("waves"),
        checklist=task.checklist,
        howto=task.howto,
        produces=task.produces,
        escalate=tuple(EscalationStep(step.after, step.to) for step in task.escalate),
        unsure=task.unsure or _unsure(ruling),
        join=task.join,
        asks=_asks(task),
    )


def _asks(task: Task) -> Asks | None:
    if task.decision is not None:
        return Asks(task.decision.options, task.decision.by)
    if task.form is None:
        return None
    fields = task.form.fields.items()
    return Asks(
        fields=tuple(
            AskedField(name, field.type, field.label, field.required, field.options) for name, field in fields
        )
    )


def _unsure(ruling: Ruling | None) -> bool:
    return ruling is not None and any(row.confidence is Confidence.UNSURE for row in ruling.law)


def _due(ground: Ground, text: str, own: DateValue | None, ruling: Ruling | None) -> PlannedDate | None:
    """Return the due date: the playbook's own, but never after what the law allows."""
    limit = latest_due(ruling, ground.bench.calendar) if ruling else None
    if ruling is None or (limit is None and own is not None):
        return planned_date(text, own)
    if limit is None:
        return planned_date(f"rule {ruling.rule}", _lawless(ruling))
    far = max(limit, ruling.last or limit)
    if own is None or own.value is None or own.value.day > limit:
        value = DateValue(Moment(limit), Moment(limit), Moment(far), ruling.certainty, ruling.names)
        return planned_date(f"rule {ruling.rule}", value)
    return planned_date(text, replace(own, latest=_earlier(own.latest, far)))


def _lawless(ruling: Ruling) -> DateValue:
    return DateValue(None, None, None, Certainty.UNKNOWN, ruling.names, ruling.reason)


def _earlier(moment: Moment | None, day: dt.date) -> Moment:
    return moment if moment is not None and moment.day <= day else Moment(day)


def _stands(name: str, quality: str, present: Collection[str], messages: Collection[str]) -> bool:
    """Tell whether what a need points at is in the plan."""
    if quality in MESSAGE_QUALITIES:
        return name in messages
    return name in present or (quality == DONE and name in messages)


def _with_state(
    task: PlannedTask, present: Collection[str], messages: Collection[str], ground: Ground
) -> PlannedTask:
    needs: list[str] = []
    met = 0
    for need in task.needs:
        name, quality = split_need(need)
        if quality == CONFIRMED:
            anchor = ground.scope_of(task.wave).get(name)
            if anchor is None:
                continue
            met += anchor.value.certainty is Certainty.CONFIRMED
            needs.append(f"{anchor.names[0]}.confirmed" if len(anchor.names) == 1 else need)
        elif _stands(name, quality, present, messages):
            needs.append(need)
    waiting = met < wanted(needs, task.join)
    state = PlannedState.WAITING if waiting and task.state is PlannedState.READY else task.state
    return replace(task, needs=tuple(needs), state=state)
