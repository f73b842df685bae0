"""Reading some columns of many rows: the rest of a wide row (texts, dates as JSON) costs most of the time."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col


def select_columns(*columns: Any) -> sa.Select[Any]:
    """Return a selection of single columns, to be narrowed further and executed by a session.

    sqlmodel's own ``select`` knows four columns at most.
    """
    return sa.select(*map(col, columns))
