"""The plan as a board: a column of cards for each state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import TaskView
from muutosturva.models.states import TaskState
from muutosturva.tui import rows, words
from muutosturva.tui.cutting import wrapped
from muutosturva.tui.host import texts
from muutosturva.tui.looks import COLUMNS, columns
from muutosturva.tui.rows import Row
from muutosturva.tui.widgets.lists import ListTable

LINES = 3
"""Lines of a card: two for the title, one for day and person."""


class CardTable(ListTable):
    """One column; the arrows left and right go to its neighbours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "leave(-1)", show=False),
        Binding("right", "leave(1)", show=False),
    ]

    class Left(Message):
        """An arrow leads out of the column."""

        def __init__(self, steps: int) -> None:
            super().__init__()
            self.steps = steps

    def action_leave(self, steps: int) -> None:
        """Say that the person wants the neighbouring column."""
        self.post_message(self.Left(steps))


class PlanBoard(Horizontal):
    """Cards in columns by state; the column that has the focus holds the chosen task."""

    DEFAULT_CSS = """
    PlanBoard { height: 1fr; }
    PlanBoard .column { width: 1fr; height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__(id="board")
        self.column = "ready"

    def compose(self) -> ComposeResult:
        """Lay out heading and cards of each column."""
        for name in COLUMNS:
            table = CardTable(rows.CARDS, id=f"cards-{name}", lines=LINES)
            table.show_header = False
            yield Vertical(
                Static("", id=f"head-{name}", classes="heading", markup=False), table, classes="column"
            )

    def table(self, column: str = "") -> CardTable:
        """Return the cards of a column; of the one with the chosen task when none is named."""
        return self.query_one(f"#cards-{column or self.column}", CardTable)

    def show(self, tasks: Sequence[TaskView], today: dt.date, *, situation: bool) -> None:
        """Show tasks as cards; those of a situation name their firm."""
        t = texts(self)
        for name, found in columns(tasks).items():
            table = self.table(name)
            width = table.scrollable_content_region.width or self.app.size.width // len(COLUMNS) - 2
            table.show(cards(t, found, today, width - 1, situation=situation))
            heading = t("tui.board_column", name=t(f"tui.board_columns.{name}"), n=len(found))
            self.query_one(f"#head-{name}", Static).update(heading)

    def choose(self, key: str) -> bool:
        """Choose a task wherever its card lies; tell whether there is one."""
        for name in COLUMNS:
            if any(row.key == key for row in self.table(name).list_rows):
                self.column = name
                return self.table(name).choose(key)
        return False

    def to_filled(self) -> None:
        """Go to the first column with a card when the present one has none."""
        if not self.table().list_rows:
            self.column = next((name for name in COLUMNS if self.table(name).list_rows), self.column)

    @on(CardTable.Left)
    def _left(self, message: CardTable.Left) -> None:
        message.stop()
        names: list[str] = list(COLUMNS)
        place = names.index(self.column)
        beyond = names[place + 1 :] if message.steps > 0 else names[:place][::-1]
        target = next((name for name in beyond if self.table(name).list_rows), None)
        if target is not None:
            self.table(target).focus()


def cards(t: Texts, tasks: Sequence[TaskView], today: dt.date, width: int, *, situation: bool) -> list[Row]:
    """Return a card for each task: code and title on two lines, then its day and who does it, or its firm."""
    return [
        Row(
            rows.task_key(task),
            ("\n".join([*_title(t, task, width), _last_line(t, task, today, situation=situation)]),),
            rows.tone(task, today),
        )
        for task in tasks
    ]


MARKED: Mapping[TaskState, str] = {
    state: words.SYMBOLS[state]
    for state in (TaskState.QUESTION, TaskState.OFFERED, TaskState.SKIPPED, TaskState.WITHDRAWN)
}
"""States that share a column with others."""


def _title(t: Texts, task: TaskView, width: int) -> list[str]:
    marks = (MARKED.get(task.state, ""), rows.label_mark(task), words.task_title(t, task))
    lines = wrapped(" ".join(mark for mark in marks if mark), width, LINES - 1)
    return [*lines, *[""] * (LINES - 1 - len(lines))]


def _last_line(t: Texts, task: TaskView, today: dt.date, *, situation: bool) -> str:
    late = f"{words.LATE} " if task.late(today) else ""
    day = words.planned(t, task.due) or "–"
    return f" {late}{day} {task.employer if situation else words.who(t, task)}"
