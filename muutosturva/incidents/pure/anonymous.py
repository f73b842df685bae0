"""Taking out of a text what points at somebody: people, firms, workplaces, codes, addresses, numbers.

What a person would not take for a name may be taken out too: a word too many is typed again in a
moment, a name too many is out of the house for good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from muutosturva.playbooks.checks.people import name_in, stem_of
from muutosturva.playbooks.checks.policy import PRIVATE

GAP: Final = "[…]"
"""What stands where something was taken out."""


class TakenOut(StrEnum):
    """What was taken out of a text."""

    IDENTITY_CODE = "identity_code"
    EMAIL_ADDRESS = "email_address"
    PHONE_NUMBER = "phone_number"
    PERSON = "person"
    FIRM = "firm"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Names:
    """What must not be told.

    Attributes:
        people: full names.
        firms: names of firms.
        sites: names of workplaces.
    """

    people: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()


_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_GAPS: Final = re.compile(r"\[…\](?:[\s,]*\[…\])+")
_FORMS: Final = frozenset(
    {"oy", "oyj", "ab", "abp", "ky", "kb", "tmi", "ay", "osk", "ry", "rf", "ltd", "plc", "gmbh", "inc", "the"}
)
"""Words of a firm's name that point at no firm."""
_LEAST: Final = 3
_STEM: Final = 5
"""Letters from which on a word is found in other cases too, by its beginning."""
_ENDING: Final = 5
"""Most letters a case adds to a surname."""
_BEGINS: Final = re.compile(r"(?:^|[.!?:]\s)\W*$")
"""What stands before the first word of a sentence: a capital letter says nothing there."""

_GRADES: Final = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("d", "t"),
    ("v", "p"),
    ("ng", "nk"),
    ("mm", "mp"),
    ("nn", "nt"),
    ("ll", "lt"),
    ("rr", "rt"),
)
"""Consonants that change with the case in Finnish: ``keksityn`` and ``keksitty`` are made one."""

Hidden = Callable[[str, bool], bool]
"""Tells of a folded word, and of whether it begins a sentence, whether it points at somebody."""


def without_names(text: str, names: Names) -> tuple[str, tuple[TakenOut, ...]]:
    """Return a text with a gap wherever something pointed at somebody, and what was taken out."""
    found: list[TakenOut] = []
    for code, pattern in PRIVATE:
        text, count = pattern.subn(GAP, text)
        found += [TakenOut(code)] * bool(count)
    # Full names in any letter case; single words only where they are written as names are.
    while named := name_in(text, names.people):
        first, _, last = named.partition(" ")
        text = re.sub(rf"{re.escape(first)}(\W+){re.escape(last)}", GAP, text, count=1)
        found.append(TakenOut.PERSON)
    for phrase in _phrases(names.firms):
        text, count = phrase.subn(GAP, text)
        found += [TakenOut.FIRM] * bool(count)
    hides: Mapping[TakenOut, Hidden] = {
        TakenOut.PERSON: _hides_people(names.people),
        TakenOut.FIRM: _hides_words(names.firms),
        TakenOut.SITE: _hides_words(names.sites),
    }

    def gap(match: re.Match[str]) -> str:
        word = match[0]
        if not word[0].isupper():
            return word
        first = _BEGINS.search(match.string, 0, match.start()) is not None
        for kind, hidden in hides.items():
            if hidden(_fold(word), first):
                found.append(kind)
                return GAP
        return word

    text = _GAPS.sub(GAP, _WORD.sub(gap, text))
    return text, tuple(kind for kind in TakenOut if kind in found)


@lru_cache(maxsize=8)
def _hides_people(people: frozenset[str]) -> Hidden:
    split = [_WORD.findall(name) for name in people]
    firsts = {_fold(word) for words in split for word in words[:-1]}
    lasts = {_fold(words[-1]): _fold(_stem(words[-1].casefold())) for words in split if words}

    def hidden(word: str, first: bool) -> bool:  # noqa: FBT001 - called as ``Hidden``
        return (
            word in lasts
            or any(word.startswith(name) and len(word) <= len(name) + _ENDING for name in firsts)
            or any(
                word.startswith(stem)
                and len(word) <= len(name) + _ENDING
                and (not first or len(stem) >= _STEM)
                for name, stem in lasts.items()
            )
        )

    return hidden


@lru_cache(maxsize=16)
def _hides_words(names: frozenset[str]) -> Hidden:
    words = {word for name in names for word in _significant(name)}
    begins = tuple(_fold(_stem(word)) for word in words)
    return lambda word, first: (
        bool(begins) and any(word.startswith(stem) and (not first or len(stem) >= _STEM) for stem in begins)
    )


@lru_cache(maxsize=8)
def _phrases(names: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of whole names in any letter case, the longest first."""
    found = []
    for name in sorted(names, key=len, reverse=True):
        words = list(_significant(name))
        if words and max(map(len, words)) >= _STEM:
            whole = r"\W+".join(re.escape(word) for word in (*words[:-1], _stem(words[-1])))
            found.append(re.compile(rf"\b{whole}\w*", re.IGNORECASE))
    return tuple(found)


def _significant(name: str) -> list[str]:
    words = _WORD.findall(name.casefold())
    return [word for word in words if word not in _FORMS and len(word) >= _LEAST]


def _stem(word: str) -> str:
    """Return what a word begins with in every case: ``esimerkkisah`` of ``esimerkkisaha``."""
    return stem_of(word) if len(word) >= _STEM else word


def _fold(word: str) -> str:
    """Return a word in small letters, with the consonants that change with the case made one."""
    folded = word.casefold()
    for strong, weak in _GRADES:
        folded = folded.replace(strong, weak)
    return folded
