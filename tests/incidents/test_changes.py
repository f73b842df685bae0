"""What a new plan does to saved work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import cycle

import pytest

from muutosturva.incidents.pure.changes import Saved, compare, mentioned
from muutosturva.models.states import Origin, TaskState
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.plan import Plan, PlannedDate, PlannedState, PlannedTask, Raci
from muutosturva.playbooks.trying.simulating import Progress, Simulation
from tests.playbooks.making import facts as known_facts
from tests.playbooks.making import plan as plan_of

OLD, NEW, HAND = date(2027, 3, 10), date(2027, 3, 17), date(2027, 3, 12)


def planned(key: str, due: date | None) -> PlannedTask:
    """Return a planned task with only what the comparison reads."""
    day = PlannedDate("decision + 5 wd", due, due, due, None, Certainty.ESTIMATED, ("decision",))
    return PlannedTask(
        key=key, step=key, item=(), code="", title={"fi": key}, phase="alarm", raci=Raci(("lead",), "lead"),
        start=None, due=day, statutory=None, rule="", law=(), needs=(), state=PlannedState.READY,
        depends_on=(), when="", values={}, area="", wave="", checklist=(), howto={}, produces=(),
        escalate=(), unsure=False,
    )  # fmt: skip


def plan(*tasks: PlannedTask) -> Plan:
    """Return a plan of these tasks."""
    return Plan(
        playbook_id="p", playbook_version="2026.1", playbook_title={}, playbook_sha256="", kind="incident",
        level="M", anchors=(), waves=(), roles=(), tasks=tasks, messages=(), meetings=(), documents=(),
        questions=(), phases=(), law_revision=1,
    )  # fmt: skip


def saved(state: TaskState, *, by_hand: bool = False, origin: Origin = Origin.PLAYBOOK) -> Saved:
    """Return the saved task ``contact``, due as last computed unless dated by hand."""
    return Saved("contact", {"fi": "contact"}, state, origin, HAND if by_hand else OLD, OLD, by_hand)


@pytest.mark.parametrize(
    ("state", "by_hand", "outcome", "follows"),
    [
        (TaskState.WAITING, False, "moved", True),
        (TaskState.READY, False, "moved", True),
        (TaskState.QUESTION, False, "moved", True),
        (TaskState.STARTED, False, "stays", False),
        (TaskState.DONE, False, "stays", False),
        (TaskState.SKIPPED, False, "stays", False),
        (TaskState.READY, True, "asks", True),
    ],
)
def test_only_work_that_has_not_begun_moves_with_its_anchor(
    state: TaskState, *, by_hand: bool, outcome: str, follows: bool
) -> None:
    """Done work is a fact, begun work a promise, a hand-set date a decision: none is moved silently."""
    found = compare([saved(state, by_hand=by_hand)], plan(planned("contact", NEW)))

    assert [(moved.key, moved.new, moved.outcome) for moved in found.moved] == [("contact", NEW, outcome)]
    assert found.follow == (("contact",) if follows else ())


def test_a_hand_dated_task_whose_anchor_did_not_move_asks_nothing() -> None:
    found = compare([saved(TaskState.READY, by_hand=True)], plan(planned("contact", OLD)))

    assert found.moved == ()


def test_work_no_longer_called_for_is_withdrawn_but_begun_work_stands() -> None:
    assert compare([saved(TaskState.READY)], plan()).withdrawn == ("contact",)
    assert compare([saved(TaskState.STARTED)], plan()).withdrawn == ()


def test_what_is_newly_called_for_is_added_even_if_it_was_withdrawn_before() -> None:
    wanted = planned("contact", NEW)

    assert compare([], plan(wanted)).added == (wanted,)
    assert compare([saved(TaskState.WITHDRAWN)], plan(wanted)).added == (wanted,)


def test_a_task_added_by_hand_is_left_alone() -> None:
    found = compare([saved(TaskState.READY, origin=Origin.ADDED)], plan())

    assert (found.moved, found.withdrawn) == ((), ())


@pytest.mark.parametrize(
    ("rule", "law", "asked"),
    [("earliest_end", (), True), ("", ("1333/2021 19 §",), True), ("", (), False)],
)
def test_the_law_asks_for_what_it_dates_and_for_what_rests_on_an_act(
    rule: str, law: tuple[str, ...], *, asked: bool
) -> None:
    """A day of the law that hangs on an unknown date is no less of the law: it is never only offered."""
    task = replace(planned("contact", None), rule=rule, law=law)
    (added,) = compare([], plan(task)).added

    assert (added.by_law, mentioned(added).statutory) == (asked, asked)


@pytest.mark.parametrize(("before", "after"), [(260, 30), (30, 260), (260, 260), (9, 60)])
def test_simulated_days_of_a_playbook_follow_the_same_rule(before: int, after: int) -> None:
    """``playbook test`` must not promise what a running incident does not do."""
    base = Library().load("base")
    old = plan_of(base, known_facts({"proposal": "2027-03-01"}, headcount=before, dismissals=before))
    later = {"heard": "2027-03-04", "proposal": "2027-03-04"}
    new = plan_of(base, known_facts(later, headcount=after, dismissals=after))
    simulation = Simulation()
    simulation.follow(old)
    states = {Progress.AHEAD: TaskState.READY, Progress.STARTED: TaskState.STARTED}
    states |= {Progress.DONE: TaskState.DONE, Progress.SKIPPED: TaskState.SKIPPED}
    for life, progress in zip(simulation.lives.values(), cycle(states), strict=False):
        life.progress = progress
    known = [
        Saved(key, {}, states[life.progress], Origin.PLAYBOOK, life.task.due_on, life.task.due_on, False)
        for key, life in simulation.lives.items()
    ]
    found, earlier = compare(known, new), {key: life.task for key, life in simulation.lives.items()}
    simulation.follow(new)

    planned = {task.key: task for task in new.tasks}
    withdrawn = [key for key, life in simulation.lives.items() if life.progress is Progress.WITHDRAWN]
    assert withdrawn == list(found.withdrawn)
    assert [task.key for task in found.added] == [key for key in simulation.lives if key not in earlier]
    for key, task in earlier.items():
        follows = key in found.follow
        assert simulation.lives[key].task == (planned[key] if follows else task)
