"""Anchors and answers: what the group learns, and what it does to the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlmodel import Session

from muutosturva.clock import local_date
from muutosturva.errors import InputError, NotFoundError, Problem, RefusedError
from muutosturva.incidents.acts.crossing import between, measured, record_crossings
from muutosturva.incidents.acts.guards import HEARD, claim, heard_on, require_reason, require_running
from muutosturva.incidents.acts.hanging import used_values
from muutosturva.incidents.acts.numbers import note_answer
from muutosturva.incidents.acts.refreshing import preview, refresh
from muutosturva.incidents.acts.restricting import becomes_restricted, restrict
from muutosturva.incidents.pure.date_order import EARLIEST, date_warnings
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.snapshot import value_to_json
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.reading.assembling import anchor_value
from muutosturva.incidents.reading.expanding import expand_incident, saved_days
from muutosturva.incidents.typed.answers import typed_answer
from muutosturva.incidents.typed.notation import format_anchor_value
from muutosturva.models.incident import Incident, IncidentAnchor, IncidentQuestion
from muutosturva.playbooks.expressions.logic import LEVEL
from muutosturva.playbooks.facts import AnchorKey, AnchorValue
from muutosturva.playbooks.plan import Plan, step_of
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store


def set_anchor(
    store: Store,
    incident: str,
    anchor: str,
    value: AnchorValue,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> Changes:
    """Give an anchor a new value; tasks that have not begun move with it.

    Args:
        store: the store.
        incident: readable id.
        anchor: ``proposal``, or ``notice[w1]`` for an anchor of a wave.
        value: the new date and how sure it is.
        reason: why it changed, for the log.
        actor: who says so.
        now: record time.
        expected_version: version of the incident the date was judged by.

    Returns:
        Every task that moved, stayed or asks, what was added or withdrawn, thresholds crossed, and what is
        odd about the date: out of order, under the law's minimum or years away.

    Raises:
        NotFoundError: no such incident or anchor.
        InputError: no reason, or the new date contradicts another (its problems say which).
        RefusedError: the incident has ended.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = queries.find_incident(session, incident)
        require_running(owner)
        claim(owner, expected_version)
        row = anchor_row(session, owner, anchor)
        before, seen = anchor_value(row), measured(session, owner, now)
        plan = _plan_with(session, owner, row, value)
        odd = _odd(session, owner, row, plan, now)
        changes = refresh(session, owner, plan, now, reason=why)
        found = between(session, owner, seen, measured(session, owner, now))
        payload = {
            "old": format_anchor_value(before),
            "new": format_anchor_value(value),
            "source": value.source,
            "reason": why,
            **told_changes(changes),
        }
        subjects = (f"{owner.readable_id} {anchor.strip()}",)
        unit.record(EventDraft("incidents.anchor_set", owner.id, subjects, (anchor.strip(),), payload))
        record_crossings(unit, owner, found)
    return replace(changes, crossings=found, warnings=odd)


def preview_anchor(
    store: Store, incident: str, anchor: str, value: AnchorValue, *, now: dt.datetime
) -> Changes:
    """Return what ``set_anchor`` would do; nothing is written.

    Raises:
        NotFoundError, InputError, RefusedError: as ``set_anchor``.
    """
    with store.reading() as session:
        owner = queries.find_incident(session, incident)
        require_running(owner)
        row = anchor_row(session, owner, anchor)
        plan = _plan_with(session, owner, row, value)
        found = between(session, owner, measured(session, owner, now), measured(session, owner, now, plan))
        odd = _odd(session, owner, row, plan, now)
        return replace(preview(session, owner, plan), crossings=found, warnings=odd)


def anchor_row(session: Session, incident: Incident, anchor: str) -> IncidentAnchor:
    """Return the newest revision of an anchor by its name, ``proposal`` or ``notice[w1]``.

    Raises:
        NotFoundError: the incident has no such anchor.
    """
    wanted = AnchorKey.parse(anchor)
    found = queries.current_anchors(session, incident.id)
    for row in found:
        if AnchorKey(row.name, row.wave) == wanted:
            return row
    known = ", ".join(str(AnchorKey(row.name, row.wave)) for row in found) or "–"
    raise NotFoundError("incidents.unknown_anchor", incident=incident.readable_id, anchor=anchor, known=known)


