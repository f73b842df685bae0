"""Dialogs about dates: a task's due day, an anchor, and what a moved anchor moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.widget import Widget
from textual.widgets import Input, Static

from muutosturva.incidents.pure.views import AnchorView, Changes, TaskView
from muutosturva.incidents.typed.notation import parse_anchor_value, parse_day
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.tui import words
from muutosturva.tui.dialogs.asking import required
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.difference import change_lines
from muutosturva.tui.widgets.choice import Choice


class Redate(NamedTuple):
    """A new due day, and why."""

    due: dt.date
    reason: str


class DueDialog(Dialog[Redate]):
    """Asks for a task's new due day and the reason; a day of the law is shown, it does not move."""

    NAME = "due"

    def __init__(self, task: TaskView) -> None:
        super().__init__()
        self.task_view = task

    def title_text(self) -> str:
        """Return which task it is."""
        return self.words("title", subject=words.task_title(self.texts, self.task_view))

    def fields(self) -> Iterable[Widget]:
        """Return the present day, the law's day, the new day and the reason."""
        now = self.words("now", date=words.planned_long(self.texts, self.task_view.due))
        yield Static(now, markup=False)
        law = self.task_view.statutory
        if law is not None:
            yield Static(self.words("law", date=self.texts.weekday_date(law.date)), markup=False)
        yield self.label("due")
        yield Input(id="due", placeholder=self.texts("tui.day_placeholder"), compact=True)
        yield self.label("reason")
        yield Input(id="reason", compact=True)

    def read(self) -> Redate:
        """Return day and reason.

        Raises:
            UsageError: no such day, or no reason.
        """
        due = parse_day(required(self.text("due"), "tui.day_missing"))
        return Redate(due, required(self.text("reason"), "tui.reason_missing"))


class NewAnchor(NamedTuple):
    """A new value for one of the dates a plan hangs on."""

    key: str
    value: AnchorValue
    reason: str


class AnchorDialog(Dialog[NewAnchor]):
    """Asks which date changes, to what, and why; what it moves is shown before anything is written."""

    NAME = "anchor"

    def __init__(self, anchors: Sequence[AnchorView], chosen: str = "") -> None:
        super().__init__()
        self.anchors = words.in_order(anchors)
        self.chosen = chosen

    def fields(self) -> Iterable[Widget]:
        """Return the dates, the new value and the reason."""
        options = [(anchor.key, words.anchor(self.texts, anchor)) for anchor in self.anchors]
        yield Choice(options, value=self.chosen or None, id="anchor")
        yield self.label("value")
        yield Input(id="value", placeholder=self.texts("tui.anchor_placeholder"), compact=True)
        yield self.label("reason")
        yield Input(id="reason", compact=True)

    def read(self) -> NewAnchor:
        """Return the anchor with its new value.

        Raises:
            UsageError: not a date in the notation, or no reason.
        """
        key = self.query_one(Choice).value
        value = parse_anchor_value(required(self.text("value"), "tui.day_missing"))
        reason = required(self.text("reason"), "tui.reason_missing")
        assert key is not None, "the command is allowed only when there are anchors"
        return NewAnchor(key, value, reason)


class ChangesDialog(Dialog[bool]):
    """Shows what a new date would move; only yes writes it."""

    NAME = "changes"
    READS = True

    def __init__(self, anchor: AnchorView, value: AnchorValue, changes: Changes) -> None:
        super().__init__()
        self.moved_anchor = anchor
        self.value = value
        self.changes = changes

    def title_text(self) -> str:
        """Return the date with its old and new value."""
        return self.words(
            "title",
            label=words.anchor_label(self.texts, self.moved_anchor),
            old=words.anchor_value(self.texts, self.moved_anchor.value),
            new=words.anchor_value(self.texts, self.value),
        )

    def fields(self) -> Iterable[Widget]:
        """Return what moves, what asks and what stays; first what is odd about the date."""
        lines = [f"{words.LATE} {self.texts.problem(odd)}" for odd in self.changes.warnings]
        yield Static("\n".join([*lines, *change_lines(self.texts, self.changes)]), markup=False)

    def read(self) -> bool:
        """Return yes."""
        return True
