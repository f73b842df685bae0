"""What a step is repeated over: sites, areas, languages, cohorts, waves, and time.

An empty collection does not make the step vanish: a session at sites nobody has named yet is
still one session. Only waves are never empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from muutosturva.errors import UsageError
from muutosturva.playbooks.expressions.dates import Unit
from muutosturva.playbooks.expressions.moments import OUT_OF_RANGE, DateValue, Moment, in_calendar, shift
from muutosturva.playbooks.facts import Certainty, Facts, Wave
from muutosturva.playbooks.language.vocabulary import Collection
from muutosturva.playbooks.plan import TextMap
from muutosturva.rules.workdays import WorkCalendar

MOST_OCCURRENCES: Final = 200
"""Longest series: four years of weekly meetings. A guard, not a rule of the field."""

SINGULAR: Final[Mapping[Collection, str]] = {
    "sites": "site",
    "areas": "area",
    "languages": "language",
    "cohorts": "cohort",
    "waves": "wave",
}
"""Name of an item in a title: ``{site}``."""

_EMPTY: Final = re.compile(r"[\s:,–-]*\(?\{[a-z]+\}\)?")
"""What is left of a title's place where no such item is known."""


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a collection: its id, its name on screen, and its names by language if they differ."""

    collection: Collection
    id: str
    name: str
    names: TextMap = field(default_factory=dict)

    def named(self, tag: str) -> str:
        """Return the name in the language of a text."""
        return self.names.get(tag, self.name)


@dataclass(frozen=True, slots=True)
class Spot:
    """One combination of items a step stands for; empty for a step that is not repeated."""

    members: tuple[Member, ...] = ()

    @property
    def item(self) -> tuple[str, ...]:
        """Ids in the order of ``for_each``."""
        return tuple(member.id for member in self.members)

    def of(self, collection: Collection) -> str:
        """Return the id of this spot's item of a collection, or ""."""
        return next((member.id for member in self.members if member.collection == collection), "")

    def titled(self, title: TextMap) -> dict[str, str]:
        """Return a title with the items' names in it: in their places, else after it."""
        return {tag: _titled(text, self.members, tag) for tag, text in title.items()}


@dataclass(frozen=True, slots=True)
class Collections:
    """The members of every collection, in their order."""

    members: Mapping[Collection, tuple[Member, ...]] = field(default_factory=dict)

    def spots(self, for_each: tuple[Collection, ...]) -> Iterator[Spot]:
        """Yield every combination; one without items where nothing is repeated."""
        filled = [self.members[name] for name in for_each if self.members.get(name)]
        for members in product(*filled):
            yield Spot(members)

    def counts(self) -> dict[str, int | None]:
        """Return how many members each collection has; None where none is known."""
        return {name: len(self.members.get(name, ())) or None for name in SINGULAR}


def collections(facts: Facts, languages: tuple[str, ...], waves: tuple[Wave, ...]) -> Collections:
    """Return what steps can be repeated over.

    Args:
        facts: what is known.
        languages: languages of the incident, where ``facts`` names none.
        waves: the waves, the default one among them; a wave without a label has no name.
    """
    spoken = facts.languages or languages
    return Collections(
        {
            "sites": tuple(Member("sites", site.id, site.name) for site in facts.sites),
            "areas": tuple(Member("areas", area.id, area.name) for area in facts.areas),
            "languages": tuple(
                Member("languages", tag, tag, facts.language_names.get(tag, {})) for tag in spoken
            ),
            "cohorts": tuple(Member("cohorts", name, name) for name in facts.cohorts),
            "waves": tuple(Member("waves", wave.id, wave.label) for wave in waves),
        }
    )


def key_of(step: str, item: tuple[str, ...]) -> str:
    """Return the readable key of a step's item: ``session[lahti,sv]``."""
    return f"{step}[{','.join(item)}]" if item else step


def occurrences(
    first: DateValue, every: str, until: DateValue, calendar: WorkCalendar
) -> Iterator[tuple[int, DateValue]]:
    """Yield number and date of each occurrence of a series, from 1.

    The first is always there. The series ends with the last possible day of ``until``; where
    its end or its beginning is not known, only the first can be told.

    Args:
        first: date of the first occurrence, not yet rolled.
        every: length between two, ``1 w``.
        until: the last day.
        calendar: working days of the area.
    """
    yield 1, first
    if first.value is None or until.latest is None:
        return
    count, unit = split_length(every)
    for number in range(2, MOST_OCCURRENCES + 1):
        later = moved(first, count * (number - 1), unit, calendar)
        if later.value is None or later.value.day > until.latest.day:
            return
        yield number, later


def split_length(length: str) -> tuple[int, Unit]:
    """Return the number and unit of a length of time, ``5 wd``."""
    count, _, unit = length.partition(" ")
    units: dict[str, Unit] = {"d": "d", "wd": "wd", "w": "w", "m": "m"}
    return int(count), units[unit]


def moved(value: DateValue, count: int, unit: Unit, calendar: WorkCalendar) -> DateValue:
    """Return a date so many units later, its clock time kept; unknown beyond the calendar's years."""
    try:
        moments: list[Moment | None] = [
            None if moment is None else Moment(shift(moment, count, unit, calendar).day, moment.at)
            for moment in (value.value, value.earliest, value.latest)
        ]
    except (UsageError, OverflowError):
        return DateValue(None, None, None, Certainty.UNKNOWN, value.names, OUT_OF_RANGE)
    if not all(moment is None or in_calendar(moment.day) for moment in moments):
        return DateValue(None, None, None, Certainty.UNKNOWN, value.names, OUT_OF_RANGE)
    return DateValue(moments[0], moments[1], moments[2], value.certainty, value.names, value.reason)


def _titled(text: str, members: tuple[Member, ...], tag: str) -> str:
    left = []
    for member in members:
        name = member.named(tag)
        if not name:
            continue
        mark = "{" + SINGULAR[member.collection] + "}"
        if mark in text:
            text = text.replace(mark, name)
        else:
            left.append(name)
    text = _EMPTY.sub("", text)
    return f"{text}: {', '.join(left)}" if left else text
