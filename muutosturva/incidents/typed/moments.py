"""Moments as people type them: ISO, or the Finnish way; without a zone they are Finnish time."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from muutosturva.clock import HELSINKI, local_date
from muutosturva.errors import UsageError
from muutosturva.incidents.typed.notation import parse_anchor_value, parse_time

_CLOCK: Final = re.compile(r"(?:kl(?:o|\.)?\s*)?(\d{1,2}[:.]\d{2})", re.IGNORECASE)


def parse_moment(text: str) -> dt.datetime:
    """Return the moment a person typed, as an aware datetime.

    ``2027-03-01T08:10``, ``2027-03-01T06:10Z``, ``1.3.2027 8.10``; a day alone is its first moment.

    Raises:
        UsageError: not a moment, or one that no calendar has.
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return _as_people_type(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=HELSINKI)


def parse_event_time(text: str | None, now: dt.datetime) -> dt.datetime | None:
    """Return when something happened, as a person typed it: a clock time alone is today's.

    Args:
        text: ``10.45``, ``klo 10.45``, or a moment as ``parse_moment`` reads it; None when not given.
        now: aware.

    Raises:
        UsageError: neither a clock time nor a moment.
    """
    if text is None:
        return None
    clock = _CLOCK.fullmatch(text.strip())
    if clock is None:
        return parse_moment(text)
    return dt.datetime.combine(local_date(now), parse_time(clock[1]), HELSINKI)


def _as_people_type(text: str) -> dt.datetime:
    value = parse_anchor_value(text)
    if value.value is None or value.certainty.value != "confirmed":
        raise UsageError("incidents.not_a_moment", text=text)
    return dt.datetime.combine(value.value, value.at or dt.time(), HELSINKI)
