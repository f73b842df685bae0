"""What a check must be told because this room cannot know it: the day, the law, who is in the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from muutosturva.errors import Problem
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.rules.book import LawBook


@dataclass(frozen=True, slots=True)
class Outside:
    """What stands outside the file.

    Attributes:
        on: the day on which it is checked; None judges nothing that passes with time.
        book: the rule book that counts; None judges no law.
        acts: numbers of the acts that are known beside those of the book, ``423/2003``.
        people: full names in the roster, which no playbook may hold.
        languages: tags of the languages that have a name; none judges no tag.
    """

    on: dt.date | None = None
    book: LawBook | None = None
    acts: Collection[str] = ()
    people: Collection[str] = ()
    languages: Collection[str] = ()


OF_DAY: Final = ("validity_passed", "validity_ahead", "review_passed")
OF_LAW: Final = ("law_expired", "law_unsure", "unknown_law")
OF_LANGUAGES: Final = ("unknown_language",)
OF_PEOPLE: Final = ("roster_name",)
"""Codes that only a day, a rule book, names of languages, a roster bring to light."""

NOTHING = Outside()
"""Nothing is known: the text alone is judged."""

OutsideCheck = Callable[[Resolved, Outside], Iterator[Problem]]
"""A check that needs to be told something; it yields nothing about what it is not told."""


def unjudged(outside: Outside) -> frozenset[str]:
    """Return the codes nothing can be said about for want of what must be told."""
    return frozenset(
        code
        for told, codes in (
            (outside.on, OF_DAY),
            (outside.on and outside.book, OF_LAW),
            (outside.languages, OF_LANGUAGES),
            (outside.people, OF_PEOPLE),
        )
        if not told
        for code in codes
    )
