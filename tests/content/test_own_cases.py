"""The worked cases inside the shipped playbooks, and which playbook the trigger proposes."""

from __future__ import annotations

from typing import Final

import pytest

from muutosturva.playbooks.planning.suggest import fits
from muutosturva.playbooks.trying.runner import run_tests
from muutosturva.rules.workdays import WorkCalendar
from tests.content.worked import MONDAY, book, playbook

OVERLAYS: Final = ("large-layoff", "small-layoff", "bankruptcy")

SUGGESTED: Final = [
    ({"headcount": 9}, "small-layoff"),
    ({"headcount": 49}, "small-layoff"),
    ({"headcount": 50}, "large-layoff"),
    ({"headcount": 200}, "large-layoff"),
    ({"headcount": 12, "critical": True}, "large-layoff"),
    ({"headcount": 3, "bankruptcy": True}, "bankruptcy"),
    ({"headcount": 300, "bankruptcy": True}, "bankruptcy"),
    ({"headcount": 25, "restructuring": True}, "small-layoff"),
]
"""What is known in the first minutes, and the one playbook that fits it."""


@pytest.mark.parametrize("name", OVERLAYS)
def test_a_playbook_keeps_its_own_worked_cases(name: str) -> None:
    """An official who changes a playbook runs the same cases."""
    results = run_tests(playbook(name), WorkCalendar(), book())
    assert {result.name: result.failures for result in results if result.failures} == {}


@pytest.mark.parametrize("name", OVERLAYS)
def test_a_playbook_brings_three_worked_cases_or_more(name: str) -> None:
    """One case shows that it runs; three show where it stops."""
    assert len(playbook(name).playbook.tests) >= 3


@pytest.mark.parametrize(("inputs", "expected"), SUGGESTED)
def test_one_playbook_fits_each_situation(inputs: dict[str, object], expected: str) -> None:
    """The trigger proposes exactly one: two would be a question on the worst day, none a blank."""
    fitting = [name for name in OVERLAYS if fits(playbook(name), inputs, MONDAY, book())]
    assert fitting == [expected]


def test_the_base_is_never_proposed() -> None:
    """The base is for building on; it cannot be triggered."""
    assert fits(playbook("base"), {"headcount": 60}, MONDAY, book()) is False
