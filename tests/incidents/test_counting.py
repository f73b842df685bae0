"""Sums over firms: nobody twice, nothing unknown as a zero, in any order."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.incidents.pure.counting import Counted, Tie, affected
from muutosturva.incidents.pure.firms import folded
from muutosturva.incidents.pure.tally import Tally

A, B, C = (uuid.UUID(int=number) for number in (1, 2, 3))
ELSEWHERE = uuid.UUID(int=9)
PEOPLE = st.none() | st.integers(min_value=0, max_value=400)


@st.composite
def ties(draw: st.DrawFn) -> Tie:
    """Draw a link of one of three firms to another of them, to one elsewhere or to one without incident."""
    people = draw(PEOPLE)
    return Tie(
        owner=draw(st.sampled_from([A, B, C])),
        other=draw(st.sampled_from([None, A, B, C, ELSEWHERE])),
        name=draw(st.sampled_from(["mallihuolto", "mallivuokraus"])),
        people=people,
        included=draw(st.integers(min_value=0, max_value=400 if people is None else people)),
    )


FIRMS = st.tuples(PEOPLE, PEOPLE, PEOPLE).map(
    lambda numbers: [Counted(firm, people) for firm, people in zip((A, B, C), numbers, strict=True)]
)
TIES = st.lists(ties(), max_size=5)


@pytest.mark.parametrize(
    ("people", "found", "firms", "beyond"),
    [
        ({A: 260, B: 90}, [], Tally(350, 0), None),
        ({A: 260, B: 90}, [Tie(A, B, "b", 90, 30)], Tally(320, 0), None),
        ({A: 260, B: 90}, [Tie(A, B, "b", 90, 95)], Tally(260, 0), None),
        ({A: 260}, [Tie(A, B, "b", 90, 30)], Tally(260, 0), None),
        ({A: 260}, [Tie(A, None, "s", 40, 10)], Tally(260, 0), Tally(30, 0)),
        (
            {A: 260, B: 90},
            [Tie(A, None, "s", 40, 10), Tie(B, None, "s", 40, 10)],
            Tally(350, 0),
            Tally(20, 0),
        ),
        ({A: 260}, [Tie(A, None, "s", None, 10)], Tally(260, 0), Tally(None, 1)),
        ({A: None, B: 90}, [Tie(A, B, "b", 90, 30)], Tally(90, 1), None),
        ({A: 10, B: 10}, [Tie(A, B, "b", 10, 10), Tie(B, A, "a", 10, 10)], Tally(10, 0), None),
        ({}, [], Tally(None, 0), None),
    ],
)
def test_worked_sums(
    people: dict[uuid.UUID, int | None], found: list[Tie], firms: Tally, beyond: Tally | None
) -> None:
    """Whoever stands in two firms' numbers counts once; whoever stands in none is told apart."""
    counted = affected([Counted(firm, number) for firm, number in people.items()], found)

    assert (counted.firms, counted.beyond) == (firms, beyond)


@given(FIRMS, TIES)
def test_nobody_is_counted_twice_and_nobody_falls_out(firms: list[Counted], found: list[Tie]) -> None:
    """Links can only take away from a plain sum, and never below the largest firm."""
    plain = Tally.of(firm.people for firm in firms)
    made = affected(firms, found).firms

    assert made.missing == plain.missing
    if plain.known is None or made.known is None:
        assert made.known is None
    else:
        assert max(firm.people for firm in firms if firm.people is not None) <= made.known <= plain.known


@given(FIRMS, TIES)
def test_the_order_of_linking_does_not_matter(firms: list[Counted], found: list[Tie]) -> None:
    """Two people who link the same firms in another order must read the same sum."""
    shuffled = sorted(found, key=lambda tie: (tie.included, str(tie.owner)), reverse=True)

    assert affected(firms, found) == affected(list(reversed(firms)), shuffled)


@given(FIRMS, TIES)
def test_a_firm_linked_twice_counts_once(firms: list[Counted], found: list[Tie]) -> None:
    """One supplier of three firms is one supplier: a second link to it adds nobody."""
    free = [replace(tie, other=None, included=0) for tie in found]

    assert affected(firms, [*free, *free]) == affected(firms, free)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mallikone Oy", "mallikone", True),
        ("Oy Mallikone Ab", "MALLIKONE OYJ", True),
        ("Malli-Kone Oy", "Malli Kone", True),
        ("Mallikone Oy", "Mallikori Oy", False),
        ("Oy", "Ab", False),
    ],
)
def test_one_firm_has_one_name(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table
    """The second caller leaves the company form out; it is the same firm all the same."""
    assert (folded(one) == folded(other)) is same
