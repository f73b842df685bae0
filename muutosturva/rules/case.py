"""One case before the rules: the facts by name, the book, the calendar, and the building of results.

A fact that is missing or None is *not known*. Rules never fill it in: they answer ``depends``
and name it, with the date beside where the date does not hang on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muutosturva.rules.book import LawBook
from muutosturva.rules.reasons import Reason
from muutosturva.rules.results import Answer, Confidence, LawRow, RuleResult, StatutoryDate
from muutosturva.rules.workdays import WorkCalendar, act_150_1930, add_months

YES: Final = "yes"
"""Value of a row that says that something is so."""
MOVES: Final = "moves"
"""Value of an ``act_150_1930`` row whose deadline the act moves."""


class RuleKind(StrEnum):
    """What sort of day a rule gives, and so on which side of it a plan is safe."""

    DEADLINE = "deadline"
    """The last day for something: safe is the last working day on or before it."""
    EARLIEST = "earliest"
    """The first day the law allows something: safe is the first working day on or after it."""
    EXACT = "exact"
    """The day something happens by itself: a plan uses the day, working or not."""
    VERDICT = "verdict"
    """No day: the rule answers yes or no, or gives a number of days."""


class NoLawRow(Exception):  # noqa: N818 - an answer on its way to the registry, not a failure
    """No row of a key is in force on the day that selects the law."""

    def __init__(self, key: str, on: dt.date) -> None:
        """Remember what was looked for, and for which day."""
        super().__init__(key, on)
        self.key = key
        self.on = on


class Unknown(Exception):  # noqa: N818 - an answer on its way to the registry, not a failure
    """Facts are missing without which the rule can say nothing at all."""

    def __init__(self, *names: str) -> None:
        """Remember the names of the missing facts."""
        super().__init__(*names)
        self.names = names


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one case with the law and the calendar they are judged by.

    Attributes:
        rule: name of the rule that is asked.
        kind: what sort of day it gives.
        facts: dates, numbers, yes-or-no answers by name; missing or None is not known.
        book: the rule book.
        calendar: working days of the area, for ``safe_date``.
    """

    rule: str
    kind: RuleKind
    facts: Mapping[str, object]
    book: LawBook
    calendar: WorkCalendar

    def day(self, name: str) -> dt.date:
        """Return a date the rule cannot do without.

        Raises:
            Unknown: it is not known.
            TypeError: the fact is no plain date.
        """
        day = self.day_or_none(name)
        if day is None:
            raise Unknown(name)
        return day

    def day_or_none(self, name: str) -> dt.date | None:
        """Return a date, or None where it is not known.

        Raises:
            TypeError: the fact is no plain date.
        """
        value = self.facts.get(name)
        if value is None:
            return None
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise TypeError(f"fact {name} must be a date, not {value!r}")
        return value

    def number(self, name: str) -> float | None:
        """Return a number, or None where it is not known.

        Raises:
            TypeError: the fact is no number.
        """
        value = self.facts.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"fact {name} must be a number, not {value!r}")
        return value

    def flag(self, name: str) -> bool | None:
        """Return a yes-or-no answer, or None where it is not known.

        Raises:
            TypeError: the fact is neither True nor False.
        """
        value = self.facts.get(name)
        if value is not None and not isinstance(value, bool):
            raise TypeError(f"fact {name} must be true or false, not {value!r}")
        return value

    def word(self, name: str) -> str | None:
        """Return a word (``dismissal``), or None where it is not known.

        Raises:
            TypeError: the fact is no text.
        """
        value = self.facts.get(name)
        if value is not None and not isinstance(value, str):
            raise TypeError(f"fact {name} must be a word, not {value!r}")
        return value

    def law(self, key: str, on: dt.date) -> LawRow:
        """Return the row of ``key`` that is law on a day.

        Raises:
            NoLawRow: there is none.
        """
        row = self.book.row(key, on)
        if row is None:
            raise NoLawRow(key, on)
        return row

    def dates(self, date: dt.date, *law: LawRow) -> StatutoryDate:
        """Return the three values of a date, safe on the side the rule's kind asks for."""
        earliest = self.kind is RuleKind.EARLIEST
        safe = self.calendar.roll(date, "forward" if earliest else "back")
        last, time_limit = (None, ()) if earliest else self._last_date(date)
        rows = (*law, *time_limit)
        return StatutoryDate(date, safe, last, rows, self.book.revision, earliest=earliest)

    def dates_after(self, base: str, length: LawRow, *law: LawRow) -> StatutoryDate | None:
        """Return the dates a row's length of time after a fact, or None where that is not known."""
        day = self.day_or_none(base)
        return None if day is None else self.dates(after(day, length), length, *law)

    def unknown(self, *names: str) -> tuple[str, ...]:
        """Return those of the facts that are not known."""
        return tuple(name for name in names if self.facts.get(name) is None)

    def _last_date(self, date: dt.date) -> tuple[dt.date | None, tuple[LawRow, ...]]:
        # Whether act 150/1930 moves this rule's day is itself a row; one marked unsure decides nothing.
        row = self.book.row(f"act_150_1930.{self.rule}", date)
        if row is None or row.confidence is Confidence.UNSURE:
            return None, ()
        return (act_150_1930(date) if row.value == MOVES else date), (row,)

    def yes(self, dates: StatutoryDate | None = None, *law: LawRow, reason: str = "") -> RuleResult:
        """Return the answer yes; rows of ``dates`` are the result's own."""
        return self.answered(Answer.YES, dates, law=law, reason=reason)

    def no(self, reason: str, *law: LawRow) -> RuleResult:
        """Return the answer no, with its reason."""
        return self.answered(Answer.NO, law=law, reason=reason)

    def depends(
        self,
        names: Iterable[str],
        dates: StatutoryDate | None = None,
        *law: LawRow,
        latest: StatutoryDate | None = None,
        reason: str = Reason.FACTS_MISSING,
    ) -> RuleResult:
        """Return the answer "depends", naming the facts that would decide it."""
        return self.answered(Answer.DEPENDS, dates, latest=latest, law=law, reason=reason, names=names)

    def answered(
        self,
        answer: Answer,
        dates: StatutoryDate | None = None,
        *,
        latest: StatutoryDate | None = None,
        law: Iterable[LawRow] = (),
        reason: str = "",
        names: Iterable[str] = (),
    ) -> RuleResult:
        """Return a result of this rule; every row used is named once, those of the dates first."""
        rows = (*(dates.law if dates else ()), *(latest.law if latest else ()), *law)
        return RuleResult(
            rule=self.rule,
            answer=answer,
            dates=dates,
            law=tuple(dict.fromkeys(rows)),
            revision=self.book.revision,
            reason_code=reason,
            depends_on=tuple(dict.fromkeys(names)),
            latest=latest,
        )


def number(row: LawRow) -> int:
    """Return the value of a row that holds a whole number.

    Raises:
        ValueError: the row holds something else; the rule book was changed to nonsense.
    """
    return int(row.value)


def after(day: dt.date, row: LawRow) -> dt.date:
    """Return the day a row's length of time after ``day``, the start day not counted.

    The unit of the row (``days``, ``weeks``, ``months``) says what its value counts; what a unit
    says after its first word is for the reader.

    Raises:
        ValueError: the row's unit is no length of time in calendar days.
    """
    unit = row.unit.split()[0].removesuffix("s") if row.unit else ""
    if unit == "month":
        return add_months(day, number(row))
    lengths = {"day": 1, "week": 7}
    if unit not in lengths:
        raise ValueError(f"{row.key}: {row.unit!r} is no length of time")
    return day + dt.timedelta(days=lengths[unit] * number(row))
