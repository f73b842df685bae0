"""A new date beside its neighbours, the law's minimum and the day the incident was heard. Pure.

Remarks, never refusals: an employer may have decided too early, and that is then what happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from muutosturva.errors import Problem
from muutosturva.incidents.pure.slips import year_slipped
from muutosturva.playbooks.facts import AnchorKey, AnchorValue
from muutosturva.playbooks.plan import PlannedAnchor
from muutosturva.playbooks.planning.anchors import GIVEN
from muutosturva.rules.registry import RULES, RuleKind
from muutosturva.rules.workdays import WorkCalendar, add_months

FAR_MONTHS: Final = 24
"""How far from the day the incident was heard a date may lie without a remark."""
ORDER: Final = (
    ("proposal", "negotiations"),
    ("proposal", "decision"),
    ("heard", "decision"),
    ("negotiations", "decision"),
    ("decision", "notice"),
    ("decision", "list_received"),
    ("decision", "council"),
    ("bankruptcy_day", "notice"),
    ("notice", "end"),
)
"""Dates that follow one another: the first of a pair is never the later one."""

EARLIEST: Final = frozenset(f"rule {name}" for name, rule in RULES.items() if rule.kind is RuleKind.EARLIEST)
"""What a playbook computes a date from when the law's minimum gives it, as the plan writes it."""


def date_warnings(
    changed: AnchorKey,
    anchors: Sequence[PlannedAnchor],
    *,
    lawful: PlannedAnchor | None,
    calendar: WorkCalendar,
    heard: dt.date,
    today: dt.date,
) -> tuple[Problem, ...]:
    """Return what is odd about a new date.

    A range is odd only where no day of it would do.

    Args:
        changed: the date that is changed.
        anchors: every date of the plan, the changed one with its new value.
        lawful: the same date as the law's minimum gives it, or None where no rule does.
        calendar: working days of the area.
        heard: the day the incident was heard of.
        today: the day on which the date is told.
    """
    by_key = {AnchorKey.parse(anchor.name): anchor for anchor in anchors}
    own = by_key.get(changed)
    if own is None or own.value.value is None:
        return ()
    return (
        *_year(own, heard, today),
        *_out_of_order(changed, own, by_key.items()),
        *_under_minimum(own, lawful, calendar),
    )


def _year(own: PlannedAnchor, heard: dt.date, today: dt.date) -> Iterator[Problem]:
    first, last = _span(own.value)
    if year_slipped(last, today):
        yield Problem("incidents.date_long_ago", {"label": own.label, "day": last})
    elif first > add_months(heard, FAR_MONTHS) or last < add_months(heard, -FAR_MONTHS):
        yield Problem("incidents.date_far", {"label": own.label, "day": first, "heard": heard})


def _out_of_order(
    changed: AnchorKey, own: PlannedAnchor, others: Iterable[tuple[AnchorKey, PlannedAnchor]]
) -> Iterator[Problem]:
    """Yield a remark for each neighbour that somebody gave; what is only estimated follows by itself."""
    first, last = _span(own.value)
    for key, other in others:
        apart = changed.wave and key.wave and changed.wave != key.wave
        if other.origin != GIVEN or other.value.value is None or apart:
            continue
        begins, ends = _span(other.value)
        told = {"label": own.label, "day": own.value.value, "other": other.label, "other_day": begins}
        if (key.name, changed.name) in ORDER and last < begins:
            yield Problem("incidents.date_before", told)
        elif (changed.name, key.name) in ORDER and first > ends:
            yield Problem("incidents.date_after", told)


def _under_minimum(
    own: PlannedAnchor, lawful: PlannedAnchor | None, calendar: WorkCalendar
) -> Iterator[Problem]:
    """Yield a remark for a day under the minimum; a free day on which the law's own day may fall is not."""
    if lawful is None or lawful.value.value is None:
        return
    least, (_, last) = _span(lawful.value)[0], _span(own.value)
    row = next((row for row in lawful.law if row.unit == "days"), None)
    # A plan works with the first working day on or after the law's own.
    if row is not None and last <= calendar.roll(least - dt.timedelta(days=1), "back"):
        told = {"least": least, "row": row.key, "days": row.value, "statute": row.statute}
        yield Problem("incidents.date_under_minimum", {"label": own.label, "day": last, **told})


def _span(value: AnchorValue) -> tuple[dt.date, dt.date]:
    assert value.value is not None, "a date that is not known is never compared"
    return value.earliest or value.value, value.latest or value.value
