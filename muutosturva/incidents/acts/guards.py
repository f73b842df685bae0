"""What several use cases refuse alike: no reason, an ended incident, a time that cannot be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.clock import local_date
from muutosturva.errors import InputError, Problem, RefusedError, UsageError
from muutosturva.incidents.pure.slips import year_slipped
from muutosturva.models.incident import Incident, IncidentAnchor
from muutosturva.models.states import RUNNING
from muutosturva.rules.short_texts import REASON, short_text_problems
from muutosturva.store.versions import expect_version, touch

HEARD: Final = "heard"
"""The anchor of the day on which the incident was heard of."""


def require_reason(reason: str) -> str:
    """Return the reason without its edges.

    Raises:
        InputError: there is none, and the log would not say why; or it is no short text.
    """
    stripped = reason.strip()
    if not stripped:
        raise InputError("incidents.input", problems=[Problem("incidents.reason_missing")])
    require_short((stripped, "reason", REASON))
    return stripped


def require_short(*texts: tuple[str, str, int]) -> None:
    """Refuse short texts that are none: text, field and longest each.

    Raises:
        InputError: one has line breaks or control characters, or is too long; all are told at once.
    """
    problems = [problem for text in texts for problem in short_text_problems(*text)]
    if problems:
        raise InputError("incidents.input", problems=problems)


def require_running(incident: Incident) -> None:
    """Refuse to change the work of an incident that has ended.

    Raises:
        RefusedError: the incident is closed, reviewed or cancelled.
    """
    if incident.state not in RUNNING:
        raise RefusedError("incidents.not_running", incident=incident.readable_id, state=incident.state)


def heard_on(session: Session, incident: Incident) -> dt.date:
    """Return the day an incident was heard of; the day it was opened where that is not known."""
    anchor = session.exec(
        select(IncidentAnchor).where(
            IncidentAnchor.incident_id == incident.id,
            IncidentAnchor.name == HEARD,
            col(IncidentAnchor.current),
        )
    ).first()
    return (anchor and anchor.value) or local_date(incident.opened_at)


def require_event_time(
    session: Session, incident: Incident, at: dt.datetime | None, now: dt.datetime
) -> dt.datetime:
    """Return when something happened: ``now`` unless another time was given.

    What happened before the incident was heard of may be written down (a rumour, an earlier call).

    Raises:
        UsageError: the time lies ahead, or so far back that its year must be a slip.
    """
    if at is None:
        return now
    if at > now:
        raise UsageError("incidents.event_in_future", at=at)
    heard = heard_on(session, incident)
    if year_slipped(local_date(at), heard):
        raise UsageError("incidents.event_long_before", at=at, heard=heard, incident=incident.readable_id)
    return at


def before_heard(session: Session, incident: Incident, at: dt.datetime) -> dt.date | None:
    """Return the day an incident was heard of where something happened before it, else None."""
    heard = heard_on(session, incident)
    return heard if local_date(at) < heard else None


def claim(incident: Incident, expected: int | None, ours: Mapping[str, object] | None = None) -> None:
    """Refuse a second writer, and let the incident's version rise whatever of it is changed.

    Facts of an incident lie in rows of their own (anchors, waves, numbers): without this, two people
    who change different ones at once would not know of each other.

    Raises:
        ConflictError: the incident is no longer the version ``expected``.
    """
    expect_version(incident, expected, ours)
    touch(incident)
