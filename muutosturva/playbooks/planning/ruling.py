"""Asking the rules of the law from within a playbook: facts gathered, ranges asked twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from muutosturva.errors import UsageError
from muutosturva.playbooks.expressions.dates import anchor_refs, parse_date
from muutosturva.playbooks.expressions.moments import (
    NO_LAW_ROW,
    OUT_OF_RANGE,
    UNKNOWN_ANCHOR,
    DateValue,
    Known,
    Moment,
    evaluate_date,
    least_sure,
)
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.language.schema import RuleFact
from muutosturva.rules.book import LawBook
from muutosturva.rules.reasons import Reason
from muutosturva.rules.registry import FACTS, OF_DISMISSED, RULES, DateRule, RuleKind, evaluate
from muutosturva.rules.results import Answer, LawRow, RuleResult, StatutoryDate
from muutosturva.rules.workdays import WorkCalendar

MEASURE: Final = "measure"
"""Fact of the rules that a wave knows: dismissal, layoff or part_time."""
ENDING: Final = "ending"
"""Fact of the rules on the rights of a dismissed person: how the employment ends."""
DISMISSAL: Final = "dismissal"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule says in a playbook's place.

    Attributes:
        rule: name of the rule.
        applies: False where the law asks nothing here (the rule's no).
        statutory: the three dates, or None.
        first, last: the days a plan works with, equal unless a range.
        certainty: that of the least sure anchor it hangs on; range where the days differ.
        names: the anchors it hangs on; where it has no date, those that are missing.
        law: rows used.
        depends_on: facts that would decide the rest.
        reason: why there is no date, or why the rule says no; "" otherwise.
    """

    rule: str
    applies: bool
    statutory: StatutoryDate | None
    first: dt.date | None
    last: dt.date | None
    certainty: Certainty
    names: tuple[str, ...]
    law: tuple[LawRow, ...] = ()
    depends_on: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every ruling in a plan shares.

    Attributes:
        inputs: answers by name, the level left out.
        calendar: working days of the area.
        book: the rule book.
    """

    inputs: Mapping[str, object]
    calendar: WorkCalendar
    book: LawBook

    def rule(
        self, name: str, given: Mapping[str, RuleFact], anchors: Mapping[str, Known], measure: str = ""
    ) -> Ruling:
        """Ask a rule; a range among its dates is asked at both ends.

        Args:
            name: name of the rule; one that does not exist gives a ruling without a date.
            given: the ``with`` of the playbook: fact to input, date expression or value.
            anchors: dates by the names that may stand in expressions here.
            measure: the measure of the wave, or "".
        """
        rule = RULES.get(name)
        if rule is None:
            return Ruling(name, True, None, None, None, Certainty.UNKNOWN, (), reason=UNKNOWN_ANCHOR)
        if name in OF_DISMISSED and measure not in {"", DISMISSAL}:
            return Ruling(
                name, False, None, None, None, Certainty.UNKNOWN, (), reason=Reason.MT55_NOT_DISMISSED
            )
        read = (
            (fact, self._date(fact, given, anchors)) for fact in _facts_of(rule) if FACTS[fact] is dt.date
        )
        dates = {fact: value for fact, value in read if value is not None}
        values = {**self._values(rule, given), **_of_wave(rule, measure)}
        try:
            first = self._ask(rule, values, dates, "earliest")
            last = self._ask(rule, values, dates, "latest")
        except (UsageError, OverflowError):
            return Ruling(name, True, None, None, None, Certainty.UNKNOWN, (), reason=OUT_OF_RANGE)
        return _ruling(rule, first, last, dates)

    def _date(
        self, fact: str, given: Mapping[str, RuleFact], anchors: Mapping[str, Known]
    ) -> DateValue | None:
        text = given.get(fact, fact)
        if not isinstance(text, str):
            return None
        answered = self.inputs.get(text)
        if isinstance(answered, dt.date):
            moment = Moment(answered)
            return DateValue(moment, moment, moment, Certainty.CONFIRMED, ())
        tree = parse_date(text).tree
        if tree is None or (fact not in given and fact not in anchors):
            return None
        return evaluate_date(tree, anchors, self.calendar)

    def _values(self, rule: DateRule, given: Mapping[str, RuleFact]) -> dict[str, object]:
        values: dict[str, object] = {}
        for fact in _facts_of(rule):
            value: object = given.get(fact, fact)
            if isinstance(value, str):
                value = self.inputs.get(value, value if fact in given and FACTS[fact] is str else None)
            if value is not None and FACTS[fact] is not dt.date and _has_type(value, FACTS[fact]):
                values[fact] = value
        return values

    def _ask(
        self,
        rule: DateRule,
        values: Mapping[str, object],
        dates: Mapping[str, DateValue],
        bound: Literal["earliest", "latest"],
    ) -> RuleResult:
        facts = dict(values)
        for fact, value in dates.items():
            moment: Moment | None = value.earliest if bound == "earliest" else value.latest
            facts[fact] = None if moment is None else moment.day
        return evaluate(rule.name, facts, self.book, self.calendar)


def _of_wave(rule: DateRule, measure: str) -> dict[str, object]:
    """Return what a wave's measure tells a rule; who is not dismissed has no rights of the dismissed."""
    told: dict[str, object] = {MEASURE: measure} if measure else {}
    if measure not in {"", DISMISSAL} and ENDING in _facts_of(rule):
        told[ENDING] = measure
    return told


