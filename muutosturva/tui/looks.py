"""How the plan is looked at: as list, board or bars; which tasks, in which order. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeVar

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.reading.selecting import Wanted, ordered, selected
from muutosturva.models.states import TaskState


class View(StrEnum):
    """The three ways to look at a plan."""

    LIST = "list"
    BOARD = "board"
    BARS = "bars"


ORDERS: Final = ("due", "plan", "own", "role", "state", "label")
"""Orders of the plan, in the order the command goes through them."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a plan is looked at."""

    view: View = View.LIST
    order: str = ORDERS[0]
    wanted: Wanted = field(default_factory=Wanted)

    def turned(self) -> Look:
        """Return the next of the three views."""
        return replace(self, view=_next(self.view, tuple(View)))

    def reordered(self) -> Look:
        """Return the next order."""
        return replace(self, order=_next(self.order, ORDERS))


Kind = TypeVar("Kind")


def _next(present: Kind, members: Sequence[Kind]) -> Kind:
    return members[(members.index(present) + 1) % len(members)]


def looked_at(
    texts: Texts, tasks: Iterable[TaskView], look: Look, today: dt.date, views: Iterable[IncidentView]
) -> tuple[TaskView, ...]:
    """Return the tasks of a look, in its order.

    Args:
        texts: the words.
        tasks: any tasks.
        look: what is wanted, and in which order.
        today: decides what is late.
        views: the incidents of the tasks.
    """
    return ordered(selected(tasks, look.wanted, today, views), look.order, texts)


COLUMNS: Final[Mapping[str, frozenset[TaskState]]] = {
    "waiting": frozenset({TaskState.WAITING, TaskState.QUESTION, TaskState.OFFERED}),
    "ready": frozenset({TaskState.READY}),
    "started": frozenset({TaskState.STARTED}),
    "done": frozenset({TaskState.DONE, TaskState.SKIPPED, TaskState.WITHDRAWN}),
}
"""Columns of the board; a question and an offer wait, and are marked."""


def columns(tasks: Iterable[TaskView]) -> dict[str, list[TaskView]]:
    """Return tasks by column of the board."""
    found = list(tasks)
    return {name: [task for task in found if task.state in states] for name, states in COLUMNS.items()}


def told(texts: Texts, look: Look, roles: Mapping[str, str]) -> str:
    """Return what is listed and in which order, on one line; "" for the whole plan as it is."""
    wanted = look.wanted
    parts = [texts(f"tui.order.{look.order}")] if look.order != ORDERS[0] else []
    parts += [texts(f"tui.narrowed.{part}") for part in ("open", "late") if getattr(wanted, part)]
    parts += [texts(f"tui.task_state.{state.value}") for state in wanted.states]
    parts += [part for part in (roles.get(wanted.role, wanted.role), wanted.person, wanted.label) if part]
    if wanted.text:
        parts.append(texts("tui.look.text", text=wanted.text))
    return " · ".join(parts)
