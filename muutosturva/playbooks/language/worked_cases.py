"""The worked cases inside a playbook: what is given, and what must follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from muutosturva.playbooks.language.vocabulary import Id, Ids, Model, Name, Tag, Words


class GivenSite(Model):
    """A site in a playbook's own test."""

    id: Id
    name: Words
    municipality: str = ""
    headcount: int | None = None


class GivenArea(Model):
    """An employment area in a playbook's own test."""

    id: Id
    name: Words
    lead: bool = False


class GivenWave(Model):
    """A wave in a playbook's own test; dates as on the command line."""

    id: Id
    label: str = ""
    site: str = ""
    measure: Literal["dismissal", "layoff", "part_time"] = "dismissal"
    count: int | None = None
    notice: str | None = None
    end: str | None = None


class Given(Model):
    """What is known in a test."""

    inputs: Mapping[Name, bool | int | str | tuple[str, ...] | None] = Field(default_factory=dict)
    anchors: Mapping[Name, str] = Field(default_factory=dict)
    """``2027-03-01`` confirmed, ``~…`` estimated, ``…..…`` a range, ``?`` unknown, ``…T08:10`` a time."""
    sites: tuple[GivenSite, ...] = ()
    areas: tuple[GivenArea, ...] = ()
    waves: tuple[GivenWave, ...] = ()
    languages: tuple[Tag, ...] = ()
    cohorts: tuple[Id, ...] = ()
    council: tuple[dt.date, ...] = ()
    """Days of council meetings."""


class Expect(Model):
    """What must follow; what is not named is not judged."""

    tasks: tuple[str, ...] = ()
    """Steps or keys that must stand in the plan."""
    absent: tuple[str, ...] = ()
    """Steps, keys or ids of messages, meetings and documents that must not."""
    due: Mapping[str, str] = Field(default_factory=dict)
    """Due day by key; ``unknown`` where the plan must not know it."""
    start: Mapping[str, str] = Field(default_factory=dict)
    anchors: Mapping[str, str] = Field(default_factory=dict)
    """Anchor by name (``end[w1]`` of a wave), written as in ``given``."""
    depends: Mapping[str, Ids] = Field(default_factory=dict)
    """Unanswered inputs by key."""
    messages: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """Codes of the problems the plan must report; none are expected when left out."""
    level: Literal["", "S", "M", "L", "XL"] | None = None


class PlaybookTest(Model):
    """A worked case the playbook is held to."""

    name: Words
    given: Given
    expect: Expect
