"""The home municipality's share of unemployment benefits (HE 207/2022, from 1.1.2025).

Shares grow by bands of a hundred paid days; the first band costs nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from muutosturva.rules.book import LawBook
from muutosturva.rules.case import YES, Case, NoLawRow, after, number
from muutosturva.rules.conditions import Condition, judge, no_new_job
from muutosturva.rules.results import LawRow, RuleResult


@dataclass(frozen=True, slots=True)
class Band:
    """Paid days of one share.

    Attributes:
        first: first paid day of the band, 1-based.
        last: last paid day, or None for the band without an end.
        percent: the municipality's share of the base benefit, in per cent.
        law: rows it was read from.
    """

    first: int
    last: int | None
    percent: int
    law: tuple[LawRow, ...]


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A row of the law and whether it had expired and was carried on.

    Attributes:
        row: the row in force, or the last known one.
        carried_on: True when it was no longer in force on the day asked for.
    """

    row: LawRow
    carried_on: bool


def municipal_bands(on: dt.date, book: LawBook) -> tuple[Band, ...]:
    """Return the bands in force on a day, from the first paid day up; () without rows."""
    return tuple(_bands(on, book))


def municipal_share(paid_day: int, on: dt.date, book: LawBook) -> Band | None:
    """Return the band of a paid day: day d of unemployment lies in the hundred (d - 1) // 100.

    Args:
        paid_day: 1 for the first day benefit is paid for.
        on: the day whose rows count.
        book: the rule book.

    Returns:
        The band, or None where the book has no rows on that day.

    Raises:
        ValueError: ``paid_day`` is below 1.
    """
    if paid_day < 1:
        raise ValueError(f"paid days are counted from 1, not {paid_day}")
    fitting = (
        band
        for band in _bands(on, book)
        if band.first <= paid_day and (band.last is None or paid_day <= band.last)
    )
    return next(fitting, None)


def base_daily(on: dt.date, book: LawBook) -> CarriedRow | None:
    """Return the base daily benefit (1290/2002; from 1.5.2026 general support).

    The sum of a year is known only at the end of the year before: where the book says so in
    ``ui.base_daily.carry_on``, the last known sum is carried on, and marked.
    """
    row = book.row("ui.base_daily", on)
    if row is not None:
        return CarriedRow(row, carried_on=False)
    known = book.last_known("ui.base_daily", on)
    allowed = book.row("ui.base_daily.carry_on", on)
    if known is None or allowed is None or allowed.value != YES:
        return None
    return CarriedRow(known, carried_on=True)


def municipal_share_from(case: Case) -> RuleResult:
    """Return the first day the home municipality may have to pay a share.

    From the first unemployment day on, which selects the law, come the days over which holiday
    pay is spread, the waiting days (Monday to Friday, public holidays included), then the paid
    days, as many a week: the first day of the first band that costs anything.
    """
    first = case.day_or_none("unemployed_from")
    if first is None:
        end = case.day("end")
        first = after(end, case.law("svc.register_from_end", end))
    waiting, week = case.law("ui.waiting_days", first), case.law("ui.paid_days_per_week", first)
    band = next((band for band in _bands(first, case.book) if band.percent), None)
    if band is None:
        raise NoLawRow("muni.band_0.share", first)
    spread = case.number("holiday_pay_days")
    days = int(spread or 0) + number(waiting) + band.first
    date = _benefit_day(first, days, number(week))
    conditions = (
        Condition(None if spread is None else True, names=("holiday_pay_days",)),
        no_new_job(case),
    )
    return judge(case, conditions, case.dates(date, waiting, week, *band.law))


def _benefit_day(first: dt.date, nth: int, per_week: int) -> dt.date:
    """Return the ``nth`` day of ``first`` and after that falls on a benefit weekday."""
    day, left = first, nth
    while True:
        left -= day.isoweekday() <= per_week
        if not left:
            return day
        day += dt.timedelta(days=1)


def _bands(on: dt.date, book: LawBook) -> Iterator[Band]:
    for index in count():
        first, share = book.row(f"muni.band_{index}.from", on), book.row(f"muni.band_{index}.share", on)
        if first is None or share is None:
            return
        last = book.row(f"muni.band_{index}.to", on)
        law = tuple(row for row in (first, last, share) if row is not None)
        yield Band(number(first), number(last) if last else None, number(share), law)
