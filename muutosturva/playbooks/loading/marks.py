"""Marks in a playbook file that say that a problem is known: ``# lint: ignore no_tests reason``.

A mark stands in a comment, at the end of the line it is about or on a line of its own above it;
several may stand above one another. What looks like one inside a text is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from muutosturva.playbooks.loading.source import Place

WORD: Final = "lint:"
"""Stands in every mark: what is looked for first, since most files have none."""
MOST_MARKS: Final = 1000
"""Most marks read in one file; any beyond them silence nothing."""
_MARK: Final = re.compile(r"(?:(?<=\s)|^)#[ \t]*lint:[ \t]*(?P<rest>.*)$")
_IGNORE: Final = re.compile(r"ignore(?:[ \t]+(?P<code>[\w.]+))?[ \t]*[:,–—-]?[ \t]*(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark.

    Attributes:
        code: what it silences, the room left out; "" where it names nothing.
        reason: why; "" where none is given.
        place: where it stands.
        line: the line it is about, from 1.
    """

    code: str
    reason: str
    place: Place
    line: int


Span = tuple[tuple[int, int], tuple[int, int]]
"""Line and column, from 0, at which a text begins and ends."""


def marks(text: str, file: str, texts: Collection[Span]) -> tuple[Mark, ...]:
    """Return the marks of a file, in the order of its lines.

    Args:
        text: the whole file.
        file: its name, for the places.
        texts: where texts stand that hold the word: what looks like a mark in them is none.
    """
    if WORD not in text:
        return ()
    return tuple(islice(_marks(text.split("\n"), file, sorted(texts)), MOST_MARKS))


def _marks(lines: list[str], file: str, texts: Sequence[Span]) -> Iterator[Mark]:
    meant = _meant(lines)
    for number, line in enumerate(lines):
        for found in _MARK.finditer(line):
            if _in_text((number, found.start()), texts):
                continue
            said = _IGNORE.fullmatch(found["rest"].strip())
            code, reason = (said["code"] or "", said["reason"]) if said else ("", "")
            place = Place(file, number + 1, found.start() + 1)
            yield Mark(code.removeprefix("playbooks."), reason.strip(), place, meant[number] + 1)


def _in_text(at: tuple[int, int], texts: Sequence[Span]) -> bool:
    """Tell whether a place lies in one of the texts, which follow one another and never overlap."""
    before = bisect_right(texts, at, key=lambda span: span[0])
    return before > 0 and at < texts[before - 1][1]


def _meant(lines: list[str]) -> list[int]:
    """Return for each line the line a mark on it is about: its own, or the next that is no comment."""
    meant = list(range(len(lines)))
    for number in range(len(lines) - 2, -1, -1):
        if lines[number].lstrip().startswith("#"):
            meant[number] = meant[number + 1]
    return meant
