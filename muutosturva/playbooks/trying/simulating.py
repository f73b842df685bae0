"""Days that pass in a worked case: what becomes known, what is done, and how things stand then.

Tasks nobody has begun follow each new plan, and are withdrawn where it has them no longer; begun and
finished ones stay. It is the rule a running incident follows, over a plan alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.language.worked_cases import ExpectDay, SimulatedDay
from muutosturva.playbooks.plan import Plan, PlannedTask
from muutosturva.playbooks.planning.readiness import Happened, enough
from muutosturva.playbooks.trying.differences import (
    Gap,
    listed,
    matching,
    missing,
    present,
    unlike,
    written,
)


class Progress(StrEnum):
    """How far a task has come."""

    AHEAD = "ahead"
    """Nobody has begun it: it follows the plan."""
    STARTED = "started"
    DONE = "done"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


_OPEN: Final = frozenset({Progress.AHEAD, Progress.STARTED})
_LISTS: Final = (
    "open",
    "ready",
    "waiting",
    "undecided",
    "started",
    "done",
    "skipped",
    "withdrawn",
    "today",
    "late",
)
"""Lists of the evening: what a task must be."""


@dataclass(slots=True)
class Life:
    """A task as the days pass: as last planned before somebody began it, and how far it has come."""

    task: PlannedTask
    progress: Progress = Progress.AHEAD

    @property
    def key(self) -> str:
        """Return the key of the task."""
        return self.task.key

    @property
    def step(self) -> str:
        """Return its step."""
        return self.task.step

    @property
    def item(self) -> tuple[str, ...]:
        """Return what it is repeated for."""
        return self.task.item

    @property
    def open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.progress in _OPEN

    @property
    def started(self) -> bool:
        """Tell whether somebody has begun it."""
        return self.progress is Progress.STARTED

    @property
    def settled(self) -> bool:
        """Tell whether it holds nothing up any more."""
        return not self.open


@dataclass(slots=True)
class Simulation:
    """The tasks of a worked case, day after day."""

    lives: dict[str, Life] = field(default_factory=dict)
    approved: set[str] = field(default_factory=set)

    def follow(self, plan: Plan) -> None:
        """Let the tasks follow a new plan."""
        planned = {task.key: task for task in plan.tasks}
        for key, life in self.lives.items():
            if life.progress is Progress.AHEAD and key not in planned:
                life.progress = Progress.WITHDRAWN
        for key, task in planned.items():
            old = self.lives.get(key)
            if old is None or old.progress in {Progress.AHEAD, Progress.WITHDRAWN}:
                self.lives[key] = Life(task)

    def act(self, day: SimulatedDay) -> Iterator[Gap]:
        """Do what was done on a day; yield what could not be done."""
        deeds: tuple[tuple[str, Iterable[str], Progress], ...] = (
            ("started", day.started, Progress.STARTED),
            ("done", day.done, Progress.DONE),
            ("decided", day.decided, Progress.DONE),
            ("answered", day.answered, Progress.DONE),
            ("skipped", day.skipped, Progress.SKIPPED),
        )
        for section, names, progress in deeds:
            for name in names:
                keys = list(matching(name, self.lives))
                if not keys:
                    yield missing(section, name, self._names())
                for key in keys:
                    life = self.lives[key]
                    if life.open and life.progress is not progress:
                        life.progress = progress
                    else:
                        yield unlike(section, key, progress.value, life.progress.value, "test_act")
        self.approved |= set(day.approved)

    def evening(self, expect: ExpectDay, plan: Plan, on: dt.date) -> Iterator[Gap]:
        """Yield every expectation of a day that is not met in its evening."""
        happened = self._happened(plan)
        standing = {key: _standing(life, happened, on) for key, life in self.lives.items()}
        for section in _LISTS:
            wanted: Collection[str] = getattr(expect, section)
            yield from self._listed(section, wanted, standing)
        for name in expect.absent:
            if list(matching(name, self.lives)):
                yield present("absent", name)
        for key, text in expect.due.items():
            life = self.lives.get(key)
            if life is None:
                yield missing("due", key, self.lives)
            elif (found := written(life.task.due, with_time="T" in text)) != text:
                yield unlike("due", key, text, found, "test_date")
        asked = {question.name for question in plan.questions}
        for name in expect.questions:
            if name not in asked:
                yield unlike("questions", name, name, listed(asked), "test_question")

    def _listed(
        self, section: str, wanted: Iterable[str], standing: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Gap]:
        for name in wanted:
            keys = list(matching(name, self.lives))
            if not keys:
                yield missing(section, name, self._names())
            for key in keys:
                if section not in standing[key]:
                    yield unlike(section, key, section, ", ".join(standing[key]), "test_standing")

    def _names(self) -> set[str]:
        return {name for life in self.lives.values() for name in (life.key, life.step)}

    def _happened(self, plan: Plan) -> Happened:
        messages = {message.key: message.key.partition("[")[0] in self.approved for message in plan.messages}
        sure = {anchor.name for anchor in plan.anchors if anchor.value.certainty is Certainty.CONFIRMED}
        return Happened(tuple(self.lives.values()), messages, sure)


def _standing(life: Life, happened: Happened, on: dt.date) -> tuple[str, ...]:
    """Return the words of the evening that hold of a task, the most telling first."""
    if not life.open:
        return (life.progress.value,)
    due = life.task.due_on
    words = [life.progress.value if life.started else _readiness(life, happened), "open"]
    if due is not None and due <= on:
        words.append("today" if due == on else "late")
    return tuple(words)


def _readiness(life: Life, happened: Happened) -> str:
    if life.task.depends_on:
        return "undecided"
    return "ready" if enough(life.task.needs, life.task.join, life.item, happened) else "waiting"