def _facts_of(rule: DateRule) -> tuple[str, ...]:
    return (*rule.needs, *rule.optional)


def _has_type(value: object, wanted: type) -> bool:
    if wanted is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))


def _ruling(rule: DateRule, first: RuleResult, last: RuleResult, dates: Mapping[str, DateValue]) -> Ruling:
    span, far = rule.plan_range(first), rule.plan_range(last)
    used = {fact: value for fact, value in dates.items() if fact in rule.needs}
    if span is None:
        missing = [name for fact, value in used.items() if value.value is None for name in value.names]
        absent = [fact for fact in rule.missing(dict.fromkeys(dates, True)) if fact not in dates]
        return Ruling(
            rule.name,
            first.answer is not Answer.NO or last.answer is not Answer.NO,
            None,
            None,
            None,
            Certainty.UNKNOWN,
            tuple(dict.fromkeys((*missing, *absent))),
            first.law,
            first.depends_on,
            _reason(first, used),
        )
    names = tuple(dict.fromkeys(name for value in used.values() for name in value.names))
    end = max(span[1], far[1]) if far else span[1]
    sure = least_sure(*(value.certainty for value in used.values()))
    certainty = sure if end == span[0] else Certainty.RANGE
    law = tuple(dict.fromkeys((*first.law, *last.law)))
    return Ruling(
        rule.name,
        True,
        _spanning(first, last),
        span[0],
        end,
        certainty,
        names,
        law,
        first.depends_on,
        first.reason_code,
    )


def _spanning(first: RuleResult, last: RuleResult) -> StatutoryDate | None:
    """Return the dates of the law, with the last day where the dates it is counted from are a range."""
    if first.dates is None or last.dates is None or last.dates.date <= first.dates.date:
        return first.dates
    return replace(first.dates, until=last.dates.date)


def _reason(result: RuleResult, dates: Mapping[str, DateValue]) -> str:
    if result.answer is Answer.NO:
        return result.reason_code
    if result.answer is Answer.NO_LAW_ROW:
        return NO_LAW_ROW
    reasons = {value.reason for value in dates.values()}
    return next((code for code in (NO_LAW_ROW, OUT_OF_RANGE) if code in reasons), UNKNOWN_ANCHOR)


def latest_due(ruling: Ruling, calendar: WorkCalendar) -> dt.date | None:
    """Return the last day a task under this ruling may be due, never after the law's own date.

    For a deadline the safe day; for the first day the law allows something, the working day on
    or before it: whoever checks must have checked by then.
    """
    statutory = ruling.statutory
    if statutory is None:
        return None
    kind = RULES[ruling.rule].kind
    if kind is RuleKind.EXACT:
        return statutory.date
    return calendar.roll(statutory.date, "back") if kind is RuleKind.EARLIEST else statutory.safe_date


def facts_read(name: str, given: Mapping[str, RuleFact]) -> Iterator[str]:
    """Yield every name a rule would look for here: facts by their own names, and those of ``with``."""
    rule = RULES.get(name)
    for fact in _facts_of(rule) if rule else ():
        text: Callable[[], object] | object = given.get(fact, fact)
        if isinstance(text, str):
            tree = parse_date(text).tree
            yield from (ref.name for ref in anchor_refs(tree)) if tree else (text,)
