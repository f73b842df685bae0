"""What is written out as files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from muutosturva.coordination import exports
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
    """

    document: str
    audience: str
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    out: Path


@dataclass(frozen=True, slots=True)
class Files:
    """Writes documents and calendars."""

    desk: Desk

    def document(self, incident: str, export: Export) -> tuple[Path, ...]:
        """Write a document and return its files."""
        return exports.export_document(
            self.desk.store,
            incident,
            document=export.document,
            audience=export.audience,
            formats=export.formats,
            languages=export.languages,
            out=export.out,
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
