"""What a changed number, date, wave or level does, in an official's words: duties first, then the rest.

Pure functions over ``Texts``; the command line wraps the lines, the screens scroll them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.figures import Numbers
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.told import statutes
from muutosturva.models.states import Measure

OUTCOMES: Final = ("moved", "stays", "asks")
"""What becomes of the days of tasks, in the order they are told."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line: a sentence, or an item under the sentence before it."""

    text: str
    item: bool = False


def numbers(texts: Texts, before: Numbers, after: Numbers) -> Told:
    """Return how many people a change concerns, and how many it concerned before."""
    return Told(
        texts(
            "incidents.difference.numbers",
            people=texts.number(after.headcount),
            people_before=texts.number(before.headcount),
            dismissed=texts.number(after.count(Measure.DISMISSAL)),
            dismissed_before=texts.number(before.count(Measure.DISMISSAL)),
        )
    )


def difference(texts: Texts, changes: Changes, *, shown: int | None = None, keys: bool = False) -> list[Told]:
    """Return a class raised, thresholds crossed, the level, duties, offers, and what went and stays.

    Args:
        texts: the words.
        changes: what was done, or would be.
        shown: how many tasks of each kind are named; how many more there are is told. None for all.
        keys: name each task's key too, for whoever types commands.
    """
    return [
        *restricted(texts, changes),
        *crossings(texts, changes),
        *_level(texts, changes),
        *_tasks(texts, changes, shown, keys=keys),
    ]


def restricted(texts: Texts, changes: Changes) -> list[Told]:
    """Return that the incident becomes restricted, where it does: those outside do not see it any more."""
    return [Told(texts("incidents.difference.restricted"))] if changes.restricted else []


def crossings(texts: Texts, changes: Changes) -> list[Told]:
    """Return the thresholds of the law that a change crosses."""
    return [Told(statutes.crossing(texts, crossed)) for crossed in changes.crossings]


def warnings(texts: Texts, found: Iterable[Problem]) -> list[Told]:
    """Return what is recorded all the same and wants somebody's eyes."""
    return [Told(texts("incidents.difference.warning", text=texts.problem(problem))) for problem in found]


def days_counted(texts: Texts, changes: Changes) -> list[Told]:
    """Return how many days moved, stayed and ask, without naming the tasks."""
    counts = Counter(moved.outcome for moved in changes.moved)
    return [
        Told(texts(f"incidents.difference.days_{outcome}", n=counts[outcome]).removesuffix(":"))
        for outcome in OUTCOMES
        if counts[outcome]
    ]


def days_listed(texts: Texts, changes: Changes) -> list[Told]:
    """Return every day that moves, stays or asks, with its task."""
    lines: list[Told] = []
    for outcome in OUTCOMES:
        found = [moved for moved in changes.moved if moved.outcome == outcome]
        if found:
            lines.append(Told(texts(f"incidents.difference.days_{outcome}", n=len(found))))
        lines += [
            Told(f"{texts.day(moved.old)} → {texts.day(moved.new)}  {texts.pick(moved.title)}", item=True)
            for moved in found
        ]
    return lines


def nothing(texts: Texts) -> Told:
    """Return that the plan stays as it is."""
    return Told(texts("incidents.difference.nothing"))


def _level(texts: Texts, changes: Changes) -> Iterator[Told]:
    old, new = changes.level
    if old != new:
        unknown = texts("common.unknown")
        yield Told(texts("incidents.difference.level", old=old or unknown, new=new or unknown))


def _tasks(texts: Texts, changes: Changes, shown: int | None, *, keys: bool) -> Iterator[Told]:
    duties = [key for key in changes.added if key in changes.tasks and changes.tasks[key].statutory]
    others = [key for key in changes.added if key not in duties]
    for name, found in (
        ("duties", duties),
        ("added", others),
        ("offered", changes.offered),
        ("withdrawn", changes.withdrawn),
        ("stays", changes.stays),
    ):
        if found:
            yield Told(texts(f"incidents.difference.{name}", n=len(found)))
            told = [_task(texts, changes, key, law=name == "duties") for key in found[:shown]]
            yield from (
                Told(f"{text}  {key}" if keys else text, item=True)
                for key, text in zip(found, told, strict=False)
            )
        if shown is not None and len(found) > shown:
            yield Told(texts("incidents.difference.more", n=len(found) - shown), item=True)


def _task(texts: Texts, changes: Changes, key: str, *, law: bool) -> str:
    """Return a task that comes or goes: its day, its title, and of a duty the acts it rests on."""
    task = changes.tasks.get(key)
    if task is None:
        return key
    day = texts.day(task.due) if task.due else texts("incidents.difference.no_day")
    acts = ", ".join(statutes.statute(texts, act) for act in task.law) if law else ""
    return f"{day}  {texts.pick(task.title)}{f' ({acts})' if acts else ''}"
