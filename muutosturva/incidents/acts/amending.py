"""Numbers and answers that changed: recorded at once, with the difference they make to the plan.

What the law asks for appears by itself; other new work is offered and waits for the group. What is no
longer called for is withdrawn with the reason, work begun stays and is told, work done stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session

from muutosturva.clock import local_date
from muutosturva.errors import InputError, Problem, nearest
from muutosturva.incidents.acts.crossing import compared, crossed, dated_waves, record_crossings
from muutosturva.incidents.acts.fund import fund_remark
from muutosturva.incidents.acts.guards import claim, require_event_time, require_reason, require_short
from muutosturva.incidents.acts.numbers import (
    OF_INPUT,
    add_figures,
    counted_firm,
    current_figures,
    figures_of_inputs,
    site_ids,
    stage_now,
)
from muutosturva.incidents.acts.refreshing import preview, refresh
from muutosturva.incidents.acts.restricting import becomes_restricted, restrict
from muutosturva.incidents.pure.figures import Figure, Numbers, merged, numbers
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.snapshot import value_to_json
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.pure.wave_counts import wave_remarks
from muutosturva.incidents.reading.expanding import expand_incident
from muutosturva.incidents.typed.answers import typed_answer
from muutosturva.incidents.typed.figure_notation import format_people, format_place
from muutosturva.models.incident import Incident
from muutosturva.models.states import Measure
from muutosturva.playbooks.facts import MOST_PEOPLE
from muutosturva.playbooks.loading.resolved import from_stored
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.ground import LANGUAGES
from muutosturva.playbooks.planning.inputs import DISMISSALS, HEADCOUNT
from muutosturva.rules.short_texts import NAME
from muutosturva.rules.thresholds import Crossing
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store


@dataclass(frozen=True, slots=True)
class Amendment:
    """What has become known.

    Attributes:
        figures: numbers of people; each stands beside the others and follows the one at its place.
        inputs: answers by input, typed or as text.
        source: who said it, or "".
        event_time: when it was said; the moment of recording when None.
    """

    figures: tuple[Figure, ...] = ()
    inputs: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    event_time: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """The difference an amendment makes, or would make.

    Attributes:
        incident: readable id.
        before, after: the numbers that count.
        changes: what it does to the tasks.
        warnings: what is recorded all the same and wants somebody's eyes.
    """

    incident: str
    before: Numbers
    after: Numbers
    changes: Changes
    warnings: tuple[Problem, ...] = ()

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """Return the thresholds of the law crossed."""
        return self.changes.crossings

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the keys of the tasks that wait for the group."""
        return self.changes.offered


@dataclass(frozen=True, slots=True)
class _Made:
    """An amendment judged and computed, before anything is written."""

    figures: tuple[Figure, ...]
    inputs: Mapping[str, object]
    before: Numbers
    after: Numbers
    plan: Plan
    warnings: tuple[Problem, ...]
    crossings: tuple[Crossing, ...]
    restricted: bool
    said_at: dt.datetime


