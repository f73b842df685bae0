"""A day with a wrong year: more than a year back is hardly ever meant."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.incidents.pure.slips import slipped, year_slipped
from muutosturva.playbooks.facts import AnchorValue

TODAY = dt.date(2027, 3, 8)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 3, 8), False),
        (dt.date(2026, 3, 6), True),
        (dt.date(2025, 3, 8), True),
        (dt.date(2028, 3, 8), False),
        (None, False),
    ],
)
def test_more_than_a_year_back_is_a_slip(day: dt.date | None, *, expected: bool) -> None:
    """A leap year more is allowed: last year's same day is meant now and then."""
    assert year_slipped(day, TODAY) is expected


def test_each_date_is_judged_by_its_latest_day() -> None:
    old = dt.date(2025, 3, 8)
    given = {
        "known": AnchorValue.confirmed(old),
        "range": AnchorValue.between(old, TODAY),
        "nobody": AnchorValue.unknown(),
    }
    assert slipped(given, TODAY) == {"known": old}
