"""A plan as bars over time, in plain characters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from muutosturva.cli.plan_pages import by_time
from muutosturva.cli.state import State
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import Plan, PlannedTask

LABEL: Final = 26
"""Characters for the task's key."""
BARS: Final = 50
"""Characters for the bars where nobody looks at a screen."""
BAR: Final = "="
"""A day of a task whose dates are sure."""
GUESS: Final = "~"
"""A day of a task whose dates hang on an estimate."""
DUE: Final = "|"
"""The due day."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to characters.

    Attributes:
        first: day of the first character.
        days: days that one character stands for.
        size: characters.
    """

    first: dt.date
    days: int
    size: int

    def place(self, day: dt.date) -> int:
        """Return the character a day falls on."""
        return min(self.size - 1, max(0, (day - self.first).days // self.days))

    def day(self, place: int) -> dt.date:
        """Return the first day of a character."""
        return self.first + dt.timedelta(days=place * self.days)


def gantt_lines(state: State, plan: Plan) -> list[str]:
    """Return a line for each dated task; those without a date are counted below."""
    spans = [(task, *span) for task in by_time(plan.tasks) if (span := _span(task)) is not None]
    if not spans:
        return [state.texts("cli.gantt.empty")]
    room = state.out.width - LABEL - 1 if state.out.width else BARS
    scale = _scale(min(begin for _, begin, _ in spans), max(end for _, _, end in spans), max(20, room))
    lines = [state.texts("cli.gantt.scale", n=scale.days), _ruler(state, scale)]
    lines += [f"{task.key[:LABEL]:<{LABEL}} {_bar(task, begin, end, scale)}" for task, begin, end in spans]
    undated = len(plan.tasks) - len(spans)
    return [*lines, state.texts("cli.gantt.undated", n=undated)] if undated else lines


def _span(task: PlannedTask) -> tuple[dt.date, dt.date] | None:
    if task.due is None or task.due.value is None:
        return None
    begin = task.start.value if task.start is not None and task.start.value is not None else task.due.value
    return min(begin, task.due.value), task.due.latest or task.due.value


def _scale(first: dt.date, last: dt.date, room: int) -> Scale:
    length = (last - first).days + 1
    days = -(-length // room)
    return Scale(first, days, -(-length // days))


def _ruler(state: State, scale: Scale) -> str:
    line = " " * (LABEL + 1)
    for place in range(0, scale.size, 12):
        label = state.texts.day(scale.day(place))
        if place + len(label) <= scale.size:
            line = f"{line:<{LABEL + 1 + place}}{label} "
    return line.rstrip()


def _bar(task: PlannedTask, begin: dt.date, end: dt.date, scale: Scale) -> str:
    assert task.due is not None
    due = scale.place(task.due.value or end)
    fill = BAR if task.due.certainty is Certainty.CONFIRMED else GUESS
    characters = [" "] * scale.size
    for place in range(scale.place(begin), scale.place(end) + 1):
        characters[place] = fill
    characters[due] = DUE
    return "".join(characters).rstrip()
