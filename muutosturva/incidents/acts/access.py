"""The access list of a restricted incident: who was let in, on what ground, from when to when.

For a listed company it is the office's own part of what MAR 596/2014 art. 18 asks of insider lists: who,
why, and the date and time from which [sure]; whether the list binds an employment area as such is for
the group to judge [unsure]. Rows are ended, never removed, and no undoing reaches them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.clock import HELSINKI
from muutosturva.errors import NotFoundError, RefusedError, UsageError, nearest
from muutosturva.incidents.acts.guards import require_reason
from muutosturva.incidents.pure.publicity import Access
from muutosturva.incidents.reading import finding, queries
from muutosturva.models.incident import Incident, IncidentAccess, IncidentRole, RoleHolder
from muutosturva.models.states import Secrecy
from muutosturva.models.work import Task
from muutosturva.playbooks.plan import TextMap
from muutosturva.store.columns import select_columns
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

GRANTED: Final = "incidents.access_granted"
ENDED: Final = "incidents.access_ended"

OPENED: Final = "opened:"
PRESENT: Final = "present:"
AT_TRIGGER: Final = "trigger"
"""When a role is filled that is needed from the first minute on; the others come with their work."""
_GROUNDS: Final = frozenset({"role", "opened", "present", "task", "firm"})


def role_ground(role: str) -> str:
    """Return the ground of somebody let in for a role, as the list keeps it."""
    return f"role:{role}"


def task_ground(key: str) -> str:
    """Return the ground of somebody let in for a task, as the list keeps it."""
    return f"task:{key}"


def firm_ground(incident: str) -> str:
    """Return the ground of somebody let into a situation for being inside one of its firms."""
    return f"firm:{incident}"


def access_list(session: Session, incident: str) -> tuple[Access, ...]:
    """Return everybody who was ever let in, in the order of time.

    Raises:
        NotFoundError: no such incident.
    """
    return _views(session, queries.find_incident(session, incident))


def _views(session: Session, owner: Incident) -> tuple[Access, ...]:
    found = session.exec(
        select(IncidentAccess)
        .where(IncidentAccess.incident_id == owner.id)
        .order_by(col(IncidentAccess.granted_at), col(IncidentAccess.name))
    ).all()
    named = _titles(session, owner)
    return tuple(_view(row, named) for row in found)


def _titles(session: Session, owner: Incident) -> Mapping[str, TextMap]:
    """Return the titles of roles and tasks by the ground on which somebody is let in for them."""
    roles = session.exec(select(IncidentRole).where(IncidentRole.incident_id == owner.id))
    tasks = session.execute(select_columns(Task.key, Task.title).where(col(Task.incident_id) == owner.id))
    return {role_ground(row.role): row.title for row in roles} | {
        task_ground(key): title for key, title in tasks
    }


def _view(row: IncidentAccess, named: Mapping[str, TextMap]) -> Access:
    ground, _, detail = row.reason.partition(":")
    known = ground in _GROUNDS
    return Access(
        name=row.name,
        ground=ground if known else "given",
        detail=detail if known else row.reason,
        granted_by=row.granted_by,
        granted_at=row.granted_at,
        recorded_at=row.recorded_at,
        ended_at=row.ended_at,
        title=named.get(row.reason, {}),
    )


def grant_access(
    store: Store,
    incident: str,
    name: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    at: dt.datetime | None = None,
) -> Access:
    """Let a person of the roster into a restricted incident.

    Args:
        store: the store.
        incident: readable id.
        name: of the roster, in any letter case.
        reason: the ground, for the list.
        actor: who lets the person in; somebody inside.
        now: record time.
        at: when the person was told, when that is not now.

    Raises:
        NotFoundError: no such incident, or nobody of that name.
        InputError: no reason.
        UsageError: the time is in the future or before the incident.
        RefusedError: the incident is not restricted, or the person is inside already.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner = _restricted(unit.session, incident)
        person = finding.find_person(unit.session, name).name
        moment = checked_time(unit.session, owner, at, now)
        if person in _inside(unit.session, owner):
            raise RefusedError("incidents.access_already", incident=owner.readable_id, person=person)
        _, draft = admit(unit, owner, [(person, why)], at=moment)
        assert draft is not None, "the person was not inside"
        unit.record(draft)
        unit.session.flush()
        return next(view for view in reversed(_views(unit.session, owner)) if view.name == person)


