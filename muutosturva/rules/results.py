"""What a rule answers: dates with their law rows, or why there is no date.

Rules return codes and plain values only; ``i18n`` makes the words. Every result names the rows
of the rule book it used and the book's revision, so that a date can be defended years later.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """How sure the rule book is of a row; anything but ``SURE`` and ``FOUND`` is shown as a mark."""

    SURE = "sure"
    FOUND = "found"
    SEED = "seed"
    DERIVED = "derived"
    UNSURE = "unsure"


class Answer(StrEnum):
    """The answer of a rule about one case."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    NO_LAW_ROW = "no_law_row"


@dataclass(frozen=True, slots=True)
class LawRow:
    """One dated row of the rule book.

    Attributes:
        key: stable name, ``mt55.register_within``.
        value: the number or text as written, without its unit.
        unit: ``days``, ``months``, ``employees`` … (free text of the book).
        condition: when the row applies beside its dates (``employer_size < 50``), or "".
        valid_from: first day in force; None means not in force at all (a bill).
        valid_to: last day in force, or None.
        statute: act and section, ``670/2022 5 a luku 2 §``.
        source: where it was read.
        confidence: how sure the row is.
        checked: the day a human last compared it with its source, or None.
        note: remarks for the reader.
    """

    key: str
    value: str
    unit: str
    condition: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    statute: str
    source: str
    confidence: Confidence
    checked: dt.date | None = None
    note: str = ""

    def in_force(self, day: dt.date) -> bool:
        """Tell whether the row is law on ``day``; a row without ``valid_from`` never is."""
        if self.valid_from is None or day < self.valid_from:
            return False
        return self.valid_to is None or day <= self.valid_to


@dataclass(frozen=True, slots=True)
class StatutoryDate:
    """The three values of a date set by law (design of statutory dates).

    What ``safe_date`` is follows from the kind of the rule (``rules.registry.RuleKind``). For a
    deadline and for an exact day it lies on or before ``date``. For an *earliest* day, before
    which the law forbids something, the safe side is the other one: on or after ``date``.

    Attributes:
        date: nominal day by the law's own counting.
        safe_date: last working day on or before ``date``, what a plan uses as due; first working
            day on or after it where the rule gives an earliest day.
        last_date: ``date`` moved off a Saturday, Sunday or the holidays of act 150/1930 5 §
            where that act applies, ``date`` itself where the law says that it never moves; None
            where it is unsure, and for an earliest day, which has no last one.
        law: the rows used, in the order they were applied.
        revision: revision of the rule book.
        carried_on: True when a row had expired and was carried on because the rule allows it.
        earliest: True when ``date`` is a day before which the law forbids something; words say
            "at the earliest" and never that it moves.
        until: the law's day counted from the last day of a range, where ``date`` is counted from its
            first; None where it is one day.
    """

    date: dt.date
    safe_date: dt.date
    last_date: dt.date | None
    law: tuple[LawRow, ...]
    revision: int
    carried_on: bool = False
    earliest: bool = False
    until: dt.date | None = None

    @property
    def unsure(self) -> bool:
        """True when any row used is marked unsure."""
        return any(row.confidence is Confidence.UNSURE for row in self.law)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """The answer of one named rule.

    Attributes:
        rule: name of the rule, ``mt55_register_by``.
        answer: yes, no, depends or no law row.
        dates: the dates, when the answer is yes (or depends on something beside the date). A
            plan uses them whenever they are set.
        days: a number of days where the rule gives one (employment leave).
        law: rows used, also for answers without a date.
        revision: revision of the rule book.
        reason_code: why, ``mt55.bankruptcy``; catalogue key ``rules.reason.<reason_code>``.
        depends_on: names of the facts that would decide it, for ``depends``.
        latest: the last possible dates where the rule gives a range, ``dates`` being the first:
            the length of service is not known, or a fact that decides the length is missing.
        no_row_for: the key and the day for which the book has no row, for ``no_law_row``.
    """

    rule: str
    answer: Answer
    dates: StatutoryDate | None = None
    days: int | None = None
    law: tuple[LawRow, ...] = ()
    revision: int = 0
    reason_code: str = ""
    depends_on: tuple[str, ...] = ()
    latest: StatutoryDate | None = None
    no_row_for: tuple[str, dt.date] | None = None
