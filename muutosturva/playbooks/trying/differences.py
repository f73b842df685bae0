"""Where a worked case and what comes of it part: expected, found, and the nearest name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from muutosturva.errors import NONE_NEAR, Problem, nearest
from muutosturva.playbooks.plan import PlannedDate

UNKNOWN: Final = "unknown"
"""What a test writes for a date the plan must not know."""
NOTHING: Final = "–"
"""Stands for an empty list of names."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One expectation that was not met, before it is known where in the file it stands.

    Attributes:
        section: key of the expectation, ``due``.
        name: what it is about: the key of a task, the name of an anchor; "" for the plan as a whole.
        expected: what the test says; None where the thing itself must be there, or must not.
        found: what came of it; None where the thing itself is there, or is not.
        there: whether the thing itself is in the plan.
        near: the nearest names where it is not, "" otherwise.
        code: of the problem that tells it.
    """

    section: str
    name: str
    expected: str | None
    found: str | None
    code: str
    there: bool = True
    near: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """An expectation that was not met, where it stands.

    Attributes:
        gap: what was expected and found.
        on: the simulated day, or None for the plan as first made.
        problem: the same as a problem with its place.
    """

    gap: Gap
    on: dt.date | None
    problem: Problem


def missing(section: str, name: str, known: Iterable[str]) -> Gap:
    """Return the gap of something that should be there; the nearest of the known names beside it."""
    near = nearest(name, known)
    return Gap(section, name, None, None, "test_missing", there=False, near="" if near == NONE_NEAR else near)


def present(section: str, name: str) -> Gap:
    """Return the gap of something that should not be there."""
    return Gap(section, name, None, None, "test_present")


def unlike(section: str, name: str, expected: str, found: str, code: str) -> Gap:
    """Return the gap of a value that is another."""
    return Gap(section, name, expected, found, code)


def listed(names: Collection[str]) -> str:
    """Return names as one text, sorted."""
    return ", ".join(sorted(names)) or NOTHING


def written(date: PlannedDate | None, *, with_time: bool) -> str:
    """Return a planned date as a test writes it."""
    if date is None or date.value is None:
        return UNKNOWN
    clock = f"T{date.at:%H:%M}" if date.at is not None and with_time else ""
    return f"{date.value.isoformat()}{clock}"


def named(keys: Iterable[str]) -> set[str]:
    """Return keys with the steps they are items of: a test may write either."""
    return {name for key in keys for name in (key, key.partition("[")[0])}


def matching(name: str, keys: Iterable[str]) -> Iterator[str]:
    """Yield the keys a test means: the one of that key, else every item of the step."""
    found = list(keys)
    return iter([name] if name in found else [key for key in found if key.partition("[")[0] == name])
