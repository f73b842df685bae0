"""Read model: what tasks were called before their incident moved to another playbook."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Final

from sqlmodel import Session, col

from muutosturva.models.log import Event, EventPayload
from muutosturva.store.columns import select_columns

REBASED: Final = "incidents.rebased"
"""Kind of the event; its payload holds the hashes of the old, the new and the offered text."""


def present_names(session: Session, ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], str]:
    """Return what each renamed task of some incidents is called now, by incident and each former key."""
    found = session.execute(
        select_columns(Event.incident_id, EventPayload.payload)
        .join(EventPayload, col(EventPayload.event_id) == col(Event.id))
        .where(col(Event.incident_id).in_(ids), col(Event.kind) == REBASED)
        .order_by(col(Event.seq).desc())
    )
    names: dict[tuple[uuid.UUID, str], str] = {}
    for incident, payload in found:
        renamed = (payload or {}).get("renamed")
        for old, new in renamed.items() if isinstance(renamed, Mapping) else ():
            now = names.get((incident, str(new)), str(new))
            names.setdefault((incident, str(old)), now)
    return names
