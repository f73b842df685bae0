"""Workplaces, employment areas and languages that come later: their work is added, nothing else is touched.

A workplace or area that comes to a step that had none takes the place of the step without one: that one is
withdrawn unless it was begun, as whatever is no longer called for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlmodel import Session

from muutosturva.errors import InputError, Problem, RefusedError
from muutosturva.i18n import language_names, language_tag
from muutosturva.incidents.acts.guards import claim, require_reason, require_running
from muutosturva.incidents.acts.refreshing import preview, refresh
from muutosturva.incidents.acts.saving import Owner, area_rows
from muutosturva.incidents.pure.payloads import told_changes
from muutosturva.incidents.pure.snapshot import site_to_json
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.reading.expanding import standpoint
from muutosturva.models.incident import Incident
from muutosturva.playbooks.facts import AreaFact, Site
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.ground import LANGUAGES
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store

WIDENED = "incidents.widened"


@dataclass(frozen=True, slots=True)
class Widening:
    """What comes to an incident.

    Attributes:
        sites: workplaces, each with an id the incident does not have.
        areas: employment areas by slug, name or municipality.
        languages: languages by tag or name.
    """

    sites: tuple[Site, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Widened:
    """The difference it makes, or would make.

    Attributes:
        incident: readable id.
        added: what came, by name.
        changes: what it does to the tasks.
    """

    incident: str
    added: tuple[str, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Made:
    sites: tuple[Site, ...]
    areas: tuple[AreaFact, ...]
    languages: tuple[str, ...]
    present: int
    plan: Plan

    @property
    def names(self) -> tuple[str, ...]:
        return (*(site.name for site in self.sites), *(area.name for area in self.areas), *self.languages)


def widen(
    store: Store,
    incident: str,
    widening: Widening,
    *,
    reason: str,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> Widened:
    """Add workplaces, areas and languages to a running incident, with the work repeated over them.

    Args:
        store: the store.
        incident: readable id.
        widening: what comes; what is there already is an error, so that nobody believes it is new.
        reason: why, for the log.
        actor: who adds it.
        now: record time.
        expected_version: version of the incident that was read.

    Raises:
        NotFoundError: no such incident or area.
        InputError: no reason, nothing new, something twice, or impossible for the playbook.
        RefusedError: the incident has ended or is a regional situation.
        ConflictError: somebody changed the incident in between.
    """
    why = require_reason(reason)
    with store.transaction(actor, now) as unit:
        session = unit.session
        owner = _owner(session, incident)
        made = _made(session, owner, widening)
        claim(owner, expected_version)
        owner.sites = [*owner.sites, *(site_to_json(site) for site in made.sites)]
        owner.languages = [*owner.languages, *made.languages]
        if made.languages:
            owner.inputs = {**owner.inputs, LANGUAGES: list(owner.languages)}
        rows = area_rows(Owner(owner.owner_area, owner.id), made.areas)
        for place, row in enumerate(rows, made.present):
            row.position = place
            session.add(row)
        session.flush()
        changes = refresh(session, owner, made.plan, now, reason=why)
        payload = {
            "what": list(made.names),
            "sites": [site.id for site in made.sites],
            "areas": [area.id for area in made.areas],
            "languages": list(made.languages),
            "reason": why,
            **told_changes(changes),
        }
        fields = tuple(name for name in ("sites", "areas", "languages") if payload[name])
        unit.record(EventDraft(WIDENED, owner.id, (owner.readable_id,), fields, payload))
    return Widened(owner.readable_id, made.names, changes)


def preview_widening(store: Store, incident: str, widening: Widening) -> Widened:
    """Return the difference ``widen`` would make; nothing is written.

    Raises:
        NotFoundError, InputError, RefusedError: as ``widen``.
    """
    with store.reading() as session:
        owner = _owner(session, incident)
        made = _made(session, owner, widening)
        return Widened(owner.readable_id, made.names, preview(session, owner, made.plan))


def _owner(session: Session, incident: str) -> Incident:
    owner = queries.find_incident(session, incident)
    require_running(owner)
    if owner.situation:
        raise RefusedError("incidents.situation_has_no_tasks", incident=owner.readable_id)
    return owner


def _made(session: Session, owner: Incident, widening: Widening) -> _Made:
    at = standpoint(session, owner)
    tags = tuple(language_tag(language) for language in widening.languages)
    found = [finding.find_area(session, area) for area in widening.areas]
    areas = tuple(AreaFact(area.slug, area.name) for area in found)
    problems = [
        *_known("site", [site.id for site in at.facts.sites], [site.id for site in widening.sites]),
        *_known("area", [area.id for area in at.facts.areas], [area.id for area in areas]),
        *_known("language", at.facts.languages, tags),
    ]
    if not (widening.sites or areas or tags):
        problems = [Problem("incidents.nothing_widened")]
    if problems:
        raise InputError("incidents.input", problems=problems)
    languages = (*at.facts.languages, *tags)
    facts = replace(
        at.facts,
        sites=(*at.facts.sites, *widening.sites),
        areas=(*at.facts.areas, *areas),
        languages=languages,
        language_names={tag: language_names(tag) for tag in languages},
        inputs={**at.facts.inputs, **({LANGUAGES: languages} if tags else {})},
    )
    plan = replace(at, facts=facts).plan()
    if plan.problems:
        raise InputError("incidents.plan_problems", problems=plan.problems)
    return _Made(widening.sites, areas, tags, len(at.facts.areas), plan)


def _known(kind: str, present: Iterable[str], new: Iterable[str]) -> list[Problem]:
    """Return a problem for each id that is there already, or given twice."""
    seen = set(present)
    problems = []
    for name in new:
        if name in seen:
            problems.append(Problem(f"incidents.{kind}_there", {"id": name}))
        seen.add(name)
    return problems
