"""The situation picture (tilannekuva) as a read model: what the group must know now.

Its sections follow the usual order of a Finnish situation picture: headline, facts, people, time
line, effects, services, needs and decisions, risks and unknowns, next update. One model serves one
firm and a regional situation of several firms. It holds no words of ours: texts are maps by
language, so one picture is written in every language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from muutosturva.incidents.pure.publicity import strictest
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import LinkView, TaskAreaView
from muutosturva.models.states import Secrecy, StoreKind, TaskState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.plan import PlannedDate, TextMap
from muutosturva.rules.results import LawRow, StatutoryDate

FactValue = AnchorValue | TextMap | dt.date | bool | int | str | None


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of the picture, each an incident of its own.

    Attributes:
        incident: readable id, ``LAHTI-2027-03``.
        employer: name of the firm.
        municipality: where it is, or "".
        level: ``S``, ``M``, ``L`` or ``XL``; "" when not known.
        state: state of the incident, ``active``.
        secrecy: who may know of it.
        headcount: affected people, or None.
        playbook: id of its playbook; ``version`` and ``sha256`` pin its text.
        law_revision: revision of the rule book its dates rest on.
    """

    incident: str
    employer: str
    municipality: str
    level: str
    state: str
    secrecy: Secrecy
    headcount: int | None
    playbook: str
    version: str
    sha256: str
    law_revision: int

    @property
    def short_hash(self) -> str:
        """Return the first eight digits of the playbook's hash."""
        return self.sha256[:8]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known (or known to be unknown) about a firm.

    Attributes:
        firm: name of the firm.
        label: what it is, by language, or a catalogue name of ``documents.fact``.
        value: what is known; None is unknown.
        source: who said it, or "".
        recorded: when it was written down, or None.
        assumed: True where nobody said it and the plan rests on the playbook's default.
    """

    firm: str
    label: TextMap | str
    value: FactValue
    source: str = ""
    recorded: dt.datetime | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """Affected people of one site by measure; None is unknown everywhere."""

    firm: str
    site: str
    dismissed: int | None
    laid_off: int | None
    part_time: int | None
    total: int | None
    over_55: int | None


@dataclass(frozen=True, slots=True)
class WavesLacking:
    """People of a firm whom no wave holds.

    Attributes:
        firm: the employer.
        code: code of the remark (``incidents.waves_lack``).
        people: how many, or None where that is not known.
    """

    firm: str
    code: str
    people: int | None


@dataclass(frozen=True, slots=True)
class HomeRow:
    """Estimate of how many of the affected live in a municipality.

    Attributes:
        municipality: its name; "" for everywhere outside the commuting table.
        area: its employment area, or "".
        expected: people, unrounded, or None when the headcount is not known.
        low, high: bounds of the estimate, or None where no bounds are computed.
        unsure: True when a cell it rests on was reconstructed.
    """

    municipality: str
    area: str
    expected: float | None
    low: float | None = None
    high: float | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A dated step of the time line: a milestone, a task or a meeting.

    Attributes:
        firm: name of the firm, or "".
        title: what happens, by language.
        date: when, with its certainty.
        statutory: the three dates of the law, or None.
        law: acts and sections as the playbook has them.
        unsure: True when the step or a law row behind it is marked unsure.
        source: who said the date, or "".
        origin: ``given``, ``estimate``, ``rule`` or ``unknown`` for a milestone, else "".
    """

    firm: str
    title: TextMap
    date: PlannedDate | AnchorValue | None
    statutory: StatutoryDate | None = None
    law: tuple[str, ...] = ()
    unsure: bool = False
    source: str = ""
    origin: str = ""

    @property
    def day(self) -> dt.date | None:
        """Return the day to sort by."""
        return None if self.date is None else self.date.value


class Effect(StrEnum):
    """Effects a picture always speaks of, known or not."""

    SUPPLIERS = "suppliers"
    MUNICIPALITY = "municipality"
    UNEMPLOYMENT = "unemployment"


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """How far one phase of the plan is, in tasks; ``phase`` as the label of a fact."""

    phase: TextMap | str
    counts: Mapping[TaskState, int]
    late: int

    def count(self, state: TaskState | str) -> int:
        """Return the number of tasks in a state; of tasks we have, so none is a true zero."""
        return self.counts.get(TaskState(state), 0)


