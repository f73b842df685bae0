"""What is known when a playbook is expanded: inputs, anchors with certainty, waves, areas.

``expand(playbook, facts, calendar, book) -> Plan`` is a pure function of these values, so the
preview and the saved incident can never differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Final

MOST_PEOPLE: Final = 1_000_000
"""Largest number of people taken anywhere. A guard against a slip of the keys, not a rule of the field."""
DEFAULT_WAVE: Final = "all"
"""Id of the wave of everybody: it stands when no waves are given, and for the rest that given ones leave."""
MOST_NUMBER: Final = 999_999_999
"""Largest whole number of any other question: every store can hold it."""
DECIDED: Final = "decided"
ANSWERED: Final = "answered"
"""How a condition asks what was decided, or written into a form, when a task was done."""
_REPLY: Final = re.compile(rf"{DECIDED}\(([^(),]+)\)|{ANSWERED}\(([^(),]+), ([^(),]+)\)")
PEOPLE: Final = frozenset({"headcount", "dismissals", "employer_size", "others_90_days"})
"""Questions that ask for a number of people, whichever playbook asks them (``rules.registry.FACTS``)."""


def most_of(question: str) -> int:
    """Return the largest whole number a question takes."""
    return MOST_PEOPLE if question in PEOPLE else MOST_NUMBER


@dataclass(frozen=True, slots=True)
class ReplyKey:
    """The name conditions give to what was answered when a task was done.

    ``decided(state-analysis)`` is the option chosen, ``answered(first-contact, people)`` a field of a form.

    Attributes:
        step: the task that asks.
        field: field of its form; "" for its decision.
    """

    step: str
    field: str = ""

    @classmethod
    def parse(cls, text: str) -> ReplyKey | None:
        """Return the key that ``str`` wrote; None for any other name."""
        found = _REPLY.fullmatch(text)
        return None if found is None else cls(found[1] or found[2], found[3] or "")

    def __str__(self) -> str:
        return f"{ANSWERED}({self.step}, {self.field})" if self.field else f"{DECIDED}({self.step})"


class Certainty(StrEnum):
    """How sure the date of an anchor is."""

    CONFIRMED = "confirmed"
    ESTIMATED = "estimated"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AnchorValue:
    """The date of an anchor and how sure it is.

    Attributes:
        certainty: confirmed, estimated, range or unknown.
        value: the date to plan with; the earliest day of a range; None when unknown.
        earliest: first possible day, equal to ``value`` unless a range.
        latest: last possible day, equal to ``value`` unless a range.
        source: who said it, as given; "" when nobody did.
        at: clock time in Finland where it is known (only ``h`` offsets need it), or None.
    """

    certainty: Certainty
    value: date | None = None
    earliest: date | None = None
    latest: date | None = None
    source: str = ""
    at: time | None = None

    @classmethod
    def confirmed(cls, day: date, source: str = "", at: time | None = None) -> AnchorValue:
        """Return a confirmed date, with its clock time where known."""
        return cls(Certainty.CONFIRMED, day, day, day, source, at)

    @classmethod
    def estimated(cls, day: date, source: str = "") -> AnchorValue:
        """Return an estimated date."""
        return cls(Certainty.ESTIMATED, day, day, day, source)

    @classmethod
    def between(cls, earliest: date, latest: date, source: str = "") -> AnchorValue:
        """Return a range; plans use its first day."""
        return cls(Certainty.RANGE, earliest, earliest, latest, source)

    @classmethod
    def unknown(cls, source: str = "") -> AnchorValue:
        """Return the stated absence of a date."""
        return cls(Certainty.UNKNOWN, source=source)


@dataclass(frozen=True, slots=True)
class AnchorKey:
    """The name of an anchor: ``proposal``, or ``notice[w1]`` for a wave's own.

    Attributes:
        name: the anchor.
        wave: id of its wave; "" for an anchor of the whole incident.
    """

    name: str
    wave: str = ""

    @classmethod
    def parse(cls, text: str) -> AnchorKey:
        """Return the key that ``str`` wrote."""
        name, _, wave = text.strip().removesuffix("]").partition("[")
        return cls(name, wave)

    def __str__(self) -> str:
        return f"{self.name}[{self.wave}]" if self.wave else self.name


@dataclass(frozen=True, slots=True)
class Site:
    """A workplace of the employer.

    Attributes:
        id: stable id used in readable task ids, ``lahti``.
        name: its name on screen.
        municipality: municipality it stands in, by its Finnish name, or "".
        headcount: affected people there, or None when not known.
    """

    id: str
    name: str
    municipality: str = ""
    headcount: int | None = None


@dataclass(frozen=True, slots=True)
class AreaFact:
    """An employment area the incident touches.

    Attributes:
        id: slug, ``paijat-hame``.
        name: its Finnish name.
        lead: True for the area that leads.
        share: expected share of the affected people who live there (0..1), or None.
    """

    id: str
    name: str
    lead: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """A group of dismissed people with its own notice day and last day.

    Attributes:
        id: stable id, ``w1``.
        label: name on screen, or "".
        site: id of the site, or "".
        measure: ``dismissal``, ``layoff`` or ``part_time``.
        count: people in it, or None when not known.
        anchors: the wave's own anchors, ``notice`` and ``end``; missing ones are estimated.
    """

    id: str
    label: str = ""
    site: str = ""
    measure: str = "dismissal"
    count: int | None = None
    anchors: Mapping[str, AnchorValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the group knows when a plan is made.

    Attributes:
        inputs: answers to the playbook's inputs, by name, already typed; a missing or None
            value is unknown (the third answer of conditions).
        replies: what was answered when tasks were done, by step and field; what is missing is unknown.
        anchors: dates by anchor name; missing ones are estimated or unknown.
        waves: groups with their own dates; empty means one wave of everybody.
        sites, areas, languages, cohorts: what ``for_each`` repeats over.
        language_names: what a language is called in titles, by tag and language of the text; a
            tag without a name stands for itself.
    """

    inputs: Mapping[str, object] = field(default_factory=dict)
    anchors: Mapping[str, AnchorValue] = field(default_factory=dict)
    waves: tuple[Wave, ...] = ()
    sites: tuple[Site, ...] = ()
    areas: tuple[AreaFact, ...] = ()
    languages: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    language_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    replies: Mapping[ReplyKey, object] = field(default_factory=dict)
