"""Joining firms into one regional situation, over which plan, briefing and calendar sum; taking them out.

A restricted firm among others less secret is nobody's accident. Whoever joins it says which is meant: the
situation is raised to the firm's class, and only those inside its restricted firms see it from then on; or
it keeps its own, and those outside the firm meet neither the firm nor its people in it, in sums, plan,
calendar and log alike. What somebody inside hands out of such a situation is as secret as the firm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from sqlmodel import Session, col, select

from muutosturva.errors import RefusedError, UsageError
from muutosturva.incidents.acts import access
from muutosturva.incidents.acts.guards import require_reason, require_running, require_short
from muutosturva.incidents.pure.publicity import SECRECY_SET
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.typed.readable_ids import checked_id
from muutosturva.models.incident import Incident, IncidentAccess
from muutosturva.models.states import IncidentState, Secrecy
from muutosturva.rules.short_texts import NAME
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork
from muutosturva.store.versions import expect_version


class SecretJoining(StrEnum):
    """What becomes of a situation's class when a restricted firm joins others that are less secret."""

    RAISE = "raise"
    """The situation becomes restricted as well."""
    KEEP = "keep"
    """The situation stays as it is; the firm is not there for those outside it."""


def group_incidents(
    store: Store,
    situation: str,
    children: Sequence[str],
    *,
    title: str = "",
    secret: SecretJoining | None = None,
    actor: str,
    now: dt.datetime,
) -> IncidentView:
    """Join incidents under a regional situation, which is made when its id is new.

    Args:
        store: the store.
        situation: readable id of a situation, or a free id for a new one.
        children: readable ids of the firms' incidents.
        title: name of a new situation; its id when empty.
        secret: which is meant where a restricted firm joins others that are less secret.
        actor: who does it.
        now: record time.

    Raises:
        NotFoundError: no such child.
        UsageError: no child is named, or the new id has another form.
        InputError: the title is no short text.
        RefusedError: the id belongs to a firm, the situation has ended, a child is a situation, in
            another one already or cancelled, or a restricted one and ``secret`` does not say what is meant.
    """
    if not children:
        raise UsageError("incidents.group_empty", incident=situation)
    require_short((title, "title", NAME))
    with store.transaction(actor, now) as unit:
        session = unit.session
        joined = [queries.find_incident(session, child) for child in dict.fromkeys(children)]
        parent = _situation(session, store, situation, joined, title=title, now=now)
        for child in joined:
            _join(session, parent, child)
        begun = parent.secrecy
        raised = _raised(session, parent, joined, secret)
        unit.record(
            EventDraft(
                kind="incidents.grouped",
                incident_id=parent.id,
                subjects=(parent.readable_id, *(child.readable_id for child in joined)),
                fields=("parent",),
                payload={
                    "title": parent.employer,
                    "secrecy": begun,
                    "children": [child.readable_id for child in joined],
                },
            )
        )
        if raised is not None:
            unit.consequence(raised)
        if parent.secrecy is Secrecy.RESTRICTED:
            _let_in(unit, parent)
        readable_id = parent.readable_id
    with store.reading() as session:
        return queries.incident_view(session, readable_id)


