"""The level of an incident: by the criteria, or set by hand with a reason; and who leads at it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from muutosturva.clock import local_date
from muutosturva.errors import InputError, RefusedError
from muutosturva.incidents.acts.guards import claim, heard_on, require_reason, require_running
from muutosturva.incidents.acts.refreshing import preview, refresh
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.expanding import answer_or_default, expand_incident
from muutosturva.models.incident import Incident
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.inputs import CRITICAL, HEADCOUNT
from muutosturva.rules.levels import Criteria, Level, level_criteria
from muutosturva.rules.results import LawRow
from muutosturva.store.lawbook import load_book
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store


@dataclass(frozen=True, slots=True)
class LevelView:
    """The level of an incident and what it rests on.

    Attributes:
        incident: readable id.
        level: the one that counts; "" when it cannot be told.
        by_hand: the level set by hand, or "" while the criteria decide.
        criteria: what the criteria say.
        lead: the row that says which role leads at this level, or None.
    """

    incident: str
    level: str
    by_hand: str
    criteria: Criteria
    lead: LawRow | None


@dataclass(frozen=True, slots=True)
class LevelSet:
    """The difference a level makes, or would make."""

    incident: str
    old: str
    new: str
    changes: Changes


def level_view(session: Session, incident: str) -> LevelView:
    """Return the level of an incident with its criteria.

    Raises:
        NotFoundError: no such incident.
        RefusedError: a regional situation has no level of its own.
    """
    owner = _owner(session, incident)
    people, heavy = owner.inputs.get(HEADCOUNT), answer_or_default(owner, CRITICAL)
    criteria = level_criteria(
        people if isinstance(people, int) else None,
        # A playbook that does not ask whether the loss is critical for the region knows that it is not.
        heavy if isinstance(heavy, bool) else False,
        heard_on(session, owner),
        load_book(session, owner.law_revision),
    )
    lead = criteria.leads.get(Level(owner.level)) if owner.level else None
    return LevelView(owner.readable_id, owner.level, owner.level_override, criteria, lead)


def set_level(
    store: Store,
    incident: str,
    level: Level | None,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    accept: bool = False,
    expected_version: int | None = None,
) -> LevelSet:
    """Set the level by hand, or let the criteria decide again.

    Args:
        store: the store.
        incident: readable id.
        level: None for what the criteria say.
        reason: why, for the log and for what is withdrawn.
        actor: who decides.
        now: record time.
        accept: True to take on everything that is new at once; what the law asks for comes anyway.
        expected_version: version of the incident the level was read in.

    Raises:
        NotFoundError: no such incident.
        InputError: no reason.
        RefusedError: the incident has ended, is a regional situation, or the level is set so already.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = _owner(session, incident)
        require_running(owner)
        wanted = level.value if level else ""
        if wanted == owner.level_override:
            raise RefusedError(
                "incidents.level_already", incident=owner.readable_id, level=owner.level or "–"
            )
        plan = _plan(session, owner, wanted)
        claim(owner, expected_version, {"level_override": wanted})
        old, owner.level_override = owner.level, wanted
        changes = refresh(session, owner, plan, now, reason=why, offer=not accept)
        payload = {
            "old": old,
            "new": plan.level,
            "by_hand": bool(wanted),
            "reason": why,
            **told_changes(changes),
        }
        unit.record(EventDraft("incidents.level_set", owner.id, (owner.readable_id,), ("level",), payload))
    return LevelSet(owner.readable_id, old, plan.level, changes)


def preview_level(
    store: Store, incident: str, level: Level | None, *, now: dt.datetime, accept: bool = False
) -> LevelSet:
    """Return the difference ``set_level`` would make; nothing is written.

    Raises:
        NotFoundError, RefusedError: as ``set_level``.
    """
    with store.reading() as session:
        owner = _owner(session, incident)
        require_running(owner)
        plan = _plan(session, owner, level.value if level else "")
        changes = preview(session, owner, plan, offered_on=None if accept else local_date(now))
        return LevelSet(owner.readable_id, owner.level, plan.level, changes)


def _owner(session: Session, incident: str) -> Incident:
    owner = queries.find_incident(session, incident)
    if owner.situation:
        raise RefusedError("incidents.situation_has_no_level", incident=owner.readable_id)
    return owner


def _plan(session: Session, owner: Incident, level: str) -> Plan:
    plan = expand_incident(session, owner, level=level)
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    return plan
