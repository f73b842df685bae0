"""The calendar of change negotiations: Co-operation Act 1333/2021, before it 334/2007.

The day on which the proposal for negotiations was given selects the law of the whole course:
the thresholds and periods changed on 1.7.2025 (252/2025).
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

from muutosturva.rules.case import Case, after, number
from muutosturva.rules.conditions import Condition, judge, not_in
from muutosturva.rules.reasons import Reason
from muutosturva.rules.results import Answer, Confidence, LawRow, RuleResult

_DAY = dt.timedelta(days=1)


def must_negotiate(case: Case) -> RuleResult:
    """Tell whether the employer must hold change negotiations (1333/2021 2 §, 252/2025).

    By the number of its employees; an employer of 20-49 only when the measures concern enough
    people within 90 days, lay-offs of at most 90 days not counted. Not in bankruptcy.
    """
    return judge(case, _duty(case, case.day("proposal")))


def negotiations_earliest(case: Case) -> RuleResult:
    """Return the first day of negotiations: the proposal and five days (1333/2021 19 §)."""
    on = case.day("proposal")
    lead = case.law("yt.proposal_lead", on)
    return judge(case, _duty(case, on), case.dates(after(on, lead), lead))


def negotiations_end_earliest(case: Case) -> RuleResult:
    """Return the last day of the minimum period of negotiations (1333/2021 23 §).

    The day negotiations begin is not counted. Where a fact that decides between the long and
    the short period is missing, both are given.
    """
    return _after_minimum(case, dt.timedelta(0))


def decision_earliest(case: Case) -> RuleResult:
    """Return the first day for decisions and notices: the day after the minimum period ran out."""
    return _after_minimum(case, _DAY)


def earliest_end(case: Case) -> RuleResult:
    """Return the day before which no employment may end (252/2025): 30 days from the proposal.

    Counted from the day the proposal was given to the employment authority; applies when
    enough dismissals are planned, to proposals from 1.7.2025 on.
    """
    given = case.day_or_none("authority_proposal") or case.day("proposal")
    on = case.day_or_none("proposal") or given
    floor, least = case.law("yt.end_not_before", on), case.law("yt.end_not_before_from", on)
    conditions = (_outside_bankruptcy(case, on), _planned(case, least, Reason.FEWER_DISMISSALS))
    return judge(case, conditions, case.dates(after(given, floor), floor))


def negotiation_days(case: Case) -> RuleResult:
    """Return the length of the minimum period of negotiations, in ``days`` (1333/2021 23 §).

    The number of persons, the employer's size, short lay-offs and restructuring proceedings
    decide between the long and the short one.
    """
    on = case.day("proposal")
    shortened = _shortened(case, on)
    duty = judge(case, _duty(case, on), undecided=shortened.names)
    if duty.answer is Answer.NO or shortened.met is None:
        return duty
    row = case.law("yt.duration_short" if shortened.met else "yt.duration_long", on)
    law = tuple(dict.fromkeys((row, *shortened.law, *duty.law)))
    return replace(duty, days=number(row), law=law)


def authority_copy_by(case: Case) -> RuleResult:
    """Return the last day for the copy of the proposal to the authority (1333/2021 3 luku 21 §).

    At latest when negotiations begin, whatever the number of persons.
    """
    on, begun = case.day("proposal"), case.day_or_none("negotiations")
    lead = case.law("yt.authority_copy_due", on)
    dates = None if begun is None else case.dates(begun - dt.timedelta(days=number(lead)), lead)
    return judge(case, _duty(case, on), dates, undecided=case.unknown("negotiations"))


def action_plan(case: Case) -> RuleResult:
    """Tell whether an action plan is due (1333/2021 3 luku): no means operating principles."""
    on = case.day("proposal")
    least = case.law("yt.action_plan_threshold", on)
    planned = _planned(case, least, Reason.OPERATING_PRINCIPLES)
    return judge(case, (_outside_bankruptcy(case, on), planned))


def authority_list(case: Case) -> RuleResult:
    """Tell whether the employer reports the dismissed to the authority (55/2001 9:3 a).

    Without delay after the notices: the law names no day.
    """
    least = case.law("tsl.notify_threshold", case.day("notice"))
    return judge(case, (_planned(case, least, Reason.FEWER_DISMISSALS),))


def _outside_bankruptcy(case: Case, on: dt.date) -> Condition:
    return not_in(case, "bankruptcy", "yt.not_in_bankruptcy", on, Reason.NEGOTIATIONS_BANKRUPTCY)


def _planned(case: Case, least: LawRow, reason: str) -> Condition:
    dismissals = case.number("dismissals")
    met = None if dismissals is None else dismissals >= number(least)
    return Condition(met, reason, ("dismissals",), (least,))


def _duty(case: Case, on: dt.date) -> tuple[Condition, Condition]:
    return _outside_bankruptcy(case, on), _large_enough(case, on)


def _large_enough(case: Case, on: dt.date) -> Condition:
    full, small = case.law("yt.threshold_full", on), Reason.NEGOTIATIONS_EMPLOYER_TOO_SMALL
    size = case.number("employer_size")
    if size is None:
        return Condition(None, small, ("employer_size",), (full,))
    if size >= number(full):
        return Condition(met=True, law=(full,))
    light = case.book.row("yt.light_regime_from", on)
    if light is None or size < number(light):
        return Condition(False, small, law=(full, *([light] if light else [])))
    return _enough_measures(case, on, (full, light))


def _enough_measures(case: Case, on: dt.date, law: tuple[LawRow, ...]) -> Condition:
    """Judge an employer of 20-49 by how many its measures concern within 90 days."""
    trigger = case.law("yt.light_regime_trigger", on)
    low, high, names = _counted_now(case, case.law("yt.light_regime_layoff_max", on))
    others = case.number("others_90_days")
    if others is None:
        high, names = math.inf, (*names, "others_90_days")
    rows, least = (*law, trigger), number(trigger)
    if low + (others or 0) >= least:
        return Condition(met=True, law=rows)
    met = None if high + (others or 0) >= least else False
    return Condition(met, Reason.NEGOTIATIONS_TOO_FEW, names, rows)


def _counted_now(case: Case, layoff_max: LawRow) -> tuple[float, float, tuple[str, ...]]:
    """Return at least and at most how many the present measures bring to the count.

    With them the facts that would narrow it. Lay-offs count only above a length; where nobody
    has said what happens to those who are not dismissed, they may count or not.
    """
    headcount, dismissals = case.number("headcount"), case.number("dismissals")
    sure = dismissals or 0
    most = math.inf if headcount is None else headcount
    unknown, measure = case.unknown("headcount"), case.word("measure")
    if measure == "layoff":
        days = case.number("layoff_days")
        if days is None:
            return sure, most, (*unknown, "layoff_days")
        if days <= number(layoff_max):
            return sure, sure, ()
    elif measure is None and dismissals is not None and dismissals < most:
        return sure, most, unknown or ("measure",)
    return headcount or sure, most, unknown


def _after_minimum(case: Case, further: dt.timedelta) -> RuleResult:
    on, begun = case.day("proposal"), case.day_or_none("negotiations")
    duty, shortened = _duty(case, on), _shortened(case, on)
    undecided = (*case.unknown("negotiations"), *shortened.names)
    if begun is None:
        return judge(case, duty, undecided=undecided)
    short, long = case.law("yt.duration_short", on), case.law("yt.duration_long", on)
    first = case.dates(after(begun, short) + further, short, *shortened.law)
    last = case.dates(after(begun, long) + further, long, *shortened.law)
    if shortened.met is None:
        return judge(case, duty, first, latest=last, undecided=undecided)
    return judge(case, duty, first if shortened.met else last)


def _shortened(case: Case, on: dt.date) -> Condition:
    """Judge the cases of the short period; any one of them is enough (1333/2021 23 §).

    For a no, a ground marked unsure is not among the rows: the answer does not hang on it.
    """
    grounds = (
        _below(case, "headcount", case.law("yt.short_applies_below", on)),
        _below(case, "employer_size", case.book.row("yt.short_employer_below", on)),
        _short_layoffs(case, case.book.row("yt.short_layoff_max", on)),
        _restructuring(case, case.book.row("yt.short_in_restructuring", on)),
    )
    for ground in grounds:
        if ground.met:
            return Condition(met=True, law=ground.law)
    names = tuple(name for ground in grounds if ground.met is None for name in ground.names)
    law = tuple(row for ground in grounds for row in ground.law)
    if names:
        return Condition(None, names=names, law=law)
    return Condition(met=False, law=tuple(row for row in law if row.confidence is not Confidence.UNSURE))


def _below(case: Case, fact: str, limit: LawRow | None) -> Condition:
    if limit is None:
        return Condition(met=False)
    size = case.number(fact)
    return Condition(None if size is None else size < number(limit), names=(fact,), law=(limit,))


def _short_layoffs(case: Case, limit: LawRow | None) -> Condition:
    if limit is None or case.word("measure") != "layoff":
        return Condition(met=False)
    days = case.number("layoff_days")
    return Condition(None if days is None else days <= number(limit), names=("layoff_days",), law=(limit,))


def _restructuring(case: Case, row: LawRow | None) -> Condition:
    if row is None:
        return Condition(met=False)
    flag = case.flag("restructuring")
    return Condition(flag, names=("restructuring",), law=() if flag is False else (row,))
