"""The order column of an edited sheet: what people mean by the numbers they type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.incidents.pure.sheet_order import new_order

FIVE = "abcde"


@pytest.mark.parametrize(
    ("typed", "order", "moved"),
    [
        ({}, "abcde", ""),
        ({"d": 2}, "adbce", "d"),
        ({"b": 4}, "acdbe", "b"),
        ({"e": 1}, "eabcd", "e"),
        ({"a": 9}, "bcdea", "a"),
        ({"d": 1.5}, "adbce", "d"),
        ({"b": 3, "c": 2}, "acbde", "c"),
        ({"d": 2, "b": 3, "c": 4}, "adbce", "d"),
        ({"a": 5, "b": 4, "c": 3, "d": 2, "e": 1}, "edcba", "abde"),
        ({"c": 10, "d": 11}, "abecd", "cd"),
    ],
    ids=str,
)
def test_a_changed_number_says_where_the_task_goes(typed: dict[str, float], order: str, moved: str) -> None:
    numbers: dict[str, float] = {key: place for place, key in enumerate(FIVE, 1)} | typed
    edited = {key: float(FIVE.index(key) + 1) for key in typed}
    found, movers = new_order(FIVE, numbers, edited)

    assert "".join(found) == order
    assert len(movers) == len(moved)


def test_an_order_that_changed_in_the_store_meanwhile_stays_for_whoever_was_not_touched() -> None:
    """The sheet was written as a b c d e; the store has d first by now, and only c was edited."""
    found, moved = new_order("dabce", {"a": 1, "b": 2, "c": 1, "d": 4, "e": 5}, {"c": 3})

    assert "".join(found) == "dcabe"
    assert moved == {"c"}


def test_tasks_that_are_not_in_the_sheet_stay_behind_the_same_neighbour() -> None:
    found, moved = new_order("axbc", {"a": 1, "b": 3, "c": 1}, {"c": 3})

    assert "".join(found) == "caxb"
    assert moved == {"c"}


@given(st.permutations(FIVE), st.sets(st.sampled_from(FIVE)))
def test_a_sheet_numbered_anew_gives_its_own_order_with_few_moves(order: list[str], absent: set[str]) -> None:
    numbers = {key: float(place) for place, key in enumerate(order, 1) if key not in absent}
    edited = {key: float(FIVE.index(key) + 1) for key in numbers}
    found, moved = new_order(FIVE, numbers, edited)

    assert sorted(found) == sorted(FIVE)
    assert [key for key in found if key in numbers] == [key for key in order if key in numbers]
    standing = [key for key in FIVE if key not in moved]
    assert [key for key in found if key not in moved] == standing


@given(
    st.permutations(FIVE),
    st.dictionaries(st.sampled_from(FIVE), st.floats(0, 7), max_size=5),
    st.dictionaries(st.sampled_from(FIVE), st.floats(0, 7), max_size=5),
)
def test_no_task_is_lost_and_only_edited_ones_move(
    current: list[str], numbers: dict[str, float], typed: dict[str, float]
) -> None:
    edited = {key: float(current.index(key) + 1) for key in typed}
    found, moved = new_order(current, {**numbers, **typed}, edited)

    assert sorted(found) == sorted(current)
    assert moved <= set(edited)
    assert [key for key in found if key not in moved] == [key for key in current if key not in moved]
