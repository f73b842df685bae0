"""Dates as people type them, on the command line and in dialogs alike.

``1.3.2027`` and ``2027-03-01`` are confirmed, ``~1.3.2027`` estimated, ``1.3.2027..10.4.2027`` a
range, ``?`` unknown. ``2027-03-01T08:10``, ``1.3.2027 8.10`` or ``1.3.2027 klo 8`` adds the clock
time in Finland. What the program itself prints may be typed back: ``ma 1.3.2027 – la 10.4.2027``.

A clock time that is passed over when summer time begins is refused; one that comes twice when it ends
is the first of the two.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from muutosturva.clock import HELSINKI
from muutosturva.errors import UsageError
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.rules.workdays import FIRST_YEAR, LAST_YEAR

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FINNISH: Final = re.compile(r"(?:[^\W\d_]{2,4}\s+)?(\d{1,2})\.(\d{1,2})\.(\d{4})")
"""A short weekday before the date is passed over: it is there for the reader."""
_TIME: Final = re.compile(r"(.+?)(?:T|\s+)(?:kl(?:o|\.)?\s*)?(\d{1,2})[:.](\d{2})", re.IGNORECASE)
_FULL_HOUR: Final = re.compile(r"(.+?)\s+kl(?:o|\.)?\s*(\d{1,2})$", re.IGNORECASE)
_RANGE: Final = re.compile(r"(.+?)\s*(?:\.\.|–|\s-\s)(.*)")
_LONGEST: Final = 366
"""Days of the longest span in which every day is meant."""


def parse_day(text: str) -> date:
    """Return the day of somebody's work as typed, Finnish or ISO, in the years that dates of a plan have.

    Raises:
        UsageError: not a date, one that no calendar has (31.2.), or a year outside 1991-2099.
    """
    day = any_day(text)
    require_known_year(day.year, text)
    return day


def parse_days(text: str) -> tuple[date, ...]:
    """Return the days typed: one, or all from the first to the last, ``24.12.2027..31.12.2027``.

    Raises:
        UsageError: not a date, an impossible one, a year outside 1991-2099, a span that runs
            backwards or is longer than a year.
    """
    span = _RANGE.fullmatch(text.strip())
    if span is None:
        return (parse_day(text),)
    first, last = parse_day(span[1]), parse_day(span[2])
    if last < first:
        raise UsageError("incidents.range_backwards", earliest=first, latest=last)
    count = (last - first).days + 1
    if count > _LONGEST:
        raise UsageError("incidents.days_many", text=text.strip())
    return tuple(first + timedelta(days=number) for number in range(count))


def require_known_year(year: int, text: str) -> None:
    """Refuse a year that no date of a plan may have: its holidays are not known, and it is a slip.

    Raises:
        UsageError: it lies outside 1991-2099.
    """
    if not FIRST_YEAR < year < LAST_YEAR:
        raise UsageError("incidents.day_years", text=text.strip(), first=FIRST_YEAR + 1, last=LAST_YEAR - 1)


def require_clock(day: date, at: time, text: str) -> None:
    """Refuse a clock time that the clocks of Finland pass over on the day.

    Raises:
        UsageError: there is no such time on the day.
    """
    wanted = datetime.combine(day, at)
    met = wanted.replace(tzinfo=HELSINKI).astimezone(UTC).astimezone(HELSINKI)
    if met.replace(tzinfo=None) != wanted:
        raise UsageError("incidents.clock_skipped", text=text.strip())


def any_day(text: str) -> date:
    """Return a day of any year as typed: rows of the law are older than the office's calendar.

    Raises:
        UsageError: not a date, or one that no calendar has (31.2.).
    """
    stripped = text.strip()
    if match := _ISO.fullmatch(stripped):
        year, month, day = (int(part) for part in match.groups())
    elif match := _FINNISH.fullmatch(stripped):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise UsageError("incidents.not_a_date", text=stripped)
    try:
        return date(year, month, day)
    except ValueError:
        raise UsageError("incidents.impossible_date", text=stripped) from None


def parse_time(text: str) -> time:
    """Return the clock time a person typed, ``8:10`` or ``8.10``.

    Raises:
        UsageError: not a time of day.
    """
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})", text.strip())
    if match is None:
        raise UsageError("incidents.not_a_time", text=text.strip())
    try:
        return time(int(match[1]), int(match[2]))
    except ValueError:
        raise UsageError("incidents.not_a_time", text=text.strip()) from None


def parse_anchor_value(text: str, source: str = "") -> AnchorValue:
    """Return the value of an anchor that a person typed in the notation above; its year the plan judges.

    Raises:
        UsageError: not a date, an impossible one, a range that ends before it begins, or a clock time
            that is passed over when summer time begins.
    """
    value = read_anchor_value(text, source)
    if value.value is not None and value.at is not None and FIRST_YEAR < value.value.year < LAST_YEAR:
        require_clock(value.value, value.at, text)
    return value


def read_anchor_value(text: str, source: str = "") -> AnchorValue:
    """Return a value in the notation above, also one that was written down before it was judged.

    Raises:
        UsageError: not a date, an impossible one, or a range that ends before it begins.
    """
    stripped = text.strip()
    if stripped == "?":
        return AnchorValue.unknown(source)
    if span := _RANGE.fullmatch(stripped):
        earliest, latest = any_day(span[1]), any_day(span[2])
        if latest < earliest:
            raise UsageError("incidents.range_backwards", earliest=earliest, latest=latest)
        return AnchorValue.between(earliest, latest, source)
    estimated = stripped.startswith("~")
    body = _FULL_HOUR.sub(r"\1 \2.00", stripped.removeprefix("~").strip())
    at: time | None = None
    if match := _TIME.fullmatch(body):
        body, at = match[1], parse_time(f"{match[2]}:{match[3]}")
    day = any_day(body)
    if estimated:
        return replace(AnchorValue.estimated(day, source), at=at)
    return AnchorValue.confirmed(day, source, at)


def format_anchor_value(value: AnchorValue) -> str:
    """Return a value in the same notation, so that it can be typed again."""
    if value.value is None:
        return "?"
    if value.latest is not None and value.earliest is not None and value.latest != value.earliest:
        return f"{value.earliest.isoformat()}..{value.latest.isoformat()}"
    mark = "~" if value.certainty.value == "estimated" else ""
    clock = f"T{value.at:%H:%M}" if value.at else ""
    return f"{mark}{value.value.isoformat()}{clock}"