def end_access(
    store: Store,
    incident: str,
    name: str,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    at: dt.datetime | None = None,
) -> Access:
    """End a person's place inside; what the person knows already stays known, and the list says so.

    Raises:
        NotFoundError: no such incident, or nobody of that name is inside.
        InputError: no reason.
        UsageError: the time is in the future, or before the person was let in.
        RefusedError: the incident is not restricted, or the person is the last one inside.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        owner = _restricted(unit.session, incident)
        row = _present_row(unit.session, owner, name)
        moment = checked_time(unit.session, owner, at, now)
        if moment < row.granted_at:
            raise UsageError("incidents.access_end_early", person=row.name, at=row.granted_at)
        if len(_inside(unit.session, owner)) == 1:
            raise RefusedError("incidents.access_last", incident=owner.readable_id, person=row.name)
        row.ended_at = moment
        unit.record(
            EventDraft(
                kind=ENDED,
                incident_id=owner.id,
                subjects=(owner.readable_id,),
                fields=("access",),
                payload={"name": row.name, "since": row.granted_at, "reason": why},
                event_time=moment,
            )
        )
        return _view(row, _titles(unit.session, owner))


def admit(
    unit: UnitOfWork, owner: Incident, people: Iterable[tuple[str, str]], *, at: dt.datetime
) -> tuple[tuple[str, ...], EventDraft | None]:
    """Add those who are not inside yet; the event is for the caller to record.

    Args:
        unit: the unit of work.
        owner: the incident.
        people: names and grounds; of a name that comes twice the first ground counts.
        at: from when on.

    Returns:
        Who came in, and the draft of the event that says so; None when nobody did.
    """
    inside = _inside(unit.session, owner)
    coming = {name: ground for name, ground in reversed(list(people)) if name not in inside}
    if not coming:
        return (), None
    names = tuple(sorted(coming))
    for name in names:
        unit.session.add(
            IncidentAccess(
                owner_area=owner.owner_area,
                incident_id=owner.id,
                name=name,
                reason=coming[name],
                granted_by=unit.actor,
                granted_at=at,
                recorded_at=unit.moment,
            )
        )
    draft = EventDraft(
        kind=GRANTED,
        incident_id=owner.id,
        subjects=(owner.readable_id,),
        fields=("access",),
        payload={"names": names, "people": [{"name": name, "ground": coming[name]} for name in names]},
        event_time=at,
    )
    return names, draft


def admit_if_restricted(unit: UnitOfWork, owner: Incident, name: str, ground: str) -> tuple[str, ...]:
    """Let in somebody who is given work in a restricted incident, as a consequence of that.

    Call it after the use case has recorded its own event.

    Returns:
        The name, if it came in; () when the incident is open to the group or the person is inside.
    """
    if owner.secrecy is not Secrecy.RESTRICTED:
        return ()
    names, draft = admit(unit, owner, [(name, ground)], at=unit.moment)
    if draft is not None:
        unit.consequence(draft)
    return names


def present_people(
    session: Session, owner: Incident, *, from_the_start: bool = False
) -> list[tuple[str, str]]:
    """Return who holds a role now, deputies left out, with the role as the ground.

    Args:
        session: any session.
        owner: the incident.
        from_the_start: only the roles that the playbook fills at the trigger; the holders of the
            others need not know before their role is used.
    """
    held = session.exec(
        select(RoleHolder)
        .join(
            IncidentRole,
            (col(IncidentRole.incident_id) == col(RoleHolder.incident_id))
            & (col(IncidentRole.role) == col(RoleHolder.role)),
        )
        .where(
            *((IncidentRole.fill == AT_TRIGGER,) if from_the_start else ()),
            RoleHolder.incident_id == owner.id,
            col(RoleHolder.renounced_at).is_(None),
            col(RoleHolder.deputy).is_(False),
        )
        .order_by(col(RoleHolder.role))
    ).all()
    names = queries.people_names(session)
    return [(names[holder.person_id], role_ground(holder.role)) for holder in held]


def checked_time(session: Session, owner: Incident, at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """Return when something happened: ``at``, or now.

    Raises:
        UsageError: it is in the future, or before the incident was heard of.
    """
    if at is None:
        return now
    if at > now:
        raise UsageError("incidents.event_in_future", at=at)
    begun = _begun(session, owner)
    if at < begun:
        raise UsageError("incidents.event_before", incident=owner.readable_id, at=at, begun=begun)
    return at


def _begun(session: Session, owner: Incident) -> dt.datetime:
    heard = next(
        (row for row in queries.current_anchors(session, owner.id) if row.name == "heard" and row.value),
        None,
    )
    if heard is None or heard.value is None:
        return owner.opened_at
    return min(owner.opened_at, dt.datetime.combine(heard.value, heard.at or dt.time(), HELSINKI))


def _restricted(session: Session, incident: str) -> Incident:
    owner = queries.find_incident(session, incident)
    if owner.secrecy is not Secrecy.RESTRICTED:
        raise RefusedError("incidents.not_restricted", incident=owner.readable_id, secrecy=owner.secrecy)
    return owner


def _inside(session: Session, owner: Incident) -> set[str]:
    return {row.name for row in _present(session, owner)}


def _present(session: Session, owner: Incident) -> Sequence[IncidentAccess]:
    session.flush()
    return session.exec(
        select(IncidentAccess).where(
            IncidentAccess.incident_id == owner.id, col(IncidentAccess.ended_at).is_(None)
        )
    ).all()


def _present_row(session: Session, owner: Incident, name: str) -> IncidentAccess:
    present = _present(session, owner)
    folded = name.strip().casefold()
    for row in present:
        if row.name.casefold() == folded:
            return row
    known = nearest(name, [row.name for row in present])
    raise NotFoundError("incidents.access_not_found", incident=owner.readable_id, person=name, nearest=known)
