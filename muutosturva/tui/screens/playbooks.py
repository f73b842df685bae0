"""Playbooks: which are at hand, how fresh each is, and what the check says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DataTable, Static
from textual.worker import get_current_worker

from muutosturva.coordination.freshness import Freshness, Shelf
from muutosturva.playbooks.trying.runner import CaseResult
from muutosturva.tui import playbook_rows
from muutosturva.tui.commands import PlaceId, bindings
from muutosturva.tui.places import Place
from muutosturva.tui.scene import Scene
from muutosturva.tui.screens.playbook import PlaybookScreen
from muutosturva.tui.screens.trial import TrialScreen
from muutosturva.tui.widgets.lists import ListTable


class PlaybooksScreen(Place):
    """The list stands at once; each playbook is read and checked beside it, one after the other."""

    PLACE = PlaceId.PLAYBOOKS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.PLAYBOOKS)

    class Found(Message):
        """It is known what is at hand."""

        def __init__(self, shelf: Shelf) -> None:
            super().__init__()
            self.shelf = shelf

    class Read(Message):
        """One playbook has been read and checked."""

        def __init__(self, found: Freshness) -> None:
            super().__init__()
            self.found = found

    class Worked(Message):
        """The worked cases of a playbook have been run."""

        def __init__(self, playbook: str, results: Sequence[CaseResult]) -> None:
            super().__init__()
            self.playbook = playbook
            self.results = tuple(results)

    def __init__(self) -> None:
        super().__init__()
        self.shelf: Shelf | None = None
        self.read: dict[str, Freshness] = {}
        self.worked: dict[str, Sequence[CaseResult]] = {}

    @property
    def chosen(self) -> Freshness | None:
        """Return the playbook under the cursor, or None before it has been read."""
        row = self.query_one("#playbooks", ListTable).chosen
        return self.read.get(row.key) if row else None

    def scene(self) -> Scene:
        """Return which playbook is chosen."""
        return Scene(playbook=self.chosen, listed=len(self.shelf.volumes) if self.shelf else 0)

    def body(self) -> Iterable[Widget]:
        """Return the list, what could not be read, and what is known of the chosen one."""
        yield Static("", id="unreadable", markup=False)
        yield Vertical(ListTable(playbook_rows.PLAYBOOKS, id="playbooks"), id="shelf")
        yield VerticalScroll(Static(self.texts("tui.playbooks.reading"), id="about", markup=False), id="pane")

    def load(self) -> None:
        """Find what is at hand, in a thread."""
        self.in_thread("load", self.backend.playbooks.shelf, self.Found)

    def on_screen_resume(self) -> None:
        """Read anew when the person comes back: the file may have been edited meanwhile."""
        if self.shelf is not None:
            self.load()

    @on(Found)
    def _found(self, message: Found) -> None:
        self.shelf = shelf = message.shelf
        # What another person knew of its use is not shown while it is being read anew.
        self.read = {
            volume.id: replace(self.read[volume.id], volume=volume)
            for volume in shelf.volumes
            if volume.id in self.read
        }
        lines = [
            self.texts("tui.playbooks.folder_unreadable", folder=folder, reason=reason)
            for folder, reason in shelf.unreadable.items()
        ]
        self.query_one("#unreadable", Static).update("\n".join(f"! {line}" for line in lines))
        self.set_class(not lines, "-readable")
        self._show()
        if self.focused is None:
            self.query_one("#playbooks").focus()
        read = self.backend.playbooks.read

        def judge() -> None:
            worker = get_current_worker()
            for found in read(shelf.volumes):
                if worker.is_cancelled:
                    return
                self.post_message(self.Read(found))

        self.in_thread("judge", judge, lambda _: None)

    @on(Read)
    def _read_one(self, message: Read) -> None:
        self.read[message.found.volume.id] = message.found
        self._show()

    def _show(self) -> None:
        assert self.shelf is not None, "what is at hand is known before any of it is read"
        rows = playbook_rows.playbooks(self.texts, self.shelf.volumes, self.read, self.worked)
        self.query_one("#playbooks", ListTable).show(rows)
        self._describe()

    def _describe(self) -> None:
        found, about = self.chosen, self.query_one("#about", Static)
        if found is not None:
            lines = playbook_rows.about(self.texts, found, self.worked.get(found.volume.id))
            about.update("\n".join(lines))
        elif self.shelf is not None:
            about.update(self.texts("tui.playbooks.reading" if self.shelf.volumes else "tui.playbooks.none"))
        self.show_commands()

    @on(DataTable.RowHighlighted)
    def _highlighted(self, message: DataTable.RowHighlighted) -> None:
        message.stop()
        if self.shelf is not None:
            self._describe()

    @on(DataTable.RowSelected)
    def _selected(self, message: DataTable.RowSelected) -> None:
        message.stop()
        self.action_open_playbook()

    def action_open_playbook(self) -> None:
        """Open the text of the chosen one, with its findings."""
        row = self.query_one("#playbooks", ListTable).chosen
        volumes = self.shelf.volumes if self.shelf else ()
        for volume in volumes:
            if row is not None and volume.id == row.key:
                self.app.push_screen(PlaybookScreen(volume))
                return

    def action_try_chosen(self) -> None:
        """Plan with the chosen one; nothing is written."""
        if self.chosen is not None:
            self.app.push_screen(TrialScreen(self.chosen))

    def action_test_chosen(self) -> None:
        """Run the worked cases of the chosen one."""
        found = self.chosen
        if found is None:
            return
        self.tell(self.texts("tui.playbooks.running", n=found.tests), seconds=30)
        volume, worked = found.volume, self.backend.playbooks.worked
        self.in_thread("cases", lambda: worked(volume), lambda results: self.Worked(volume.id, results))

    @on(Worked)
    def _worked(self, message: Worked) -> None:
        self.worked[message.playbook] = message.results
        self._show()
        found = self.read[message.playbook]
        told = playbook_rows.cases(self.texts, found, message.results)
        told = self.texts("tui.playbooks.cases_short", cases=told)
        self.tell(f"{playbook_rows.name(self.texts, found)} · {told}")

    def action_leave_playbooks(self) -> None:
        """Go back to the first screen."""
        self.dismiss()
