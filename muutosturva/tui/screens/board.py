"""Tilannekuva: the first screen, with everything that wants somebody's eyes today."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DataTable, Static

from muutosturva.errors import RefusedError
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading.board import Board
from muutosturva.models.states import RUNNING
from muutosturva.tui import rows
from muutosturva.tui.commands import PlaceId, bindings
from muutosturva.tui.dialogs.grouping import GroupDialog, Grouping, secret_joining
from muutosturva.tui.flows.office import add_office_days, remove_office_days
from muutosturva.tui.places import Place
from muutosturva.tui.scene import Scene
from muutosturva.tui.screens.incident import IncidentScreen
from muutosturva.tui.screens.playbooks import PlaybooksScreen
from muutosturva.tui.screens.trigger import TriggerScreen
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.work import in_background


class BoardScreen(Place):
    """All incidents, what is late, due and coming, what is asked and which roles nobody holds."""

    PLACE = PlaceId.BOARD
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.BOARD)

    board: Board | None = None
    asked_person = False

    class Loaded(Message):
        """The first screen has been read."""

        def __init__(self, board: Board) -> None:
            super().__init__()
            self.board = board

    def scene(self) -> Scene:
        """Return how many incidents there are."""
        lines = self.board.incidents if self.board else ()
        return Scene(running=sum(1 for line in lines if line.state in RUNNING), listed=len(lines))

    def body(self) -> Iterable[Widget]:
        """Return the three lists, and what an empty store says instead."""
        t = self.texts
        yield Static(t("tui.board.empty"), id="empty", markup=False)
        yield Vertical(
            Static(t("tui.board.incidents"), classes="heading", markup=False),
            ListTable(rows.INCIDENTS, id="incidents"),
            Horizontal(
                Vertical(
                    Static("", id="open-heading", classes="heading", markup=False),
                    ListTable(rows.OPEN_THINGS, id="open"),
                    id="asked",
                ),
                Vertical(
                    Static("", id="work-heading", classes="heading", markup=False),
                    ListTable(rows.WORK, id="work"),
                    id="due",
                ),
                id="today",
            ),
            id="lists",
        )

    def load(self) -> None:
        """Read the first screen in a thread."""
        self.in_thread("load", self.backend.reading.board, self.Loaded)

    def on_screen_resume(self) -> None:
        """Read anew when the person comes back from an incident."""
        if self.board is not None:
            self.load()

    @on(Loaded)
    def _loaded(self, message: Loaded) -> None:
        first = self.board is None
        self.board = board = message.board
        t = self.texts
        self.set_class(not board.incidents, "-empty")
        self.query_one("#incidents", ListTable).show(rows.incidents(t, board.incidents))
        self.query_one("#work", ListTable).show(rows.work(t, board))
        self.query_one("#open", ListTable).show(rows.open_things(t, board))
        self.query_one("#work-heading", Static).update(self._work_heading(board))
        self.query_one("#open-heading", Static).update(
            t(
                "tui.board.open",
                questions=board.questions.count,
                roles=board.unfilled.count,
                gaps=board.gaps.count,
            )
        )
        self.set_class(not rows.open_things(t, board), "-nothing-open")
        if not self.asked_person:
            self.asked_person = True
            if not self.backend.known:
                self.ask_person()
        if (first or self.focused is None) and board.incidents:
            self.query_one("#incidents").focus()
        self.show_commands()

    def _work_heading(self, board: Board) -> str:
        return self.texts(
            "tui.board.work",
            late=board.late.count,
            today=board.due_today.count,
            coming=board.coming.count,
        )

    @on(DataTable.RowSelected)
    def _row_selected(self, message: DataTable.RowSelected) -> None:
        message.stop()
        self.action_open_chosen()

    def action_open_chosen(self) -> None:
        """Open the incident, the task's incident or what is asked, by where the focus is."""
        focused = self.focused
        table = focused if isinstance(focused, ListTable) else self.query_one("#incidents", ListTable)
        if table.chosen is None or not table.chosen.key:
            return
        key = table.chosen.key
        if table.id == "incidents":
            self.app.push_screen(IncidentScreen(key))
        elif table.id == "work":
            incident, _, _task = key.partition(" ")
            self.app.push_screen(IncidentScreen(incident, choose=key))
        elif key == rows.ALL_GAPS:
            self.action_show_gaps()
        else:
            kind, incident, name = key.split(" ", 2)
            command = {
                "question": "answer",
                "role": "assign_role",
                "gap": "assign_role",
                "release": "publish",
            }[kind]
            self.app.push_screen(IncidentScreen(incident, asks=(command, name)))

    def action_next_list(self) -> None:
        """Move to the next list."""
        self.focus_next(ListTable)

    def action_trigger(self) -> None:
        """Open the trigger dialog."""
        self.app.push_screen(TriggerScreen())

    def action_show_playbooks(self) -> None:
        """Open the playbooks."""
        self.app.push_screen(PlaybooksScreen())

    def action_group(self) -> None:
        """Join several incidents into one regional situation."""

        async def ask() -> None:
            assert self.board is not None, "the command is allowed only when incidents are listed"
            choice = await self.app.push_screen_wait(GroupDialog(self.board.incidents, self.backend.today))
            if choice is None:
                return
            view = await self._grouped(choice)
            if view is None:
                return
            self.tell(self.texts("tui.done.grouped", incident=view.readable_id))
            self.load()

        self.in_dialog(ask)

    async def _grouped(self, choice: Grouping) -> IncidentView | None:
        """Join the firms; ask first what a secret one among them does to the situation."""
        group = self.backend.life.group
        try:
            return await in_background(group, *choice)
        except RefusedError as error:
            if error.key != "incidents.group_secret":
                raise
        secret = await self.app.push_screen_wait(secret_joining(self.texts))
        return None if secret is None else await in_background(group, *choice, secret)

    def action_add_office_days(self) -> None:
        """Say when the office is closed or the council meets."""
        self._of_office(add_office_days)

    def action_remove_office_days(self) -> None:
        """Take days of the office away."""
        self._of_office(remove_office_days)

    def _of_office(self, flow: Callable[[Place], Awaitable[str]]) -> None:
        """Ask, act, tell what was done and read anew."""

        async def ask() -> None:
            done = await flow(self)
            if done:
                self.tell(done)
                self.load()

        self.in_dialog(ask)

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit()
