"""Asks for lines that were copied from Excel, Word or an e-mail."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import TextArea

from muutosturva.tui.dialogs.asking import required
from muutosturva.tui.dialogs.base import Dialog


class PasteDialog(Dialog[str]):
    """A field of many lines; Enter on the empty last line, or the button, answers."""

    NAME = "paste"

    def __init__(self, text: str = "") -> None:
        """Make the dialog; ``text`` stands in it at first."""
        super().__init__()
        self.begun = text

    def fields(self) -> Iterable[Widget]:
        """Return the field."""
        area = TextArea(
            self.begun, id="lines", placeholder=self.words("example"), soft_wrap=False, compact=True
        )
        area.move_cursor(area.document.end)
        yield area

    def read(self) -> str:
        """Return the lines.

        Raises:
            UsageError: there is none.
        """
        text = self.query_one(TextArea).text
        required(text.strip(), "tui.lines_missing")
        return text

    def action_next_field(self) -> None:
        """Begin a new line on Enter; on the empty last one there is nothing to add: answer."""
        area = self.query_one(TextArea)
        if self.focused is not area:
            super().action_next_field()
        elif area.cursor_at_last_line and area.text.strip() and not area.document.lines[-1].strip():
            self.submit()
        else:
            area.insert("\n")
