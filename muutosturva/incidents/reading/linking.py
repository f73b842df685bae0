"""The firms that hang on incidents, read for views and sums."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.incidents.pure.counting import Tie
from muutosturva.incidents.pure.firms import folded
from muutosturva.incidents.pure.views import LinkView
from muutosturva.incidents.reading.assembling import link_view
from muutosturva.models.incident import Incident, IncidentLink
from muutosturva.models.states import IncidentState
from muutosturva.store.columns import only

IN_SHORT: Final = only(
    Incident.readable_id,
    Incident.employer,
    Incident.municipality,
    Incident.state,
    Incident.secrecy,
    Incident.level,
    Incident.situation,
    Incident.parent_id,
    Incident.duplicate_of_id,
    Incident.playbook_id,
    Incident.inputs,
)
"""Reads of incidents what a list and a sum need: the playbook is longer than all the rest."""


def links_of(session: Session, incidents: Iterable[Incident]) -> list[tuple[LinkView, Tie]]:
    """Return the linked firms of incidents by incident and name, each with what it counts.

    A link to an incident that was merged into another one counts as one to that other; a link to a
    cancelled incident as one to a firm without an incident.
    """
    owners = {incident.id: incident for incident in incidents}
    found = session.exec(select(IncidentLink).where(col(IncidentLink.incident_id).in_(list(owners)))).all()
    if not found:
        return []
    wanted = select(Incident).options(IN_SHORT)
    known = {row.id: row for row in session.exec(wanted).all()} if _any_other(found) else {}
    ordered = sorted(found, key=lambda row: (owners[row.incident_id].readable_id, row.name.casefold()))
    made = []
    for row in ordered:
        other = _surviving(row.other_id, known)
        view = link_view(row, owners[row.incident_id], other.readable_id if other else "")
        counts = other is not None and other.state is not IncidentState.CANCELLED
        name = folded(row.name)
        made.append(
            (
                view,
                Tie(
                    row.incident_id, other.id if other and counts else None, name, row.headcount, row.included
                ),
            )
        )
    return made


def _any_other(links: Iterable[IncidentLink]) -> bool:
    return any(link.other_id is not None for link in links)


def _surviving(other: uuid.UUID | None, known: Mapping[uuid.UUID, Incident]) -> Incident | None:
    """Return the incident a link means today: the one its own was merged into, if it was."""
    found = known.get(other) if other else None
    seen: set[uuid.UUID] = set()
    while found is not None and found.duplicate_of_id is not None and found.id not in seen:
        seen.add(found.id)
        found = known.get(found.duplicate_of_id, None)
    return found
