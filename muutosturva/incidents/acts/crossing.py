"""Thresholds of the law crossed by a change of an incident: each an event of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlmodel import Session, col, select

from muutosturva.clock import local_date
from muutosturva.incidents.acts.numbers import PROPOSAL, current_numbers
from muutosturva.incidents.pure.figures import Numbers
from muutosturva.incidents.pure.firms import folded
from muutosturva.incidents.reading.expanding import answer_or_default
from muutosturva.incidents.reading.queries import current_anchors, parts
from muutosturva.models.incident import Incident, IncidentAnchor, IncidentWave
from muutosturva.models.states import MEASURES, IncidentState, Measure, Stage
from muutosturva.playbooks.facts import DEFAULT_WAVE, AnchorKey, Wave
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.inputs import DISMISSALS, HEADCOUNT
from muutosturva.rules.thresholds import Compared, Crossing, Notices, crossings
from muutosturva.store.lawbook import load_book
from muutosturva.store.log import EventDraft
from muutosturva.store.store import UnitOfWork

_NOTICE: Final = "notice"
_BANKRUPTCY: Final = "bankruptcy"


@dataclass(frozen=True, slots=True)
class Measured:
    """An incident as thresholds see it at one moment.

    Attributes:
        compared: what thresholds are compared with.
        on: the day whose rows of the law count.
    """

    compared: Compared
    on: dt.date


def measured(session: Session, incident: Incident, now: dt.datetime, plan: Plan | None = None) -> Measured:
    """Return how thresholds see an incident as saved, or with the dates of a plan not saved yet.

    The day of the proposal selects the law of the whole course; without one, the day of recording.
    """
    if plan is None:
        return Measured(compared(session, incident), _law_day(session, incident, now))
    days = {anchor.name: anchor.value.value for anchor in plan.anchors}
    on = days.get(PROPOSAL) or local_date(now)
    keys = {AnchorKey.parse(name): day for name, day in days.items()}
    notices = {key.wave: day for key, day in keys.items() if key.name == _NOTICE}
    return Measured(compared(session, incident, days=notices), on)


def between(session: Session, incident: Incident, before: Measured, after: Measured) -> tuple[Crossing, ...]:
    """Return the thresholds crossed from one moment to another, by the incident's own rule book."""
    book = load_book(session, incident.law_revision)
    return crossings(before.compared, after.compared, after.on, book, was_on=before.on)


def compared(
    session: Session,
    incident: Incident,
    *,
    inputs: Mapping[str, Any] | None = None,
    numbers: Numbers | None = None,
    waves: Sequence[Wave] | None = None,
    days: Mapping[str, dt.date | None] | None = None,
) -> Compared:
    """Return what thresholds are compared with: the incident as saved, or with some facts changed.

    ``days`` are the notice days by wave.
    """
    answers = {**incident.inputs, **(inputs or {})}
    known = current_numbers(session, incident) if numbers is None else numbers
    dated = _notice_days(session, incident) if days is None else days
    own = _saved_notices(session, incident, known, answers, dated) if waves is None else _of_waves(waves)
    if not own:
        own = _whole(known, answers, dated)
    others = [
        notice
        for other in _same_employer(session, incident)
        for notice in _saved_notices(
            session, other, current_numbers(session, other), other.inputs, _notice_days(session, other)
        )
    ]
    return Compared(
        dismissals=_number(answers.get(DISMISSALS)),
        employer_size=_number(answers.get("employer_size")),
        notices=(*own, *others),
        layoff_days=_number(answers.get("layoff_days")),
        bankruptcy=_bankrupt(incident, answers),
        decided=_decided(known),
    )


def crossed(
    session: Session, incident: Incident, before: Compared | None, after: Compared, now: dt.datetime
) -> tuple[Crossing, ...]:
    """Return the thresholds between two states under one law, by the incident's own rule book."""
    book = load_book(session, incident.law_revision)
    return crossings(before, after, _law_day(session, incident, now), book)


