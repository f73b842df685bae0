"""Conditions that may be met, not met or not known, and the answer that follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from muutosturva.rules.case import YES, Case
from muutosturva.rules.reasons import Reason
from muutosturva.rules.results import Answer, LawRow, RuleResult, StatutoryDate


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule, as far as the facts decide it.

    Attributes:
        met: True, False, or None when a fact is missing.
        reason: reason code of a no.
        names: the missing facts that would decide it.
        law: rows it was judged by.
    """

    met: bool | None
    reason: str = ""
    names: tuple[str, ...] = ()
    law: tuple[LawRow, ...] = ()

    def __post_init__(self) -> None:
        assert self.met is not None or self.names, "an open condition names what would decide it"


def judge(
    case: Case,
    conditions: Iterable[Condition],
    dates: StatutoryDate | None = None,
    *,
    latest: StatutoryDate | None = None,
    undecided: Iterable[str] = (),
) -> RuleResult:
    """Return no by the first condition not met, else depends on every unknown, else yes.

    A no is a no whatever else is missing. For "depends" the dates stay: they do not hang on
    the conditions.

    Args:
        case: the case judged.
        conditions: all of them must be met, in the order in which a no is explained.
        dates: the dates if the answer is not no.
        latest: the last dates of a range.
        undecided: facts beside the conditions that are missing, as those that decide a range.
    """
    judged = list(conditions)
    for condition in judged:
        if condition.met is False:
            return case.no(condition.reason, *condition.law)
    law = [row for condition in judged for row in condition.law]
    names = [name for condition in judged if condition.met is None for name in condition.names]
    names.extend(undecided)
    if names:
        return case.depends(names, dates, *law, latest=latest)
    return case.answered(Answer.YES, dates, latest=latest, law=law)


def not_in(case: Case, fact: str, key: str, on: dt.date, reason: str) -> Condition:
    """Return the condition that a yes-or-no fact is not true, where a row of the law says so.

    Without such a row in force on the day the fact excludes nothing.
    """
    row = case.book.row(key, on)
    if row is None or row.value != YES:
        return Condition(met=True)
    flag = case.flag(fact)
    return Condition(None if flag is None else not flag, reason, (fact,), (row,) if flag else ())


def no_new_job(case: Case) -> Condition:
    """Return the condition that the person has no new job to go to."""
    employed = case.flag("new_job")
    return Condition(None if employed is None else not employed, Reason.NEW_JOB, ("new_job",))
