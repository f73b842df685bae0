"""Thresholds of the law, crossed one way and the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from muutosturva.rules.book import shipped_book
from muutosturva.rules.thresholds import Compared, Direction, Notices, crossings, most_within

ON = date(2027, 3, 1)


def crossed(before: Compared | None, after: Compared) -> dict[str, tuple[int, str]]:
    """Return number and direction of each crossing by its row."""
    found = crossings(before, after, ON, shipped_book())
    return {item.key: (item.number, item.direction.value) for item in found}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (9, 10, {"tsl.notify_threshold": (10, "up"), "yt.action_plan_threshold": (10, "up")}),
        (10, 9, {"tsl.notify_threshold": (9, "down"), "yt.action_plan_threshold": (9, "down")}),
        (10, 11, {}),
        (260, 198, {"egf.threshold": (198, "down")}),
        (198, 212, {"egf.threshold": (212, "up")}),
        (None, 9, {}),
        (12, None, {}),
    ],
)
def test_a_threshold_of_dismissals_is_crossed_when_the_number_passes_it(
    before: int | None, after: int | None, expected: dict[str, tuple[int, str]]
) -> None:
    assert crossed(Compared(before), Compared(after)) == expected


def test_what_stands_from_the_start_is_told_as_reached() -> None:
    assert crossed(None, Compared(dismissals=210, employer_size=600)).keys() == {
        "tsl.notify_threshold",
        "yt.action_plan_threshold",
        "yt.threshold_full",
        "egf.threshold",
    }


@pytest.mark.parametrize(
    ("size", "notices", "days", "reached"),
    [
        (45, (Notices(ON, 25),), None, True),
        (45, (Notices(ON, 19),), None, False),
        (600, (Notices(ON, 25),), None, False),
        (19, (Notices(ON, 25),), None, False),
        (45, (Notices(ON, 12), Notices(date(2027, 5, 29), 12)), None, True),
        (45, (Notices(ON, 12), Notices(date(2027, 5, 30), 12)), None, False),
        (45, (Notices(ON, 12), Notices(None, 12)), None, True),
        (45, (Notices(ON, 12), Notices(ON, 12, "layoff")), 90, False),
        (45, (Notices(ON, 12), Notices(ON, 12, "layoff")), 91, True),
    ],
)
def test_twenty_within_ninety_days_concern_an_employer_of_twenty_to_forty_nine(
    size: int, notices: tuple[Notices, ...], days: int | None, *, reached: bool
) -> None:
    """Dismissals, part-time and long lay-offs count; short lay-offs neither trigger nor count (252/2025)."""
    found = crossed(Compared(), Compared(employer_size=size, notices=notices, layoff_days=days))
    assert ("yt.light_regime_trigger" in found) is reached


def test_lay_offs_do_not_count_towards_the_european_fund() -> None:
    after = Compared(dismissals=198, notices=(Notices(ON, 198), Notices(ON, 40, "layoff")))
    assert "egf.threshold" not in crossed(Compared(), after)


def test_the_co_operation_act_has_no_thresholds_in_bankruptcy() -> None:
    bankrupt = Compared(dismissals=90, employer_size=90, notices=(Notices(ON, 90),), bankruptcy=True)
    assert crossed(None, bankrupt).keys() == {"tsl.notify_threshold"}


def test_a_row_that_is_not_law_that_day_is_no_threshold() -> None:
    early = crossings(None, Compared(dismissals=30), date(2019, 6, 3), shipped_book())
    assert {item.key for item in early} == set()


def test_there_and_back_again_is_the_same_crossing_the_other_way() -> None:
    low, high = Compared(dismissals=5), Compared(dismissals=300)
    up, down = crossings(low, high, ON, shipped_book()), crossings(high, low, ON, shipped_book())
    assert [item.key for item in up] == [item.key for item in down]
    assert {item.direction for item in up} == {Direction.UP}
    assert {item.direction for item in down} == {Direction.DOWN}
    assert [replace(item, direction=Direction.UP).law for item in down] == [item.law for item in up]


def test_the_window_takes_the_heaviest_days() -> None:
    notices = [Notices(date(2027, 1, 1), 3), Notices(date(2027, 6, 1), 5), Notices(date(2027, 6, 30), 4)]
    assert most_within(notices, 90) == 9


def test_a_plan_reaches_no_threshold_of_what_is_done() -> None:
    """240 planned on day 1 displace nobody (2021/691 art. 4); the duty to plan the action counts plans."""
    planned = Compared(dismissals=240, decided=False)
    found = {one.key: one for one in crossings(None, planned, ON, shipped_book())}
    assert (found["egf.threshold"].direction, found["egf.threshold"].planned) == (Direction.UP, True)
    assert found["tsl.notify_threshold"].planned
    assert not found["yt.action_plan_threshold"].planned


@pytest.mark.parametrize(
    ("number", "way", "planned"), [(240, Direction.UP, False), (198, Direction.DOWN, True)]
)
def test_what_was_planned_is_told_when_it_is_decided(number: int, way: Direction, *, planned: bool) -> None:
    """The decision reaches the threshold, or leaves one that was never reached."""
    (found,) = (
        one
        for one in crossings(Compared(dismissals=240, decided=False), Compared(number), ON, shipped_book())
        if one.key == "egf.threshold"
    )
    assert (found.direction, found.planned) == (way, planned)