def ungroup_incidents(
    store: Store,
    situation: str,
    children: Sequence[str],
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> IncidentView:
    """Take incidents out of a regional situation; each stands for itself again.

    A situation left without firms stays, so that others can be joined in it; who does not need it
    cancels it.

    Args:
        store: the store.
        situation: readable id.
        children: readable ids of firms in it.
        reason: why, for the log.
        actor: who does it.
        now: record time.
        expected_version: the situation's version on the user's screen.

    Raises:
        NotFoundError: no such situation or child.
        InputError: no reason.
        UsageError: no child is named.
        RefusedError: the situation is a firm or has ended, or a child is not in it.
        ConflictError: somebody changed the situation in between.
    """
    why = require_reason(reason)
    if not children:
        raise UsageError("incidents.ungroup_empty", incident=situation)
    with store.transaction(actor, now) as unit:
        session = unit.session
        parent = queries.find_incident(session, situation)
        expect_version(parent, expected_version)
        if not parent.situation:
            raise RefusedError("incidents.no_situation", incident=parent.readable_id)
        require_running(parent)
        parted = [queries.find_incident(session, child) for child in dict.fromkeys(children)]
        for child in parted:
            _part(parent, child)
        unit.record(
            EventDraft(
                kind="incidents.ungrouped",
                incident_id=parent.id,
                subjects=(parent.readable_id, *(child.readable_id for child in parted)),
                fields=("parent",),
                payload={"children": [child.readable_id for child in parted], "reason": why},
            )
        )
        readable_id = parent.readable_id
    with store.reading() as session:
        return queries.incident_view(session, readable_id)


def _part(parent: Incident, child: Incident) -> None:
    if child.parent_id != parent.id:
        raise RefusedError("incidents.not_grouped", incident=child.readable_id, parent=parent.readable_id)
    child.parent_id = None


def _situation(
    session: Session,
    store: Store,
    situation: str,
    joined: Sequence[Incident],
    *,
    title: str,
    now: dt.datetime,
) -> Incident:
    wanted = situation.strip().upper()
    found = session.exec(select(Incident).where(Incident.readable_id == wanted)).first()
    if found is not None:
        if not found.situation:
            raise RefusedError("incidents.not_a_situation", incident=found.readable_id)
        require_running(found)
        return found
    parent = Incident(
        owner_area=store.owner_area,
        readable_id=checked_id(session, situation),
        kind=store.kind,
        state=IncidentState.ACTIVE,
        secrecy=_class_over(joined),
        employer=title.strip() or wanted,
        situation=True,
        opened_at=now,
    )
    session.add(parent)
    session.flush()
    return parent


def _class_over(joined: Sequence[Incident]) -> Secrecy:
    """A situation is restricted only when all its firms are.

    A restricted firm among others is not there for those outside it, and not in the sums they see, so
    the situation need not be kept from them; of the others the strictest counts.
    """
    order = [Secrecy.GROUP, Secrecy.PUBLIC]
    others = [child.secrecy for child in joined if child.secrecy is not Secrecy.RESTRICTED]
    return min(others, key=order.index, default=Secrecy.RESTRICTED)


def _raised(
    session: Session, parent: Incident, joined: Sequence[Incident], secret: SecretJoining | None
) -> EventDraft | None:
    """Give the situation the class that is meant; return the event that says so when it is raised.

    Raises:
        RefusedError: nobody has said what is meant.
    """
    hidden = [child.readable_id for child in joined if child.secrecy is Secrecy.RESTRICTED]
    if not hidden or parent.secrecy is Secrecy.RESTRICTED:
        return None
    if secret is None:
        raise RefusedError(
            "incidents.group_secret", parent=parent.readable_id, children=hidden, secrecy=parent.secrecy
        )
    if secret is SecretJoining.KEEP:
        return None
    old = parent.secrecy
    parent.secrecy, parent.published_at = Secrecy.RESTRICTED, None
    session.flush()
    return EventDraft(
        kind=SECRECY_SET,
        incident_id=parent.id,
        subjects=(parent.readable_id,),
        fields=("secrecy",),
        payload={"old": old, "new": Secrecy.RESTRICTED, "children": hidden},
    )


def _let_in(unit: UnitOfWork, parent: Incident) -> None:
    """Let into a restricted situation whoever is inside one of its restricted firms, and the actor."""
    firms = {child.id: child.readable_id for child in queries.children_of(unit.session, parent)}
    inside = unit.session.exec(
        select(IncidentAccess).where(
            col(IncidentAccess.incident_id).in_(firms), col(IncidentAccess.ended_at).is_(None)
        )
    ).all()
    people = [(row.name, access.firm_ground(firms[row.incident_id])) for row in inside]
    _, draft = access.admit(unit, parent, [*people, (unit.actor, access.OPENED)], at=unit.moment)
    if draft is not None:
        unit.consequence(draft)


def _join(session: Session, parent: Incident, child: Incident) -> None:
    if child.situation:
        raise RefusedError("incidents.situation_in_situation", incident=child.readable_id)
    if child.state is IncidentState.CANCELLED:
        raise RefusedError("incidents.not_running", incident=child.readable_id, state=child.state)
    if child.parent_id is not None and child.parent_id != parent.id:
        other = session.get(Incident, child.parent_id)
        if other is None:
            # A situation the person may not know of: the firm cannot be in two, more is not said.
            raise RefusedError("incidents.grouped_elsewhere", incident=child.readable_id)
        raise RefusedError("incidents.grouped_already", incident=child.readable_id, parent=other.readable_id)
    child.parent_id = parent.id
