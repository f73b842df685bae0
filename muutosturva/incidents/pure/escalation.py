"""Which tasks have to be taken to somebody else, and to whom. Pure.

Who is told, and after how many days, stands in the playbook (``escalate`` of the task); where it says
nothing, the role that answers for the task is told, and above it the first role of the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from muutosturva.playbooks.expressions.moments import Moment, shift
from muutosturva.playbooks.plan import EscalationStep
from muutosturva.playbooks.planning.repeat import split_length
from muutosturva.rules.workdays import WorkCalendar


class EscalationKind(StrEnum):
    """Why a task is taken to somebody else."""

    LATE = "late"
    """Its due day has passed."""
    UNANSWERED = "unanswered"
    """It has been offered, and nobody has taken it on or declined it."""
    NOT_BEGUN = "not_begun"
    """It was to begin, and nobody has begun it."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who is told.

    Attributes:
        role: id of the role.
        person: who acts in it today; "" where nobody above the doer does.
    """

    role: str
    person: str


def receiver(
    ladder: Sequence[EscalationStep],
    since: dt.date,
    today: dt.date,
    calendar: WorkCalendar,
    *,
    above: Sequence[str],
    acting: Mapping[str, str],
    doer: str,
) -> Receiver | None:
    """Return who is told of a task today, or None while it is too early.

    The highest rung of the ladder that has been reached; where nobody acts in that role, or the one
    who does is the doer, the next one above.

    Args:
        ladder: rungs of the playbook, the first one first; without any it is never too early.
        since: the day from which the days are counted.
        today: the day.
        calendar: working days of the area.
        above: roles above every rung: the accountable one, then the lead.
        acting: who acts in each role today, "" for nobody.
        doer: who does the task.
    """
    reached = [step for step in ladder if _after(since, step.after, calendar) <= today]
    if (ladder and not reached) or today <= since:
        return None
    place = ladder.index(reached[-1]) if reached else len(ladder)
    roles = list(dict.fromkeys([*(step.to for step in ladder[place:]), *above]))
    for role in roles:
        if acting.get(role) and acting[role] != doer:
            return Receiver(role, acting[role])
    return Receiver(roles[-1] if roles else "", "")


def _after(day: dt.date, length: str, calendar: WorkCalendar) -> dt.date:
    count, unit = split_length(length)
    return shift(Moment(day), count, unit, calendar).day
