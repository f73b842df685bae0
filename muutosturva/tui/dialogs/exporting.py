"""Dialogs that hand out: a document in the formats and languages wanted, the calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from textual.widget import Widget
from textual.widgets import Input

from muutosturva.errors import UsageError
from muutosturva.i18n import LANGUAGES
from muutosturva.incidents.pure.views import RoleView
from muutosturva.settings import expanded
from muutosturva.tui.backend.files import Export
from muutosturva.tui.dialogs.asking import required
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.dialogs.language import OWN_NAMES
from muutosturva.tui.widgets.choice import Choice, Picks

FORMATS: Final = ("docx", "pdf", "html", "md")
OFFICE: Final = frozenset({"docx", "pdf"})
"""Formats ticked at first: what people hand on and print."""
EVERYBODY: Final = ""


def default_folder(incident: str) -> Path:
    """Return where files go unless the person says otherwise: a folder of the incident at home."""
    return Path.home() / "muutosturva" / incident


class ExportDialog(Dialog[Export]):
    """Asks for formats, languages and folder of the briefing."""

    NAME = "export"

    def __init__(self, incident: str) -> None:
        super().__init__()
        self.incident = incident

    def fields(self) -> Iterable[Widget]:
        """Return formats, languages and folder."""
        t = self.texts
        yield self.label("formats")
        yield Picks([(name, t(f"tui.format.{name}"), name in OFFICE) for name in FORMATS], id="formats")
        yield self.label("languages")
        yield Picks([(tag, OWN_NAMES[tag], tag == t.language) for tag in LANGUAGES], id="languages")
        yield self.label("folder")
        yield Input(str(default_folder(self.incident)), id="folder", compact=True)

    def read(self) -> Export:
        """Return what to write.

        Raises:
            UsageError: no format, no language or no folder.
        """
        formats = self.query_one("#formats", Picks).picked
        languages = self.query_one("#languages", Picks).picked
        if not formats:
            raise UsageError("tui.format_missing")
        if not languages:
            raise UsageError("tui.language_missing")
        folder = required(self.text("folder"), "tui.folder_missing")
        return Export("situation", "group", formats, languages, expanded(folder))


class CalendarExport(NamedTuple):
    """What to put into the calendar file."""

    role: str
    tasks_as: str
    out: Path


class CalendarDialog(Dialog[CalendarExport]):
    """Asks whose calendar, tasks as entries or as to-dos, and the file."""

    NAME = "calendar"

    def __init__(self, incident: str, roles: Sequence[RoleView]) -> None:
        super().__init__()
        self.incident = incident
        self.roles = tuple(roles)

    def fields(self) -> Iterable[Widget]:
        """Return role, kind of entries and file."""
        t = self.texts
        everybody = (EVERYBODY, self.words("everybody"))
        yield self.label("role")
        yield Choice(
            [everybody, *((role.role, t.pick(role.title) or role.role) for role in self.roles)], id="role"
        )
        yield self.label("tasks_as")
        yield Choice([("event", self.words("event")), ("todo", self.words("todo"))], id="tasks-as")
        yield self.label("file")
        yield Input(str(default_folder(self.incident) / f"{self.incident}.ics"), id="file", compact=True)

    def read(self) -> CalendarExport:
        """Return what to write.

        Raises:
            UsageError: no file.
        """
        file = required(self.text("file"), "tui.file_missing")
        return CalendarExport(
            self.query_one("#role", Choice).value or EVERYBODY,
            self.query_one("#tasks-as", Choice).value or "event",
            expanded(file),
        )
