"""Can what is written ever happen: conditions that are never or always true, needs that never meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from muutosturva.errors import Problem
from muutosturva.playbooks.checks.parts import condition_texts
from muutosturva.playbooks.checks.satisfiable import Bounds, Effort, bounds_of, may_be_false, may_be_true
from muutosturva.playbooks.checks.types import Names
from muutosturva.playbooks.expressions.conditions import ConditionNode, parse_condition
from muutosturva.playbooks.language.schema import Playbook, Task
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import problem_at


def bounds(resolved: Resolved) -> Iterator[Problem]:
    """A number that is asked for has room between its bounds."""
    for name, asked in resolved.playbook.inputs.items():
        if asked.min is not None and asked.max is not None and asked.min > asked.max:
            place = resolved.place(("inputs", name, "min"))
            yield problem_at(place, "bounds_backwards", min=asked.min, max=asked.max)


def never_and_always(resolved: Resolved) -> Iterator[Problem]:
    """Every condition can be true, and can be false.

    A playbook that is proposed always (``suggest``) is no slip.
    """
    worlds = _Worlds(resolved.playbook)
    for path, text in condition_texts(resolved.playbook):
        if not worlds.together(text):
            yield problem_at(resolved.place(path), "never_true", condition=text)
        elif path != ("suggest",) and worlds.always(text):
            yield problem_at(resolved.place(path), "always_true", condition=text)


def needs_never_met(resolved: Resolved) -> Iterator[Problem]:
    """A task and what it needs can stand in one plan: else the need is met before anybody did anything."""
    playbook = resolved.playbook
    worlds = _Worlds(playbook)
    for name, task in playbook.tasks.items():
        for index, need in enumerate(task.needs):
            other = _needed(playbook, need)
            if other is None or task.when is None or other == task.when:
                continue
            alone = worlds.together(task.when) and worlds.together(other)
            if alone and not worlds.together(task.when, other):
                place = resolved.place(("tasks", name, "needs", index))
                yield problem_at(place, "needs_exclusive", need=need, condition=task.when, other=other)


def _needed(playbook: Playbook, need: str) -> str | None:
    """Return the condition of what a task needs; None where it has none."""
    target, _, quality = need.partition(".")
    holders: Mapping[str, Task] = playbook.tasks
    item = holders.get(target) or (playbook.messages.get(target) if quality else None)
    return None if item is None else item.when


class _Worlds:
    """Asks about the conditions of one playbook; each question is worked out once."""

    def __init__(self, playbook: Playbook) -> None:
        self._bounds: Mapping[str, Bounds] = bounds_of(playbook)
        self._names = Names(playbook)
        self._effort = Effort()
        self.together = cache(self._together)
        self.always = cache(self._always)

    def _together(self, *conditions: str) -> bool:
        trees = [self._read(text) for text in conditions]
        read = [tree for tree in trees if tree is not None]
        return len(read) < len(trees) or may_be_true(read, self._bounds, self._effort)

    def _always(self, condition: str) -> bool:
        tree = self._read(condition)
        return tree is not None and not may_be_false(tree, self._bounds, self._effort)

    def _read(self, condition: str) -> ConditionNode | None:
        """Return a condition, or None for one whose faults are told already."""
        return None if self._names.faults(condition) else parse_condition(condition).tree
