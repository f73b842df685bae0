"""Expanding an incident's pinned playbook again, from what is known now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from muutosturva.incidents.assembling import anchor_value
from muutosturva.incidents.queries import current_anchors
from muutosturva.incidents.snapshot import site_from_json
from muutosturva.models.incident import Incident, IncidentArea, IncidentWave
from muutosturva.models.states import OfficeDateKind
from muutosturva.playbooks.expand import expand
from muutosturva.playbooks.facts import AnchorValue, AreaFact, Facts, Wave
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.resolved import from_stored
from muutosturva.store.calendar import load_calendar, office_dates
from muutosturva.store.lawbook import load_book

GIVEN = "given"
"""Origin of an anchor somebody gave; the others follow from it."""


def expand_incident(
    session: Session,
    incident: Incident,
    *,
    anchors: Mapping[tuple[str, str], AnchorValue] | None = None,
    inputs: Mapping[str, object] | None = None,
) -> Plan:
    """Expand the pinned playbook from the incident's facts, with some of them changed.

    The rule book is the one of the incident's own revision: a corrected row is offered to a
    running incident, never applied silently.

    Args:
        session: any session; nothing is written.
        incident: the incident.
        anchors: new values by anchor and wave ("" for the incident's own).
        inputs: new answers by name.
    """
    facts = facts_of(session, incident, anchors or {}, inputs or {})
    council = office_dates(session, incident.owner_area, OfficeDateKind.COUNCIL)
    return expand(
        from_stored(incident.playbook_text, incident.playbook_id),
        facts,
        load_calendar(session, incident.owner_area),
        load_book(session, incident.law_revision),
        council=tuple(council),
    )


def facts_of(
    session: Session,
    incident: Incident,
    anchors: Mapping[tuple[str, str], AnchorValue],
    inputs: Mapping[str, object],
) -> Facts:
    """Return what is known of an incident, as the expansion takes it."""
    given = {
        (row.name, row.wave): anchor_value(row)
        for row in current_anchors(session, incident.id)
        if row.origin == GIVEN
    } | dict(anchors)
    areas = session.exec(
        select(IncidentArea)
        .where(IncidentArea.incident_id == incident.id)
        .order_by(col(IncidentArea.position))
    ).all()
    return Facts(
        inputs={**_typed(incident.inputs), **inputs},
        anchors={name: value for (name, wave), value in given.items() if not wave},
        waves=_waves(session, incident, given),
        sites=tuple(site_from_json(site) for site in incident.sites),
        areas=tuple(AreaFact(row.area_slug, row.name, row.lead, row.share) for row in areas),
        languages=tuple(incident.languages),
    )


def _typed(inputs: Mapping[str, Any]) -> dict[str, object]:
    """JSON has no tuples: lists come back as what the inputs were given as."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in inputs.items()}


def _waves(
    session: Session, incident: Incident, given: Mapping[tuple[str, str], AnchorValue]
) -> tuple[Wave, ...]:
    rows = session.exec(
        select(IncidentWave)
        .where(IncidentWave.incident_id == incident.id)
        .order_by(col(IncidentWave.position))
    ).all()
    return tuple(
        Wave(
            id=row.wave,
            label=row.label,
            site=row.site,
            measure=row.measure,
            count=row.count,
            anchors={name: value for (name, wave), value in given.items() if wave == row.wave},
        )
        for row in rows
    )
