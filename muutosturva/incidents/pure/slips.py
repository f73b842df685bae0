"""Days typed with a wrong year: nobody means a day more than a year back. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from muutosturva.playbooks.facts import AnchorValue

SLIP: Final = dt.timedelta(days=366)
"""How far back a day may lie: a year typed wrongly lies farther."""


def year_slipped(day: dt.date | None, since: dt.date) -> bool:
    """Tell whether a day lies so far before another that its year must be a slip."""
    return day is not None and day < since - SLIP


def slipped(anchors: Mapping[str, AnchorValue], today: dt.date) -> dict[str, dt.date]:
    """Return the days given more than a year back, by the name of the date."""
    return {
        name: value.value
        for name, value in anchors.items()
        if value.value is not None and year_slipped(value.latest or value.value, today)
    }
