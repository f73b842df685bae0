"""Reading some columns of many rows: the rest of a wide row (texts, dates as JSON) costs most of the time."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import load_only
from sqlalchemy.sql.base import ExecutableOption


def select_columns(*columns: Any) -> sa.Select[Any]:
    """Return a selection of single columns and sums, to be narrowed further and executed by a session.

    sqlmodel's own ``select`` knows four columns at most.
    """
    return sa.select(*columns)


def only(*columns: Any) -> ExecutableOption:
    """Return the option that loads of each row these columns; another one is fetched when it is asked for."""
    return load_only(*columns)


def json_text(column: Any, name: str) -> Any:
    """Return a text inside a column of JSON, to be compared with others."""
    return sa.type_coerce(column, sa.JSON)[name].as_string()
