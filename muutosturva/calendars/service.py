"""Use cases of the calendars: the plan of an incident as one file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlmodel import Session

from muutosturva.calendars.ical import TasksAs, build
from muutosturva.calendars.plan_entries import Selection, areas_in, entries_of, roles_in
from muutosturva.clock import local_date
from muutosturva.errors import NotFoundError, nearest
from muutosturva.i18n import DEFAULT_LANGUAGE, Language, Texts
from muutosturva.incidents.reading import queries
from muutosturva.models.states import StoreKind

_ROOT: Final = "urn:muutosturva:calendar:"


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar ready to be written.

    Attributes:
        raw: the file's bytes.
        entries: how many entries stand in it.
        undated: keys of the tasks and meetings left out because their day is not known.
    """

    raw: bytes
    entries: int
    undated: tuple[str, ...]


def namespace_of(kind: StoreKind) -> UUID:
    """Return the root of the UIDs of a store's kind: a drill never overwrites real entries."""
    return uuid5(NAMESPACE_URL, _ROOT + kind)


def mark_of(kind: StoreKind, texts: Texts) -> str:
    """Return the mark of a store's kind, "" for a real one."""
    return "" if kind is StoreKind.REAL else texts(f"calendars.mark.{kind}")


def incident_calendar(
    session: Session,
    incident: str,
    *,
    kind: StoreKind,
    now: dt.datetime,
    role: str = "",
    area: str = "",
    tasks_as: TasksAs = "event",
    language: Language = DEFAULT_LANGUAGE,
) -> CalendarFile:
    """Return the calendar of an incident, or of all firms of a regional situation.

    Who is away on the day of an entry is stood in for in it.

    Args:
        session: an open session of the store; nothing is written.
        incident: readable id.
        kind: kind of the store, which decides mark and UIDs.
        now: aware moment of the export.
        role: only what this role does or is invited to; "" for all.
        area: slug of an employment area: only what it does and what is common; "" for all.
        tasks_as: whole-day events, or VTODO for programs that show them.
        language: language of titles and descriptions.

    Raises:
        NotFoundError: no such incident, or no such role or area in it.
    """
    texts = Texts(language)
    view = queries.incident_view(session, incident)
    members = (view, *(queries.incident_view(session, child) for child in view.children))
    today = local_date(now)
    tasks = queries.tasks(session, incident, today, each_on_its_day=True)
    parts = (
        _part("role", role, roles_in(members, texts), view.readable_id),
        _part("area", area, areas_in(members, tasks), view.readable_id),
    )
    entries, undated = entries_of(
        {member.readable_id: member for member in members},
        tasks,
        queries.meetings(session, incident, today),
        texts=texts,
        away=queries.away_between(session, today),
        selection=Selection(role, area),
    )
    raw = build(
        entries,
        name=_name(view.readable_id, [part for part in parts if part], texts),
        namespace=namespace_of(kind),
        stamp=now,
        mark=mark_of(kind, texts),
        tasks_as=tasks_as,
        language=language,
    )
    return CalendarFile(raw, len(entries), undated)


def _name(incident: str, parts: Sequence[str], texts: Texts) -> str:
    if parts:
        return texts("calendars.name_of_part", incident=incident, part=", ".join(parts))
    return texts("calendars.name", incident=incident)


def _part(what: str, wanted: str, known: Mapping[str, str], incident: str) -> str:
    """Return the name of the part that is wanted, "" for the whole."""
    if wanted and wanted not in known:
        raise NotFoundError(
            f"calendars.{what}_not_found", wanted=wanted, incident=incident, nearest=nearest(wanted, known)
        )
    return known[wanted] or wanted if wanted else ""
