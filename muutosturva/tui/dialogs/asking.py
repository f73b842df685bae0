"""Small dialogs: a reason, a note, yes or no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from textual.widget import Widget
from textual.widgets import Input

from muutosturva.errors import UsageError
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.host import host


def required(text: str, missing: str) -> str:
    """Return the text.

    Args:
        text: what was typed.
        missing: error key when it is empty.

    Raises:
        UsageError: it is empty.
    """
    if not text:
        raise UsageError(missing)
    return text


class ReasonDialog(Dialog[str]):
    """Asks why; an empty reason is refused, since the log would not say why."""

    NAME = "reason"

    def __init__(self, name: str, subject: str) -> None:
        super().__init__(name)
        self.subject = subject

    def title_text(self) -> str:
        """Return what the reason is for."""
        return self.words("title", subject=self.subject)

    def fields(self) -> Iterable[Widget]:
        """Return the one field."""
        yield Input(id="reason", placeholder=self.texts("tui.dialog.reason.placeholder"), compact=True)

    def read(self) -> str:
        """Return the reason.

        Raises:
            UsageError: there is none.
        """
        return required(self.text("reason"), "tui.reason_missing")


class Note(NamedTuple):
    """A note for the log, and when it happened when that is not now."""

    text: str
    at: dt.datetime | None


class NoteDialog(Dialog[Note]):
    """Asks for a note."""

    NAME = "note"

    def fields(self) -> Iterable[Widget]:
        """Return text and moment."""
        yield self.label("text")
        yield Input(id="text", compact=True)
        yield self.label("at")
        yield Input(id="at", placeholder=self.words("at_placeholder"), compact=True)

    def read(self) -> Note:
        """Return the note.

        Raises:
            UsageError: there is no text, or the moment is none.
        """
        text = required(self.text("text"), "tui.note_missing")
        at = parse_event_time(self.text("at") or None, host(self).backend.desk.now)
        return Note(text, at)


class ConfirmDialog(Dialog[bool]):
    """Asks yes or no."""

    NAME = "confirm"

    def __init__(self, name: str) -> None:
        super().__init__(name)

    def read(self) -> bool:
        """Return yes; no is the cancelled dialog."""
        return True
