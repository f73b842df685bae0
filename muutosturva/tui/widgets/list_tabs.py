"""Tabs of one list each: the documents, and the facts the plan hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable

from muutosturva.tui import rows
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.host import texts
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.widgets.tab import Tab

WANTED: Final[Mapping[str, str]] = {
    "anchor": "set_anchor",
    "question": "answer",
    "role": "assign_role",
    "link": "change_link",
    "record": "correct",
    "evidence": "check_evidence",
}
"""Command that Enter gives on a row of the facts, by what the row is."""


class DocumentsTab(Tab):
    """The documents that the plan asks for."""

    TAB = "documents"

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield ListTable(rows.DOCUMENTS, id="documents")

    def show(self, page: IncidentPage) -> None:
        """Show the documents of an incident."""
        self.query_one(ListTable).show(rows.documents(texts(self), page.documents, page.written))

    @property
    def count(self) -> str:
        """Return how many documents there are."""
        return str(len(self.query_one(ListTable).list_rows))


class FactsTab(Tab):
    """Dates, open questions, roles, areas and records; of a situation its firms. Enter changes the chosen."""

    TAB = "facts"

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield ListTable(rows.FACTS, id="facts")

    def show(self, page: IncidentPage) -> None:
        """Show the facts of an incident."""
        self.query_one(ListTable).show(
            rows.facts(texts(self), page.view, page.firms, page.records, page.evidence)
        )

    @on(DataTable.RowSelected)
    def _selected(self, message: DataTable.RowSelected) -> None:
        message.stop()
        chosen = self.query_one(ListTable).chosen
        kind, _, name = chosen.key.partition(" ") if chosen else ("", "", "")
        if kind == "firm":
            self.post_message(self.Opens(name))
        elif kind in WANTED:
            self.post_message(self.Wants(WANTED[kind], name))
