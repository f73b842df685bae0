"""The tab with the numbers of people: what counts and why, every revision, thresholds, level."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.details import Section
from muutosturva.tui.host import texts
from muutosturva.tui.numbers import number_sections
from muutosturva.tui.widgets.tab import Tab

WIDEST: Final = 110
"""Lines longer than this are hard to follow, however wide the screen is."""


class NumbersTab(Tab):
    """Scrolls with the arrow keys; the numbers of a situation are those of its firms."""

    TAB = "numbers"

    def __init__(self) -> None:
        super().__init__()
        self.sections: tuple[Section, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out one text."""
        yield VerticalScroll(Static("", id="people", markup=False), id="numbers")

    def show(self, page: IncidentPage) -> None:
        """Show the numbers of an incident."""
        self.sections = number_sections(texts(self), page)
        self._draw()

    @property
    def first(self) -> Widget:
        """Return what scrolls."""
        return self.query_one("#numbers")

    def on_resize(self, _event: events.Resize) -> None:
        """Break the lines anew."""
        self._draw()

    def _draw(self) -> None:
        room = min(WIDEST, (self.size.width or self.app.size.width) - 4)
        paragraphs = [paragraph for section in self.sections for paragraph in _drawn(section, room)]
        self.query_one("#people", Static).update(Content("\n").join(paragraphs))


def _drawn(section: Section, room: int) -> list[Content]:
    """Return a section with its lines broken, so that what follows a line's beginning stands under it."""
    lines = [
        Content(part)
        for line in section.lines
        for part in wrap(line, room, initial_indent="  ", subsequent_indent="    ")
    ]
    return [Content.styled(section.heading, "bold $secondary"), *lines, Content("")]
