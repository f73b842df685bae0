"""The answers to a playbook's inputs: defaults filled in, values judged, the level found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.expressions.logic import LEVEL
from muutosturva.playbooks.facts import Facts, most_of
from muutosturva.playbooks.language.schema import Input, Playbook
from muutosturva.rules.book import LawBook
from muutosturva.rules.levels import Level, level

HEADCOUNT: Final = "headcount"
CRITICAL: Final = "critical"
DISMISSALS: Final = "dismissals"
"""Inputs with a meaning beyond the playbook's own conditions: level and size of the one wave."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the inputs come to.

    Attributes:
        values: by name, defaults filled in; None where nobody knows.
        level: ``S`` … ``XL``, or "" where it cannot be told.
        level_asks: the inputs that would decide the level; () when it is told.
        problems: missing, unknown and impossible answers.
    """

    values: Mapping[str, object]
    level: str
    level_asks: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def facts(self) -> dict[str, object]:
        """Values by name with the level among them, as conditions see them."""
        return {**self.values, LEVEL: self.level or None}


def settle(playbook: Playbook, facts: Facts, book: LawBook) -> Answers:
    """Judge the given inputs against the playbook's and find the level of the incident.

    The level is that given as the input ``level``, else it follows from ``headcount`` and
    ``critical`` by the rows ``level.*`` that count on the first known day.
    """
    problems = _unknown_names(playbook, facts)
    values: dict[str, object] = {}
    for name, declared in playbook.inputs.items():
        values[name], wrong = _answer(name, declared, facts.inputs.get(name))
        problems.extend(wrong)
    given = facts.inputs.get(LEVEL)
    if given is not None and not _is_level(given):
        problems.append(_problem(LEVEL, "input_option", value=str(given), options=", ".join(Level)))
    found, asks = _level(given, values, facts, playbook, book)
    return Answers(values, found, asks, tuple(problems))


def first_day(facts: Facts, names: Iterable[str] = ()) -> dt.date | None:
    """Return the day that selects general rows: that of the first named anchor, else the earliest."""
    for name in names:
        given = facts.anchors.get(name)
        if given is not None and given.value is not None:
            return given.value
    return min((value.value for value in facts.anchors.values() if value.value is not None), default=None)


def _is_level(given: object) -> bool:
    return isinstance(given, str) and given in set(Level)


def _level(
    given: object, values: Mapping[str, object], facts: Facts, playbook: Playbook, book: LawBook
) -> tuple[str, tuple[str, ...]]:
    if _is_level(given):
        return str(given), ()
    required = [name for name, anchor in playbook.anchors.items() if anchor.required]
    day = first_day(facts, required)
    headcount, critical = values.get(HEADCOUNT), values.get(CRITICAL)
    people = headcount if isinstance(headcount, int) else None
    # A playbook that does not ask whether the loss is critical for the region knows that it is not.
    heavy = critical if isinstance(critical, bool) else (None if CRITICAL in playbook.inputs else False)
    found = None if day is None else level(people, heavy, day, book)
    if found is not None:
        return found.value, ()
    open_inputs = [name for name, value in ((HEADCOUNT, people), (CRITICAL, heavy)) if value is None]
    return "", tuple(name for name in open_inputs if name in playbook.inputs) or (LEVEL,)


def _unknown_names(playbook: Playbook, facts: Facts) -> list[Problem]:
    known = {*playbook.inputs, LEVEL}
    return [
        _problem(name, "input_unknown", nearest=nearest(name, known))
        for name in facts.inputs
        if name not in known
    ]


def _answer(name: str, declared: Input, given: object) -> tuple[object, list[Problem]]:
    if given is None:
        missing = declared.required and declared.default is None
        return declared.default, [_problem(name, "input_missing")] if missing else []
    if declared.type == "enum" and not declared.admits(given):
        return None, [_problem(name, "input_option", value=str(given), options=", ".join(declared.options))]
    if not declared.admits(given):
        return None, [_problem(name, f"input_{declared.type}", value=str(given))]
    if isinstance(given, int) and not isinstance(given, bool):
        if declared.min is not None and given < declared.min:
            return None, [_problem(name, "input_small", value=given, limit=declared.min)]
        most = min(declared.max or most_of(name), most_of(name))
        if given > most:
            return None, [_problem(name, "input_large", limit=most)]
    return (tuple(given) if isinstance(given, list) else given), []


def _problem(name: str, code: str, **params: object) -> Problem:
    return Problem(f"playbooks.{code}", {"name": name, **params}, path=f"--input {name}")
