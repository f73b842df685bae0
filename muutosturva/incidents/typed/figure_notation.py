"""Numbers as people type them: ``decided/dismissal/lahti=198``, ``suunniteltu=95–110``, ``=?``.

Stage, measure and site in any order; stages and measures by their code or by a word in any of the
languages. Without a measure everybody is meant, ``?`` takes a number back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from typing import Final

from muutosturva.errors import UsageError, nearest
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.pure.figures import Figure
from muutosturva.models.states import Measure, Stage

MOST_PEOPLE: Final = 1_000_000
"""Largest number taken. A guard against a slip of the keys, not a rule of the field."""

_NUMBER: Final = re.compile(r"(\d+)(?:\s*(?:-|–|\.\.)\s*(\d+))?")


def parse_figure(text: str, sites: Mapping[str, str]) -> Figure:
    """Return the figure a person typed.

    Args:
        text: ``stage/measure/site=number``.
        sites: name of each site by its id.

    Raises:
        UsageError: no ``=``, an unknown stage, measure or site, or no whole number.
    """
    names, equals, number = text.partition("=")
    stage: Stage | None = None
    measure, site = Measure.AFFECTED, ""
    if not equals or not names.strip():
        raise UsageError("incidents.figure_form", text=text.strip())
    for part in (part.strip() for part in names.split("/")):
        folded = part.casefold()
        if folded in _words(Stage):
            stage = Stage(_words(Stage)[folded])
        elif folded in _words(Measure):
            measure = Measure(_words(Measure)[folded])
        else:
            site = _site(part, sites, text)
    if stage is None:
        raise UsageError("incidents.figure_stage", text=text.strip(), known=tuple(Stage))
    low, high = parse_people(number)
    return Figure(stage, measure, site, low, high)


def parse_people(text: str) -> tuple[int | None, int | None]:
    """Return both ends of a number of people; None for ``?``.

    Raises:
        UsageError: not a whole number or a range of them, too large, or a range that runs backwards.
    """
    stripped = re.sub(r"(?<=\d)[\s\u00a0](?=\d{3}\b)", "", text.strip())
    if stripped == "?":
        return None, None
    match = _NUMBER.fullmatch(stripped)
    if match is None:
        raise UsageError("incidents.figure_number", text=text.strip())
    low = int(match[1])
    high = int(match[2]) if match[2] else low
    if high < low:
        raise UsageError("incidents.figure_backwards", low=low, high=high)
    if high > MOST_PEOPLE:
        raise UsageError("incidents.figure_large", text=text.strip(), limit=MOST_PEOPLE)
    return low, high


def format_place(figure: Figure) -> str:
    """Return what a figure is a number of, in the notation above."""
    parts = [
        figure.stage.value,
        "" if figure.measure is Measure.AFFECTED else figure.measure.value,
        figure.site,
    ]
    return "/".join(part for part in parts if part)


def format_people(low: int | None, high: int | None) -> str:
    """Return a number, a range or ``?``, so that it can be typed again."""
    if low is None:
        return "?"
    return str(low) if low == high else f"{low}–{high}"


def _site(part: str, sites: Mapping[str, str], text: str) -> str:
    for identity, name in sites.items():
        if part.casefold() in {identity.casefold(), name.casefold()}:
            return identity
    raise UsageError("incidents.figure_part", text=text.strip(), part=part, nearest=_near(part, sites))


def _near(part: str, sites: Mapping[str, str]) -> str:
    known: Collection[str] = (*sites, *_words(Stage), *_words(Measure))
    return nearest(part, known)


@cache
def _words(enum: type[StrEnum]) -> Mapping[str, str]:
    """Return the member each typed word stands for: codes, words and their other forms."""
    found: dict[str, str] = {}
    for member in enum:
        found[member.value] = member.value
        for language in LANGUAGES:
            texts = Texts(language)
            typed = texts(f"incidents.typed.{member.value}").split(",")
            for word in (texts.word(member), *typed):
                found[word.strip().casefold()] = member.value
    return found