def _plan_with(session: Session, incident: Incident, row: IncidentAnchor, value: AnchorValue) -> Plan:
    plan = expand_incident(session, incident, anchors={(row.name, row.wave): value})
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    return plan


def _odd(
    session: Session, incident: Incident, row: IncidentAnchor, plan: Plan, now: dt.datetime
) -> tuple[Problem, ...]:
    """Return what is odd about a date that a plan was made with.

    The law's minimum is what the plan says when nobody gives the date.
    """
    key = AnchorKey(row.name, row.wave)
    own = next(anchor for anchor in plan.anchors if anchor.name == str(key))
    lawful = None
    if own.expression in EARLIEST:
        bare = expand_incident(session, incident, without=frozenset({(row.name, row.wave)}))
        lawful = next(anchor for anchor in bare.anchors if anchor.name == str(key))
    heard = next((anchor.value.value for anchor in plan.anchors if anchor.name == HEARD), None)
    return date_warnings(
        key,
        plan.anchors,
        lawful=lawful,
        calendar=WorkCalendar(closed=saved_days(session, incident.owner_area).closed),
        heard=heard or heard_on(session, incident),
        today=local_date(now),
    )


def answer(
    store: Store,
    incident: str,
    question: str,
    value: object,
    *,
    actor: str,
    now: dt.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> Changes:
    """Answer a question of the plan; what hung on it becomes work or falls away.

    That the firm is listed makes the incident restricted while its release is ahead.

    Args:
        store: the store.
        incident: readable id.
        question: name of the input asked for.
        value: typed, or as text (``kyllä``, ``45``, ``1.3.2027``).
        actor: who answers.
        now: record time.
        reason: where the answer comes from; may be empty.
        expected_version: version of the incident the question was read in.

    Raises:
        NotFoundError: no such incident or question.
        UsageError: the value is not of the question's type.
        InputError: the answer is impossible for the playbook (its problems say why).
        RefusedError: the incident has ended, or the question is answered when a task is done.
        ConflictError: somebody changed the incident in between.
    """
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = queries.find_incident(session, incident)
        require_running(owner)
        claim(owner, expected_version)
        row = _plain_question(session, owner, question)
        typed = typed_answer(row.name, row.type, tuple(row.options), value, row.label)
        old = owner.inputs.get(row.name)
        plan = expand_incident(session, owner, inputs={row.name: typed})
        if plan.problems:
            raise InputError("incidents.plan_problems", problems=plan.problems)
        new, seen = value_to_json(typed), measured(session, owner, now)
        raised = becomes_restricted(session, owner, {row.name: typed}, now)
        used = used_values(session, owner, {row.name: new})
        used |= {LEVEL: plan.level} if LEVEL in used else {}
        owner.inputs = {**owner.inputs, row.name: new}
        row.answered, row.answered_at = True, now
        session.flush()
        note_answer(session, owner, row.name, typed, source=reason.strip(), now=now)
        why = reason.strip() or f"{row.name} = {new}"
        changes = refresh(session, owner, plan, now, reason=why)
        found = between(session, owner, seen, measured(session, owner, now))
        subjects = (f"{owner.readable_id} {row.name}",)
        payload = {"old": old, "new": new, "used": used, "reason": reason.strip(), **told_changes(changes)}
        unit.record(EventDraft("incidents.answered", owner.id, subjects, (row.name,), payload))
        record_crossings(unit, owner, found)
        restrict(unit, owner, called_for=raised)
    return replace(changes, crossings=found, restricted=raised)


def _plain_question(session: Session, incident: Incident, question: str) -> IncidentQuestion:
    """Return a question that is answered by itself.

    Raises:
        NotFoundError: no such question.
        RefusedError: a task answers it when it is done.
    """
    row = finding.find_question(session, incident, question)
    if step := step_of(row.name):
        raise RefusedError("incidents.question_of_task", question=row.name, task=step)
    return row
