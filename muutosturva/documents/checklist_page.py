"""The checklist of a role as a document: one page of A4, in every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from muutosturva.documents.checklist import Checklist, Duty
from muutosturva.documents.export import SHIPPED, mark_of, name_marks, safe_name
from muutosturva.documents.fitting import Entry, Page, fit, lines
from muutosturva.documents.words import Words
from muutosturva.i18n import Language, Texts
from muutosturva.rendering.document import DocumentMeta, Format, render
from muutosturva.rendering.templates import Templates

BOX: Final = "\N{BALLOT BOX}"
"""What is ticked with a pen."""
ROOM: Final = 52.0
"""Lines of the table that fit on a page of A4 below its heading and above its notes."""
WIDTH: Final = 46
"""Letters of a task that fit on a line beside its day and the place for the initials."""
_HEADING: Final = (28, 2, 3.0)
"""Letters in a line of the page's title, lines of it that ``ROOM`` reckons with, height of a further one."""
_HOLDERS: Final = (70, 1, 1.5)
"""The same of the line that says who holds the role."""
_COUNT: Final = 5
"""Letters of ``(+4)``, which stands behind a title whose points are left out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a task, or a point of the one above it."""

    box: str
    due: str
    text: str
    task: bool


def checklist_name(checklist: Checklist, language: Language, fmt: Format) -> str:
    """Return the name of the file: ``HARJOITUS-muistilista-lead-LAHTI-2027-03-fi.pdf``."""
    marks = name_marks(checklist.kind, checklist.secrecy, language)
    name = Texts(language)("documents.file.checklist")
    return safe_name((*marks, name, checklist.role, checklist.incident, language), fmt)


def checklist_markdown(checklist: Checklist, language: Language, folders: Sequence[Path] = ()) -> str:
    """Write the checklist as Markdown, with as much as fits on one page and a note of what does not.

    Args:
        checklist: what it says.
        language: language of the words.
        folders: folders of the office whose ``checklist.md.j2`` goes before the shipped one.

    Raises:
        InputError: the office's template is wrong.
    """
    texts = Texts(language)
    words = Words(texts)
    entries = [_entry(duty, texts, words) for duty in checklist.duties]
    page = fit(entries, _room(checklist, texts), WIDTH - _COUNT)
    context = {
        "checklist": checklist,
        "rows": _rows(checklist, page, texts, words),
        "notes": _notes(checklist, page, texts, words),
    }
    return Templates([*folders, SHIPPED], texts, words.filters()).render("checklist.md.j2", context)


def checklist_document(
    checklist: Checklist,
    language: Language,
    fmt: Format,
    folders: Sequence[Path] = (),
    base: bytes | None = None,
) -> bytes:
    """Write the checklist as a file; the same checklist gives the same bytes.

    Args:
        checklist: what it says.
        language: language of the document.
        fmt: ``md``, ``html``, ``docx`` or ``pdf``.
        folders: folders of the office's own templates.
        base: the office's own Word file, for ``docx``.

    Raises:
        InputError: the office's template or Word file is wrong.
        MachineError: the PDF could not be set.
    """
    texts = Texts(language)
    role = texts.pick(checklist.title)
    meta = DocumentMeta(
        title=texts("documents.checklist.title", role=role, name=checklist.name),
        language=language,
        author=checklist.made_by,
        subject=texts("documents.checklist.subject", role=role, incident=checklist.incident),
        mark=mark_of(checklist.kind, checklist.secrecy, language),
        footer=texts("documents.checklist.footer", incident=checklist.incident, version=checklist.version),
        date=checklist.made_at,
    )
    return render(checklist_markdown(checklist, language, folders), meta, fmt, base=base)


def _room(checklist: Checklist, texts: Texts) -> float:
    """Return the room for tasks, less where the names above them take more lines than usual."""
    role = texts.pick(checklist.title)
    above = (
        (texts("documents.checklist.title", role=role, name=checklist.name), _HEADING),
        (" ".join((*checklist.holders, *checklist.deputies)), _HOLDERS),
    )
    taken = (max(lines(text, width) - usual, 0) * height for text, (width, usual, height) in above)
    return ROOM - sum(taken)


def _entry(duty: Duty, texts: Texts, words: Words) -> Entry:
    about = ", ".join(filter(None, (duty.firm, duty.person, words.shared(duty.areas))))
    parts = [
        texts("documents.checklist.late") if duty.late else "",
        words.label(duty.title),
        "§" if duty.law else "",
        f"({about})" if about else "",
    ]
    return Entry(" ".join(filter(None, parts)), tuple(words.label(point) for point in duty.points))


def _rows(checklist: Checklist, page: Page, texts: Texts, words: Words) -> list[Row]:
    rows = []
    for duty, entry in zip(checklist.duties, page.entries, strict=False):
        hidden = f" {texts('documents.checklist.hidden', n=entry.hidden)}" if entry.hidden else ""
        rows.append(Row(BOX, words.when(duty.due), f"{entry.title}{hidden}", task=True))
        rows += [Row("", "", f"{BOX} {point}", task=False) for point in entry.points]
    return rows


def _notes(checklist: Checklist, page: Page, texts: Texts, words: Words) -> list[str]:
    """Return what the page does not show: points and tasks that did not fit, what is done or asked."""
    notes = []
    if page.dropped:
        after = checklist.duties[len(page.entries)]
        notes.append(texts("documents.checklist.dropped", n=page.dropped, date=words.when(after.due)))
    if page.shortened:
        notes.append(texts("documents.checklist.shortened", n=page.shortened))
    if checklist.asked:
        notes.append(texts("documents.checklist.asked", n=checklist.asked))
    if checklist.done:
        notes.append(texts("documents.checklist.done", n=checklist.done))
    return notes
