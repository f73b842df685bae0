"""What decides the end of a plan: the needs that leave the least time, back from the last due task."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from muutosturva.incidents.pure.chain import deciding
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import PlannedDate


@dataclass(frozen=True)
class Step:
    """A task as far as the chain is concerned."""

    key: str
    due: PlannedDate | None
    needs: tuple[str, ...] = ()
    start: PlannedDate | None = None
    item: tuple[str, ...] = ()
    join: int | None = None

    @property
    def step(self) -> str:
        """Return the step: the key without its item."""
        return self.key.partition("[")[0]


def day(number: int) -> PlannedDate:
    """Return a sure day of March 2027."""
    value = dt.date(2027, 3, number)
    return PlannedDate("heard", value, value, value, None, Certainty.CONFIRMED)


CASES = [
    ("no date, no chain", [Step("a", None)], []),
    ("a task alone decides", [Step("a", day(3)), Step("b", day(9))], [("b", None)]),
    (
        "of two needs the later one holds the end up",
        [Step("a", day(3)), Step("b", day(5)), Step("end", day(9), ("a", "b"))],
        [("b", 4), ("end", None)],
    ),
    (
        "the slack ends where the next begins",
        [Step("a", day(3)), Step("end", day(9), ("a",), start=day(4))],
        [("a", 1), ("end", None)],
    ),
    (
        "a need of a repeated step is the one of the same item",
        [
            Step("meet[fi]", day(3), item=("fi",)),
            Step("meet[sv]", day(8), item=("sv",)),
            Step("end[fi]", day(9), ("meet",), item=("fi",)),
        ],
        [("meet[fi]", 6), ("end[fi]", None)],
    ),
    (
        "an approval or a certainty is no task",
        [Step("end", day(9), ("release.approved", "proposal.confirmed", "gone"))],
        [("end", None)],
    ),
    (
        "where two of three suffice the second earliest decides, not the last",
        [
            Step("a", day(3)),
            Step("b", day(5)),
            Step("c", day(8)),
            Step("end", day(9), ("c", "a", "b"), join=2),
        ],
        [("b", 4), ("end", None)],
    ),
    (
        "where one suffices the earliest decides",
        [Step("a", day(3)), Step("b", day(5)), Step("end", day(9), ("b", "a"), join=1)],
        [("a", 6), ("end", None)],
    ),
    (
        "what is done already counts towards the number",
        [Step("b", day(5)), Step("c", day(8)), Step("end", day(9), ("done-one", "b", "c"), join=2)],
        [("b", 4), ("end", None)],
    ),
    (
        "enough is done: nothing holds the end up any more",
        [Step("c", day(8)), Step("end", day(9), ("done-one", "done-two", "c"), join=2)],
        [("end", None)],
    ),
    (
        "a number larger than the needs left is all of them",
        [Step("a", day(3)), Step("b", day(5)), Step("end", day(9), ("a", "b"), join=5)],
        [("b", 4), ("end", None)],
    ),
    (
        "what has no day is reckoned on last",
        [
            Step("a", None),
            Step("b", day(5)),
            Step("c", day(8)),
            Step("end", day(9), ("a", "release.approved", "b", "c"), join=2),
        ],
        [("c", 1), ("end", None)],
    ),
    (
        "a step of many items is met with the last of them",
        [
            Step("meet[a]", day(3), item=("a",)),
            Step("meet[b]", day(7), item=("b",)),
            Step("call", day(8)),
            Step("end", day(9), ("meet", "call"), join=1),
        ],
        [("meet[b]", 2), ("end", None)],
    ),
    (
        "what need only be begun lets the next begin on its first day",
        [Step("a", day(8), start=day(2)), Step("b", day(5)), Step("end", day(9), ("a.started", "b"), join=1)],
        [("a", 7), ("end", None)],
    ),
    (
        "the chain goes on behind what completes the number",
        [
            Step("first", day(1)),
            Step("a", day(3)),
            Step("b", day(5), ("first",)),
            Step("c", day(8)),
            Step("end", day(9), ("a", "b", "c"), join=2),
        ],
        [("first", 4), ("b", 4), ("end", None)],
    ),
    (
        "a circle made by hand ends the chain",
        [Step("a", day(3), ("b",)), Step("b", day(9), ("a",))],
        [("a", 6), ("b", None)],
    ),
]


@pytest.mark.parametrize(("tasks", "chain"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_chain_goes_back_through_what_leaves_the_least_time(
    tasks: list[Step], chain: list[tuple[str, int | None]]
) -> None:
    assert [(link.task.key, link.slack) for link in deciding(tasks)] == chain
