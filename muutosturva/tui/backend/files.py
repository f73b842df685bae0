"""What is written out as files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from muutosturva.coordination import exports, table_exports
from muutosturva.coordination.as_playbook import Drafted, save_as_playbook
from muutosturva.coordination.files import write_files
from muutosturva.coordination.sheet_files import task_sheet_of
from muutosturva.coordination.shelf import at_hand
from muutosturva.errors import RefusedError
from muutosturva.i18n import Language
from muutosturva.incidents import service
from muutosturva.incidents.acts.sheet_import import SheetImport
from muutosturva.incidents.reading.sheet_reading import TaskSheet
from muutosturva.playbooks.library import SUFFIXES
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Export:
    """What a person asked to be written out as a document.

    Attributes:
        document: ``situation`` …
        audience: for whom.
        formats: ``docx``, ``pdf``, ``html``, ``md``.
        languages: language tags.
        out: folder.
        role: whose checklist; "" for another document.
    """

    document: str
    audience: str
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    out: Path
    role: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """Writes documents, tables and calendars, and reads an edited task sheet."""

    desk: Desk

    def document(self, incident: str, export: Export) -> tuple[Path, ...]:
        """Write a document and return its files."""
        return exports.export_document(
            self.desk.store,
            incident,
            document=export.document,
            audience=export.audience,
            role=export.role,
            formats=export.formats,
            languages=export.languages,
            out=export.out,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def text(self, path: Path, text: str) -> None:
        """Write a text into a new file.

        Raises:
            RefusedError: something else is there already; it is never overwritten.
            MachineError: the file cannot be written.
        """
        data = text.encode("utf-8")
        if path.exists() and (not path.is_file() or path.read_bytes() != data):
            raise RefusedError("tui.file_exists", path=str(path))
        write_files({path: data})

    def tables(self, incident: str, fmt: str, out: Path, language: Language) -> tuple[Path, ...]:
        """Write every table and return the files."""
        return table_exports.export_tables(
            self.desk.store,
            incident,
            fmt=fmt,
            out=out,
            language=language,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def own_playbooks(self) -> Path:
        """Return the folder of the office's own playbooks."""
        return at_hand().user_folder or Path()

    def as_playbook(self, incident: str, playbook: str, folder: Path, language: Language) -> Drafted:
        """Write what a group did as a draft of a playbook; a restricted incident was confirmed before."""
        return save_as_playbook(
            self.desk.store,
            incident,
            playbook,
            out=folder / f"{playbook}{SUFFIXES[0]}",
            confirm=True,
            language=language,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def sheet(self, path: Path) -> TaskSheet:
        """Read an edited task sheet."""
        return task_sheet_of(path)

    def preview(self, incident: str, sheet: TaskSheet, reason: str) -> SheetImport:
        """Return what an edited task sheet would change."""
        return service.preview_import(self.desk.store, incident, sheet, reason=reason)

    def bring(self, incident: str, sheet: TaskSheet, file: str, reason: str) -> SheetImport:
        """Take the changes of an edited task sheet."""
        return service.import_sheet(
            self.desk.store,
            incident,
            sheet,
            file=file,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def calendar(self, incident: str, out: Path, role: str, tasks_as: str) -> Path:
        """Write the calendar file and return its path."""
        return exports.export_calendar(
            self.desk.store,
            incident,
            out=out,
            role=role,
            tasks_as=tasks_as,
            actor=self.desk.actor,
            now=self.desk.now,
        )
