"""Writing documents and calendars to files, with the export in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlmodel import Session, select

from muutosturva.calendars.service import incident_calendar
from muutosturva.coordination.files import refuse_other_content, write_files
from muutosturva.documents import checklist
from muutosturva.documents.checklist_page import checklist_document, checklist_name
from muutosturva.documents.export import file_name, situation_document
from muutosturva.documents.picture import SituationPicture
from muutosturva.documents.situation import build
from muutosturva.errors import ConflictError, UsageError
from muutosturva.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language
from muutosturva.incidents.reading.queries import find_incident
from muutosturva.incidents.reading.secrecy import class_of_all
from muutosturva.models.log import Event
from muutosturva.models.states import Secrecy
from muutosturva.rendering.document import Format, format_of
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

DOCUMENT_EXPORTED: Final = "coordination.document_exported"
CALENDAR_EXPORTED: Final = "coordination.calendar_exported"

_CALENDAR: Final = b"BEGIN:VCALENDAR"

CHECKLIST: Final = "checklist"
"""The document that is written for one role."""

AUDIENCES: Final[Mapping[str, tuple[str, ...]]] = {"situation": ("group",), CHECKLIST: ("group",)}
"""The documents that can be written, and for whom each is."""


def language_of(tag: str) -> Language:
    """Return a language of the documents by its tag.

    Raises:
        UsageError: documents are not written in it.
    """
    for language in LANGUAGES:
        if language == tag.strip().lower():
            return language
    raise UsageError("coordination.unknown_language", language=tag, known=LANGUAGES)


def writes(document: str, audience: str) -> bool:
    """Tell whether the program writes a document for an audience; the others are written by the group."""
    return audience in AUDIENCES.get(document, ())


def check_audience(document: str, audience: str) -> None:
    """Refuse a document that is not written, or not for that audience.

    Raises:
        UsageError: unknown document or audience; the message lists those there are.
    """
    if document not in AUDIENCES:
        raise UsageError("coordination.unknown_document", document=document, known=sorted(AUDIENCES))
    if audience not in AUDIENCES[document]:
        raise UsageError(
            "coordination.unknown_audience",
            audience=audience,
            document=document,
            known=AUDIENCES[document],
        )


def export_document(
    store: Store,
    incident: str,
    *,
    document: str = "situation",
    audience: str = "group",
    role: str = "",
    formats: Sequence[str] = ("docx", "pdf"),
    languages: Sequence[str] = (DEFAULT_LANGUAGE,),
    out: Path,
    actor: str,
    now: dt.datetime,
) -> tuple[Path, ...]:
    """Write a document in each language and format, and log what was handed out.

    Args:
        store: the store.
        incident: readable id of an incident or a regional situation.
        document: ``situation`` or ``checklist``.
        audience: ``group``.
        role: whose checklist, by the id of the role or its title; "" for the situation.
        formats: ``md``, ``html``, ``docx``, ``pdf``.
        languages: ``fi``, ``sv``, ``en``.
        out: folder; made when missing.
        actor: who hands it out.
        now: the moment the document speaks of.

    Returns:
        The files, by language and format.

    Raises:
        NotFoundError: no such incident or role.
        UsageError: unknown document, audience, format or language; a checklist without a role, or
            a role without a checklist.
        ConflictError: somebody handed out the same edition meanwhile; nothing is written.
        MachineError: a file could not be written.
    """
    check_audience(document, audience)
    if (document == CHECKLIST) != bool(role):
        raise UsageError("coordination.role_of_checklist", document=document)
    wanted = [(language_of(tag), format_of(name)) for tag in languages for name in formats]
    with store.reading() as session:
        made = _made(session, store, incident, role, now, actor)
    files = {out / name: data for name, data in (made.file(language, fmt) for language, fmt in wanted)}
    subjects = (f"document:{document}", f"audience:{audience}", *((f"role:{made.role}",) if role else ()))
    with store.transaction(actor, now) as work:
        if _next_number(work.session, incident, document, made.role) != made.number:
            raise ConflictError("coordination.edition_taken", number=made.number)
        hand_out(work, incident, DOCUMENT_EXPORTED, files, subjects)
    return tuple(files)


@dataclass(frozen=True, slots=True)
class _Made:
    """A document that has been read and can be written.

    Attributes:
        number: its running number.
        role: id of the role it is for, or "".
        file: name and content in a language and a format.
    """

    number: int
    role: str
    file: Callable[[Language, Format], tuple[str, bytes]]


def _made(  # noqa: PLR0917 - what an export takes, handed on
    session: Session, store: Store, incident: str, role: str, now: dt.datetime, actor: str
) -> _Made:
    if not role:
        number = _next_number(session, incident, "situation", "")
        picture = build(session, incident, kind=store.kind, now=now, made_by=actor, version=number)
        return _Made(number, "", lambda language, fmt: _situation(picture, language, fmt))
    found = checklist.role_of(session, find_incident(session, incident), role)
    number = _next_number(session, incident, CHECKLIST, found)
    page = checklist.build(session, incident, found, kind=store.kind, now=now, made_by=actor, version=number)
    return _Made(number, found, lambda language, fmt: _checklist(page, language, fmt))


def _situation(picture: SituationPicture, language: Language, fmt: Format) -> tuple[str, bytes]:
    name = file_name("situation", picture.incident, language, fmt, kind=picture.kind, secrecy=picture.secrecy)
    return name, situation_document(picture, language, fmt)


def _checklist(page: checklist.Checklist, language: Language, fmt: Format) -> tuple[str, bytes]:
    return checklist_name(page, language, fmt), checklist_document(page, language, fmt)


def _next_number(session: Session, incident: str, document: str, role: str) -> int:
    """Return the running number of a document's next edition, a role's checklists counted by themselves."""
    owner = find_incident(session, incident)
    events = session.exec(
        select(Event.subjects).where(Event.incident_id == owner.id, Event.kind == DOCUMENT_EXPORTED)
    ).all()
    wanted = {f"document:{document}", *({f"role:{role}"} if role else ())}
    return 1 + sum(wanted <= set(subjects) for subjects in events)


def export_calendar(
    store: Store,
    incident: str,
    *,
    out: Path,
    role: str = "",
    area: str = "",
    tasks_as: str = "event",
    language: Language = DEFAULT_LANGUAGE,
    actor: str,
    now: dt.datetime,
) -> Path:
    """Write the calendar of an incident or a regional situation.

    Args:
        store: the store.
        incident: readable id.
        out: the file, ``.ics``.
        role: only what this role does or is invited to; "" for all.
        area: slug of an employment area; "" for all.
        tasks_as: ``event`` (whole-day entries, which Outlook shows) or ``todo``.
        language: of titles and descriptions.
        actor: who hands it out.
        now: the moment of the export.

    Raises:
        NotFoundError: no such incident, role or area.
        UsageError: ``tasks_as`` is neither.
        RefusedError: something else than a calendar stands under the name.
        MachineError: the file could not be written.
    """
    if tasks_as not in {"event", "todo"}:
        raise UsageError("coordination.unknown_task_form", form=tasks_as)
    refuse_other_content(out, _CALENDAR)
    with store.reading() as session:
        made = incident_calendar(
            session,
            incident,
            kind=store.kind,
            now=now,
            role=role,
            area=area,
            tasks_as="todo" if tasks_as == "todo" else "event",
            language=language,
        )
    subjects = tuple(f"{name}:{value}" for name, value in (("role", role), ("area", area)) if value)
    files = {out: made.raw}
    with store.transaction(actor, now) as work:
        hand_out(work, incident, CALENDAR_EXPORTED, files, subjects)
    return out


def hand_out(
    work: UnitOfWork, incident: str, kind: str, files: Mapping[Path, bytes], subjects: Sequence[str]
) -> None:
    """Write the files and record their hashes; the event stands only when every file does.

    What speaks of a restricted incident is readable by whoever made it alone.
    """
    owner = find_incident(work.session, incident)
    private = class_of_all(work.session, incident) is Secrecy.RESTRICTED
    work.record(
        EventDraft(
            kind=kind,
            incident_id=owner.id,
            subjects=(owner.readable_id, *subjects),
            fields=("files",),
            payload={"files": write_files(files, private=private)},
        )
    )
