"""What the group's own records say in a situation picture: updates, decisions, the promised next update."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlmodel import Session

from muutosturva.clock import local_date
from muutosturva.documents.picture import Report, Taken
from muutosturva.incidents.acts import records
from muutosturva.incidents.pure.forms import Decision, Update
from muutosturva.incidents.reading.naming import names
from muutosturva.models.states import RecordKind
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import PlannedDate, TextMap

DECISIONS: Final = 10
"""Newest decisions shown; all of them stand in the records."""


def reports(session: Session, incident: str) -> tuple[Report, ...]:
    """Return the newest update of an incident, or of each firm of a situation."""
    return tuple(
        Report(
            firm=record.employer,
            day=local_date(record.event_time),
            state=record.form.state.value,
            summary=record.form.summary,
            done=record.form.done,
            needs=record.form.needs,
            corrected=record.corrects,
        )
        for record in records.latest_updates(session, incident)
        if isinstance(record.form, Update)
    )


def taken(session: Session, incident: str) -> tuple[Taken, ...]:
    """Return the newest decisions that stand; a role written by its id has its title."""
    named = names(session, incident).by_incident

    def called(record: records.RecordView, written: str) -> TextMap | str:
        found = named.get(record.incident, {}).get(written)
        return found.title if found else written

    return tuple(
        Taken(
            firm=record.employer,
            day=local_date(record.event_time),
            text=record.form.text,
            decided_by=called(record, record.form.decided_by),
            owner=called(record, record.form.owner),
            due=record.form.due,
            corrected=record.corrects,
        )
        for record in records.records(session, incident, RecordKind.DECISION)[:DECISIONS]
        if isinstance(record.form, Decision)
    )


def next_update(
    session: Session, incident: str, today: dt.date, planned: PlannedDate | None
) -> PlannedDate | None:
    """Return when the next update comes: as it was promised, where that is before the plan's own day."""
    promised = records.promised_update(session, incident, today)
    if promised is None or (planned is not None and planned.value is not None and planned.value <= promised):
        return planned
    return PlannedDate("", promised, promised, promised, None, Certainty.CONFIRMED)
