"""Taking up a dormant or watched incident again: it becomes active with the dates that are new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from muutosturva.errors import InputError, RefusedError
from muutosturva.incidents.acts.crossing import between, measured, record_crossings
from muutosturva.incidents.acts.dating import anchor_row
from muutosturva.incidents.acts.guards import require_reason
from muutosturva.incidents.acts.refreshing import preview, refresh
from muutosturva.incidents.acts.rhythm import rested_until
from muutosturva.incidents.pure import spells
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.assembling import anchor_value
from muutosturva.incidents.reading.expanding import expand_incident
from muutosturva.incidents.typed.notation import format_anchor_value
from muutosturva.models.incident import Incident, IncidentAnchor
from muutosturva.models.states import IncidentState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.plan import Plan
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from muutosturva.store.versions import expect_version

_SLEEPING = frozenset({IncidentState.DORMANT, IncidentState.WATCH})


def resume(
    store: Store,
    incident: str,
    *,
    anchors: Mapping[str, AnchorValue],
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> Changes:
    """Make a dormant or watched incident active, with its new dates, in one act.

    Args:
        store: the store.
        incident: readable id.
        anchors: new dates by anchor, ``proposal`` or ``notice[w1]``; {} keeps the old ones.
        reason: why, for the log.
        actor: who does it.
        now: record time.
        expected_version: the incident's version on the user's screen.

    Returns:
        What the new dates did to the plan.

    Raises:
        NotFoundError: no such incident or anchor.
        InputError: no reason, or the dates contradict each other.
        RefusedError: the incident is neither dormant nor watched.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = queries.find_incident(session, incident)
        expect_version(owner, expected_version, {"state": IncidentState.ACTIVE})
        rows = _rows(session, owner, anchors)
        old = {name: format_anchor_value(anchor_value(row)) for name, row in rows.items()}
        before, owner.state = owner.state, IncidentState.ACTIVE
        changes = Changes()
        if not owner.situation:
            plan = _plan(session, owner, before, rows, anchors, now=now)
            owner.rests = spells.to_json(rested_until(owner, before, now))
            seen = measured(session, owner, now)
            changes = refresh(session, owner, plan, now, reason=why)
            found = between(session, owner, seen, measured(session, owner, now))
            changes = replace(changes, crossings=found)
        dates = [
            {"anchor": name.strip(), "old": old[name.strip()], "new": format_anchor_value(value)}
            for name, value in anchors.items()
        ]
        told = {"old": before.value, "anchors": dates, "reason": why, **told_changes(changes)}
        unit.record(_event(owner, tuple(rows), told))
        record_crossings(unit, owner, changes.crossings)
    return changes


def preview_resume(
    store: Store, incident: str, anchors: Mapping[str, AnchorValue], *, now: dt.datetime
) -> Changes:
    """Return what ``resume`` would do to the plan; nothing is written.

    Raises:
        NotFoundError, InputError, RefusedError: as ``resume``.
    """
    with store.reading() as session:
        owner = queries.find_incident(session, incident)
        rows = _rows(session, owner, anchors)
        if owner.situation:
            return Changes()
        plan = _plan(session, owner, owner.state, rows, anchors, now=now)
        found = between(session, owner, measured(session, owner, now), measured(session, owner, now, plan))
        return replace(preview(session, owner, plan), crossings=found)


def _rows(session: Session, owner: Incident, anchors: Iterable[str]) -> dict[str, IncidentAnchor]:
    """Return the present revisions of the anchors of an incident that may be taken up again."""
    if owner.state not in _SLEEPING:
        raise RefusedError("incidents.not_resting", incident=owner.readable_id, state=owner.state)
    return {name.strip(): anchor_row(session, owner, name) for name in anchors}


def _plan(
    session: Session,
    owner: Incident,
    before: IncidentState,
    rows: Mapping[str, IncidentAnchor],
    anchors: Mapping[str, AnchorValue],
    *,
    now: dt.datetime,
) -> Plan:
    new = {(rows[name.strip()].name, rows[name.strip()].wave): value for name, value in anchors.items()}
    plan = expand_incident(session, owner, anchors=new, rests=rested_until(owner, before, now))
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    return plan


def _event(incident: Incident, anchors: tuple[str, ...], payload: dict[str, Any]) -> EventDraft:
    return EventDraft(
        kind="incidents.resumed",
        incident_id=incident.id,
        subjects=(incident.readable_id,),
        fields=("state", *anchors),
        payload=payload,
    )
