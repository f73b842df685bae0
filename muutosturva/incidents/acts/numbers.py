"""The numbers of an incident as rows: each revision kept, the newest one current."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import Problem, RefusedError
from muutosturva.incidents.acts.fund import fund_remark
from muutosturva.incidents.acts.guards import require_running
from muutosturva.incidents.pure.figures import Counting, Figure, Numbers, counting, numbers, stage_rank
from muutosturva.incidents.pure.views import FigureView
from muutosturva.incidents.pure.wave_counts import wave_remarks
from muutosturva.incidents.reading.queries import current_anchors, find_incident, parts
from muutosturva.models.incident import Incident, IncidentFigure, IncidentWave
from muutosturva.models.states import Measure, Stage
from muutosturva.playbooks.facts import Certainty, Wave
from muutosturva.playbooks.planning.inputs import DISMISSALS, HEADCOUNT

PROPOSAL: Final = "proposal"
"""Anchor from which on a number is the employer's plan."""
OF_INPUT: Final[Mapping[str, Measure]] = {HEADCOUNT: Measure.AFFECTED, DISMISSALS: Measure.DISMISSAL}
"""Inputs that are numbers of people, with what they count: their history is that of the figures."""


@dataclass(frozen=True, slots=True)
class CountedNow:
    """The numbers of a firm as they count now.

    Attributes:
        incident: readable id.
        numbers: those that count.
        countings: for each measure what counts and what gives way.
        warnings: what does not agree.
    """

    incident: str
    numbers: Numbers
    countings: tuple[Counting, ...]
    warnings: tuple[Problem, ...]


def counted_firm(session: Session, incident: str) -> Incident:
    """Return the running firm whose people are counted.

    Raises:
        NotFoundError: no such incident.
        RefusedError: it has ended, or is a regional situation: its numbers are those of its firms.
    """
    owner = find_incident(session, incident)
    if owner.situation:
        raise RefusedError("incidents.situation_has_no_numbers", incident=owner.readable_id)
    require_running(owner)
    return owner


def current_figures(session: Session, incident: Incident) -> tuple[Figure, ...]:
    """Return the present revision of each number of an incident."""
    found = session.exec(
        select(IncidentFigure).where(IncidentFigure.incident_id == incident.id, col(IncidentFigure.current))
    ).all()
    return tuple(_figure(row) for row in found)


def current_numbers(session: Session, incident: Incident) -> Numbers:
    """Return the numbers of an incident that count now."""
    return numbers(current_figures(session, incident), site_ids(incident))


def counted_now(session: Session, incident: str) -> CountedNow:
    """Return the numbers of a firm that count now, with what they go before and what does not agree.

    Raises:
        NotFoundError: no such incident.
    """
    owner = find_incident(session, incident)
    figures = current_figures(session, owner)
    return CountedNow(
        owner.readable_id,
        numbers(figures, site_ids(owner)),
        counting(figures),
        incident_warnings(session, incident),
    )


def site_ids(incident: Incident) -> tuple[str, ...]:
    """Return the ids of an incident's sites."""
    return tuple(str(site["id"]) for site in incident.sites)


def first_stage(certainty: str) -> Stage:
    """Return the stage of a number nobody gave one: planned once the proposal is confirmed."""
    return Stage.PLANNED if certainty == Certainty.CONFIRMED.value else Stage.ANNOUNCED


def figures_of_inputs(inputs: Mapping[str, object], stage: Stage) -> tuple[Figure, ...]:
    """Return the numbers among answers to a playbook's inputs."""
    return tuple(
        Figure(stage, measure, "", value, value)
        for name, measure in OF_INPUT.items()
        if isinstance(value := inputs.get(name), int)
    )


