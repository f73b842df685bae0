"""Facts of invented cases that several tests begin from."""

from __future__ import annotations

import datetime as dt
from typing import Final

LARGE: Final[dict[str, object]] = {
    "proposal": dt.date(2027, 3, 1),
    "negotiations": dt.date(2027, 3, 8),
    "notice": dt.date(2027, 3, 30),
    "headcount": 260,
    "dismissals": 260,
    "employer_size": 342,
    "bankruptcy": False,
    "restructuring": False,
}
"""A large firm that gave its proposal on Monday 1.3.2027; the course crosses Easter and summer time."""

PERSON: Final[dict[str, object]] = {
    "birth_date": dt.date(1970, 5, 10),
    "employment_start": dt.date(2010, 4, 1),
    "breaks_over_30": False,
    "new_job": False,
}
"""A person of 56 with almost seventeen years' service in that firm."""
