"""Numbers of the law that duties and rights begin at, and the moment a change crosses one.

Dismissals: the report to the authority (55/2001 9 luku 3 a §) and the action plan (1333/2021 3 luku).
Measures within the window of days: the duty of an employer of 20-49 to negotiate (252/2025). Employees:
the full duties (1333/2021 2 §). Displaced people: the European Globalisation Adjustment Fund
(2021/691 art. 4), where lay-offs never count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muutosturva.rules.book import LawBook
from muutosturva.rules.case import YES, number
from muutosturva.rules.results import LawRow


class Direction(StrEnum):
    """Which way a threshold was crossed."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Notices:
    """People whom one notice concerns.

    Attributes:
        day: the notice day, or None where it is not known: then they count in every window.
        count: how many people.
        measure: ``dismissal``, ``layoff`` or ``part_time``.
    """

    day: dt.date | None
    count: int
    measure: str = "dismissal"


@dataclass(frozen=True, slots=True)
class Compared:
    """What thresholds are compared with; None is not known.

    Attributes:
        dismissals: people dismissed, by the best known number.
        employer_size: regular employees of the employer.
        notices: measures by notice day, those of the employer's other incidents among them.
        layoff_days: length of the lay-offs in days.
        bankruptcy: True where the employer is bankrupt.
        decided: True where the number of dismissals is decided; False while it is only planned.
    """

    dismissals: int | None = None
    employer_size: int | None = None
    notices: tuple[Notices, ...] = ()
    layoff_days: int | None = None
    bankruptcy: bool = False
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Crossing:
    """A threshold that a change crossed.

    Attributes:
        key: row of the rule book.
        value: the threshold.
        number: the number that crossed it, as it is now.
        before: the number before; None where it was not known.
        direction: up when the threshold is reached, down when it no longer is.
        law: the row.
        planned: the threshold counts what is done, and the number is only planned: it would be reached.
    """

    key: str
    value: int
    number: int
    before: int | None
    direction: Direction
    law: LawRow
    planned: bool = False


NOTIFY: Final = "tsl.notify_threshold"
ACTION_PLAN: Final = "yt.action_plan_threshold"
WITHIN_WINDOW: Final = "yt.light_regime_trigger"
FULL_DUTIES: Final = "yt.threshold_full"
EGF: Final = "egf.threshold"
OF_WHAT_IS_DONE: Final = frozenset({NOTIFY, EGF})
"""Thresholds of people dismissed (55/2001 9 luku 3 a §) or displaced (2021/691 art. 4): no plan reaches one.

The duty to negotiate and the action plan (1333/2021 3 luku) begin with what the employer considers.
"""


def crossings(
    before: Compared | None, after: Compared, on: dt.date, book: LawBook, *, was_on: dt.date | None = None
) -> tuple[Crossing, ...]:
    """Return the thresholds that lie between two states of the numbers.

    Args:
        before: what was known until now; None when nothing was, so that what stands from the start is
            told as reached.
        after: what is known now.
        on: the day whose rows count; a key without a row that day has no threshold.
        book: the rule book.
        was_on: the day whose rows counted before, where another day selects the law now.
    """
    found = []
    earlier = was_on or on
    for key, count in _COUNTS.items():
        row = book.row(key, on)
        if row is None:
            continue
        old_row = book.row(key, earlier)
        old = None if before is None or old_row is None else count(before, earlier, book)
        new = count(after, on, book)
        least = number(row)
        reached = new is not None and new >= least
        was = old is not None and old_row is not None and old >= number(old_row)
        done = key in OF_WHAT_IS_DONE
        would, would_before = done and not after.decided, done and before is not None and not before.decided
        if new is not None and (reached is not was or (reached and would is not would_before)):
            way = Direction.UP if reached else Direction.DOWN
            found.append(Crossing(key, least, new, old, way, row, would if reached else would_before))
    return tuple(found)


def most_within(notices: Iterable[Notices], days: int) -> int:
    """Return the largest number of people whose notices fall within so many days, both ends included.

    Those without a known day count in every window.
    """
    given = list(notices)
    undated = sum(notice.count for notice in given if notice.day is None)
    dated = [(notice.day, notice.count) for notice in given if notice.day is not None]
    length = dt.timedelta(days=days)
    return undated + max(
        (sum(count for day, count in dated if first <= day < first + length) for first, _ in dated), default=0
    )


def _dismissals(compared: Compared, _on: dt.date, _book: LawBook) -> int | None:
    return compared.dismissals


def _in_negotiations(compared: Compared, on: dt.date, book: LawBook) -> int | None:
    """Return the dismissals, unless the Co-operation Act does not apply (bankruptcy)."""
    return None if _excluded(compared, on, book) else compared.dismissals


def _employees(compared: Compared, on: dt.date, book: LawBook) -> int | None:
    return None if _excluded(compared, on, book) else compared.employer_size


def _within_window(compared: Compared, on: dt.date, book: LawBook) -> int | None:
    """Return the people within the window; None where the employer's size rules the row out."""
    window, least, full = (
        book.row(key, on) for key in ("yt.light_regime_window", "yt.light_regime_from", FULL_DUTIES)
    )
    if window is None or least is None or _excluded(compared, on, book) or not compared.notices:
        return None
    size = compared.employer_size
    if size is not None and (size < number(least) or (full is not None and size >= number(full))):
        return None
    longest = book.row("yt.light_regime_layoff_max", on)
    short = longest is not None and compared.layoff_days is not None
    short = short and longest is not None and (compared.layoff_days or 0) <= number(longest)
    counted = [notice for notice in compared.notices if notice.measure != "layoff" or not short]
    return most_within(counted, number(window))


def _excluded(compared: Compared, on: dt.date, book: LawBook) -> bool:
    row = book.row("yt.not_in_bankruptcy", on)
    return compared.bankruptcy and row is not None and row.value == YES


_COUNTS: Final[Mapping[str, Callable[[Compared, dt.date, LawBook], int | None]]] = {
    NOTIFY: _dismissals,
    ACTION_PLAN: _in_negotiations,
    WITHIN_WINDOW: _within_window,
    FULL_DUTIES: _employees,
    EGF: _dismissals,
}
