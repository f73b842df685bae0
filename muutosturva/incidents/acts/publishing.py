"""Who may know of an incident: its class moved, and the news made public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from muutosturva.clock import HELSINKI
from muutosturva.errors import InputError, RefusedError, UsageError
from muutosturva.incidents.acts import access
from muutosturva.incidents.acts.guards import require_reason
from muutosturva.incidents.acts.numbers import figure_history
from muutosturva.incidents.acts.refreshing import refresh
from muutosturva.incidents.pure.firms import folded
from muutosturva.incidents.pure.publicity import PUBLISHED, RELEASE, SECRECY_SET, Publicity, publicity
from muutosturva.incidents.pure.views import Changes, IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.expanding import expand_incident
from muutosturva.models.incident import Incident
from muutosturva.models.states import RUNNING, Secrecy
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from muutosturva.store.versions import expect_version


def set_secrecy(
    store: Store,
    incident: str,
    secrecy: Secrecy,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    at: dt.datetime | None = None,
    expected_version: int | None = None,
) -> IncidentView:
    """Move an incident to another class of secrecy; to a public one it goes by ``publish``.

    When it becomes restricted, the actor and those who hold a role are let in; deputies and everybody
    else stay outside until somebody lets them in.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason.
        UsageError: the class is ``public``, or the time is in the future or before the incident.
        RefusedError: it has that class already.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    if secrecy is Secrecy.PUBLIC:
        raise UsageError("incidents.publish_instead", incident=incident.strip().upper())
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = queries.find_incident(session, incident)
        expect_version(owner, expected_version, {"secrecy": secrecy})
        if owner.secrecy is secrecy:
            raise RefusedError("incidents.secrecy_already", incident=owner.readable_id, secrecy=owner.secrecy)
        moment = access.checked_time(session, owner, at, now)
        old = owner.secrecy
        owner.secrecy, owner.published_at = secrecy, None
        unit.record(
            EventDraft(
                kind=SECRECY_SET,
                incident_id=owner.id,
                subjects=(owner.readable_id,),
                fields=("secrecy",),
                payload={"old": old, "new": secrecy, "reason": why},
                event_time=moment,
            )
        )
        if secrecy is Secrecy.RESTRICTED:
            people = [*access.present_people(session, owner), (actor, access.PRESENT)]
            _, draft = access.admit(unit, owner, people, at=moment)
            if draft is not None:
                unit.consequence(draft)
        readable_id = owner.readable_id
    with store.reading() as session:
        return queries.incident_view(session, readable_id)


def publish(
    store: Store,
    incident: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    at: dt.datetime | None = None,
    source: str = "",
    expected_version: int | None = None,
) -> Changes:
    """Say that the news is public, since when, and by whom.

    The company's own release also confirms the anchor ``release`` at that moment, and what hangs on it
    moves. News that leaked is public too, but not by the company: the anchor stays as it was, and the
    company's release can be recorded when it comes. What moved with the release is returned.

    Args:
        store: the store.
        incident: readable id.
        reason: where it was seen, for the log.
        actor: who says so.
        now: record time.
        at: when it became public, when that is not now.
        source: who made it public, where that was not the company; "" for the company itself.
        expected_version: the version on the user's screen.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason, or the moment contradicts another date (its problems say which).
        UsageError, ConflictError: as ``set_secrecy``.
        RefusedError: it is public already.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = queries.find_incident(session, incident)
        expect_version(owner, expected_version, {"secrecy": Secrecy.PUBLIC})
        by_company = folded(source) in {"", folded(owner.employer)}
        if owner.secrecy is Secrecy.PUBLIC and (owner.published_at is not None or not by_company):
            raise RefusedError("incidents.published_already", incident=owner.readable_id)
        moment = access.checked_time(session, owner, at, now)
        payload = {
            "old": owner.secrecy,
            "new": Secrecy.PUBLIC,
            "at": moment,
            "by_company": by_company,
            "source": "" if by_company else source.strip(),
            "reason": why,
        }
        owner.secrecy = Secrecy.PUBLIC
        changes = Changes()
        if by_company:
            owner.published_at = moment
            changes = _confirm_release(session, owner, moment, now, why)
        unit.record(_published(owner, {**payload, **_moves(changes)}, moment))
    return changes


def _published(owner: Incident, payload: Mapping[str, Any], moment: dt.datetime) -> EventDraft:
    return EventDraft(
        kind=PUBLISHED,
        incident_id=owner.id,
        subjects=(owner.readable_id,),
        fields=("secrecy", "published_at") if payload["by_company"] else ("secrecy",),
        payload=payload,
        event_time=moment,
    )


def _confirm_release(
    session: Session, owner: Incident, moment: dt.datetime, now: dt.datetime, why: str
) -> Changes:
    """Give the anchor of the release its moment, where the playbook has one and the incident still runs."""
    has_release = any(row.name == RELEASE for row in queries.current_anchors(session, owner.id))
    if not has_release or owner.state not in RUNNING:
        return Changes()
    local = moment.astimezone(HELSINKI)
    value = AnchorValue.confirmed(
        local.date(), source=owner.employer, at=local.time().replace(second=0, microsecond=0)
    )
    plan = expand_incident(session, owner, anchors={(RELEASE, ""): value})
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    return refresh(session, owner, plan, now, reason=why)


def _moves(changes: Changes) -> dict[str, Any]:
    return {
        "moved": [
            {"key": moved.key, "old": moved.old, "new": moved.new, "outcome": moved.outcome}
            for moved in changes.moved
        ],
        "added": changes.added,
        "withdrawn": changes.withdrawn,
    }


def public_at(session: Session, incident: str, moment: dt.datetime) -> Publicity:
    """Return who could know of an incident at a moment, and which numbers, by its log and access list.

    Raises:
        NotFoundError: no such incident.
    """
    owner = queries.find_incident(session, incident)
    entries = [
        entry
        for entry in queries.log_entries(session, owner.readable_id)
        if entry.incident == owner.readable_id
    ]
    places = access.access_list(session, owner.readable_id)
    figures = figure_history(session, owner.readable_id)
    return publicity(entries, places, owner.secrecy, moment, figures)
