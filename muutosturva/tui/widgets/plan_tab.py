"""The tab with the plan of an incident, in three views, and the chosen task beside it."""

from __future__ import annotations

import datetime as dt

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import DataTable, Static

from muutosturva.incidents.pure.progress import progress
from muutosturva.incidents.pure.views import TaskView
from muutosturva.tui import rows
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.details import product_titles, step_titles
from muutosturva.tui.host import host, texts
from muutosturva.tui.looks import Look, View, looked_at, told
from muutosturva.tui.widgets.details import TaskDetails
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.widgets.plan_bars import BarTable, PlanBars
from muutosturva.tui.widgets.plan_board import CardTable, PlanBoard
from muutosturva.tui.widgets.tab import Tab


class PlanTab(Tab):
    """The tasks of a plan, and everything that is known of the chosen one.

    Whichever way the plan is looked at, the chosen task stays chosen, so that a command means the
    same task in each view.
    """

    TAB = "plan"

    class Chosen(Message):
        """Another task was chosen."""

    class Turned(Message):
        """The plan is looked at in another way."""

    def __init__(self, begin_on: str = "", look: Look | None = None) -> None:
        """Make the tab.

        Args:
            begin_on: key of the row to begin on; the first open task when "".
            look: how the plan is looked at.
        """
        super().__init__()
        self.begin_on = begin_on
        self.look = look or Look()
        self.page: IncidentPage | None = None
        self.listed: tuple[TaskView, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the three views and the details."""
        yield Static("", id="look", markup=False)
        yield ListTable(rows.PLAN, id="plan")
        yield PlanBoard()
        yield PlanBars()
        yield TaskDetails(id="details")

    @property
    def _today(self) -> dt.date:
        return host(self).backend.today

    @property
    def first(self) -> ListTable:
        """Return the list of the view in sight."""
        if self.look.view is View.BOARD:
            return self.query_one(PlanBoard).table()
        if self.look.view is View.BARS:
            return self.query_one(PlanBars).table
        return self.query_one("#plan", ListTable)

    @property
    def chosen(self) -> TaskView | None:
        """Return the task under the cursor; None until a plan has been shown."""
        row = None if self.page is None else self.first.chosen
        return next((task for task in self.listed if row and rows.task_key(task) == row.key), None)

    def show(self, page: IncidentPage) -> None:
        """Show a plan; the cursor stays on its task."""
        begun = self.page is not None
        key = self._key if begun else self.begin_on
        self.page = page
        self.look_at(self.look, key or "" if begun else key or self._first_open(page))

    @property
    def _key(self) -> str:
        return rows.task_key(self.chosen) if self.chosen is not None else ""

    def _first_open(self, page: IncidentPage) -> str:
        return next((rows.task_key(task) for task in page.tasks if task.open), "")

    def look_at(self, look: Look, key: str | None = None) -> None:
        """Look at the plan in another way; the chosen task stays chosen where it is still listed."""
        if self.page is None:
            return
        key = self._key if key is None else key
        self.look = look
        t = texts(self)
        views = (self.page.view, *self.page.firms)
        self.listed = looked_at(t, self.page.tasks, look, self._today, views)
        roles = {task.role: t.pick(task.role_title) for task in self.page.tasks}
        self.query_one("#look", Static).update(told(t, look, roles))
        for view in View:
            self.set_class(look.view is view, f"-{view.value}")
        self.set_class(bool(told(t, look, roles)), "-told")
        self._draw(self.page)
        if look.view is View.BOARD:
            board = self.query_one(PlanBoard)
            board.choose(key)
            board.to_filled()
        else:
            self.first.choose(key)
        self.show_details()

    def _draw(self, page: IncidentPage) -> None:
        if self.look.view is View.BOARD:
            self.query_one(PlanBoard).show(self.listed, self._today, situation=page.view.situation)
        elif self.look.view is View.BARS:
            self.query_one(PlanBars).show(page, self.listed, self._today)
        else:
            situation = page.view.situation
            lines = rows.plan(texts(self), self.listed, self._today, labels=page.labels, situation=situation)
            table = self.query_one("#plan", ListTable)
            table.show(lines, columns=rows.SITUATION_PLAN if situation else rows.PLAN)

    def on_resize(self, _event: events.Resize) -> None:
        """Draw cards and bars to the new width."""
        if self.look.view is not View.LIST:
            self.call_after_refresh(self.look_at, self.look)

    def show_details(self) -> None:
        """Show what is known of the chosen task."""
        if self.page is None:
            return
        task = self.chosen
        t = texts(self)
        titles = step_titles(t, self.page.tasks) | product_titles(t, self.page.products)
        view = self.page.view if task is None else self.page.firm_of(task)
        self.query_one(TaskDetails).show(view, task, self._today, titles)

    def anew(self) -> PlanTab:
        """Return a tab on the same task, looked at in the same way."""
        return PlanTab(self._key or self.begin_on, self.look)

    @property
    def count(self) -> str:
        """Return how many tasks are finished, and how many are listed when not all."""
        t = texts(self)
        tasks = self.page.tasks if self.page else ()
        far = progress(tasks)
        said = t("tui.incident.progress", done=far.done, all=far.all)
        narrowed = len(self.listed) < len(tasks)
        return f"{said}, {t('tui.look.listed', n=len(self.listed))}" if narrowed else said

    def nearer(self) -> None:
        """Show less time, more of it."""
        self.query_one(PlanBars).nearer(self._today)
        self.look_at(self.look)

    def whole(self) -> None:
        """Show the whole time again."""
        self.query_one(PlanBars).whole()
        self.look_at(self.look)

    @on(BarTable.Moved)
    def _moved(self, message: BarTable.Moved) -> None:
        message.stop()
        self.query_one(PlanBars).move(message.part)
        self.look_at(self.look)

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        """The column that has the focus holds the chosen task; the details are seen while they are read."""
        if isinstance(event.widget, CardTable):
            self.query_one(PlanBoard).column = str(event.widget.id).removeprefix("cards-")
            self._highlighted()
        self.set_class(isinstance(event.widget, TaskDetails), "-reading")

    @on(DataTable.RowHighlighted)
    def _row_highlighted(self, message: DataTable.RowHighlighted) -> None:
        message.stop()
        self._highlighted()

    def _highlighted(self) -> None:
        self.show_details()
        self.post_message(self.Chosen())

    @on(DataTable.RowSelected)
    def _selected(self, message: DataTable.RowSelected) -> None:
        message.stop()
        self.add_class("-reading")
        self.query_one(TaskDetails).focus()