@dataclass(frozen=True, slots=True)
class SharedTask:
    """An open task that several employment areas do together, each with its part."""

    firm: str
    title: TextMap
    date: PlannedDate | None
    areas: tuple[TaskAreaView, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unanswered input and how much of the plan waits for it."""

    firm: str
    label: TextMap
    decides: int


@dataclass(frozen=True, slots=True)
class RoleGap:
    """A role without enough holders, or without the deputy it needs."""

    firm: str
    title: TextMap
    needed: int
    held: int
    deputy_missing: bool


@dataclass(frozen=True, slots=True)
class LateTask:
    """An open task whose due day has passed."""

    firm: str
    title: TextMap
    due: dt.date
    person: str
    role: TextMap


@dataclass(frozen=True, slots=True)
class Report:
    """The newest update of a firm: how it goes, what was done, what is needed.

    Attributes:
        firm: name of the firm, or of the situation.
        day: the day it was given.
        state: word of how it goes, ``at_risk``.
        summary, done, needs: what was written, "" where nothing was.
        corrected: it replaces what an earlier picture may have said.
    """

    firm: str
    day: dt.date
    state: str
    summary: str
    done: str
    needs: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that was made: what, by whom, and who carries it out by when.

    ``decided_by`` and ``owner`` are names as they were written, or the title of a role; ``corrected`` as
    of a report.
    """

    firm: str
    day: dt.date
    text: str
    decided_by: TextMap | str
    owner: TextMap | str
    due: dt.date | None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something nobody knows yet; ``label`` as for a fact."""

    firm: str
    label: TextMap | str


@dataclass(frozen=True, slots=True)
class SituationPicture:
    """Everything the situation picture says, for the group.

    Attributes:
        incident: readable id of the incident or of the regional situation.
        name: the firm's name, or the name of the situation.
        kind: real, example or drill: the mark on every page.
        version: running number of the picture, from 1.
        made_at: when it was made, aware; ``made_by`` who made it, ``area`` for which area.
        firms: one, or the firms of a regional situation.
        headline: two sentences of the group's own, by language; {} lets the picture write them.
        homes: estimate over all firms, largest first.
        effects: what is known of each effect; a missing one is unknown.
        milestones: anchors of all firms in order of time.
        statutory: next open steps with a date of the law, in order of time.
        more_statutory: the later ones.
        coming: next open steps and meetings, in order of time; ``more_coming`` counts what was left out.
        shared: open tasks that several areas do together, in order of time.
        reports: newest update of each firm.
        taken: decisions made, newest first.
        decisions: decisions asked of somebody, by language.
        risks: risks as the group wrote them, by language.
        law_in_doubt: rows of the rule book that are marked unsure and were used.
        next_update: when the next picture is due, or None.
        sum_of_firms: affected people of all firms, each person once; None for the plain sum.
        beyond: people of linked firms without an incident of their own, or None.
        links: firms that hang on those of the picture.
        spoken_of: class of everything the picture was read from.
        waves_lacking: people whom no wave holds.
    """

    incident: str
    name: str
    kind: StoreKind
    version: int
    made_at: dt.datetime
    made_by: str
    area: str
    firms: tuple[Firm, ...]
    facts: tuple[Fact, ...] = ()
    people: tuple[PeopleRow, ...] = ()
    homes: tuple[HomeRow, ...] = ()
    milestones: tuple[Step, ...] = ()
    statutory: tuple[Step, ...] = ()
    more_statutory: tuple[Step, ...] = ()
    coming: tuple[Step, ...] = ()
    more_coming: int = 0
    effects: Mapping[Effect, TextMap] = field(default_factory=dict)
    progress: tuple[PhaseProgress, ...] = ()
    shared: tuple[SharedTask, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    gaps: tuple[RoleGap, ...] = ()
    late: tuple[LateTask, ...] = ()
    reports: tuple[Report, ...] = ()
    taken: tuple[Taken, ...] = ()
    decisions: tuple[TextMap, ...] = ()
    risks: tuple[TextMap, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    law_in_doubt: tuple[LawRow, ...] = ()
    next_update: PlannedDate | None = None
    headline: TextMap = field(default_factory=dict)
    sum_of_firms: Tally | None = None
    beyond: Tally | None = None
    links: tuple[LinkView, ...] = ()
    spoken_of: Secrecy = Secrecy.PUBLIC
    waves_lacking: tuple[WavesLacking, ...] = ()

    @property
    def secrecy(self) -> Secrecy:
        """Return the class of the picture, the strictest of all it speaks of: the mark on every page."""
        return strictest((self.spoken_of, *(firm.secrecy for firm in self.firms)))

    @property
    def regional(self) -> bool:
        """Tell whether the picture joins several firms."""
        return len(self.firms) > 1

    @property
    def headcount(self) -> Tally:
        """Return the affected people of all firms, each person once."""
        return self.sum_of_firms or self._plain_sum

    @property
    def _plain_sum(self) -> Tally:
        return Tally.of(firm.headcount for firm in self.firms)

    @property
    def overlap(self) -> int:
        """Return how many people stand in the numbers of two firms; their sum has them once."""
        return (self._plain_sum.known or 0) - (self.headcount.known or 0)

    @property
    def unpublished(self) -> tuple[str, ...]:
        """Return the firms whose change is not public."""
        return tuple(firm.employer for firm in self.firms if firm.secrecy is not Secrecy.PUBLIC)

    @property
    def in_doubt(self) -> bool:
        """Tell whether any deadline shown rests on something marked unsure."""
        return any(step.unsure for step in self.statutory) or bool(self.law_in_doubt)

    @property
    def unknowns_by_label(self) -> tuple[tuple[TextMap | str, tuple[str, ...]], ...]:
        """Return each unknown once, with the firms it is unknown of, in order of the first."""
        firms: dict[str, list[str]] = {}
        labels: dict[str, TextMap | str] = {}
        for unknown in self.unknowns:
            key = repr(sorted(unknown.label.items()) if isinstance(unknown.label, Mapping) else unknown.label)
            labels.setdefault(key, unknown.label)
            firms.setdefault(key, []).append(unknown.firm)
        return tuple((label, tuple(dict.fromkeys(firms[key]))) for key, label in labels.items())

    def total(self, measure: str) -> Tally:
        """Return the sum of one column of ``people``, such as ``dismissed`` or ``over_55``."""
        return Tally.of(getattr(row, measure) for row in self.people)

    @property
    def homes_total(self) -> float | None:
        """Return the sum of the estimate, or None when nothing is estimated."""
        known = [row.expected for row in self.homes if row.expected is not None]
        return sum(known) if known else None
