"""One playbook: its text with what the check finds beside it."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DataTable, Static, TextArea

from muutosturva.coordination.freshness import Volume
from muutosturva.errors import Problem
from muutosturva.playbooks.trying.runner import CaseResult
from muutosturva.tui import playbook_rows
from muutosturva.tui.backend.playbooks import PlaybookPage
from muutosturva.tui.commands import PlaceId, bindings
from muutosturva.tui.places import Place
from muutosturva.tui.scene import Scene
from muutosturva.tui.screens.trial import TrialScreen
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.widgets.playbook_text import PlaybookText


class PlaybookScreen(Place):
    """The text on one side, findings and where a value comes from on the other."""

    PLACE = PlaceId.PLAYBOOK
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.PLAYBOOK)

    class Loaded(Message):
        """The file has been read and checked."""

        def __init__(self, page: PlaybookPage) -> None:
            super().__init__()
            self.page = page

    class Worked(Message):
        """The worked cases have been run."""

        def __init__(self, results: Sequence[CaseResult]) -> None:
            super().__init__()
            self.results = tuple(results)

    def __init__(self, volume: Volume) -> None:
        super().__init__()
        self.volume = volume
        self.page: PlaybookPage | None = None
        self.results: tuple[CaseResult, ...] | None = None
        self.problems: dict[str, Problem] = {}
        self.file = str(volume.file)
        """The file in sight: the playbook's own, or one that a finding stands in."""
        self.again = False
        """What is in sight was read anew because the person asked for it."""

    def scene(self) -> Scene:
        """Return which playbook is on screen."""
        return Scene(playbook=self.page.found if self.page else None)

    def title_text(self) -> str:
        """Return the name of the playbook."""
        if self.page is None:
            return self.volume.id
        return f"{playbook_rows.name(self.texts, self.page.found)} {self.page.found.version}".strip()

    def body(self) -> Iterable[Widget]:
        """Return the text, the findings and what is told of the chosen one or of the value at the cursor."""
        yield Container(
            Vertical(
                Static(self.file, id="file", classes="heading", markup=False),
                PlaybookText(id="text"),
                id="text-box",
            ),
            Vertical(
                Static(self.texts("tui.playbooks.reading"), id="sum", classes="heading", markup=False),
                ListTable(playbook_rows.FINDINGS, id="findings"),
                VerticalScroll(Static("", id="told", markup=False), id="pane", can_focus=False),
                id="side",
            ),
            id="sides",
        )

    def load(self) -> None:
        """Read and check the file, in a thread."""
        self.in_thread("load", lambda: self.backend.playbooks.page(self.volume), self.Loaded)

    def action_refresh_view(self) -> None:
        """Read the file anew after it was edited."""
        self.again = True
        self.results = None
        self._sum(self.texts("tui.playbooks.reading"))
        self.load()

    @on(Loaded)
    def _loaded(self, message: Loaded) -> None:
        first, self.page = self.page is None, message.page
        if self.file not in message.page.texts:
            self.file = message.page.file
        self._show_text()
        self._show_findings()
        if first:
            self.query_one("#findings" if self.problems else "#text").focus()
        if self.problems and (first or self.focused is not self.query_one("#text")):
            self._go_to_chosen()
        self.show_commands()

    def _show_text(self) -> None:
        assert self.page is not None, "the file is read before it is shown"
        problems = self.page.found.problems
        marked = {problem.line for problem in problems if problem.path == self.file and problem.line}
        self.query_one("#text", PlaybookText).show(self.page.texts[self.file], marked)
        text = self.file if self.page.texts[self.file] else self.texts("tui.playbook.no_text", file=self.file)
        self.query_one("#file", Static).update(text)

    def _show_findings(self) -> None:
        assert self.page is not None, "the file is read before it is shown"
        found = self.page.found
        rows = playbook_rows.findings(self.texts, found.problems, self.results or (), self.page.file)
        self.problems = {row.key: problem for row, problem in rows}
        self.set_class(not rows, "-sound")
        told = playbook_rows.told(self.texts, found, self.results)
        self._sum(self.texts("tui.playbook.read_again", findings=told) if self.again else told)
        self.query_one("#findings", ListTable).show([row for row, _ in rows])
        self._tell()

    def _sum(self, text: str) -> None:
        """Say above the findings what they come to; a notice would cover them."""
        self.query_one("#sum", Static).update(text)

    def _tell(self) -> None:
        """Show the chosen finding in full, or where the value at the cursor comes from."""
        if self.page is None:
            return
        row = self.query_one("#findings", ListTable).chosen
        text = self.query_one("#text", PlaybookText)
        lines: Iterable[str] = ()
        if row is not None and self.focused is not text:
            lines = playbook_rows.finding(self.texts, self.problems[row.key], self.page.file)
        elif self.page.found.resolved is not None:
            language = self.texts.language
            told = self.backend.playbooks.explained(self.page.found.resolved, self.file, text.line, language)
            lines = playbook_rows.explained(self.texts, told, self.file) if told else ()
        self.query_one("#told", Static).update("\n".join(lines))

    @on(DataTable.RowHighlighted, "#findings")
    def _highlighted(self, message: DataTable.RowHighlighted) -> None:
        message.stop()
        self._go_to_chosen()

    def _go_to_chosen(self) -> None:
        """Move the text to the chosen finding, in the file it stands in."""
        row = self.query_one("#findings", ListTable).chosen
        if row is None or self.page is None:
            return
        problem = self.problems[row.key]
        if problem.path in self.page.texts and problem.path != self.file:
            self.file = problem.path
            self._show_text()
        if problem.line is not None:
            # Only when everything has its size is it known what the middle is.
            text = self.query_one("#text", PlaybookText)
            self.call_after_refresh(text.go_to, problem.line, problem.column or 1)
        self._tell()

    @on(DataTable.RowSelected, "#findings")
    def _selected(self, message: DataTable.RowSelected) -> None:
        message.stop()
        self._go_to_chosen()
        self.query_one("#text").focus()

    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        self._tell()

    def on_descendant_focus(self) -> None:
        """Tell of the finding or of the value, by where the focus is."""
        self._tell()

    def action_next_part(self) -> None:
        """Move between the text and the findings."""
        self.query_one("#findings" if self.focused is self.query_one("#text") else "#text").focus()

    def action_try_playbook(self) -> None:
        """Plan with the playbook; nothing is written."""
        if self.page is not None:
            self.app.push_screen(TrialScreen(self.page.found))

    def action_test_playbook(self) -> None:
        """Run its worked cases; those that do not hold stand among the findings."""
        if self.page is None:
            return
        self._sum(self.texts("tui.playbooks.running", n=self.page.found.tests))
        self.in_thread("cases", lambda: self.backend.playbooks.worked(self.volume), self.Worked)

    @on(Worked)
    def _worked(self, message: Worked) -> None:
        assert self.page is not None, "cases are run of what has been read"
        self.results = message.results
        self.again = False
        self._show_findings()

    def action_edit_playbook(self) -> None:
        """Open the file in the person's own editor, and read it anew afterwards."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
        if not editor:
            self.tell(self.texts("tui.playbook.no_editor", file=self.volume.file), seconds=20)
            return
        try:
            with self.app.suspend():
                subprocess.run([*shlex.split(editor), str(self.volume.file)], check=False)  # noqa: S603
        except (SuspendNotSupported, OSError, ValueError):
            self.tell(
                self.texts("tui.playbook.editor_failed", editor=editor, file=self.volume.file), seconds=20
            )
            return
        self.action_refresh_view()

    def action_leave_playbook(self) -> None:
        """Go back to the list."""
        self.dismiss()
