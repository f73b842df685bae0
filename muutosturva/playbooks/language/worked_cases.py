"""The worked cases inside a playbook: what is given, and what must follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from muutosturva.playbooks.language.vocabulary import Facts, Id, Ids, Model, Name, Tag, Words


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
    depends: Mapping[str, Facts] = Field(default_factory=dict)
    """Unanswered inputs by key."""
    messages: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """Codes of the problems the plan must report; none are expected when left out."""
    level: Literal["", "S", "M", "L", "XL"] | None = None
    findings: tuple[Id, ...] | None = None
    """Codes of everything the lint warns of; not judged when left out, ``[]`` is none."""


class ExpectDay(Model):
    """How things must stand in the evening of a simulated day; what is not named is not judged."""

    open: tuple[str, ...] = ()
    """Steps or keys still to be done: ready, waiting, begun or a question."""
    ready: tuple[str, ...] = ()
    """Nothing holds them up, and nobody has begun."""
    waiting: tuple[str, ...] = ()
    """What they need is not done."""
    undecided: tuple[str, ...] = ()
    """Whether they are needed hangs on a question."""
    started: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    """Called for once, and no longer."""
    today: tuple[str, ...] = ()
    """Open and due on the day."""
    late: tuple[str, ...] = ()
    """Open and due before the day."""
    absent: tuple[str, ...] = ()
    """Never called for until the day."""
    due: Mapping[str, str] = Field(default_factory=dict)
    """Due day by key, as on that day."""
    questions: tuple[str, ...] = ()
    """Inputs the plan still asks for."""


class SimulatedDay(Model):
    """A simulated day: what became known, what was done, and how things stand in its evening."""

    on: dt.date
    given: Given = Given()
    """What became known since the day before: answers, dates, sites, waves."""
    started: tuple[str, ...] = ()
    """Steps or keys somebody began."""
    done: tuple[str, ...] = ()
    decided: Mapping[Id, str] = Field(default_factory=dict)
    """By task: the option that was chosen; the task is done with it."""
    answered: Mapping[Id, Mapping[Name, bool | int | str]] = Field(default_factory=dict)
    """By task: what its form says, by field; the task is done with it."""
    skipped: tuple[str, ...] = ()
    approved: Ids = ()
    """Messages that were approved."""
    expect: ExpectDay = ExpectDay()


class PlaybookTest(Model):
    """A worked case the playbook is held to."""

    name: Words
    given: Given
    expect: Expect = Expect()
    days: tuple[SimulatedDay, ...] = ()
    """Simulated days, in their order."""
