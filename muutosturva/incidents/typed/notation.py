"""Dates as people type them, on the command line and in dialogs alike.

``1.3.2027`` and ``2027-03-01`` are confirmed, ``~1.3.2027`` estimated, ``1.3.2027..10.4.2027`` a
range, ``?`` unknown. ``2027-03-01T08:10``, ``1.3.2027 8.10`` or ``1.3.2027 klo 8`` adds the clock
time in Finland. What the program itself prints may be typed back: ``ma 1.3.2027 – la 10.4.2027``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from typing import Final

from muutosturva.errors import UsageError
from muutosturva.playbooks.facts import AnchorValue

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FINNISH: Final = re.compile(r"(?:[^\W\d_]{2,4}\s+)?(\d{1,2})\.(\d{1,2})\.(\d{4})")
"""A short weekday before the date is passed over: it is there for the reader."""
_TIME: Final = re.compile(r"(.+?)(?:T|\s+)(?:kl(?:o|\.)?\s*)?(\d{1,2})[:.](\d{2})", re.IGNORECASE)
_FULL_HOUR: Final = re.compile(r"(.+?)\s+kl(?:o|\.)?\s*(\d{1,2})$", re.IGNORECASE)
_RANGE: Final = re.compile(r"(.+?)\s*(?:\.\.|–|\s-\s)(.*)")


def parse_day(text: str) -> date:
    """Return the day a person typed, Finnish or ISO.

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
    """Return the value of an anchor in the notation above.

    Raises:
        UsageError: not a date, an impossible one, or a range that ends before it begins.
    """
    stripped = text.strip()
    if stripped == "?":
        return AnchorValue.unknown(source)
    if span := _RANGE.fullmatch(stripped):
        earliest, latest = parse_day(span[1]), parse_day(span[2])
        if latest < earliest:
            raise UsageError("incidents.range_backwards", earliest=earliest, latest=latest)
        return AnchorValue.between(earliest, latest, source)
    estimated = stripped.startswith("~")
    body = _FULL_HOUR.sub(r"\1 \2.00", stripped.removeprefix("~").strip())
    at: time | None = None
    if match := _TIME.fullmatch(body):
        body, at = match[1], parse_time(f"{match[2]}:{match[3]}")
    day = parse_day(body)
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