def add_figures(
    session: Session,
    incident: Incident,
    figures: Iterable[Figure],
    *,
    source: str,
    event_time: dt.datetime,
    now: dt.datetime,
) -> list[tuple[Figure | None, Figure]]:
    """Write new revisions; a number that stands already, from the same source, is not written twice.

    Returns:
        Each number before (None for a new one) and after.
    """
    written: list[tuple[Figure | None, Figure]] = []
    for figure in figures:
        row = _current_row(session, incident, figure)
        if row is not None:
            if (row.low, row.high) == (figure.low, figure.high) and row.source == source:
                continue
            row.current = False
            session.flush()
        session.add(_row(incident, figure, source, event_time, now))
        written.append((None if row is None else _figure(row), figure))
    session.flush()
    return written


def note_answer(
    session: Session, incident: Incident, name: str, value: object, *, source: str, now: dt.datetime
) -> None:
    """Let a number that came as an answer stand in the history of numbers too."""
    figures = figures_of_inputs({name: value}, stage_now(session, incident))
    add_figures(session, incident, figures, source=source, event_time=now, now=now)


def stage_now(session: Session, incident: Incident) -> Stage:
    """Return the furthest stage of any number, else the one a first number would have."""
    stages = [figure.stage for figure in current_figures(session, incident)]
    if stages:
        return max(stages, key=stage_rank)
    proposal = next((row for row in current_anchors(session, incident.id) if row.name == PROPOSAL), None)
    return first_stage(proposal.certainty if proposal else "")


def incident_warnings(session: Session, incident: str) -> tuple[Problem, ...]:
    """Return what of an incident's numbers and waves does not agree; () for a regional situation.

    Raises:
        NotFoundError: no such incident.
    """
    owner = find_incident(session, incident)
    if owner.situation:
        return ()
    known = current_numbers(session, owner)
    waves = [
        Wave(row.wave, measure=row.measure, count=row.count) for row in parts(session, IncidentWave, owner.id)
    ]
    return (*known.problems, *wave_remarks(waves, known), *fund_remark(session, owner, known))


def figure_history(session: Session, incident: str) -> tuple[FigureView, ...]:
    """Return every revision of every number, oldest first, each with its difference to the one before.

    Raises:
        NotFoundError: no such incident.
    """
    owner = find_incident(session, incident)
    rows = session.exec(
        select(IncidentFigure)
        .where(IncidentFigure.incident_id == owner.id)
        .order_by(
            col(IncidentFigure.recorded_at), col(IncidentFigure.current), col(IncidentFigure.event_time)
        )
    ).all()
    return tuple(_history(rows))


def _history(rows: Sequence[IncidentFigure]) -> Iterator[FigureView]:
    before: dict[tuple[Stage, Measure, str], IncidentFigure] = {}
    for row in rows:
        place = (row.stage, row.measure, row.site)
        old = before.get(place)
        yield FigureView(
            stage=row.stage,
            measure=row.measure,
            site=row.site,
            low=row.low,
            high=row.high,
            source=row.source,
            event_time=row.event_time,
            recorded_at=row.recorded_at,
            current=row.current,
            difference=_difference(old, row),
        )
        before[place] = row


def _difference(old: IncidentFigure | None, new: IncidentFigure) -> int | None:
    if old is None or old.high is None or new.high is None:
        return None
    return new.high - old.high


def _current_row(session: Session, incident: Incident, figure: Figure) -> IncidentFigure | None:
    return session.exec(
        select(IncidentFigure).where(
            IncidentFigure.incident_id == incident.id,
            col(IncidentFigure.current),
            IncidentFigure.stage == figure.stage,
            IncidentFigure.measure == figure.measure,
            IncidentFigure.site == figure.site,
        )
    ).first()


def _figure(row: IncidentFigure) -> Figure:
    return Figure(row.stage, row.measure, row.site, row.low, row.high)


def _row(
    incident: Incident, figure: Figure, source: str, event_time: dt.datetime, now: dt.datetime
) -> IncidentFigure:
    return IncidentFigure(
        owner_area=incident.owner_area,
        incident_id=incident.id,
        stage=figure.stage,
        measure=figure.measure,
        site=figure.site,
        low=figure.low,
        high=figure.high,
        source=source,
        event_time=event_time,
        recorded_at=now,
    )
