"""Moments as people type them: ISO, or the Finnish way; without a zone they are Finnish time.

A clock time that comes twice when summer time ends is the first of the two; for the second one, the
moment is typed with its zone: ``2027-10-31T03:30+02:00``.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from muutosturva.clock import HELSINKI, local_date
from muutosturva.errors import UsageError
from muutosturva.incidents.typed.notation import (
    parse_anchor_value,
    parse_time,
    require_clock,
    require_known_year,
)

_CLOCK: Final = re.compile(r"(?:kl(?:o|\.)?\s*)?(\d{1,2}[:.]\d{2})", re.IGNORECASE)


def parse_moment(text: str) -> dt.datetime:
    """Return the moment a person typed, as an aware datetime.

    ``2027-03-01T08:10``, ``2027-03-01T06:10Z``, ``1.3.2027 8.10``; a day alone is its first moment.

    Raises:
        UsageError: not a moment, one that no calendar has, a year outside 1991-2099, or a clock time
            that is passed over when summer time begins.
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        moment = _as_people_type(text)
    require_known_year(moment.year, text)
    if moment.tzinfo is not None:
        return moment
    require_clock(moment.date(), moment.time(), text)
    return moment.replace(tzinfo=HELSINKI)


def parse_event_time(text: str | None, now: dt.datetime) -> dt.datetime | None:
    """Return when something happened, as a person typed it: a clock time alone is today's.

    Args:
        text: ``10.45``, ``klo 10.45``, or a moment as ``parse_moment`` reads it; None when not given.
        now: aware.

    Raises:
        UsageError: neither a clock time nor a moment, or refused as ``parse_moment`` does.
    """
    if text is None:
        return None
    clock = _CLOCK.fullmatch(text.strip())
    if clock is None:
        return parse_moment(text)
    today, at = local_date(now), parse_time(clock[1])
    require_clock(today, at, text)
    return dt.datetime.combine(today, at, HELSINKI)


def _as_people_type(text: str) -> dt.datetime:
    value = parse_anchor_value(text)
    if value.value is None or value.certainty.value != "confirmed":
        raise UsageError("incidents.not_a_moment", text=text)
    return dt.datetime.combine(value.value, value.at or dt.time())
