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
from muutosturva.incidents.typed.counts import shown, whole_number, within_limit
from muutosturva.models.states import Measure, Stage

_RANGE: Final = re.compile(r"(.+?)(?:-|–|\.\.)(.+)")


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
    stripped = text.strip()
    if stripped == "?":
        return None, None
    span = _RANGE.fullmatch(stripped)
    ends = [whole_number(part) for part in (span.groups() if span else (stripped,))]
    low, high = ends[0], ends[-1]
    if low is None or high is None or low < 0 or high < 0:
        raise UsageError("incidents.figure_number", text=shown(text))
    within_limit(max(low, high), text)
    if high < low:
        raise UsageError("incidents.figure_backwards", low=low, high=high)
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
