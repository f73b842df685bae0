"""Whether a condition can ever be true is decided, and never wrongly denied."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.playbooks.checks.satisfiable import Bounds, may_be_false, may_be_true
from muutosturva.playbooks.expressions.conditions import ConditionNode, parse_condition
from muutosturva.playbooks.expressions.logic import World, judge
from muutosturva.rules.levels import Level

BOUNDS = {
    "headcount": Bounds("number", 1, sure=True),
    "rooms": Bounds("number", 0, 3),
    "listed": Bounds("values", values=(True, False)),
    "kind": Bounds("values", values=("plant", "shop")),
    "town": Bounds("text"),
    "languages": Bounds("other"),
    "spoken": Bounds("other"),
    "heard": Bounds("other", sure=True),
    "level": Bounds("values", values=tuple(level.value for level in Level)),
}


def _tree(text: str) -> ConditionNode:
    tree = parse_condition(text).tree
    assert tree is not None, parse_condition(text).fault
    return tree


@pytest.mark.parametrize(
    "text",
    [
        "false",
        "headcount < 1",
        "headcount > 10 and headcount < 11",
        "headcount >= 50 and headcount < 50",
        "5 > headcount and 7 < headcount",
        "headcount in [1, 2] and headcount > 2",
        "rooms > 3",
        "listed and not listed",
        "listed == true and listed != true",
        "not (listed or not listed)",
        "kind == 'plant' and kind == 'shop'",
        "kind == 'ship'",
        "kind not in ['plant', 'shop']",
        "town == 'Lahti' and town in ['Heinola', 'Orimattila']",
        "level > XL",
        "level >= M and level <= S",
        "level in [S, M] and level >= L",
        "count(sites) < 0",
        "count(sites) > 1 and not count(sites) >= 2",
        "not known(headcount)",
        "not known(heard)",
        "known(listed) and not known(listed)",
        "listed and not known(listed)",
        "'sv' in languages and 'sv' not in languages",
        "'sv' in languages and not known(languages)",
        "rooms == headcount and rooms != headcount",
        "1 > 2",
        "(listed or rooms > 2) and not listed and rooms < 2",
    ],
)
def test_it_can_never_be_true(text: str) -> None:
    assert not may_be_true([_tree(text)], BOUNDS)


@pytest.mark.parametrize(
    "text",
    [
        "headcount > 10 and headcount < 12",
        "headcount >= 1",
        "rooms >= 3",
        "not listed",
        "not known(listed)",
        "kind != 'plant'",
        "town == 'Lahti' and town not in ['Heinola']",
        "town != 'Lahti'",
        "level > M and level < XL",
        "count(sites) == 0",
        "'sv' in languages and 'fi' not in languages",
        "'sv' in languages and 'sv' not in spoken",
        "rooms < headcount and headcount < rooms",
        "unheard_of and not unheard",
    ],
)
def test_it_may_be_true(text: str) -> None:
    """What is not looked into may be true: two facts against each other."""
    assert may_be_true([_tree(text)], BOUNDS)


@pytest.mark.parametrize(
    ("text", "always"),
    [
        ("headcount >= 1", True),
        ("headcount >= 2", False),
        ("rooms >= 0", True),
        ("listed or not listed", True),
        ("level >= S", True),
        ("known(heard)", True),
        ("known(listed)", False),
        ("kind in ['plant', 'shop']", True),
        ("'sv' in languages", False),
    ],
)
def test_it_can_never_be_false(text: str, always: bool) -> None:  # noqa: FBT001 - what must come out
    assert may_be_false(_tree(text), BOUNDS) is not always


def test_two_conditions_exclude_each_other_though_each_may_be_true() -> None:
    one, other = _tree("headcount < 50"), _tree("headcount >= 50 and listed")
    assert may_be_true([one], BOUNDS)
    assert may_be_true([other], BOUNDS)
    assert not may_be_true([one, other], BOUNDS)


def test_a_condition_too_wide_to_look_into_may_be_true() -> None:
    """It ends, and claims nothing: the person who wrote it is not told that it is wrong."""
    facts = {f"f{number}": Bounds("values", values=(True, False)) for number in range(12)}
    wide = " and ".join(
        f"(f{number} or f{(number + 1) % 12} or f{(number + 5) % 12})" for number in range(12)
    )
    assert may_be_true([_tree(wide)], facts)


ATOMS = st.sampled_from(
    [
        "rooms < 2",
        "rooms >= 1",
        "rooms == 3",
        "rooms in [0, 2]",
        "listed",
        "listed == false",
        "known(listed)",
        "kind == 'plant'",
        "kind != 'shop'",
        "level >= M",
        "level in [S, XL]",
        "not known(rooms)",
    ]
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda each: f"({' '.join(each)})"),
    ),
    max_leaves=5,
)


def _worlds() -> Iterator[World]:
    names = ("rooms", "listed", "kind", "level")
    values = ((0, 1, 2, 3, None), (True, False, None), ("plant", "shop", None), (*Level, None))
    for found in itertools.product(*values):
        facts = dict(zip(names, found, strict=True))
        yield World(facts, known={name for name, value in facts.items() if value is not None})


WORLDS = tuple(_worlds())


@given(CONDITIONS)
def test_it_says_what_trying_every_answer_says(text: str) -> None:
    """The decision is the same as that of the judge of plans over all answers there are."""
    if len(text) > 350:
        return
    tree = _tree(text)
    answers = {judge(tree, world).value for world in WORLDS}
    assert may_be_true([tree], BOUNDS) is (True in answers)
    assert may_be_false(tree, BOUNDS) is (False in answers)
