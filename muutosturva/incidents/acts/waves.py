"""Waves: groups with one measure, one notice day and one last day; tasks and reminders follow each.

The wave of everybody stays for those whom the named ones leave out, and gives way when they hold all:
its untouched tasks are withdrawn, done ones stand. When people are left out again, it comes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from muutosturva.errors import InputError, NotFoundError, Problem, RefusedError, UsageError, nearest
from muutosturva.incidents.acts.crossing import compared, crossed, dated_waves, record_crossings
from muutosturva.incidents.acts.guards import claim, require_reason
from muutosturva.incidents.acts.numbers import counted_firm, current_numbers
from muutosturva.incidents.acts.refreshing import preview, refresh
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.pure.wave_counts import wave_remarks
from muutosturva.incidents.reading.expanding import expand_incident, given_anchors, saved_waves
from muutosturva.incidents.typed.notation import format_anchor_value
from muutosturva.models.incident import Incident
from muutosturva.models.states import MEASURES, IncidentState
from muutosturva.playbooks.facts import DEFAULT_WAVE, MOST_PEOPLE, AnchorValue, Wave
from muutosturva.playbooks.plan import Plan
from muutosturva.rules.thresholds import Crossing
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store


@dataclass(frozen=True, slots=True)
class WaveChange:
    """What becomes of a wave; None leaves a field as it is.

    Attributes:
        id: ``w1``; an unknown id is a new wave.
        label: its name on screen.
        site: id of a site, or "" for none.
        measure: dismissal, layoff or part_time.
        count: people in it.
        notice, end: its two dates.
    """

    id: str
    label: str | None = None
    site: str | None = None
    measure: str | None = None
    count: int | None = None
    notice: AnchorValue | None = None
    end: AnchorValue | None = None


@dataclass(frozen=True, slots=True)
class WaveSet:
    """The difference a wave makes, or would make.

    Attributes:
        incident: readable id.
        wave: id of the wave.
        changes: what it does to the tasks.
        warnings: waves that hold more people than the number that counts, or leave some out.
    """

    incident: str
    wave: str
    changes: Changes
    warnings: tuple[Problem, ...] = ()

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """Return the thresholds of the law crossed."""
        return self.changes.crossings


@dataclass(frozen=True, slots=True)
class _Made:
    before: Wave | None
    after: Wave | None
    plan: Plan
    warnings: tuple[Problem, ...]
    crossings: tuple[Crossing, ...]


def set_wave(
    store: Store,
    incident: str,
    change: WaveChange,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> WaveSet:
    """Add a wave, or change one; its tasks appear, and dates that hang on it move.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason, an unknown site, an impossible count, an end before the notice.
        UsageError: an unknown measure.
        RefusedError: the incident has ended or is a regional situation; the id of everybody's wave; a new
            wave in an incident that is winding down: it is active again first.
        ConflictError: somebody changed the incident in between.
    """
    return _write(store, incident, change.id, change, reason, actor, now, expected_version)


def remove_wave(
    store: Store,
    incident: str,
    wave: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> WaveSet:
    """Remove a wave: its untouched tasks are withdrawn with the reason, work begun or done stands.

    Raises:
        NotFoundError: no such incident or wave.
        InputError: no reason.
        RefusedError, ConflictError: as ``set_wave``.
    """
    return _write(store, incident, wave, None, reason, actor, now, expected_version)


def preview_wave(store: Store, incident: str, change: WaveChange, *, now: dt.datetime) -> WaveSet:
    """Return the difference ``set_wave`` would make; nothing is written.

    Raises:
        NotFoundError, InputError, UsageError, RefusedError: as ``set_wave``.
    """
    return _look(store, incident, change.id, change, now)


def preview_removal(store: Store, incident: str, wave: str, *, now: dt.datetime) -> WaveSet:
    """Return the difference ``remove_wave`` would make; nothing is written.

    Raises:
        NotFoundError, InputError, RefusedError: as ``remove_wave``.
    """
    return _look(store, incident, wave, None, now)


def _look(store: Store, incident: str, wave: str, change: WaveChange | None, now: dt.datetime) -> WaveSet:
    with store.reading() as session:
        owner = counted_firm(session, incident)
        made = _made(session, owner, wave.strip(), change, now)
        changes = replace(preview(session, owner, made.plan), crossings=made.crossings)
        return WaveSet(owner.readable_id, wave.strip(), changes, made.warnings)


def _write(  # noqa: PLR0917 - what both use cases take, handed on
    store: Store,
    incident: str,
    wave: str,
    change: WaveChange | None,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected: int | None,
) -> WaveSet:
    why = require_reason(reason)
    wanted = wave.strip()
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = counted_firm(session, incident)
        made = _made(session, owner, wanted, change, now)
        claim(owner, expected)
        changes = refresh(session, owner, made.plan, now, reason=why)
        payload = {
            "old": _told(made.before),
            "new": _told(made.after),
            "count": made.after.count if made.after else None,
            "measure": (made.after or made.before or Wave(wanted)).measure,
            "notice": _date(made.after, "notice"),
            "end": _date(made.after, "end"),
            "reason": why,
            "warnings": [problem.code for problem in made.warnings],
            **told_changes(changes),
        }
        kind = "incidents.wave_removed" if change is None else "incidents.wave_set"
        unit.record(EventDraft(kind, owner.id, (f"{owner.readable_id} {wanted}",), ("wave",), payload))
        record_crossings(unit, owner, made.crossings)
    return WaveSet(owner.readable_id, wanted, replace(changes, crossings=made.crossings), made.warnings)


def _made(
    session: Session, owner: Incident, wanted: str, change: WaveChange | None, now: dt.datetime
) -> _Made:
    if wanted == DEFAULT_WAVE:
        raise RefusedError("incidents.wave_of_everybody", wave=wanted)
    saved = saved_waves(session, owner, given_anchors(session, owner))
    present = [wave for wave in saved if wave.id != DEFAULT_WAVE]
    everybody = tuple(wave for wave in saved if wave.id == DEFAULT_WAVE)
    before = next((wave for wave in present if wave.id == wanted), None)
    if change is None:
        if before is None:
            known = nearest(wanted, [wave.id for wave in present])
            raise NotFoundError(
                "incidents.wave_not_found", wave=wanted, incident=owner.readable_id, nearest=known
            )
        after, waves = None, tuple(wave for wave in present if wave.id != wanted)
    else:
        if before is None and owner.state is IncidentState.WINDING_DOWN:
            raise RefusedError("incidents.winding_down_no_wave", incident=owner.readable_id)
        after = _changed(before or Wave(wanted), change)
        waves = _with(present, after)
    plan = expand_incident(session, owner, waves=(*waves, *everybody))
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    found = crossed(
        session, owner, compared(session, owner), compared(session, owner, waves=dated_waves(plan)), now
    )
    return _Made(before, after, plan, wave_remarks(waves, current_numbers(session, owner)), found)


def _with(present: Sequence[Wave], after: Wave) -> tuple[Wave, ...]:
    if any(wave.id == after.id for wave in present):
        return tuple(after if wave.id == after.id else wave for wave in present)
    return (*present, after)


def _changed(wave: Wave, change: WaveChange) -> Wave:
    if change.measure is not None and change.measure not in MEASURES:
        raise UsageError("incidents.wave_measure", value=change.measure, known=MEASURES)
    if change.count is not None and not 0 <= change.count <= MOST_PEOPLE:
        params = {"wave": change.id, "count": change.count, "limit": MOST_PEOPLE}
        raise InputError("incidents.input", problems=[Problem("incidents.wave_count", params)])
    fields = ("label", "site", "measure", "count")
    given = {name: value for name in fields if (value := getattr(change, name)) is not None}
    dates = {name: value for name in ("notice", "end") if (value := getattr(change, name)) is not None}
    return replace(wave, **given, anchors={**wave.anchors, **dates})


def _told(wave: Wave | None) -> dict[str, Any] | None:
    if wave is None:
        return None
    return {
        "label": wave.label,
        "site": wave.site,
        "measure": wave.measure,
        "count": wave.count,
        **{name: format_anchor_value(value) for name, value in wave.anchors.items()},
    }


def _date(wave: Wave | None, name: str) -> dt.date | None:
    return wave.anchors[name].value if wave is not None and name in wave.anchors else None
