"""Expanding an incident's pinned playbook again, from what is known now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from muutosturva.i18n import language_names
from muutosturva.incidents.assembling import anchor_value
from muutosturva.incidents.queries import current_anchors, find_incident, parts
from muutosturva.incidents.snapshot import site_from_json, value_from_json
from muutosturva.models.incident import Incident, IncidentArea, IncidentWave
from muutosturva.models.states import OfficeDateKind
from muutosturva.playbooks.anchors import GIVEN
from muutosturva.playbooks.expand import expand
from muutosturva.playbooks.facts import AnchorValue, AreaFact, Facts, Wave
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.resolved import from_stored
from muutosturva.playbooks.schema import Playbook
from muutosturva.store.lawbook import load_book
from muutosturva.store.office_dates import load_calendar, office_dates


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
    resolved = from_stored(incident.playbook_text, incident.playbook_id)
    answers = {**_answers(incident, resolved.playbook), **(inputs or {})}
    council = office_dates(session, incident.owner_area, OfficeDateKind.COUNCIL)
    return expand(
        resolved,
        _facts(session, incident, anchors or {}, answers),
        load_calendar(session, incident.owner_area),
        load_book(session, incident.law_revision),
        council=tuple(council),
    )


def assumed_answers(session: Session, readable_id: str) -> Mapping[str, Any]:
    """Return what the plan takes for true where nobody has answered: the playbook's defaults.

    Raises:
        NotFoundError: no such incident.
    """
    incident = find_incident(session, readable_id)
    if incident.situation:
        return {}
    declared = from_stored(incident.playbook_text, incident.playbook_id).playbook.inputs
    return {
        name: asked.default
        for name, asked in declared.items()
        if asked.default is not None and incident.inputs.get(name) is None
    }


def _answers(incident: Incident, playbook: Playbook) -> dict[str, object]:
    """Return the saved answers in the types of their questions."""
    return {
        name: value_from_json(value, playbook.inputs[name].type if name in playbook.inputs else "")
        for name, value in incident.inputs.items()
    }


def _facts(
    session: Session,
    incident: Incident,
    anchors: Mapping[tuple[str, str], AnchorValue],
    answers: Mapping[str, object],
) -> Facts:
    given = {
        (row.name, row.wave): anchor_value(row)
        for row in current_anchors(session, incident.id)
        if row.origin == GIVEN
    } | dict(anchors)
    areas = parts(session, IncidentArea, incident.id)
    return Facts(
        inputs=answers,
        anchors={name: value for (name, wave), value in given.items() if not wave},
        waves=_waves(session, incident, given),
        sites=tuple(site_from_json(site) for site in incident.sites),
        areas=tuple(AreaFact(row.area_slug, row.name, row.lead, row.share) for row in areas),
        languages=tuple(incident.languages),
        language_names={tag: language_names(tag) for tag in incident.languages},
    )


def _waves(
    session: Session, incident: Incident, given: Mapping[tuple[str, str], AnchorValue]
) -> tuple[Wave, ...]:
    return tuple(
        Wave(
            id=row.wave,
            label=row.label,
            site=row.site,
            measure=row.measure,
            count=row.count,
            anchors={name: value for (name, wave), value in given.items() if wave == row.wave},
        )
        for row in parts(session, IncidentWave, incident.id)
    )
