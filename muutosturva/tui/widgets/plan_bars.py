"""The plan as bars over time, with today, the dates it hangs on and what decides its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from muutosturva.incidents.pure.chain import deciding_of
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.told import gantt
from muutosturva.incidents.told.gantt import Scale
from muutosturva.incidents.told.plan_bars import chain_line, milestones, saved_bars
from muutosturva.tui import rows, words
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.cutting import cut_apart
from muutosturva.tui.host import texts
from muutosturva.tui.rows import Row
from muutosturva.tui.widgets.lists import ListTable

NARROW_LABEL = 26
WIDE_LABEL = 44
CHAIN_LABEL = 24
WIDE_FROM = 110
"""Columns from which labels are given more room."""


class BarTable(ListTable):
    """The bars; the arrows left and right move in time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
    ]

    class Moved(Message):
        """An arrow moves in time."""

        def __init__(self, part: int) -> None:
            super().__init__()
            self.part = part

    def action_move(self, part: int) -> None:
        """Say that the person wants an earlier or a later time."""
        self.post_message(self.Moved(part))


class PlanBars(Vertical):
    """Heading lines over a list of bars; each bar is a row that can be chosen."""

    DEFAULT_CSS = """
    PlanBars { height: 1fr; }
    PlanBars #gantt { height: 1fr; }
    PlanBars .head { height: auto; text-wrap: nowrap; color: $secondary; }
    PlanBars .chain { height: auto; max-height: 2; padding: 0 1; color: $accent; }
    PlanBars .legend { height: auto; max-height: 2; padding: 0 1; color: $foreground 80%; }
    """

    def __init__(self) -> None:
        super().__init__(id="bars")
        self.scale: Scale | None = None

    def compose(self) -> ComposeResult:
        """Lay out what decides the end, the heading of time, the bars and what the marks mean."""
        yield Static("", id="chain", classes="chain", markup=False)
        yield Static("", id="gantt-head", classes="head", markup=False)
        table = BarTable(rows.BARS, id="gantt")
        table.show_header = False
        yield table
        yield Static("", id="legend", classes="legend", markup=False)

    @property
    def table(self) -> BarTable:
        """Return the bars."""
        return self.query_one(BarTable)

    def show(self, page: IncidentPage, tasks: Sequence[TaskView], today: dt.date) -> None:
        """Draw tasks as bars; the scale stays as the person has set it."""
        t = texts(self)
        width = self.app.size.width - 2
        label = WIDE_LABEL if width >= WIDE_FROM else NARROW_LABEL
        phases = dict(pair for view in (page.view, *page.firms) for pair in view.phases)
        bars = saved_bars(
            t,
            tasks,
            phases,
            label=lambda task: words.task_title(t, task),
            mark=lambda task: words.LATE if task.late(today) else words.SYMBOLS[task.state],
            by_firm=page.view.situation,
        )
        anchors = [anchor for view in (page.view, *page.firms) for anchor in view.anchors]
        found = milestones(t, words.in_order(anchors))
        room = width - label - gantt.MARKS - 1
        if self.scale is None or self.scale.size != room:
            self.scale = gantt.fitted(bars, found, room)
        scale = self.scale
        tones = {rows.task_key(task): rows.tone(task, today) for task in tasks}
        lines = gantt.rows(bars, scale, today, label)
        self.table.show([Row(line.key, (line.text,), tones.get(line.key, "")) for line in lines])
        head = gantt.heading(t, found, scale, today, label) if scale else (t("incidents.gantt.empty"),)
        self.query_one("#gantt-head", Static).update("\n".join(head))
        self.query_one("#legend", Static).update(gantt.legend(t, scale) if scale else "")
        chain = deciding_of(tasks)
        titles = [words.task_title(t, link.task) for link in chain]
        labels = dict(zip(titles, cut_apart(titles, CHAIN_LABEL), strict=True))
        said = chain_line(t, chain, lambda task: labels[words.task_title(t, task)])
        self.query_one("#chain", Static).update(said)

    def nearer(self, today: dt.date) -> None:
        """Show half the time, around today."""
        self.scale = self.scale and self.scale.nearer(today)

    def whole(self) -> None:
        """Show the whole plan again."""
        self.scale = None

    def move(self, part: int) -> None:
        """Show an earlier (-1) or a later (1) time."""
        self.scale = self.scale and self.scale.later(part)
