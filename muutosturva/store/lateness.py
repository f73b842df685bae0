"""What is late, as a condition on tasks: the rule of ``clock.is_past`` for a selection."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from muutosturva.clock import day_and_clock


def past(task: Any, at: dt.date) -> sa.ColumnElement[bool]:
    """Return the same as a condition on tasks, of which ``due`` holds the clock time as JSON."""
    day, clock = day_and_clock(at)
    told = task.due["at"].as_string()
    return sa.or_(task.due_on < day, sa.and_(task.due_on == day, told.is_not(None), told < clock.isoformat()))


def today_ahead(task: Any, at: dt.date) -> sa.ColumnElement[bool]:
    """Return the condition of what is due on the day and not past."""
    day, clock = day_and_clock(at)
    told = task.due["at"].as_string()
    return sa.and_(task.due_on == day, sa.or_(told.is_(None), told >= clock.isoformat()))
