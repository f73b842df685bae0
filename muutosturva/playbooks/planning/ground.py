"""What every part of a plan stands on: answers, dates, waves, rules, joined once per plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from muutosturva.playbooks.expressions.conditions import Fact, parse_condition, walk
from muutosturva.playbooks.expressions.dates import parse_date
from muutosturva.playbooks.expressions.logic import LEVEL, Verdict, World, judge
from muutosturva.playbooks.expressions.moments import (
    UNKNOWN_ANCHOR,
    DateValue,
    Known,
    evaluate_date,
    rolled,
)
from muutosturva.playbooks.facts import Certainty, Facts, ReplyKey, Wave
from muutosturva.playbooks.language.replying import asked, repeated
from muutosturva.playbooks.language.schema import Item, Playbook
from muutosturva.playbooks.language.vocabulary import DEFAULT_TAG
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.playbooks.planning.anchors import GIVEN, Dates, resolve_dates
from muutosturva.playbooks.planning.givens import waves_of
from muutosturva.playbooks.planning.inputs import DISMISSALS, HEADCOUNT, Answers, settle
from muutosturva.playbooks.planning.repeat import (
    Collections,
    Spot,
    collections,
    moved,
    occurrences,
    split_length,
)
from muutosturva.playbooks.planning.ruling import Bench
from muutosturva.rules.book import LawBook
from muutosturva.rules.workdays import WorkCalendar

LANGUAGES: Final = "languages"
"""Input that names the languages of the incident; also the word for them in the playbook."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of an item: the number of a series (or ()), its start and its due date."""

    number: tuple[str, ...]
    start: DateValue | None
    due: DateValue | None


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a plan is computed from, resolved.

    Attributes:
        playbook: the playbook.
        answers: inputs and level.
        waves: by id; never empty.
        dates: every anchor.
        members: what can be repeated over.
        languages: those of the incident; at least one.
        bench: the rules.
        world: what conditions are judged by.
    """

    playbook: Playbook
    answers: Answers
    waves: Mapping[str, Wave]
    dates: Dates
    members: Collections
    languages: tuple[str, ...]
    bench: Bench
    world: World

    def scope(self, spot: Spot) -> Mapping[str, Known]:
        """Return the dates that may stand in expressions at a spot."""
        return self.scope_of(spot.of("waves"))

    def scope_of(self, wave: str) -> Mapping[str, Known]:
        """Return the dates that may stand in expressions within a wave; "" is outside waves."""
        return self.dates.by_wave[wave] if wave else self.dates.common

    def date(self, text: str | None, spot: Spot) -> DateValue | None:
        """Return what a date expression comes to at a spot, not rolled; None for no text."""
        if text is None:
            return None
        tree = parse_date(text).tree
        if tree is None:
            return DateValue(None, None, None, Certainty.UNKNOWN, (), UNKNOWN_ANCHOR)
        return evaluate_date(tree, self.scope(spot), self.bench.calendar)

    def without(self, never: Collection[str]) -> Ground:
        """Return the same where some facts will never be told."""
        return replace(self, world=replace(self.world, never=frozenset({*self.world.never, *never})))

    def verdict(self, when: str | None) -> Verdict:
        """Return the answer of a condition; no condition is a yes."""
        if when is None:
            return Verdict(True)
        tree = parse_condition(when).tree
        return Verdict(None) if tree is None else judge(tree, self.world)

    def values(self, when: str | None) -> dict[str, object]:
        """Return the values of the facts a condition names, as used."""
        tree = parse_condition(when).tree if when else None
        names = [node.name for node in walk(tree) if isinstance(node, Fact)] if tree else []
        return {name: self.world.facts.get(name) for name in names}

    def occurrences(self, item: Item, spot: Spot, start: str | None, due: str | None) -> Iterator[Occurrence]:
        """Yield the dates of an item at a spot: one, or those of a series."""
        begins, ends = self.date(start, spot), self.date(due, spot)
        lead = ends or begins
        calendar = self.bench.calendar
        if item.every is None or lead is None:
            yield Occurrence((), begins, None if ends is None else rolled(ends, calendar, item.roll))
            return
        until = self.date(item.until, spot) or lead
        count, unit = split_length(item.every)
        for number, day in occurrences(lead, item.every, until, calendar):
            begun = begins and moved(begins, count * (number - 1), unit, calendar)
            yield Occurrence((str(number),), begun, rolled(day, calendar, item.roll) if ends else None)


def lay_ground(
    playbook: Playbook, facts: Facts, calendar: WorkCalendar, book: LawBook, council: tuple[dt.date, ...]
) -> Ground:
    """Resolve inputs, waves and dates of a plan."""
    answers = settle(playbook, facts, book)
    waves = waves_of(facts, *(_people(answers, name) for name in (DISMISSALS, HEADCOUNT)))
    bench = Bench(answers.values, calendar, book)
    dates = resolve_dates(playbook, facts, waves, bench, council)
    spoken = answers.values.get(LANGUAGES)
    told = {str(key): value for key, value in facts.replies.items() if _offered(playbook, key, value)}
    languages = facts.languages or (tuple(map(str, spoken)) if isinstance(spoken, tuple) else ())
    members = collections(facts, languages, waves)
    return Ground(
        playbook,
        answers,
        {wave.id: wave for wave in waves},
        dates,
        members,
        languages or (DEFAULT_TAG,),
        bench,
        _world({**answers.facts, **told}, answers, dates, members),
    )


def _people(answers: Answers, name: str) -> int | None:
    value = answers.values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _offered(playbook: Playbook, key: ReplyKey, value: object) -> bool:
    """Tell whether a task still asks what was answered, and still offers the answer."""
    found = asked(playbook, key)
    if found is None or value is None or repeated(found.task):
        return False
    return not found.options or value in found.options


def _world(facts: Mapping[str, object], answers: Answers, dates: Dates, members: Collections) -> World:
    known = {name for name, value in facts.items() if value is not None}
    known |= {anchor.name for anchor in dates.anchors if anchor.origin == GIVEN and anchor.value.value}
    return World(facts, {LEVEL: answers.level_asks}, members.counts(), frozenset(known))


def planned_date(text: str, value: DateValue | None) -> PlannedDate | None:
    """Return a date as the plan shows it; None for none."""
    if value is None:
        return None
    return PlannedDate(
        expression=text,
        value=value.value.day if value.value else None,
        earliest=value.earliest.day if value.earliest else None,
        latest=value.latest.day if value.latest else None,
        at=value.value.at if value.value else None,
        certainty=value.certainty,
        anchors=value.names,
        reason_code=value.reason,
    )
