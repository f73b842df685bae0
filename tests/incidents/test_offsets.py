"""A day is told as the shortest distance from an anchor that gives the very day again."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.incidents.pure.offsets import Habit, habit_of, offset_to
from muutosturva.playbooks.expressions.dates import parse_date
from muutosturva.playbooks.expressions.moments import Known, evaluate_date
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.rules.workdays import WorkCalendar

CALENDAR = WorkCalendar(closed=frozenset({dt.date(2027, 3, 10)}))
MONDAY = dt.date(2027, 3, 1)
ANCHORS = {"heard": MONDAY, "decision": dt.date(2027, 3, 30)}


@pytest.mark.parametrize(
    ("day", "before", "found"),
    [
        (MONDAY, None, "heard"),
        (dt.date(2027, 3, 5), None, "heard + 4 wd"),
        (dt.date(2027, 3, 6), None, "heard + 5 d"),  # a Saturday: no number of working days leads there
        (dt.date(2027, 2, 26), None, "heard - 1 wd"),
        (dt.date(2027, 3, 11), None, "heard + 7 wd"),  # the area is closed on the tenth
        (dt.date(2027, 3, 29), None, "decision - 1 d"),  # Easter Monday
        (dt.date(2027, 4, 1), None, "decision + 2 wd"),
        (dt.date(2027, 4, 1), "decision + 7 d", "decision + 2 d"),
        (dt.date(2027, 4, 1), "heard + 30 d", "heard + 31 d"),
        (dt.date(2027, 3, 22), "heard + 2 w", "heard + 3 w"),
        (dt.date(2027, 3, 23), "heard + 2 w", "heard + 15 wd"),
        (dt.date(2027, 6, 1), "heard + 2 m", "heard + 3 m"),
        (dt.date(2027, 4, 1), "max(heard + 1 wd, decision)", "decision + 2 wd"),
        (dt.date(2027, 4, 1), "release + 1 d", "decision + 2 d"),  # an anchor without a day
        (dt.date(2027, 3, 2), "heard + 2 h", "heard + 1 wd"),
    ],
)
def test_the_anchor_and_the_unit_of_before_go_first(day: dt.date, before: str | None, found: str) -> None:
    """Whoever reads the draft knows the playbook: what was counted in days stays counted in days."""
    assert offset_to(day, ANCHORS, CALENDAR, habit_of(before)) == found


def test_nothing_can_be_counted_without_a_day() -> None:
    assert offset_to(MONDAY, {}, CALENDAR) == ""


def test_an_expression_nobody_can_read_says_nothing_of_how_it_counts() -> None:
    assert habit_of("heard +") == Habit()
    assert habit_of(None) == Habit()


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31))
HABITS = st.sampled_from([None, "heard + 1 wd", "decision - 2 w", "max(heard, decision) + 1 m", "end + 1 d"])


@given(DAYS, DAYS, DAYS, HABITS)
def test_the_expression_gives_the_day_again(
    day: dt.date, heard: dt.date, decision: dt.date, before: str | None
) -> None:
    """What a draft says of a day is that day, for any day and any anchors."""
    anchors = {"heard": heard, "decision": decision}
    text = offset_to(day, anchors, CALENDAR, habit_of(before))
    tree = parse_date(text).tree
    assert tree is not None, text
    known = {name: Known(AnchorValue.confirmed(value), (name,)) for name, value in anchors.items()}
    value = evaluate_date(tree, known, CALENDAR).value
    assert value is not None
    assert value.day == day