def _law_day(session: Session, incident: Incident, now: dt.datetime) -> dt.date:
    found = next((row for row in current_anchors(session, incident.id) if row.name == PROPOSAL), None)
    return found.value if found is not None and found.value is not None else local_date(now)


def record_crossings(
    unit: UnitOfWork, incident: Incident, found: Iterable[Crossing], at: dt.datetime | None = None
) -> None:
    """Write each crossing as an event that follows from the use case's own, and happened when that did."""
    for crossing in found:
        row = crossing.law
        payload = {
            "law": crossing.key,
            "statute": row.statute,
            "source": row.source,
            "confidence": row.confidence,
            "value": crossing.value,
            "unit": row.unit,
            "number": crossing.number,
            "before": crossing.before,
            "direction": crossing.direction,
            "planned": crossing.planned,
        }
        named = (f"{incident.readable_id} {crossing.key}",)
        kind = "incidents.threshold_crossed"
        unit.consequence(EventDraft(kind, incident.id, named, (crossing.key,), payload, event_time=at))


def _decided(numbers: Numbers) -> bool:
    found = numbers.best.get(Measure.DISMISSAL)
    return found is not None and found.stage is Stage.DECIDED


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _bankrupt(incident: Incident, answers: Mapping[str, Any]) -> bool:
    """Tell whether the employer is bankrupt: as answered, else as the playbook takes for granted."""
    answered = answers.get(_BANKRUPTCY)
    return (answer_or_default(incident, _BANKRUPTCY) if answered is None else answered) is True


def _same_employer(session: Session, incident: Incident) -> list[Incident]:
    """Return the other incidents of the same firm; one merged into another or cancelled is none."""
    name = folded(incident.employer)
    others = session.exec(
        select(Incident).where(
            ~col(Incident.situation),
            col(Incident.duplicate_of_id).is_(None),
            Incident.state != IncidentState.CANCELLED,
        )
    ).all()
    return [other for other in others if other.id != incident.id and folded(other.employer) == name]


def dated_waves(plan: Plan) -> list[Wave]:
    """Return the waves of a plan with the notice days it works with, given or estimated."""
    days = {anchor.name: anchor.value for anchor in plan.anchors}
    return [
        replace(wave, anchors={_NOTICE: days[key]})
        if (key := str(AnchorKey(_NOTICE, wave.id))) in days
        else wave
        for wave in plan.waves
    ]


def _of_waves(waves: Sequence[Wave]) -> list[Notices]:
    """Return the measures of waves, the rest beside named ones among them; none for everybody alone."""
    if all(wave.id == DEFAULT_WAVE for wave in waves):
        return []
    return [
        Notices(
            notice.value if (notice := wave.anchors.get(_NOTICE)) else None, wave.count or 0, wave.measure
        )
        for wave in waves
    ]


def _saved_notices(
    session: Session,
    incident: Incident,
    numbers: Numbers,
    answers: Mapping[str, Any],
    days: Mapping[str, dt.date | None],
) -> list[Notices]:
    """Return the measures of a firm by notice day: its waves, else its best known numbers."""
    waves = parts(session, IncidentWave, incident.id)
    if any(row.wave != DEFAULT_WAVE for row in waves):
        return [Notices(days.get(row.wave), row.count or 0, row.measure) for row in waves]
    return _whole(numbers, answers, days)


def _whole(numbers: Numbers, answers: Mapping[str, Any], days: Mapping[str, dt.date | None]) -> list[Notices]:
    day = days.get(DEFAULT_WAVE)
    counts = [(measure, numbers.count(measure)) for measure in MEASURES]
    told = [Notices(day, count, measure.value) for measure, count in counts if count]
    people = _number(answers.get(HEADCOUNT))
    return told if told or people is None else [Notices(day, people)]


def _notice_days(session: Session, incident: Incident) -> dict[str, dt.date | None]:
    found = session.exec(
        select(IncidentAnchor).where(
            IncidentAnchor.incident_id == incident.id,
            col(IncidentAnchor.current),
            IncidentAnchor.name == _NOTICE,
        )
    ).all()
    return {row.wave: row.value for row in found}
