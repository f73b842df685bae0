"""Names of people: a playbook holds roles, and outlives whoever fills them today."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

from muutosturva.errors import Problem
from muutosturva.playbooks.checks.outside import Outside
from muutosturva.playbooks.checks.parts import written
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import problem_at

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_INFLECTED: Final = "nen"
"""Ending of a Finnish surname that changes with the case: ``Virtanen``, ``Virtasen``."""
_LEAST_STEM: Final = 3


def roster_names(resolved: Resolved, outside: Outside) -> Iterator[Problem]:
    """No text holds the first name and surname of somebody in the roster, whatever case it stands in."""
    if not outside.people:
        return
    people = frozenset(outside.people)
    for place, text in written(resolved.root):
        found = name_in(text, people)
        if found:
            yield problem_at(place, "roster_name", name=found)


def name_in(text: str, people: frozenset[str]) -> str:
    """Return the first name and surname of somebody as they stand in a text, in any case; "" for none."""
    stems = _stems(people)
    words = _WORD.findall(text)
    if stems.keys().isdisjoint(word.casefold() for word in words):
        return ""
    for first, second in pairwise(words):
        for one, other in ((first, second), (second, first)):
            if any(other.casefold().startswith(stem) for stem in stems.get(one.casefold(), ())):
                return f"{first} {second}"
    return ""


@lru_cache(maxsize=8)
def _stems(people: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return by first name what the surnames of those who bear it begin with in every case."""
    found: dict[str, tuple[str, ...]] = {}
    for name in people:
        words = _WORD.findall(name.casefold())
        if len(words) > 1:
            first, last = words[0], words[-1]
            found[first] = (*found.get(first, ()), stem_of(last))
    return found


def stem_of(surname: str) -> str:
    """Return what a surname in small letters begins with in every case: ``virta`` of ``virtanen``."""
    stem = surname.removesuffix(_INFLECTED) if surname.endswith(_INFLECTED) else surname[:-1]
    return stem if len(stem) >= _LEAST_STEM else surname
