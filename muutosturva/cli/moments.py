"""Moments as people type them: ISO, or the Finnish way; without a zone they are Finnish time."""

from __future__ import annotations

import datetime as dt

from muutosturva.clock import HELSINKI
from muutosturva.errors import UsageError
from muutosturva.incidents.notation import parse_anchor_value


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


def _as_people_type(text: str) -> dt.datetime:
    value = parse_anchor_value(text)
    if value.value is None or value.certainty.value != "confirmed":
        raise UsageError("cli.not_a_moment", text=text)
    return dt.datetime.combine(value.value, value.at or dt.time(), HELSINKI)
