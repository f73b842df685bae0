"""What holds for every shipped playbook, whatever the dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muutosturva.playbooks.facts import AnchorValue, Certainty, Facts, Wave
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from muutosturva.playbooks.plan import Plan, PlannedDate
from muutosturva.playbooks.planning.suggest import fits
from muutosturva.playbooks.trying.runner import run_tests
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import WorkCalendar
from tests.playbooks.making import due, facts, plan, with_tasks
from tests.support.examples import examples

NAMES = Library().names()
SHIPPED = {name: Library().load(name) for name in NAMES}
CALENDAR = WorkCalendar()
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2033, 12, 31))
REASONS = {"date.unknown_anchor", "date.no_law_row", "date.no_council_day"}


def _values() -> st.SearchStrategy[AnchorValue]:
    """Return dates of every certainty."""
    spans = st.tuples(DAYS, st.integers(0, 60)).map(
        lambda pair: AnchorValue.between(pair[0], pair[0] + dt.timedelta(days=pair[1]))
    )
    sure = DAYS.map(AnchorValue.confirmed)
    return st.one_of(sure, DAYS.map(AnchorValue.estimated), spans, st.just(AnchorValue.unknown()))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Resolved, Facts]:
    """Return a shipped playbook and facts with any dates and any answers."""
    resolved = SHIPPED[draw(st.sampled_from(NAMES))]
    playbook = resolved.playbook
    required = {name: draw(_values()) for name, anchor in playbook.anchors.items() if anchor.required}
    others = draw(st.dictionaries(st.sampled_from(sorted(playbook.anchors)), _values(), max_size=4))
    inputs: dict[str, object] = {"headcount": draw(st.integers(1, 900))}
    for name, declared in playbook.inputs.items():
        if declared.type == "bool":
            inputs[name] = draw(st.sampled_from([True, False, None]))
        elif declared.type == "int" and name != "headcount":
            inputs[name] = draw(st.one_of(st.none(), st.integers(declared.min or 0, 900)))
    waves = tuple(Wave(f"w{n}", anchors={"notice": draw(_values())}) for n in range(draw(st.integers(0, 2))))
    return resolved, Facts(inputs=inputs, anchors={**required, **others}, waves=waves)


def _dates(made: Plan) -> list[PlannedDate]:
    dates = [date for task in made.tasks for date in (task.start, task.due)]
    dates += [message.due for message in made.messages] + [document.due for document in made.documents]
    dates += [meeting.starts for meeting in made.meetings]
    return [date for date in dates if date is not None]


@settings(max_examples=examples(20, 1000), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(situations())
def test_any_dates_give_a_plan_whose_every_gap_has_a_reason(situation: tuple[Resolved, Facts]) -> None:
    """A date or a stated reason, never a guess and never a crash; and never after the law's own date."""
    resolved, known = situation
    made = plan(resolved, known)
    assert [p.code for p in made.problems if p.code != "playbooks.abstract"] == []
    assert made.tasks
    for date in _dates(made):
        assert (date.value is None) == (date.reason_code in REASONS)
        assert (date.value is None) == (date.certainty is Certainty.UNKNOWN)
        if date.value is not None:
            assert date.earliest is not None
            assert date.latest is not None
            assert date.earliest <= date.value <= date.latest
    for task in made.tasks:
        if task.statutory is not None:
            assert task.due is not None
            assert task.due.value is not None
            assert task.due.value <= task.statutory.date


@settings(max_examples=examples(5, 200), deadline=None)
@given(situations())
def test_expanding_is_pure_and_the_pinned_text_gives_the_same_plan(situation: tuple[Resolved, Facts]) -> None:
    """What was previewed is what is saved, and what can be computed again in ten years."""
    resolved, known = situation
    made = plan(resolved, known)
    assert plan(from_stored(resolved.text), known) == made


@settings(deadline=None)
@given(DAYS.filter(CALENDAR.is_working_day), st.integers(-60, 60), st.integers(-200, 200))
def test_moving_an_anchor_by_working_days_moves_its_task_by_as_many(
    start: dt.date, offset: int, move: int
) -> None:
    """For plain ``anchor ± n wd`` between working days the plan slides as one piece."""
    resolved = with_tasks(step=f"due: heard {'+' if offset >= 0 else '-'} {abs(offset)} wd")
    before = due(plan(resolved, facts({"heard": start.isoformat()})), "step")
    moved = CALENDAR.add_working_days(start, move)
    after = due(plan(resolved, facts({"heard": moved.isoformat()})), "step")
    assert CALENDAR.add_working_days(dt.date.fromisoformat(before), move).isoformat() == after


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique_and_every_need_stands_in_the_plan(name: str) -> None:
    """Keys are what people type and what a running incident is updated by."""
    known = Facts(
        inputs={"headcount": 300, "dismissals": 300, "employer_size": 600},
        anchors={
            anchor: AnchorValue.confirmed(dt.date(2027, 3, 1))
            for anchor, declared in SHIPPED[name].playbook.anchors.items()
            if declared.required
        },
    )
    made = plan(SHIPPED[name], known)
    for entries in (made.tasks, made.messages, made.meetings, made.documents):
        keys = [entry.key for entry in entries]
        assert len(set(keys)) == len(keys)
    steps = {task.step for task in made.tasks}
    assert all(need in steps for task in made.tasks for need in task.needs if "." not in need)


@pytest.mark.parametrize("name", NAMES)
def test_the_playbooks_own_cases_hold(name: str) -> None:
    results = run_tests(SHIPPED[name], CALENDAR, shipped_book())
    assert {result.name: result.failures for result in results if result.failures} == {}


@pytest.mark.parametrize(
    ("inputs", "fitting"),
    [
        ({"headcount": 260}, {"large-layoff"}),
        ({"headcount": 25}, {"small-layoff"}),
        ({"headcount": 90, "bankruptcy": True}, {"bankruptcy"}),
        ({"headcount": 90, "bankruptcy": False}, {"large-layoff"}),
        ({"headcount": 5, "critical": True}, {"large-layoff"}),
        ({}, set()),
    ],
)
def test_the_trigger_proposes_the_playbook_that_fits(inputs: dict[str, object], fitting: set[str]) -> None:
    """Defaults count, but no playbook proposes itself by a default of its own."""
    day = dt.date(2027, 3, 1)
    found = {name for name, resolved in SHIPPED.items() if fits(resolved, inputs, day, shipped_book())}
    assert found == fitting


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_playbook_is_tried_over_days(name: str) -> None:
    """A plan that looks right on the first day is not yet one that bears what happens next."""
    assert any(case.days for case in SHIPPED[name].playbook.tests)
