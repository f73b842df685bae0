"""The one place that reads the clock of the machine.

Every rule and every use case takes the time as an argument; only the two front ends call
these functions. A lint rule (TID251) keeps ``datetime.now`` and ``date.today`` out of every
other file.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
"""Time zone of every date the law speaks of and of every clock time on screen."""


def now() -> datetime:
    """Return the present moment as an aware UTC datetime."""
    return datetime.now(UTC)  # noqa: TID251 - the one reading of the clock


def local_date(moment: datetime) -> date:
    """Return the calendar day of ``moment`` in Finland.

    Args:
        moment: an aware datetime in any zone.

    Raises:
        ValueError: the datetime is naive, so its day in Finland cannot be known.
    """
    if moment.tzinfo is None:
        message = "a naive datetime has no day in Finland"
        raise ValueError(message)
    return moment.astimezone(HELSINKI).date()


def day_and_clock(at: date) -> tuple[date, time]:
    """Return the day of a moment in Finland and its clock time; a day alone has reached no clock time."""
    if isinstance(at, datetime):
        return local_date(at), at.astimezone(HELSINKI).time()
    return at, time.min


def is_past(due: date, due_at: time | None, at: date) -> bool:
    """Tell whether a due day, or a due clock time, has passed.

    Args:
        due: the due day.
        due_at: the clock time in Finland it is due by, or None for the whole day.
        at: the moment; of a day alone only the days before it have passed.
    """
    day, clock = day_and_clock(at)
    return due < day or (due == day and due_at is not None and due_at < clock)
