"""The tab with the plan of an incident, and the chosen task beside it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import DataTable

from muutosturva.incidents.views import TaskView
from muutosturva.tui import rows
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.details import step_titles
from muutosturva.tui.host import host, texts
from muutosturva.tui.widgets.details import TaskDetails
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.widgets.tab import Tab

NARROWED: Final = ("all", "open", "late")
"""Which tasks the plan lists, in the order the command goes through them."""


class PlanTab(Tab):
    """The tasks of a plan, and everything that is known of the chosen one."""

    TAB = "plan"

    class Chosen(Message):
        """Another task was chosen."""

    def __init__(self, begin_on: str = "", narrowed: str = NARROWED[0]) -> None:
        """Make the tab.

        Args:
            begin_on: key of the row to begin on; the first open task when "".
            narrowed: which tasks to list, of ``NARROWED``.
        """
        super().__init__()
        self.begin_on = begin_on
        self.page: IncidentPage | None = None
        self.narrowed = narrowed

    def compose(self) -> ComposeResult:
        """Lay out the list and the details."""
        yield ListTable(rows.PLAN, id="plan")
        yield TaskDetails(id="details")

    @property
    def _today(self) -> dt.date:
        return host(self).backend.today

    @property
    def listed(self) -> list[TaskView]:
        """Return the tasks the plan lists."""
        tasks = self.page.tasks if self.page else ()
        if self.narrowed == "open":
            return [task for task in tasks if task.open]
        if self.narrowed == "late":
            return [task for task in tasks if task.late(self._today)]
        return list(tasks)

    @property
    def chosen(self) -> TaskView | None:
        """Return the task under the cursor; None until a plan has been shown."""
        if self.page is None:
            return None
        row = self.query_one(ListTable).chosen
        return next((task for task in self.listed if row and rows.task_key(task) == row.key), None)

    def show(self, page: IncidentPage) -> None:
        """Show a plan; the cursor stays on its task."""
        self.page = page
        situation = page.view.situation
        table = self.query_one(ListTable)
        first = not table.list_rows
        lines = rows.plan(texts(self), self.listed, self._today, situation=situation)
        table.show(lines, columns=rows.SITUATION_PLAN if situation else rows.PLAN)
        if first:
            table.choose(self.begin_on or self._first_open())
        self.show_details()

    def _first_open(self) -> str:
        return next((rows.task_key(task) for task in self.listed if task.open), "")

    def show_details(self) -> None:
        """Show what is known of the chosen task."""
        if self.page is None:
            return
        task = self.chosen
        titles = step_titles(texts(self), self.page.tasks)
        view = self.page.view if task is None else self.page.firm_of(task)
        self.query_one(TaskDetails).show(view, task, self._today, titles)

    def narrow(self) -> None:
        """List all tasks, the open ones, the late ones, and all again."""
        self.narrowed = NARROWED[(NARROWED.index(self.narrowed) + 1) % len(NARROWED)]
        if self.page is not None:
            self.show(self.page)

    def anew(self) -> PlanTab:
        """Return a tab on the same task, narrowed as this one."""
        return PlanTab(rows.task_key(self.chosen) if self.chosen else self.begin_on, self.narrowed)

    @property
    def count(self) -> str:
        """Return how many tasks are finished, and which are listed when not all."""
        t = texts(self)
        tasks = self.page.tasks if self.page else ()
        done = sum(1 for task in tasks if not task.open)
        told = t("tui.incident.progress", done=done, all=len(tasks))
        return told if self.narrowed == "all" else f"{told}, {t(f'tui.narrowed.{self.narrowed}')}"

    @on(DataTable.RowHighlighted)
    def _highlighted(self, message: DataTable.RowHighlighted) -> None:
        message.stop()
        self.show_details()
        self.post_message(self.Chosen())

    @on(DataTable.RowSelected)
    def _selected(self, message: DataTable.RowSelected) -> None:
        message.stop()
        self.query_one(TaskDetails).focus()
