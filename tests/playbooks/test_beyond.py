"""A date beyond the calendar is told at the expression that leads there, and only there."""

from __future__ import annotations

import pytest

from muutosturva.errors import Problem
from muutosturva.playbooks.expressions.dates import parse_date
from muutosturva.playbooks.expressions.reach import too_far
from muutosturva.playbooks.loading.resolved import from_stored
from tests.playbooks.making import HEAD, STEP, facts, plan, playbook, with_tasks


def _told(problems: tuple[Problem, ...]) -> list[tuple[str, object, int | None]]:
    return [(p.code.removeprefix("playbooks."), p.params.get("name"), p.line) for p in problems]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a + 999999 m", [2]),
        ("a - 999999 m", [2]),
        ("a + 1 d + 999999 wd - 5 d", [8]),
        ("max(a + 999999 h, b + 100000 w)", [20]),
        ("next mon(a + 60000 d) at 09:00", [11]),
        ("a + 999999 h", []),  # 114 years of hours, but 111 of the calendar by the shortest of them
        ("a + 1200 m", []),  # 100 years: too far from a day of this year, not from every day
        ("a + 2 w", []),
    ],
)
def test_an_offset_that_leads_out_from_every_day_is_seen_without_any_date(
    text: str, places: list[int]
) -> None:
    """Whoever writes a playbook has no dates yet; a slip of the keys must not wait for a real incident."""
    tree = parse_date(text).tree
    assert tree is not None
    assert [shift.at for shift in too_far(tree)] == places


def test_a_date_beyond_the_calendar_is_a_problem_of_the_plan_where_it_is_written() -> None:
    """A task without a day and without a word looks like a task nobody has dated yet."""
    resolved = with_tasks(near="due: heard + 2 d", far="due: heard + 1200 m")
    made = plan(resolved)
    (problem,) = made.problems
    line = 1 + HEAD.count("\n") + 2
    assert (problem.code, problem.params["name"], problem.path) == ("playbooks.date_far", "far", "small.yaml")
    assert (problem.line, problem.params["expression"]) == (line, "heard + 1200 m")
    assert problem.column is not None
    assert [task.key for task in made.tasks] == ["near", "far"], "nothing is left out for it"


def test_what_hangs_on_a_date_beyond_the_calendar_is_not_told_again() -> None:
    head = HEAD.replace("estimate: heard + 6 w", "estimate: heard + 1200 m")
    resolved = playbook(f"tasks:\n  a: {STEP}, due: decision + 1 d}}\n", head)
    assert [(code, name) for code, name, _ in _told(plan(resolved).problems)] == [("date_far", "decision")]


def test_every_date_of_an_item_is_looked_at_also_the_end_of_a_series() -> None:
    resolved = with_tasks(
        begins="start: heard - 600 m, due: heard + 1 d",
        series="due: heard + 1 d, every: 1 w, until: heard + 1200 m",
        never="when: bankruptcy, due: heard + 1200 m",
    )
    assert [(code, name) for code, name, _ in _told(plan(resolved).problems)] == [
        ("date_far", "begins"),
        ("date_far", "series"),
    ]


def test_a_given_date_too_far_is_told_by_itself_and_once() -> None:
    """One slip, one sentence: the dozen dates counted from it would bury it."""
    made = plan(with_tasks(a="due: heard + 1 d", b="due: heard + 2 wd"), facts({"heard": "9999-01-01"}))
    assert _told(made.problems) == [("anchor_years", "heard", None)]


def test_an_anchor_near_the_end_of_the_calendar_makes_the_dates_after_it_a_problem() -> None:
    """Within the years that may be given, but what is counted from it is not."""
    made = plan(with_tasks(a="due: heard + 30 m"), facts({"heard": "2099-03-02"}))
    assert [(code, name) for code, name, _ in _told(made.problems)] == [("date_far", "a")]


def test_a_stored_playbook_tells_it_too() -> None:
    """The text of an incident has no lines of its own: the problem names the step."""
    resolved = with_tasks(far="due: heard + 1200 m")
    (problem,) = plan(from_stored(resolved.text)).problems
    assert (problem.code, problem.params["name"]) == ("playbooks.date_far", "far")
