"""The pane with everything that is known of the chosen task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.tui import words
from muutosturva.tui.details import Section, sections
from muutosturva.tui.host import texts


class TaskDetails(VerticalScroll, can_focus=True):
    """Scrolls with the arrow keys when it has the focus."""

    DEFAULT_CSS = """
    TaskDetails { padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def compose(self) -> ComposeResult:
        """Lay out one text."""
        yield Static("")

    def show(
        self, view: IncidentView, task: TaskView | None, today: dt.date, titles: Mapping[str, str]
    ) -> None:
        """Show a task, or that there is none to show; ``titles`` are those of the plan by step."""
        t = texts(self)
        if task is None:
            self.query_one(Static).update(Content(t("tui.detail.nothing")))
            return
        parts = [Content.styled(f"{words.task_title(t, task)}\n", "bold")]
        parts += [_section(section) for section in sections(t, view, task, today, titles)]
        self.query_one(Static).update(Content("").join(parts))
        self.scroll_home(animate=False)


def _section(section: Section) -> Content:
    if len(section.lines) == 1:
        return Content.assemble((f"{section.heading}: ", "bold $secondary"), f"{section.lines[0]}\n")
    body = "".join(f"  {line}\n" for line in section.lines)
    return Content.assemble((f"{section.heading}\n", "bold $secondary"), body)
