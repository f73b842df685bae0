"""Moving a running incident to another text of its playbook, item by item, in one act.

What is not taken over stays as it was pinned: the incident then holds the mixture, with a hash of its
own. What is done stays done, what has begun stays, what is open and taken out is withdrawn with the
reason; a renamed step keeps its row, its person and its proof.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from sqlmodel import Session, col, select

from muutosturva.clock import local_date
from muutosturva.errors import InputError, NotFoundError, Problem, RefusedError, nearest
from muutosturva.incidents.acts.crossing import between, measured, record_crossings
from muutosturva.incidents.acts.guards import claim, require_reason, require_running
from muutosturva.incidents.acts.refreshing import preview, refresh
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.rebase import (
    Live,
    LiveRow,
    RebaseItem,
    fitting,
    judged,
    renamed_key,
    renames,
)
from muutosturva.incidents.pure.snapshot import value_to_json
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading.expanding import expand_incident, given_anchors, saved_answers
from muutosturva.incidents.reading.queries import find_incident
from muutosturva.incidents.reading.renamed import REBASED
from muutosturva.incidents.typed.answers import typed_answer
from muutosturva.models.incident import Incident, RoleHolder
from muutosturva.models.records import Attachment, IncidentRecord
from muutosturva.models.states import ItemState, Origin, TaskState
from muutosturva.models.work import PlanDocument, PlanMeeting, PlanMessage, Task
from muutosturva.playbooks.checks.groups import LintGroup, is_error, kind_of
from muutosturva.playbooks.checks.lint import check
from muutosturva.playbooks.comparing.three_way import merged, offered
from muutosturva.playbooks.facts import AnchorKey, AnchorValue
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from muutosturva.playbooks.plan import AskedField, Plan
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store

_TABLES: Final[Mapping[str, Any]] = {
    "tasks": Task,
    "messages": PlanMessage,
    "meetings": PlanMeeting,
    "documents": PlanDocument,
}
_NO_ANSWER: Final = "playbooks.input_missing"
_NO_DATE: Final = "playbooks.anchor_missing"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A text of a playbook: its id, version and SHA-256."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken over.

    Attributes:
        accept: names of items, ``tasks.contact`` or ``contact`` where only one bears it; None for all.
        inputs: answers the new playbook asks for, typed or as text.
        anchors: dates it asks for, by name.
    """

    accept: Sequence[str] | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    anchors: Mapping[str, AnchorValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missing:
    """What the text with the items taken over demands and nobody has given.

    Attributes:
        section: ``inputs`` or ``anchors``.
        asked: the question; a date of ``anchors`` is given in the notation of dates.
    """

    section: str
    asked: AskedField


@dataclass(frozen=True, slots=True)
class Rebased:
    """The move of an incident, done or to be done.

    Attributes:
        incident: readable id.
        before, after: the text pinned until now, and the one pinned then.
        offered: the playbook it was compared with.
        items: everything in which that differs from the pinned text, with what it meets.
        taken: names of the items taken over.
        changes: what it does to the tasks.
        set_aside: inputs whose answers no longer count.
        missing: what has to be given with the move; what it does to the tasks is not known before that.
    """

    incident: str
    before: Pinned
    after: Pinned
    offered: Pinned
    items: tuple[RebaseItem, ...]
    taken: tuple[str, ...]
    changes: Changes
    set_aside: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class _Made:
    pinned: Resolved
    text: Resolved
    items: tuple[RebaseItem, ...]
    taken: tuple[str, ...]
    names: Mapping[tuple[str, str], str]
    plan: Plan
    anchors: Mapping[tuple[str, str], AnchorValue]
    inputs: Mapping[str, Any]
    set_aside: tuple[str, ...]
    missing: tuple[Missing, ...]


def rebase(
    store: Store,
    incident: str,
    new: Resolved,
    *,
    wanted: Wanted,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> Rebased:
    """Take items of another playbook over into a running incident.

    Raises:
        NotFoundError: no such incident, or no such item.
        InputError: no reason; what is taken does not hold together, or the plan it gives has problems.
        UsageError: an answer of the wrong type.
        RefusedError: the incident has ended or is a regional situation, or there is nothing to take.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = _firm(session, incident)
        made = _made(session, owner, new, wanted)
        if made.text.sha256 == made.pinned.sha256:
            raise RefusedError("incidents.nothing_to_rebase", incident=owner.readable_id)
        if made.missing:
            raise InputError("incidents.plan_problems", problems=made.plan.problems)
        claim(owner, expected_version, {"playbook_version": made.text.playbook.version})
        seen = measured(session, owner, now)
        renamed = _rename(session, owner, made.names)
        _pin(owner, made)
        session.flush()
        changes = refresh(session, owner, made.plan, now, reason=why, reworded=True)
        found = between(session, owner, seen, measured(session, owner, now))
        done = _rebased(owner, made, new, replace(changes, crossings=found))
        unit.record(_event(owner, done, why, renamed))
        record_crossings(unit, owner, found)
    return done


def preview_rebase(
    store: Store, incident: str, new: Resolved, *, wanted: Wanted, now: dt.datetime
) -> Rebased:
    """Return what ``rebase`` would do; nothing is written.

    Raises:
        NotFoundError, InputError, UsageError, RefusedError: as ``rebase``; that there is nothing to take,
            and what has to be given with the move, is told in the result.
    """
    with store.reading() as session:
        owner = _firm(session, incident)
        made = _made(session, owner, new, wanted)
        if made.missing or made.text.sha256 == made.pinned.sha256:
            return _rebased(owner, made, new, Changes())
        key_of = partial(renamed_key, section="tasks", names=made.names)
        changes = preview(session, owner, made.plan, added_on=local_date(now), key_of=key_of)
        seen, then = measured(session, owner, now), measured(session, owner, now, made.plan)
        found = between(session, owner, seen, then)
        return _rebased(owner, made, new, replace(changes, crossings=found))


def _firm(session: Session, incident: str) -> Incident:
    owner = find_incident(session, incident)
    if owner.situation:
        raise RefusedError("incidents.situation_has_no_playbook", incident=owner.readable_id)
    require_running(owner)
    return owner


def _made(session: Session, owner: Incident, new: Resolved, wanted: Wanted) -> _Made:
    pinned = from_stored(owner.playbook_text, owner.playbook_id)
    items = judged(offered(pinned, new), _live(session, owner, pinned), new.playbook)
    taken = _taken(items, wanted.accept)
    text = merged(pinned, new, taken)
    errors = [problem for problem in check(text) if _apart(problem)]
    if errors:
        raise InputError("incidents.rebase_apart", problems=errors)
    names = renames(items, taken)
    _free(session, owner, names)
    answers = saved_answers(owner, text.playbook)
    kept = fitting(text.playbook, answers)
    typed = {name: _typed(text, name, value) for name, value in wanted.inputs.items()}
    anchors = {_key(name): value for name, value in wanted.anchors.items()}
    plan = expand_incident(session, owner, playbook=text, inputs=typed, anchors=anchors)
    missing = _missing(text, plan)
    if len(missing) < len(plan.problems):
        raise InputError("incidents.plan_problems", problems=plan.problems)
    inputs = {name: value_to_json(value) for name, value in {**kept, **typed}.items()}
    aside = tuple(name for name, value in answers.items() if value is not None and name not in kept)
    return _Made(pinned, text, items, taken, names, plan, anchors, inputs, aside, missing)


def _missing(text: Resolved, plan: Plan) -> tuple[Missing, ...]:
    """Return those of a plan's problems that an answer or a date mends, as questions."""
    declared = text.playbook
    found = []
    for problem in plan.problems:
        name = str(problem.params.get("name", ""))
        if problem.code == _NO_ANSWER:
            asked = declared.inputs[name]
            question = AskedField(name, asked.type, asked.label, required=True, options=asked.options)
            found.append(Missing("inputs", question))
        elif problem.code == _NO_DATE:
            label = declared.anchors[name].label
            found.append(Missing("anchors", AskedField(name, "date", label, required=True)))
    return tuple(found)


def _apart(problem: Problem) -> bool:
    """Tell whether a mixture does not hold together.

    What is policy was judged in each of the two texts: a step in Finnish only may join others in three
    languages.
    """
    return is_error(problem) and kind_of(problem).group is not LintGroup.POLICY


def _key(name: str) -> tuple[str, str]:
    key = AnchorKey.parse(name)
    return key.name, key.wave


def _typed(text: Resolved, name: str, value: object) -> object:
    asked = text.playbook.inputs.get(name)
    # What the playbook does not ask is told with the plan's other problems, the nearest names beside.
    return value if asked is None else typed_answer(name, asked.type, tuple(asked.options), value)


def _taken(items: Sequence[RebaseItem], accept: Sequence[str] | None) -> tuple[str, ...]:
    if accept is None:
        return tuple(item.name for item in items)
    names = [item.name for item in items]
    chosen = set[str]()
    for wanted in accept:
        found = [name for name in names if wanted in {name, name.partition(".")[2]}]
        if len(found) != 1:
            known = found or names
            near = nearest(wanted, known) if not found else ", ".join(found)
            key = "incidents.rebase_item_ambiguous" if found else "incidents.rebase_item_not_found"
            raise NotFoundError(key, item=wanted, nearest=near)
        chosen.add(found[0])
    return tuple(name for name in names if name in chosen)


def _live(session: Session, owner: Incident, pinned: Resolved) -> Live:
    rows = [
        LiveRow("tasks", row.key, _task_state(row.state), row.due_by_hand, row.origin is Origin.ADDED)
        for row in session.exec(select(Task).where(Task.incident_id == owner.id)).all()
    ]
    for section, table in _TABLES.items():
        if table is not Task:
            found = session.exec(select(table).where(table.incident_id == owner.id)).all()
            rows += [LiveRow(section, row.key, _item_state(row.state)) for row in found]
    holders = session.exec(
        select(RoleHolder.role).where(
            RoleHolder.incident_id == owner.id, col(RoleHolder.renounced_at).is_(None)
        )
    ).all()
    answers = saved_answers(owner, pinned.playbook)
    return Live(
        tuple(rows),
        {name: value for name, value in answers.items() if value is not None},
        frozenset(name for name, _ in given_anchors(session, owner)),
        frozenset(holders),
    )


def _task_state(state: TaskState) -> Any:
    if state in {TaskState.DONE, TaskState.SKIPPED}:
        return "done"
    return {TaskState.WITHDRAWN: "gone", TaskState.STARTED: "begun"}.get(state, "open")


def _item_state(state: ItemState) -> Any:
    return {ItemState.DONE: "done", ItemState.WITHDRAWN: "gone"}.get(state, "open")


def _free(session: Session, owner: Incident, names: Mapping[tuple[str, str], str]) -> None:
    """Refuse a renaming to an id that the incident has already."""
    problems = []
    for section, table in _TABLES.items():
        keys = session.exec(select(table.key).where(table.incident_id == owner.id)).all()
        for key in keys:
            new = renamed_key(key, section, names)
            if new != key and new in keys:
                problems.append(Problem("incidents.rebase_id_taken", {"old": key, "new": new}))
    if problems:
        raise InputError("incidents.input", problems=problems)


def _rename(session: Session, owner: Incident, names: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Give rows their new ids; what refers to them by id follows. Return the new keys of tasks by the old."""
    followed: dict[str, str] = {}
    tasks: set[str] = set()
    for section, table in _TABLES.items():
        for row in session.exec(select(table).where(table.incident_id == owner.id)).all():
            new = renamed_key(row.key, section, names)
            if new == row.key or (isinstance(row, Task) and row.origin is Origin.ADDED):
                continue
            followed[row.key] = new
            if isinstance(row, Task):
                tasks.add(row.key)
                row.step = names["tasks", row.step]
            row.key = new
    if not followed:
        return {}
    references: tuple[Any, ...] = (IncidentRecord, Attachment)
    for reference in references:
        for kept in session.exec(select(reference).where(reference.incident_id == owner.id)).all():
            if kept.refers in followed:
                kept.refers = followed[kept.refers]
    session.flush()
    return {old: new for old, new in followed.items() if old in tasks}


def _pin(owner: Incident, made: _Made) -> None:
    playbook = made.text.playbook
    owner.playbook_id, owner.playbook_version = playbook.id, playbook.version
    owner.playbook_sha256, owner.playbook_text = made.text.sha256, made.text.text
    owner.inputs = dict(made.inputs)
    owner.phases = [[phase, dict(texts)] for phase, texts in made.plan.phases]


def _rebased(owner: Incident, made: _Made, new: Resolved, changes: Changes) -> Rebased:
    before, after, other = (_pinned(text) for text in (made.pinned, made.text, new))
    return Rebased(
        owner.readable_id,
        before,
        after,
        other,
        made.items,
        made.taken,
        changes,
        made.set_aside,
        made.missing,
    )


def _pinned(text: Resolved) -> Pinned:
    return Pinned(text.playbook.id, text.playbook.version, text.sha256)


def _event(owner: Incident, done: Rebased, reason: str, renamed: Mapping[str, str]) -> EventDraft:
    old, new = done.before, done.after
    payload = {
        "old": f"{old.id} {old.version}",
        "new": f"{done.offered.id} {done.offered.version}",
        "old_sha256": old.sha256,
        "new_sha256": new.sha256,
        "offered_sha256": done.offered.sha256,
        "n": len(done.taken),
        "of": len(done.items),
        "taken": done.taken,
        "left": [item.name for item in done.items if item.name not in done.taken],
        "conflicts": [item.name for item in done.items if item.conflict],
        "set_aside": done.set_aside,
        "renamed": renamed,
        "reason": reason,
        **told_changes(done.changes),
    }
    named = f"{new.id} {new.version} {new.sha256}"
    fields = ("playbook", *done.taken)
    return EventDraft(REBASED, owner.id, (owner.readable_id, named), fields, payload)
