"""Use cases of linked firms: suppliers, agencies and service firms that hang on an incident's firm."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from muutosturva.errors import InputError, NotFoundError, Problem, RefusedError, nearest
from muutosturva.incidents.acts.guards import require_reason, require_running
from muutosturva.incidents.pure.firms import folded
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.models.incident import Incident, IncidentLink
from muutosturva.models.states import LinkKind
from muutosturva.playbooks.facts import MOST_PEOPLE
from muutosturva.rules.short_texts import short_text_problems
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork
from muutosturva.store.versions import expect_version


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of a linked firm.

    Attributes:
        name: the firm.
        kind: how it hangs on the incident's firm.
        other: readable id of its own incident, or "".
        headcount: its affected people, or None while nobody knows.
        included: how many of them the incident's own number has already.
        source: who said so, or "".
    """

    name: str
    kind: LinkKind
    other: str = ""
    headcount: int | None = None
    included: int = 0
    source: str = ""


def link_firm(store: Store, incident: str, link: Link, *, actor: str, now: dt.datetime) -> IncidentView:
    """Link a firm to an incident.

    Raises:
        NotFoundError: no such incident, or none of the id given as the firm's own.
        InputError: no name, or numbers that cannot be; all are told at once.
        RefusedError: the incident has ended or is a situation, the firm is linked already, or its own
            incident is this one or a situation.
    """
    _check(link)
    with store.transaction(actor, now) as unit:
        owner = _firm(unit.session, incident)
        if _find(unit.session, owner, link.name) is not None:
            raise RefusedError("incidents.linked_already", incident=owner.readable_id, firm=link.name)
        row = IncidentLink(
            owner_area=owner.owner_area,
            incident_id=owner.id,
            name=link.name.strip(),
            kind=link.kind,
            recorded_at=now,
        )
        _write(unit.session, owner, row, link)
        unit.session.add(row)
        _record(unit, owner, "incidents.firm_linked", row.name, _told(link))
        readable_id = owner.readable_id
    with store.reading() as session:
        return queries.incident_view(session, readable_id)


def change_link(
    store: Store,
    incident: str,
    link: Link,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> IncidentView:
    """Give a linked firm other numbers, another kind or an incident of its own; all fields are set.

    Raises:
        NotFoundError: no such incident, or no such firm is linked to it.
        InputError: no reason, or numbers that cannot be.
        RefusedError: the incident has ended, or the firm's own incident is this one or a situation.
        ConflictError: somebody changed the link in between.
    """
    why = require_reason(reason)
    _check(link)
    with store.transaction(actor, now) as unit:
        owner = _firm(unit.session, incident)
        row = _linked(unit.session, owner, link.name)
        ours = {"headcount": link.headcount, "included": link.included}
        expect_version(row, expected_version, ours)
        old = _told(_as_value(unit.session, row))
        _write(unit.session, owner, row, link)
        row.recorded_at = now
        payload = {**_told(link), "old": old, "reason": why}
        _record(unit, owner, "incidents.link_changed", row.name, payload)
        readable_id = owner.readable_id
    with store.reading() as session:
        return queries.incident_view(session, readable_id)


def unlink_firm(
    store: Store,
    incident: str,
    name: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> IncidentView:
    """Take a linked firm off an incident; the log keeps what was known of it.

    Raises:
        NotFoundError: no such incident, or no such firm is linked to it.
        InputError: no reason.
        RefusedError: the incident has ended.
        ConflictError: somebody changed the link in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner = _firm(unit.session, incident)
        row = _linked(unit.session, owner, name)
        expect_version(row, expected_version)
        payload = {**_told(_as_value(unit.session, row)), "reason": why}
        unit.session.delete(row)
        _record(unit, owner, "incidents.firm_unlinked", row.name, payload)
        readable_id = owner.readable_id
    with store.reading() as session:
        return queries.incident_view(session, readable_id)


def _check(link: Link) -> None:
    problems = []
    if not link.name.strip():
        problems.append(Problem("incidents.link_name_missing", path="name"))
    if link.headcount is not None and link.headcount < 0:
        problems.append(Problem("incidents.people_negative", {"count": link.headcount}, path="people"))
    if link.included < 0:
        problems.append(Problem("incidents.people_negative", {"count": link.included}, path="included"))
    problems += short_text_problems(link.name, "name") + short_text_problems(link.source, "source")
    for field, count in (("people", link.headcount), ("included", link.included)):
        if count is not None and count > MOST_PEOPLE:
            problems.append(Problem("incidents.people_large", {"limit": MOST_PEOPLE}, path=field))
    if link.headcount is not None and link.included > link.headcount >= 0:
        params = {"included": link.included, "headcount": link.headcount}
        problems.append(Problem("incidents.included_too_many", params, path="included"))
    if problems:
        raise InputError("incidents.input", problems=problems)


def _firm(session: Session, incident: str) -> Incident:
    owner = queries.find_incident(session, incident)
    require_running(owner)
    if owner.situation:
        raise RefusedError("incidents.link_to_situation", incident=owner.readable_id)
    return owner


def _find(session: Session, owner: Incident, name: str) -> IncidentLink | None:
    wanted = folded(name)
    found = session.exec(select(IncidentLink).where(IncidentLink.incident_id == owner.id)).all()
    return next((row for row in found if folded(row.name) == wanted), None)


def _linked(session: Session, owner: Incident, name: str) -> IncidentLink:
    row = _find(session, owner, name)
    if row is None:
        found = session.exec(select(IncidentLink.name).where(IncidentLink.incident_id == owner.id)).all()
        raise NotFoundError(
            "incidents.link_not_found",
            incident=owner.readable_id,
            firm=name,
            nearest=nearest(name, found),
        )
    return row


def _write(session: Session, owner: Incident, row: IncidentLink, link: Link) -> None:
    other = queries.find_incident(session, link.other) if link.other.strip() else None
    if other is not None and (other.situation or other.id == owner.id):
        raise RefusedError("incidents.link_other", incident=owner.readable_id, other=other.readable_id)
    row.kind = link.kind
    row.other_id = other.id if other else None
    row.headcount = link.headcount
    row.included = link.included
    row.source = link.source.strip()


def _as_value(session: Session, row: IncidentLink) -> Link:
    other = session.get(Incident, row.other_id) if row.other_id else None
    return Link(
        name=row.name,
        kind=row.kind,
        other=other.readable_id if other else "",
        headcount=row.headcount,
        included=row.included,
        source=row.source,
    )


def _told(link: Link) -> dict[str, Any]:
    return {
        "link": link.kind.value,
        "own_incident": link.other.strip().upper(),
        "headcount": link.headcount,
        "included": link.included,
        "source": link.source.strip(),
    }


def _record(unit: UnitOfWork, owner: Incident, kind: str, firm: str, payload: dict[str, Any]) -> None:
    unit.record(
        EventDraft(
            kind=kind,
            incident_id=owner.id,
            subjects=(owner.readable_id,),
            fields=("link",),
            payload={"firm": firm, **payload},
        )
    )