def amend(
    store: Store,
    incident: str,
    amendment: Amendment,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    accept: bool = False,
    expected_version: int | None = None,
) -> Amended:
    """Record new numbers and answers, and let the plan follow.

    Args:
        store: the store.
        incident: readable id.
        amendment: what has become known.
        reason: why it changed, for the log and for what is withdrawn.
        actor: who records it.
        now: record time.
        accept: True to take on everything that is new at once.
        expected_version: version of the incident the numbers were read in.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason, nothing amended, or impossible for the playbook (its problems say why).
        UsageError: a value of the wrong type, an event in the future or years back.
        RefusedError: the incident has ended, or is a regional situation.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = counted_firm(session, incident)
        made = _made(session, owner, amendment, now)
        claim(owner, expected_version, {"inputs": {**owner.inputs, **made.inputs}})
        old = {name: owner.inputs.get(name) for name in made.inputs}
        written = add_figures(
            session, owner, made.figures, source=amendment.source.strip(), event_time=made.said_at, now=now
        )
        _take(owner, made)
        changes = refresh(session, owner, made.plan, now, reason=why, offer=not accept)
        payload = {
            "figures": _told_figures(written),
            "inputs": _told_inputs(old, made.inputs),
            "headcount": made.after.headcount,
            "headcount_before": made.before.headcount,
            "dismissals": made.after.count(Measure.DISMISSAL),
            "dismissals_before": made.before.count(Measure.DISMISSAL),
            "source": amendment.source.strip(),
            "reason": why,
            "warnings": [problem.code for problem in made.warnings],
            **told_changes(changes),
        }
        kind, named, fields = "incidents.amended", (owner.readable_id,), ("figures", *made.inputs)
        unit.record(EventDraft(kind, owner.id, named, fields, payload, event_time=made.said_at))
        record_crossings(unit, owner, made.crossings, made.said_at)
        restrict(unit, owner, called_for=made.restricted)
    return _amended(owner, made, changes)


def _take(owner: Incident, made: _Made) -> None:
    owner.inputs = {**owner.inputs, **made.inputs}
    owner.sites = _sites(owner, made.after)
    if isinstance(spoken := made.inputs.get(LANGUAGES), list):
        owner.languages = spoken


def preview_amendment(
    store: Store, incident: str, amendment: Amendment, *, now: dt.datetime, accept: bool = False
) -> Amended:
    """Return the difference ``amend`` would make; nothing is written.

    Raises:
        NotFoundError, InputError, UsageError, RefusedError: as ``amend``.
    """
    with store.reading() as session:
        owner = counted_firm(session, incident)
        made = _made(session, owner, amendment, now)
        changes = preview(session, owner, made.plan, offered_on=None if accept else local_date(now))
        return _amended(owner, made, changes)


def _amended(owner: Incident, made: _Made, changes: Changes) -> Amended:
    told = replace(changes, crossings=made.crossings, restricted=made.restricted)
    return Amended(owner.readable_id, made.before, made.after, told, made.warnings)


def _told_figures(written: Iterable[tuple[Figure | None, Figure]]) -> list[dict[str, str | None]]:
    return [
        {
            "figure": format_place(new),
            "old": None if before is None else format_people(before.low, before.high),
            "new": format_people(new.low, new.high),
        }
        for before, new in written
    ]


def _told_inputs(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: {"old": old[name], "new": value} for name, value in new.items() if old[name] != value}


def _made(session: Session, owner: Incident, amendment: Amendment, now: dt.datetime) -> _Made:
    require_short((amendment.source, "source", NAME))
    if not amendment.figures and not amendment.inputs:
        raise InputError("incidents.input", problems=[Problem("incidents.nothing_amended")])
    typed = _typed(owner, amendment.inputs)
    stated = {name: value for name, value in typed.items() if name in OF_INPUT}
    figures = (*amendment.figures, *figures_of_inputs(stated, stage_now(session, owner)))
    _judge(owner, figures)
    present = current_figures(session, owner)
    before, after = (numbers(given, site_ids(owner)) for given in (present, merged(present, figures)))
    derived = _derived(after, merged(present, figures)) if figures else {}
    answers = {**typed, **derived}
    plan = expand_incident(session, owner, inputs=answers)
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    said_at = require_event_time(session, owner, amendment.event_time, now)
    inputs = {name: value_to_json(value) for name, value in answers.items()}
    warnings = (
        *after.problems,
        *_nobody(after),
        *_larger_than_employer(owner, inputs),
        *wave_remarks(plan.waves, after),
        *fund_remark(session, owner, after),
    )
    now_compared = compared(session, owner, inputs=inputs, numbers=after, waves=dated_waves(plan))
    found = crossed(session, owner, compared(session, owner), now_compared, now)
    raised = becomes_restricted(session, owner, inputs, now)
    return _Made(figures, inputs, before, after, plan, warnings, found, raised, said_at)


def _typed(owner: Incident, given: Mapping[str, object]) -> dict[str, object]:
    declared = from_stored(owner.playbook_text, owner.playbook_id).playbook.inputs
    typed: dict[str, object] = {}
    for name, value in given.items():
        asked = declared.get(name)
        unknown = value is None or value == "?"
        if asked is None or unknown:
            # What the playbook does not ask is told with its other problems, the nearest names beside.
            typed[name] = None if unknown else value
        else:
            typed[name] = typed_answer(name, asked.type, tuple(asked.options), value, asked.label)
    return typed


def _judge(owner: Incident, figures: tuple[Figure, ...]) -> None:
    """Refuse numbers that cannot be, all at once."""
    problems: list[Problem] = []
    for figure in figures:
        params = {"figure": format_place(figure), "low": figure.low, "high": figure.high}
        if (figure.low is None) is not (figure.high is None):
            problems.append(Problem("incidents.figure_half", params))
        elif not 0 <= (figure.low or 0) <= (figure.high or 0) <= MOST_PEOPLE:
            problems.append(Problem("incidents.figure_impossible", {**params, "limit": MOST_PEOPLE}))
        if figure.site and figure.site not in site_ids(owner):
            known = site_ids(owner)
            problems.append(
                Problem(
                    "incidents.figure_site", {"site": figure.site, "nearest": nearest(figure.site, known)}
                )
            )
    if problems:
        raise InputError("incidents.input", problems=problems)


def _derived(after: Numbers, figures: tuple[Figure, ...]) -> dict[str, object]:
    """Return the inputs that follow from the numbers.

    A number of dismissals taken back leaves its input unknown. That nobody is affected any more is
    told, but the plan keeps the size it was made for: what ends an incident is its state.
    """
    derived: dict[str, object] = {HEADCOUNT: after.headcount} if after.headcount else {}
    if any(figure.measure is Measure.DISMISSAL for figure in figures):
        derived[DISMISSALS] = after.count(Measure.DISMISSAL)
    return derived


def _nobody(after: Numbers) -> list[Problem]:
    return [Problem("incidents.nobody_affected")] if after.headcount == 0 else []


def _sites(owner: Incident, after: Numbers) -> list[dict[str, Any]]:
    return [
        {**site, "headcount": after.sites[site["id"]]} if site["id"] in after.sites else site
        for site in owner.sites
    ]


def _larger_than_employer(owner: Incident, inputs: Mapping[str, Any]) -> list[Problem]:
    size = inputs.get("employer_size", owner.inputs.get("employer_size"))
    people = inputs.get(HEADCOUNT, owner.inputs.get(HEADCOUNT))
    if isinstance(size, int) and isinstance(people, int) and people > size:
        return [Problem("incidents.more_than_employer", {"people": people, "size": size})]
    return []
