"""Expanding an incident's pinned playbook again, from what is known now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col

from muutosturva.i18n import language_names
from muutosturva.incidents.pure import spells
from muutosturva.incidents.pure.rebase import fitting
from muutosturva.incidents.pure.snapshot import site_from_json, value_from_json
from muutosturva.incidents.pure.standpoint import Standpoint
from muutosturva.incidents.reading.assembling import anchor_value
from muutosturva.incidents.reading.queries import current_anchors, find_incident, parts
from muutosturva.models.incident import Incident, IncidentArea, IncidentWave
from muutosturva.models.states import OfficeDateKind, TaskState
from muutosturva.models.work import Task
from muutosturva.playbooks.expressions.logic import LEVEL
from muutosturva.playbooks.facts import DEFAULT_WAVE, AnchorValue, AreaFact, Facts, ReplyKey, Wave
from muutosturva.playbooks.language.replying import asked
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.anchors import GIVEN
from muutosturva.playbooks.planning.ground import LANGUAGES
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.columns import select_columns
from muutosturva.store.lawbook import load_book
from muutosturva.store.office_dates import office_dates


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """The days an area sets.

    Attributes:
        closed: days on which the office is closed.
        council: days on which the council meets.
    """

    closed: frozenset[dt.date]
    council: frozenset[dt.date]


def saved_days(session: Session, owner_area: str) -> OfficeDays:
    """Return the days that an area has set."""
    return OfficeDays(
        frozenset(office_dates(session, owner_area, OfficeDateKind.CLOSED)),
        frozenset(office_dates(session, owner_area, OfficeDateKind.COUNCIL)),
    )


def expand_incident(
    session: Session,
    incident: Incident,
    *,
    anchors: Mapping[tuple[str, str], AnchorValue] | None = None,
    inputs: Mapping[str, object] | None = None,
    waves: tuple[Wave, ...] | None = None,
    level: str | None = None,
    rests: tuple[spells.Spell, ...] | None = None,
    office: OfficeDays | None = None,
    without: frozenset[tuple[str, str]] = frozenset(),
    playbook: Resolved | None = None,
) -> Plan:
    """Expand the pinned playbook from the incident's facts, with some of them changed.

    What recurs on days on which the incident was not active is left out.

    The rule book is the one of the incident's own revision: a corrected row is offered to a
    running incident, never applied silently.

    Args:
        session: any session; nothing is written.
        incident: the incident.
        anchors: new values by anchor and wave ("" for the incident's own).
        inputs: new answers by name.
        waves: other waves than the saved ones; () for one wave of everybody.
        level: another level set by hand than the saved one; "" for what the criteria say.
        rests: other times of rest than the saved ones.
        office: other days of the office than the saved ones.
        without: dates taken as if nobody had given them, by anchor and wave.
        playbook: another playbook than the pinned one; answers and dates it does not ask for, and
            answers of another type, are left out.
    """
    resolved = playbook or pinned(incident)
    saved = saved_answers(incident, resolved.playbook)
    answers = {**(saved if playbook is None else fitting(resolved.playbook, saved)), **(inputs or {})}
    by_hand = incident.level_override if level is None else level
    if by_hand:
        answers[LEVEL] = by_hand
    if playbook is not None:
        known = {*playbook.playbook.anchors, *playbook.playbook.waves}
        strange = {key for key in given_anchors(session, incident) if key[0] not in known}
        without |= strange - set(anchors or {})
    days = office or saved_days(session, incident.owner_area)
    facts = replace(
        _facts(session, incident, anchors or {}, answers, waves, without=without),
        replies=saved_replies(session, incident, resolved.playbook),
    )
    spoken = (inputs or {}).get(LANGUAGES)
    if isinstance(spoken, (list, tuple)):
        tags = tuple(map(str, spoken))
        facts = replace(facts, languages=tags, language_names={tag: language_names(tag) for tag in tags})
    return Standpoint(
        resolved,
        facts,
        WorkCalendar(closed=days.closed),
        load_book(session, incident.law_revision),
        days.council,
        spells.from_json(incident.rests) if rests is None else rests,
    ).plan()


def standpoint(session: Session, incident: Incident) -> Standpoint:
    """Return what an incident's plan is computed from, as everything is saved."""
    resolved = pinned(incident)
    answers = saved_answers(incident, resolved.playbook)
    if incident.level_override:
        answers[LEVEL] = incident.level_override
    days = saved_days(session, incident.owner_area)
    return Standpoint(
        resolved,
        replace(
            _facts(session, incident, {}, answers, None, without=frozenset()),
            replies=saved_replies(session, incident, resolved.playbook),
        ),
        WorkCalendar(closed=days.closed),
        load_book(session, incident.law_revision),
        days.council,
        spells.from_json(incident.rests),
    )


def assumed_answers(session: Session, readable_id: str) -> Mapping[str, Any]:
    """Return what the plan takes for true where nobody has answered: the playbook's defaults.

    Raises:
        NotFoundError: no such incident.
    """
    incident = find_incident(session, readable_id)
    if incident.situation:
        return {}
    declared = pinned(incident).playbook.inputs
    return {
        name: asked.default
        for name, asked in declared.items()
        if asked.default is not None and incident.inputs.get(name) is None
    }


def answer_or_default(incident: Incident, name: str) -> object:
    """Return what was answered to an input, else what the playbook takes for granted; None for neither."""
    if incident.inputs.get(name) is not None:
        return incident.inputs[name]
    declared = pinned(incident).playbook.inputs.get(name)
    return None if declared is None else declared.default


def saved_answers(incident: Incident, playbook: Playbook) -> dict[str, object]:
    """Return the saved answers in the types of their questions."""
    return {
        name: value_from_json(value, playbook.inputs[name].type if name in playbook.inputs else "")
        for name, value in incident.inputs.items()
    }


def saved_replies(session: Session, incident: Incident, playbook: Playbook) -> dict[ReplyKey, object]:
    """Return what was answered when tasks were done, typed, under the ids a playbook knows them by."""
    renamed = {
        task.renamed_from: step
        for step, task in playbook.tasks.items()
        if task.renamed_from and task.renamed_from not in playbook.tasks
    }
    rows = session.execute(
        select_columns(Task.step, Task.answer).where(
            col(Task.incident_id) == incident.id, col(Task.state) == TaskState.DONE
        )
    )
    found: dict[ReplyKey, object] = {}
    for row in rows:
        step, answer = renamed.get(row.step, row.step), row.answer or {}
        if "decision" in answer:
            found[ReplyKey(step)] = answer["decision"]
        for name, value in answer.get("fields", {}).items():
            declared = asked(playbook, key := ReplyKey(step, name))
            found[key] = value_from_json(value, declared.type if declared else "")
    return found


def pinned(incident: Incident) -> Resolved:
    """Return the playbook an incident follows."""
    return from_stored(incident.playbook_text, incident.playbook_id)


def _facts(
    session: Session,
    incident: Incident,
    anchors: Mapping[tuple[str, str], AnchorValue],
    answers: Mapping[str, object],
    waves: tuple[Wave, ...] | None,
    *,
    without: frozenset[tuple[str, str]],
) -> Facts:
    given = given_anchors(session, incident) | dict(anchors)
    given = {key: value for key, value in given.items() if key not in without}
    areas = parts(session, IncidentArea, incident.id)
    return Facts(
        inputs=answers,
        anchors={name: value for (name, wave), value in given.items() if not wave},
        waves=saved_waves(session, incident, given) if waves is None else waves,
        sites=tuple(site_from_json(site) for site in incident.sites),
        areas=tuple(AreaFact(row.area_slug, row.name, row.lead, row.share) for row in areas),
        languages=tuple(incident.languages),
        language_names={tag: language_names(tag) for tag in incident.languages},
    )


def given_anchors(session: Session, incident: Incident) -> dict[tuple[str, str], AnchorValue]:
    """Return the dates somebody gave, by anchor and wave."""
    return {
        (row.name, row.wave): anchor_value(row)
        for row in current_anchors(session, incident.id)
        if row.origin == GIVEN
    }


def saved_waves(
    session: Session, incident: Incident, given: Mapping[tuple[str, str], AnchorValue]
) -> tuple[Wave, ...]:
    """Return the waves with the dates given; the size of the wave of everybody is left to the plan."""
    return tuple(
        Wave(
            id=row.wave,
            label=row.label,
            site=row.site,
            measure=row.measure,
            count=None if row.wave == DEFAULT_WAVE else row.count,
            anchors={name: value for (name, wave), value in given.items() if wave == row.wave},
        )
        for row in parts(session, IncidentWave, incident.id)
    )
