"""Opening an incident: exactly the previewed plan is saved, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from muutosturva.clock import local_date
from muutosturva.errors import InputError, Problem
from muutosturva.incidents.acts import access, saving
from muutosturva.incidents.acts.crossing import compared, crossed, record_crossings
from muutosturva.incidents.acts.guards import HEARD
from muutosturva.incidents.acts.numbers import PROPOSAL, add_figures, figures_of_inputs, first_stage
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.acts.roles import holder_row, propose
from muutosturva.incidents.pure.snapshot import site_to_json, value_to_json
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.typed.notation import format_anchor_value
from muutosturva.incidents.typed.readable_ids import checked_id, next_id
from muutosturva.models.incident import Incident
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import IncidentState, Secrecy
from muutosturva.playbooks.expressions.logic import LEVEL
from muutosturva.playbooks.facts import Facts
from muutosturva.playbooks.plan import Plan
from muutosturva.rules.short_texts import short_text_problems
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class Opening:
    """What is saved when an incident is opened.

    Attributes:
        plan: as previewed, without problems.
        facts: those the plan was expanded from.
        playbook_text: the resolved playbook, pinned; its SHA-256 stands in the plan.
        employer: name of the firm.
        municipality: where its workplace is, by its Finnish name, or "".
        sector: what it does, or "".
        secrecy: who may know.
        readable_id: wanted id, or "" for the next free one.
        roles: people by role, the first one before the deputies' own entry; roles left out are
            filled from the roster.
        watch: True to open it as watched: planned, and nothing due until it becomes active.
    """

    plan: Plan
    facts: Facts
    playbook_text: str
    employer: str
    municipality: str = ""
    sector: str = ""
    secrecy: Secrecy = Secrecy.GROUP
    readable_id: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    watch: bool = False


def open_incident(store: Store, opening: Opening, *, actor: str, now: dt.datetime) -> IncidentView:
    """Save a previewed plan as an incident, and fill its roles from the roster.

    Into a restricted one the actor is let in and who holds a role needed from the start; deputies and
    the roles that come later stay outside until somebody lets them in.

    Raises:
        InputError: the plan has problems, or the employer has no name.
        NotFoundError: a named person is not in the roster, a named role not in the plan.
        UsageError: the wanted id has another form.
        RefusedError: the wanted id is taken.
    """
    _check(opening)
    with store.transaction(actor, now) as unit:
        session = unit.session
        incident = _incident_row(session, store, opening, now)
        session.add(incident)
        session.flush()
        _save_plan(session, incident, opening, now)
        session.flush()
        _fill_roles(session, incident, opening, now)
        settle(session, incident)
        unit.record(_event(incident, opening, now))
        known = compared(session, incident)
        record_crossings(unit, incident, crossed(session, incident, None, known, now))
        _let_in(unit, incident)
        readable_id = incident.readable_id
    with store.reading() as session:
        return queries.incident_view(session, readable_id)


def _check(opening: Opening) -> None:
    problems = list(opening.plan.problems)
    if not opening.employer.strip():
        problems.insert(0, Problem("incidents.employer_missing", path="--employer"))
    problems[:0] = [
        *short_text_problems(opening.employer, "--employer"),
        *short_text_problems(opening.sector, "--sector"),
    ]
    if problems:
        raise InputError("incidents.plan_problems", problems=problems)


def _incident_row(session: Session, store: Store, opening: Opening, now: dt.datetime) -> Incident:
    plan, facts = opening.plan, opening.facts
    if opening.readable_id:
        readable_id = checked_id(session, opening.readable_id)
    else:
        readable_id = next_id(session, store.owner_area, _year(opening, now))
    return Incident(
        owner_area=store.owner_area,
        readable_id=readable_id,
        kind=store.kind,
        state=IncidentState.WATCH if opening.watch else IncidentState.ACTIVE,
        secrecy=opening.secrecy,
        level=plan.level,
        level_override=str(facts.inputs.get(LEVEL) or ""),
        employer=opening.employer.strip(),
        municipality=opening.municipality.strip(),
        sector=opening.sector.strip(),
        playbook_id=plan.playbook_id,
        playbook_version=plan.playbook_version,
        playbook_sha256=plan.playbook_sha256,
        playbook_text=opening.playbook_text,
        inputs={name: value_to_json(value) for name, value in facts.inputs.items() if name != LEVEL},
        sites=[site_to_json(site) for site in facts.sites],
        languages=list(facts.languages),
        phases=[[phase, dict(texts)] for phase, texts in plan.phases],
        law_revision=plan.law_revision,
        opened_at=now,
    )


def _year(opening: Opening, now: dt.datetime) -> int:
    """An incident is numbered in the year it was heard of; a rehearsal of 2027 may run in 2026."""
    heard = opening.facts.anchors.get("heard")
    return heard.value.year if heard and heard.value else local_date(now).year


def _save_plan(session: Session, incident: Incident, opening: Opening, now: dt.datetime) -> None:
    owner = saving.Owner(incident.owner_area, incident.id)
    plan = opening.plan
    session.add_all(saving.anchor_row(owner, anchor, now) for anchor in saving.anchor_states(plan))
    session.add_all(saving.wave_rows(owner, plan))
    _first_numbers(session, incident, opening, now)
    session.add_all(saving.area_rows(owner, opening.facts.areas))
    session.add_all(saving.role_rows(owner, plan))
    session.add_all(saving.task_row(owner, task, place) for place, task in enumerate(plan.tasks))
    session.add_all(saving.message_row(owner, line, place) for place, line in enumerate(plan.messages))
    session.add_all(saving.meeting_row(owner, item, place) for place, item in enumerate(plan.meetings))
    session.add_all(saving.document_row(owner, item, place) for place, item in enumerate(plan.documents))
    session.add_all(saving.question_row(owner, item, place) for place, item in enumerate(plan.questions))


def _first_numbers(session: Session, incident: Incident, opening: Opening, now: dt.datetime) -> None:
    """Begin the history of numbers with what was answered at the trigger."""
    proposal = opening.facts.anchors.get(PROPOSAL)
    stage = first_stage(proposal.certainty.value if proposal else "")
    source = proposal.source if proposal else ""
    figures = figures_of_inputs(opening.facts.inputs, stage)
    add_figures(session, incident, figures, source=source, event_time=now, now=now)


def _fill_roles(session: Session, incident: Incident, opening: Opening, now: dt.datetime) -> None:
    needed = saving.role_rows(saving.Owner(incident.owner_area, incident.id), opening.plan)
    people = session.exec(select(RosterPerson).order_by(col(RosterPerson.name))).all()
    for role, wanted in opening.roles.items():
        finding.find_role(session, incident, role)
        person = finding.find_person(session, wanted)
        session.add(holder_row(incident, role, person, deputy=False, now=now))
    for role, person, deputy in propose(needed, people):
        named = opening.roles.get(role)
        if named is not None and (not deputy or person.name == named):
            continue
        session.add(holder_row(incident, role, person, deputy=deputy, now=now))


def _let_in(unit: UnitOfWork, incident: Incident) -> None:
    if incident.secrecy is not Secrecy.RESTRICTED:
        return
    people = [
        *access.present_people(unit.session, incident, from_the_start=True),
        (unit.actor, access.OPENED),
    ]
    _, draft = access.admit(unit, incident, people, at=unit.moment)
    if draft is not None:
        unit.consequence(draft)


def _event(incident: Incident, opening: Opening, now: dt.datetime) -> EventDraft:
    plan = opening.plan
    heard = next((anchor.value for anchor in plan.anchors if anchor.name == HEARD), None)
    return EventDraft(
        kind="incidents.opened",
        incident_id=incident.id,
        subjects=(incident.readable_id, f"{plan.playbook_id} {plan.playbook_version} {plan.playbook_sha256}"),
        fields=("employer", "inputs", "anchors", "playbook"),
        payload={
            "employer": incident.employer,
            "municipality": incident.municipality,
            "secrecy": incident.secrecy,
            "inputs": incident.inputs,
            "anchors": {
                anchor.name: anchor.value.value.isoformat() if anchor.value.value else None
                for anchor in plan.anchors
            },
            "playbook": dict(plan.playbook_title),
            "heard": format_anchor_value(heard) if heard else None,
            "source": heard.source if heard else "",
            "level": plan.level,
            "tasks": len(plan.tasks),
            "law_revision": plan.law_revision,
        },
        event_time=now,
    )
