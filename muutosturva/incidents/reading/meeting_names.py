"""What the shared meetings of a situation are called, so that their calendar entries stay the same."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col

from muutosturva.incidents.pure.joint_meetings import Slot, name_of, slot_of
from muutosturva.incidents.pure.snapshot import planned_from_json
from muutosturva.models.incident import Incident
from muutosturva.models.log import Event
from muutosturva.models.work import PlanMeeting
from muutosturva.store.columns import select_columns


def meeting_names(session: Session, situation: Incident) -> Mapping[Slot, str]:
    """Return each shared meeting's name: that of the firm which joined first of all that hold it.

    Firms that have left are asked too, and who joins later comes last: an entry that stands in
    people's calendars keeps its identity when a firm leaves or joins.
    """
    joined_at: dict[str, int] = {}
    grouped = select_columns(Event.subjects).where(
        col(Event.incident_id) == situation.id, col(Event.kind) == "incidents.grouped"
    )
    for subjects in session.execute(grouped.order_by(col(Event.seq))).scalars():
        for child in subjects[1:]:
            joined_at.setdefault(child, len(joined_at))
    found = session.execute(
        select_columns(Incident.readable_id, PlanMeeting.key, PlanMeeting.starts, PlanMeeting.place)
        .join(Incident, col(Incident.id) == col(PlanMeeting.incident_id))
        .where(col(Incident.readable_id).in_(list(joined_at)), col(PlanMeeting.shared))
        .order_by(col(PlanMeeting.position))
    ).all()
    names: dict[Slot, str] = {}
    for row in sorted(found, key=lambda row: joined_at[row.readable_id]):
        slot = slot_of(row.key, planned_from_json(row.starts), row.place)
        if slot is not None:
            names.setdefault(slot, name_of(row.readable_id, row.key))
    return names
