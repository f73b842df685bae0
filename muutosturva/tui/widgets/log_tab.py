"""The tab with the log, and the whole of the chosen event under it, where nothing is cut off."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from muutosturva.tui import rows, words
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.host import texts
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.widgets.tab import Tab


class LogTab(Tab):
    """What was done, newest first."""

    TAB = "log"

    def compose(self) -> ComposeResult:
        """Lay out the list and the chosen event."""
        yield ListTable(rows.LOG, id="log")
        yield Static("", id="entry", markup=False)

    def show(self, page: IncidentPage) -> None:
        """Show the log of an incident."""
        titles = words.subject_titles(texts(self), page.view, page.tasks)
        self.query_one(ListTable).show(rows.log(texts(self), page.log, titles))
        self._show_entry()

    @property
    def count(self) -> str:
        """Return how many events there are."""
        return str(len(self.query_one(ListTable).list_rows))

    @on(DataTable.RowHighlighted)
    def _show_entry(self) -> None:
        chosen = self.query_one(ListTable).chosen
        self.query_one("#entry", Static).update("\n".join(chosen.cells) if chosen else "")
