"""The group's own order: every order can be had, and few rows change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.incidents.pure.ranking import GAP, place, ranks

PLAN = {"a": 0, "b": GAP, "c": 2 * GAP, "d": 3 * GAP}


@pytest.mark.parametrize(
    ("order", "moved", "changed"),
    [
        ("abcd", "", {}),
        ("acbd", "c", {"c": GAP // 2}),
        ("bcda", "a", {"a": 4 * GAP}),
        ("dabc", "d", {"d": -GAP}),
        ("adbc", "d", {"d": GAP // 2}),
    ],
)
def test_one_move_changes_one_task(order: str, moved: str, changed: dict[str, int]) -> None:
    assert ranks(order, PLAN, set(moved)) == changed


def test_where_there_is_no_room_a_neighbour_makes_some() -> None:
    places = {"a": 5, "b": 6, "c": 7, "d": 8, "e": 500}
    changed = ranks("adbce", places, {"d"})

    assert "a" not in changed
    assert "e" not in changed
    assert sorted(places, key=lambda task: {**places, **changed}[task]) == list("adbce")


@given(st.permutations("abcdefgh"), st.lists(st.integers(-3, 40), min_size=8, max_size=8), st.data())
def test_every_order_can_be_had_from_any_places(
    order: list[str], values: list[int], data: st.DataObject
) -> None:
    places = dict(zip("abcdefgh", values, strict=True))
    moved = set(data.draw(st.lists(st.sampled_from("abcdefgh"))))
    after = {**places, **ranks(order, places, moved)}

    assert [after[task] for task in order] == sorted(set(after.values()))


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=60))
def test_moving_again_and_again_touches_few_tasks(moves: list[tuple[int, int]]) -> None:
    """A second writer is disturbed by every row that changes under them."""
    order = [str(number) for number in range(20)]
    places = {task: index * GAP for index, task in enumerate(order)}
    touched = 0
    for old, new in moves:
        task = order.pop(old)
        order.insert(new, task)
        changed = ranks(order, places, {task})
        touched += len(changed)
        places.update(changed)
        assert sorted(places, key=lambda name: places[name]) == order
    assert touched <= 3 * len(moves)


def test_a_task_without_a_rank_stands_where_the_plan_has_it() -> None:
    assert place(None, 3) == 3 * GAP
    assert place(7, 3) == 7
