"""Bars over time in plain characters: each mark means one thing, and nothing is drawn outside."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.i18n import Texts
from muutosturva.incidents.told.gantt import Bar, Milestone, Scale, fitted, heading, rows

MONDAY = dt.date(2027, 3, 1)
FI = Texts("fi")
SCALE = Scale(MONDAY, 1, 20)


def day(number: int) -> dt.date:
    """Return a day of March 2027."""
    return dt.date(2027, 3, number)


@pytest.mark.parametrize(
    ("bar", "drawn"),
    [
        (Bar("a", "a", begin=day(2), due=day(5)), " ===|"),
        (Bar("a", "a", begin=day(2), due=day(5), sure=False), " ~~~|"),
        (Bar("a", "a", due=day(5), latest=day(7)), "    |=="),
        (Bar("a", "a", due=day(5), law=day(8)), "    |  §"),
        (Bar("a", "a", due=day(5), law=day(5)), "    §"),
        (Bar("a", "a"), "?"),
        (Bar("a", "a", due=dt.date(2027, 2, 5)), "<"),
        (Bar("a", "a", due=dt.date(2027, 5, 5)), f"{' ' * 19}>"),
    ],
)
def test_a_bar_says_with_characters_what_it_is(bar: Bar, drawn: str) -> None:
    today = dt.date(2026, 1, 1)  # not shown
    assert rows([bar], SCALE, today, 3)[0].text == f"  a   {drawn}"


def test_today_stands_in_the_heading_and_behind_every_bar() -> None:
    lines = heading(FI, [], SCALE, day(4), 3)
    column = lines[1].index("▼")
    assert "tänään 4.3.2027" in lines[1]
    assert rows([Bar("a", "a", due=day(9))], SCALE, day(4), 3)[0].text[column] == ":"


def test_what_decides_the_end_is_marked_before_its_label() -> None:
    assert rows([Bar("a", "task", due=day(9), mark="●", chained=True)], SCALE, day(4), 6)[0].text.startswith(
        "»●task"
    )


def test_dates_the_plan_hangs_on_stand_above_with_as_much_of_their_name_as_fits() -> None:
    found = [Milestone("Esitys annettu", day(2), sure=True), Milestone("Päätös", day(9), sure=False)]
    assert heading(FI, found, SCALE, day(4), 0)[-1].strip() == "◆Esity ◇Päätös"


def test_tasks_stand_under_the_heading_of_their_group() -> None:
    bars = [Bar("a", "a", group="Alku", due=day(2)), Bar("b", "b", group="Loppu", due=day(3))]
    assert [line.key for line in rows(bars, SCALE, day(4), 3)] == ["", "a", "", "b"]


def test_nothing_dated_has_no_scale() -> None:
    assert fitted([Bar("a", "a")], [], 50) is None


@given(
    st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31)), min_size=1, max_size=8),
    st.integers(20, 120),
)
def test_everything_fits_and_every_due_day_is_seen(days: list[dt.date], size: int) -> None:
    bars = [Bar(str(number), "x", due=due) for number, due in enumerate(days)]
    scale = fitted(bars, [], size)
    assert scale is not None
    for line in rows(bars, scale, dt.date(2020, 1, 1), 3):
        assert len(line.text) <= size + 3 + 3
        assert "|" in line.text
