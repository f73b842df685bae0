"""What is known of an incident as rows of sheets: dates and numbers with their history, waves, people."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

from sqlmodel import Session, col, select

from muutosturva.i18n import Texts
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.naming import Names
from muutosturva.incidents.reading.task_sheet import clock_cell
from muutosturva.incidents.told.wording import question_label, wave_name
from muutosturva.models.incident import (
    Incident,
    IncidentAnchor,
    IncidentFigure,
    IncidentLink,
    IncidentQuestion,
    IncidentRole,
    RoleHolder,
)
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import Measure
from muutosturva.playbooks.facts import Certainty
from muutosturva.tabular.table import Cell

Found = TypeVar("Found", IncidentAnchor, IncidentFigure, IncidentLink, IncidentQuestion, IncidentRole)

_DAY: Final = "{:%H:%M}"


def found(session: Session, table: type[Found], incidents: Sequence[Incident]) -> list[Found]:
    """Return the rows several incidents have in a table, incident by incident."""
    return [
        row
        for incident in incidents
        for row in session.exec(select(table).where(table.incident_id == incident.id)).all()
    ]


def names_of(incidents: Iterable[Incident]) -> Mapping[uuid.UUID, str]:
    """Return the readable id of each incident by its key."""
    return {incident.id: incident.readable_id for incident in incidents}


def yes_no(texts: Texts, value: bool) -> str:  # noqa: FBT001 - the value of the cell
    """Return yes or no in words."""
    return texts("common.yes" if value else "common.no")


def anchors(session: Session, texts: Texts, incidents: Sequence[Incident]) -> Iterable[tuple[Cell, ...]]:
    """Yield every revision of every anchor, oldest first within each."""
    names = names_of(incidents)
    rows = found(session, IncidentAnchor, incidents)
    for row in sorted(
        rows, key=lambda row: (names[row.incident_id], row.name, row.wave, row.recorded_at, row.current)
    ):
        yield (
            names[row.incident_id],
            texts.pick(row.label) or row.name,
            row.wave,
            row.value,
            _DAY.format(row.at) if row.at else None,
            row.earliest,
            row.latest,
            texts.word(Certainty(row.certainty)),
            row.source,
            clock_cell(row.recorded_at),
            yes_no(texts, row.current),
        )


def numbers(session: Session, texts: Texts, incidents: Sequence[Incident]) -> Iterable[tuple[Cell, ...]]:
    """Yield every revision of every number of people, oldest first."""
    names = names_of(incidents)
    rows = found(session, IncidentFigure, incidents)
    for row in sorted(rows, key=lambda row: (names[row.incident_id], row.recorded_at, row.current)):
        yield (
            names[row.incident_id],
            texts.word(row.stage),
            texts.word(row.measure),
            row.site,
            row.low,
            row.high,
            row.source,
            clock_cell(row.event_time),
            clock_cell(row.recorded_at),
            yes_no(texts, row.current),
        )


def waves(session: Session, texts: Texts, incidents: Sequence[Incident]) -> Iterable[tuple[Cell, ...]]:
    """Yield the waves with their two days."""
    for incident in incidents:
        for wave in queries.incident_view(session, incident.readable_id).waves:
            yield (
                incident.readable_id,
                wave.wave,
                wave_name(texts, wave),
                wave.site,
                texts.word(Measure(wave.measure)),
                wave.count,
                wave.notice.value if wave.notice else None,
                wave.end.value if wave.end else None,
            )


def roles(session: Session, texts: Texts, incidents: Sequence[Incident]) -> Iterable[tuple[Cell, ...]]:
    """Yield each role with everybody who holds or has held it; one nobody holds has an empty row."""
    people = {person.id: person for person in session.exec(select(RosterPerson)).all()}
    for incident in incidents:
        held = session.exec(
            select(RoleHolder)
            .where(RoleHolder.incident_id == incident.id)
            .order_by(col(RoleHolder.assumed_at), col(RoleHolder.deputy))
        ).all()
        for role in sorted(
            found(session, IncidentRole, [incident]), key=lambda row: (row.position, row.role)
        ):
            shown = (incident.readable_id, texts.pick(role.title) or role.role)
            holders = [row for row in held if row.role == role.role]
            for row in holders:
                person = people[row.person_id]
                part = texts(f"coordination.sheet_part.{'deputy' if row.deputy else 'holder'}")
                since, until = clock_cell(row.assumed_at), clock_cell(row.renounced_at)
                yield (*shown, person.name, part, since, until, person.phone, person.email)
            if not holders:
                yield (*shown, None, None, None, None, None, None)


def areas(session: Session, texts: Texts, incidents: Sequence[Incident]) -> Iterable[tuple[Cell, ...]]:
    """Yield the employment areas the incidents touch; the share is from 0 to 1, to a thousandth."""
    for incident in incidents:
        for area in queries.incident_view(session, incident.readable_id).areas:
            part = texts("coordination.sheet_part.leads") if area.lead else None
            share = None if area.share is None else round(area.share, 3)
            yield (incident.readable_id, area.name, part, share)


def shared(session: Session, texts: Texts, readable_id: str) -> Iterable[tuple[Cell, ...]]:
    """Yield the parts of employment areas in the tasks that several share."""
    for task in queries.tasks(session, readable_id):
        for area in task.areas:
            yield (
                *(task.incident, texts.pick(task.title), area.name),
                *(
                    texts.word(area.part),
                    area.contact or None,
                    clock_cell(area.done_at),
                    area.done_by or None,
                ),
            )


def questions(
    session: Session, texts: Texts, incidents: Sequence[Incident], known: Names
) -> Iterable[tuple[Cell, ...]]:
    """Yield what the plan asks or has asked."""
    names = names_of(incidents)
    rows = found(session, IncidentQuestion, incidents)
    for row in sorted(rows, key=lambda row: (names[row.incident_id], row.position, row.name)):
        yield (
            names[row.incident_id],
            question_label(texts, row.name, row.label),
            "; ".join(texts.pick(known.title(names[row.incident_id], key)) or key for key in row.decides),
            clock_cell(row.answered_at),
        )


def links(session: Session, texts: Texts, incidents: Sequence[Incident]) -> Iterable[tuple[Cell, ...]]:
    """Yield the firms that hang on the incidents' own."""
    names = names_of(incidents)
    rows = found(session, IncidentLink, incidents)
    for row in sorted(rows, key=lambda row: (names[row.incident_id], row.name)):
        yield (
            names[row.incident_id],
            row.name,
            texts.word(row.kind),
            row.headcount,
            row.included,
            row.source,
            clock_cell(row.recorded_at),
        )
