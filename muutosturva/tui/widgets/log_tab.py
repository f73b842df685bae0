"""The tab with the log: as a story in the order of time, or as a table with the chosen event under it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Self

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, Static

from muutosturva.i18n import Texts
from muutosturva.incidents.told import narrative
from muutosturva.incidents.told.narrative import Line
from muutosturva.tui import rows
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.host import texts
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.widgets.tab import Tab


class LogTab(Tab):
    """What has happened."""

    TAB = "log"

    def __init__(self, *, table: bool = False) -> None:
        """Make the tab; ``table`` begins with the table instead of the story."""
        super().__init__()
        self.table = table

    def compose(self) -> ComposeResult:
        """Lay out the story, the list and the chosen event."""
        yield VerticalScroll(Static("", id="told", markup=False), id="story")
        yield ListTable(rows.LOG, id="log")
        yield Static("", id="entry", markup=False)

    def show(self, page: IncidentPage) -> None:
        """Show the log of an incident."""
        t = texts(self)
        in_order = narrative.lines(t, narrative.in_story_order(page.log), page.names)
        self.query_one("#told", Static).update(story(t, in_order))
        self.query_one(ListTable).show(rows.log(narrative.lines(t, page.log, page.names)))
        self._show_form()
        self._show_entry()

    def anew(self) -> Self:
        """Return a fresh tab in the same form, for another language."""
        return type(self)(table=self.table)

    def turn(self) -> None:
        """Turn the story into the table, or back."""
        self.table = not self.table
        self._show_form()
        self.first.focus()

    @property
    def count(self) -> str:
        """Return how many events there are."""
        return str(len(self.query_one(ListTable).list_rows))

    @property
    def first(self) -> Widget:
        """Return the story or the table, whichever is in sight."""
        return self.query_one("#log" if self.table else "#story")

    def _show_form(self) -> None:
        self.set_class(self.table, "-table")

    @on(DataTable.RowHighlighted)
    def _show_entry(self) -> None:
        chosen = self.query_one(ListTable).chosen
        self.query_one("#entry", Static).update("\n".join(chosen.cells) if chosen else "")


def story(texts: Texts, told: Sequence[Line]) -> Content:
    """Return the log as a story: the days in order, under each what happened on it."""
    paragraphs: list[Content] = []
    for day, of_day in groupby(told, key=lambda line: line.day):
        if paragraphs:
            paragraphs.append(Content(""))
        paragraphs.append(Content.styled(texts.long_date(day), "bold underline"))
        for line in of_day:
            who = f"{line.who} ({line.firm})" if line.firm else line.who
            paragraphs.append(Content(f"{line.at} {who}: {line.told}"))
    return Content("\n").join(paragraphs)
