"""Notice periods and employment leave: Employment Contracts Act 55/2001, chapters 6 and 7.

The notice day selects the law. A notice period never moves off a holiday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from muutosturva.rules.case import Case, NoLawRow, Unknown, after, number
from muutosturva.rules.conditions import judge
from muutosturva.rules.length_of_service import SERVICE_FACT, Service
from muutosturva.rules.mt55 import mt55_eligible
from muutosturva.rules.negotiations import earliest_end
from muutosturva.rules.results import Answer, LawRow, RuleResult
from muutosturva.rules.workdays import add_months

STEPS = ("tsl.notice_lt_1y", "tsl.notice_1_4y", "tsl.notice_4_8y", "tsl.notice_8_12y", "tsl.notice_over_12y")
"""Keys of the ordinary notice periods from the shortest up; ``<key>.service_to`` holds each
step's longest service in years, which the last step has not."""

_Choice = tuple[dt.date, tuple[LawRow, ...]]


def notice_period_end(case: Case) -> RuleResult:
    """Return the last day of the notice period (55/2001 6:3; 7:7 and 7:8).

    By the length of service on the notice day, "up to one year" including exactly one; a notice
    period of the contract goes before. In bankruptcy 14 days, in restructuring proceedings two
    months or the shorter ordinary period. Where it is not known whether proceedings are on, the
    answer is a range.
    """
    notice = case.day("notice")
    unknown = _undecided(case)
    choices = [
        _end(case, notice, bankruptcy=bankruptcy, restructuring=restructuring)
        for bankruptcy in _open(case.flag("bankruptcy"))
        for restructuring in _open(case.flag("restructuring"))
    ]
    return _range(case, choices, unknown)


def notice_period_range(case: Case) -> RuleResult:
    """Return the shortest and the longest notice period of a day's notices, as a range of days.

    For a group whose lengths of service are not known: ``dates`` is the first last-day,
    ``latest`` the last. The first one respects the floor of 252/2025 where the proposal and
    the number of dismissals are known (``earliest_end``).
    """
    notice = case.day("notice")
    choices: list[_Choice] = []
    for bankruptcy in _open(case.flag("bankruptcy")):
        if bankruptcy:
            choices.append(_bankruptcy_end(case, notice))
            continue
        ordinary = [_after(notice, case.law(key, notice)) for key in STEPS]
        for restructuring in _open(case.flag("restructuring")):
            choices.extend(_capped(case, notice, end) if restructuring else end for end in ordinary)
    first, last = min(choices, key=_end_day), max(choices, key=_end_day)
    floored, undecided = _floored(case, first)
    last = max(last, floored, key=_end_day)
    return judge(
        case,
        (),
        case.dates(floored[0], *floored[1]),
        latest=case.dates(last[0], *last[1]),
        undecided=(*_undecided(case), *undecided),
    )


def leave_days(case: Case) -> RuleResult:
    """Return the days of employment leave on full pay (55/2001 7:12): working days, in ``days``.

    By the length of the notice period; more with the 55+ conditions. Where these are not
    known, ``days`` is what is due in any case.
    """
    notice = case.day("notice")
    end = notice_period_end(case)
    if end.dates is None or end.latest is not None:
        return case.depends(end.depends_on)
    step = _leave_step(case, notice, end.dates.date)
    ordinary = case.law(f"tsl.leave_{step}", notice)
    extended = case.book.row(f"tsl.leave55_{step}", notice)
    if extended is None or extended.value == ordinary.value:
        return replace(case.yes(None, *end.law, ordinary), days=number(ordinary))
    eligible = mt55_eligible(case)
    if eligible.answer is Answer.DEPENDS:
        answer = case.depends(eligible.depends_on, None, *end.law, ordinary, extended)
        return replace(answer, days=number(ordinary))
    row = extended if eligible.answer is Answer.YES else ordinary
    return replace(case.yes(None, *end.law, row, *eligible.law), days=number(row))


def _end_day(choice: _Choice) -> dt.date:
    return choice[0]


def _open(flag: bool | None) -> tuple[bool, ...]:  # noqa: FBT001 - the flag is the thing itself
    return (False, True) if flag is None else (flag,)


def _undecided(case: Case) -> tuple[str, ...]:
    return tuple(name for name in ("bankruptcy", "restructuring") if case.flag(name) is None)


def _after(notice: dt.date, row: LawRow) -> _Choice:
    return after(notice, row), (row,)


def _bankruptcy_end(case: Case, notice: dt.date) -> _Choice:
    return _after(notice, case.law("tsl.notice_bankruptcy", notice))


def _end(case: Case, notice: dt.date, *, bankruptcy: bool, restructuring: bool) -> _Choice:
    if bankruptcy:
        return _bankruptcy_end(case, notice)
    ordinary = _contract_end(case, notice) or _ordinary_end(case, notice)
    return _capped(case, notice, ordinary) if restructuring else ordinary


def _contract_end(case: Case, notice: dt.date) -> _Choice | None:
    months, days = case.number("contract_notice_months"), case.number("contract_notice_days")
    if months is None and days is None:
        return None
    end = add_months(notice, int(months or 0)) + dt.timedelta(days=int(days or 0))
    return end, ()


def _ordinary_end(case: Case, notice: dt.date) -> _Choice:
    service = Service.of(case)
    if service is None:
        raise Unknown(SERVICE_FACT)
    for key in STEPS[:-1]:
        limit = case.law(f"{key}.service_to", notice)
        if service.at_most(number(limit), notice):
            row = case.law(key, notice)
            return after(notice, row), (row, limit)
    return _after(notice, case.law(STEPS[-1], notice))


def _capped(case: Case, notice: dt.date, ordinary: _Choice) -> _Choice:
    cap = _after(notice, case.law("tsl.notice_restructuring_max", notice))
    return cap if cap[0] < ordinary[0] else ordinary


def _range(case: Case, choices: Iterable[_Choice], undecided: tuple[str, ...]) -> RuleResult:
    ordered = sorted(choices, key=_end_day)
    first, last = ordered[0], ordered[-1]
    if first[0] == last[0]:
        return case.yes(case.dates(first[0], *first[1]))
    return case.depends(undecided, case.dates(first[0], *first[1]), latest=case.dates(last[0], *last[1]))


def _floored(case: Case, first: _Choice) -> tuple[_Choice, tuple[str, ...]]:
    if case.day_or_none("proposal") is None and case.day_or_none("authority_proposal") is None:
        return first, ()
    try:
        floor = earliest_end(case)
    except NoLawRow:
        return first, ()
    if floor.dates is None or floor.dates.date <= first[0]:
        return first, ()
    if floor.answer is Answer.DEPENDS:
        return first, floor.depends_on
    return (floor.dates.date, floor.law), ()


def _leave_step(case: Case, notice: dt.date, end: dt.date) -> str:
    for step in ("short", "mid"):
        if end <= after(notice, case.law(f"tsl.leave_{step}.notice_to", notice)):
            return step
    return "long"
