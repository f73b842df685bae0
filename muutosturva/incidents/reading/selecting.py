"""Which tasks of a list are shown, and in which order: the same for the command line and the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.pure.ranking import place
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.models.states import TaskState

SORTS: Final = ("due", "plan", "own", "role", "state", "label", "title")
"""By what a list of tasks may be sorted; within it by due day."""

_STATES: Final = (
    TaskState.STARTED,
    TaskState.READY,
    TaskState.WAITING,
    TaskState.QUESTION,
    TaskState.OFFERED,
    TaskState.DONE,
    TaskState.SKIPPED,
    TaskState.WITHDRAWN,
)
"""States in the order in which somebody looks for work."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a task must be to be shown; "" and empty mean anything.

    Names are matched in any letter case: ids and titles whole, of a person the beginning of a name,
    of the text any part.
    """

    open: bool = False
    late: bool = False
    states: Collection[TaskState] = ()
    role: str = ""
    person: str = ""
    label: str = ""
    phase: str = ""
    text: str = ""
    wave: str = ""
    area: str = ""


def selected(
    tasks: Iterable[TaskView], wanted: Wanted, today: dt.date, views: Iterable[IncidentView] = ()
) -> tuple[TaskView, ...]:
    """Return the tasks that are wanted, in the order given.

    Args:
        tasks: any tasks.
        wanted: what they must be.
        today: decides what is late.
        views: the incidents of the tasks, for the titles of phases and areas.
    """
    phases: dict[str, set[str]] = {}
    areas: dict[str, set[str]] = {}
    for view in views:
        for phase, titles in view.phases:
            phases.setdefault(phase, set()).update(titles.values())
        for area in view.areas:
            areas.setdefault(area.slug, set()).add(area.name)
    return tuple(
        task
        for task in tasks
        if _in_time(task, wanted, today)
        and _named(wanted.role, task.role, task.role_title.values())
        and _named(wanted.phase, task.phase, phases.get(task.phase, ()))
        and _of_area(wanted.area, task, areas)
        and _named(wanted.wave, task.wave, ())
        and _named(wanted.label, task.label, ())
        and _called(wanted.person, task.person)
        and _told(wanted.text, task)
    )


def _in_time(task: TaskView, wanted: Wanted, today: dt.date) -> bool:
    return (
        (task.open or not wanted.open)
        and (task.late(today) or not wanted.late)
        and (not wanted.states or task.state in wanted.states)
    )


def _named(wanted: str, name: str, titles: Iterable[str]) -> bool:
    folded = wanted.strip().casefold()
    return not folded or folded in {name.casefold(), *(title.casefold() for title in titles)}


def _of_area(wanted: str, task: TaskView, areas: Mapping[str, Collection[str]]) -> bool:
    """Tell whether an area has a part in a task: alone, or with others."""
    shared = any(_named(wanted, area.slug, [area.name]) for area in task.areas)
    return shared or _named(wanted, task.area, areas.get(task.area, ()))


def _called(wanted: str, name: str) -> bool:
    """Tell whether each word wanted begins a word of the name: ``elli`` is Elli and not Kuvitteellinen."""
    words = name.casefold().split()
    return all(any(word.startswith(part) for word in words) for part in wanted.casefold().split())


def _told(text: str, task: TaskView) -> bool:
    told = " ".join((task.key, task.code, task.label, *task.title.values())).casefold()
    return all(word in told for word in text.casefold().split())


def ordered(tasks: Iterable[TaskView], sort: str, texts: Texts) -> tuple[TaskView, ...]:
    """Return tasks in an order of ``SORTS``; those without the value come last.

    Args:
        tasks: any tasks.
        sort: ``due``, ``plan``, ``own``, ``role``, ``state``, ``label`` or ``title``.
        texts: the language of titles.
    """
    keys: Mapping[str, Callable[[TaskView], Any]] = {
        "due": lambda _task: 0,
        "plan": lambda task: (task.incident, task.position),
        "own": lambda task: (task.incident, place(task.rank, task.position), task.position),
        "role": lambda task: (texts.pick(task.role_title) or task.role).casefold(),
        "state": lambda task: _STATES.index(task.state),
        "label": lambda task: (not task.label, task.label.casefold()),
        "title": lambda task: texts.pick(task.title).casefold(),
    }
    by_due = sorted(tasks, key=_due)
    return tuple(sorted(by_due, key=keys[sort]))


def _due(task: TaskView) -> tuple[bool, dt.date, str, int]:
    return (task.due_on is None, task.due_on or dt.date.max, task.incident, task.position)


def state_named(text: str) -> TaskState | None:
    """Return a state by its code, or by a word for it in any of the languages; None where there is none.

    Beside the word that the program shows, the words that people write into their own lists will do.
    """
    folded = " ".join(text.split()).casefold()
    return next((state for state in TaskState if folded in _state_words(state)), None)


def _state_words(state: TaskState) -> set[str]:
    found = {state.value}
    for texts in (Texts(language) for language in LANGUAGES):
        found.add(texts.word(state).casefold())
        key = f"incidents.typed_state.{state.value}"
        if texts.has(key):
            found |= {word.strip().casefold() for word in texts(key).split(",")}
    return found
