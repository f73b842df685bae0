"""The situation picture of an incident, put together from what the store knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlmodel import Session

from muutosturva.areas.commuting import CommutingTable, HomeShare
from muutosturva.areas.queries import commuting_table
from muutosturva.clock import local_date
from muutosturva.documents import agenda, counting, recorded
from muutosturva.documents.picture import (
    Effect,
    Fact,
    Firm,
    OpenQuestion,
    PeopleRow,
    RoleGap,
    SituationPicture,
    Unknown,
    WavesLacking,
)
from muutosturva.incidents.acts.numbers import current_figures, incident_warnings
from muutosturva.incidents.pure.views import IncidentView, LogEntry
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.expanding import assumed_answers
from muutosturva.incidents.reading.secrecy import class_of_all
from muutosturva.models.states import StoreKind
from muutosturva.playbooks.plan import TextMap

__all__ = ["Remarks", "SituationPicture", "build"]

_FACTS: Final = ("employer_size", "dismissals", "bankruptcy")
"""Inputs that every reader of the picture asks for; unknown ones are shown as unknown."""
_SPECIAL: Final = ("restructuring", "listed")
"""Inputs worth a line only where they are true; unknown ones stand among the unknowns."""
_ALL_INPUTS: Final = "inputs"
"""Field of an event that wrote every input of an incident."""
_LACKING: Final = ("incidents.waves_lack", "incidents.waves_lack_some")
"""Remarks about numbers that the picture tells: people whose wave nobody has given."""
_STEPS: Final = 12
"""Next steps and deadlines shown; the rest is counted. A page that lists everything is not read."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the group adds in its own words; texts are maps by language.

    Attributes:
        headline: two sentences; without them the picture writes its own.
        effects: what is known of effects; what is missing is shown as unknown.
        decisions: decisions asked for.
        risks: risks as the group sees them.
    """

    headline: TextMap = field(default_factory=dict)
    effects: Mapping[Effect, TextMap] = field(default_factory=dict)
    decisions: tuple[TextMap, ...] = ()
    risks: tuple[TextMap, ...] = ()


def build(
    session: Session,
    incident: str,
    *,
    kind: StoreKind,
    now: dt.datetime,
    made_by: str,
    version: int = 1,
    remarks: Remarks | None = None,
) -> SituationPicture:
    """Read one incident, or a regional situation with its firms, into a situation picture.

    Args:
        session: an open session; nothing is written.
        incident: readable id.
        kind: kind of the store, which marks every page.
        now: the moment of the picture, aware.
        made_by: who makes it.
        version: running number of the picture.
        remarks: what the group adds in its own words.

    Raises:
        NotFoundError: no such incident.
    """
    top = queries.incident_view(session, incident)
    everything = [top, *(queries.incident_view(session, child) for child in top.children)]
    firms = everything[1:] if top.situation else [top]
    table = commuting_table(session)
    homes, no_homes = _homes(table, firms)
    said = remarks or Remarks()
    plain = SituationPicture(
        incident=top.readable_id,
        name=top.employer,
        kind=kind,
        version=version,
        made_at=now,
        made_by=made_by,
        area=table.names.get(top.owner_area, top.owner_area),
        firms=tuple(_firm(firm) for firm in firms),
        facts=tuple(fact for firm in firms for fact in _facts(session, firm)),
        people=tuple(row for firm in firms for row in _people(session, firm)),
        homes=tuple(counting.home_rows(homes, table.names)),
        milestones=tuple(agenda.milestones(everything)),
        questions=tuple(question for firm in everything for question in _questions(firm)),
        gaps=tuple(gap for firm in everything for gap in _gaps(firm)),
        unknowns=(*(one for firm in firms for one in _unknowns(firm)), *no_homes),
        headline=said.headline,
        effects=said.effects,
        decisions=said.decisions,
        risks=said.risks,
        sum_of_firms=top.people,
        beyond=top.beyond,
        links=top.links,
        spoken_of=class_of_all(session, incident),
        waves_lacking=tuple(_waves_lacking(session, firms)),
    )
    return _with_work(session, plain, everything)


def _people(session: Session, firm: IncidentView) -> list[PeopleRow]:
    figures = current_figures(session, queries.find_incident(session, firm.readable_id))
    return counting.people_rows(firm, figures)


def _waves_lacking(session: Session, firms: Sequence[IncidentView]) -> Iterator[WavesLacking]:
    for firm in firms:
        for problem in incident_warnings(session, firm.readable_id):
            if problem.code in _LACKING:
                people = problem.params.get("n")
                yield WavesLacking(firm.employer, problem.code, people if isinstance(people, int) else None)


def _with_work(
    session: Session, picture: SituationPicture, incidents: Sequence[IncidentView]
) -> SituationPicture:
    """Add what the plan says on the day of the picture: steps, deadlines, progress, what is late."""
    today = local_date(picture.made_at)
    tasks = queries.tasks(session, picture.incident, today)
    steps = agenda.coming(tasks, queries.meetings(session, picture.incident), picture.made_at)
    statutory = agenda.deadlines(tasks)
    documents = queries.documents(session, picture.incident)
    return replace(
        picture,
        coming=tuple(steps[:_STEPS]),
        more_coming=max(len(steps) - _STEPS, 0),
        statutory=tuple(statutory[:_STEPS]),
        more_statutory=tuple(statutory[_STEPS:]),
        law_in_doubt=tuple(agenda.law_in_doubt(statutory)),
        progress=tuple(agenda.progress(incidents, tasks, picture.made_at)),
        shared=tuple(agenda.shared(tasks)),
        late=tuple(agenda.late(tasks, picture.made_at)),
        reports=recorded.reports(session, picture.incident),
        taken=recorded.taken(session, picture.incident),
        next_update=recorded.next_update(
            session, picture.incident, today, agenda.next_picture(documents, today, "situation")
        ),
    )


def _firm(incident: IncidentView) -> Firm:
    return Firm(
        incident=incident.readable_id,
        employer=incident.employer,
        municipality=incident.municipality,
        level=incident.level,
        state=incident.state.value,
        secrecy=incident.secrecy,
        headcount=incident.headcount,
        playbook=incident.playbook_id,
        version=incident.playbook_version,
        sha256=incident.playbook_sha256,
        law_revision=incident.law_revision,
    )


def _facts(session: Session, incident: IncidentView) -> list[Fact]:
    """Return what is known of a firm; what the plan only assumes is marked as such."""
    assumed = assumed_answers(session, incident.readable_id)
    log = queries.log_entries(session, incident.readable_id)
    facts = []
    for name in (*_FACTS, *_SPECIAL):
        given = incident.inputs.get(name)
        value = assumed.get(name) if given is None else given
        if name in _SPECIAL and value is not True:
            continue
        fact = Fact(incident.employer, name, value, assumed=name in assumed)
        facts.append(fact if given is None else _as_said(fact, log, incident))
    return facts


def _as_said(fact: Fact, log: Sequence[LogEntry], incident: IncidentView) -> Fact:
    """Return a fact with who said it and when, by the newest event that wrote its input down.

    An event that changes an input names it; opening writes them all, and undoing puts them all back.
    """
    for entry in log:
        if entry.incident == incident.readable_id and {fact.label, _ALL_INPUTS} & set(entry.fields):
            return replace(fact, source=(entry.payload or {}).get("source", ""), recorded=entry.record_time)
    return replace(fact, recorded=incident.opened_at)


def _questions(incident: IncidentView) -> list[OpenQuestion]:
    return [
        OpenQuestion(incident.employer, question.label, len(question.decides))
        for question in incident.questions
    ]


def _gaps(incident: IncidentView) -> list[RoleGap]:
    gaps = [
        RoleGap(
            firm=incident.employer,
            title=role.title,
            needed=role.needed,
            held=len(role.holders),
            deputy_missing=role.deputy_needed and not role.deputies,
        )
        for role in incident.roles
    ]
    return [gap for gap in gaps if gap.held < gap.needed or gap.deputy_missing]


def _unknowns(incident: IncidentView) -> list[Unknown]:
    """Return what is not known of a firm: its headcount, and days nobody has given."""
    found = [Unknown(incident.employer, title) for title in agenda.unknown_anchors(incident)]
    if incident.headcount is None:
        found.insert(0, Unknown(incident.employer, "headcount"))
    found += [Unknown(incident.employer, name) for name in _SPECIAL if incident.inputs.get(name) is None]
    if not isinstance(incident.inputs.get("over_55"), int):
        found.append(Unknown(incident.employer, "over_55"))
    return found


def _homes(
    table: CommutingTable, firms: Sequence[IncidentView]
) -> tuple[list[tuple[HomeShare, ...]], list[Unknown]]:
    """Return the estimate of each workplace, and the firms that cannot be estimated."""
    estimates: list[tuple[HomeShare, ...]] = []
    unknown: list[Unknown] = []
    for firm in firms:
        places = _workplaces(firm)
        shares = [table.homes(place, people) for place, people in places]
        if any(people is None for _, people in places) or not all(shares):
            unknown.append(Unknown(firm.employer, "homes"))
        estimates += shares
    return estimates, unknown


def _workplaces(firm: IncidentView) -> list[tuple[str, float | None]]:
    """Return municipality and people of each site; the firm's own where the sites do not tell both."""
    people = counting.people_by_site(firm)
    if not firm.sites or None in people.values():
        return [(firm.municipality, firm.headcount)]
    return [(site.municipality or firm.municipality, people[site.id]) for site in firm.sites]
