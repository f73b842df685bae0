"""The order and the choice of dates: what is shown as a milestone, a deadline, a phase."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from muutosturva.documents import agenda
from muutosturva.documents.picture import Step
from muutosturva.incidents.pure.views import (
    AnchorView,
    DocumentView,
    IncidentView,
    TaskAreaView,
    TaskView,
    WaveView,
)
from muutosturva.models.states import (
    AreaPart,
    IncidentState,
    ItemState,
    Origin,
    Secrecy,
    StoreKind,
    TaskState,
)
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.plan import PlannedDate, Raci
from muutosturva.rules.results import StatutoryDate
from tests.documents.samples import LIST, MADE, REGISTER, planned

TODAY = dt.date(2027, 3, 2)
"""The day of ``MADE``."""


def anchor(name: str, value: AnchorValue, wave: str = "") -> AnchorView:
    """Return an anchor with a label in two languages."""
    return AnchorView(name, wave, {"fi": f"{name} fi", "sv": f"{name} sv"}, value, "given", "", MADE)


def incident(*anchors: AnchorView, waves: tuple[WaveView, ...] = ()) -> IncidentView:
    """Return an incident of which only dates and phases are told."""
    return IncidentView(
        id=uuid.UUID(int=1), readable_id="LAHTI-2027-01", owner_area="lahti", kind=StoreKind.EXAMPLE,
        state=IncidentState.ACTIVE, secrecy=Secrecy.GROUP, level="L", employer="A Oy", municipality="Lahti",
        sector="", situation=False, parent="", children=(), headcount=1, playbook_id="p",
        playbook_version="1", playbook_sha256="", inputs={}, sites=(), languages=(),
        phases=(("alarm", {"fi": "Hälytys"}),),
        law_revision=1, opened_at=MADE, closed_at=None, anchors=anchors, waves=waves, areas=(), roles=(),
        questions=(), version=1,
    )  # fmt: skip


def task(
    key: str, due: PlannedDate | None, state: TaskState = TaskState.READY, phase: str = "alarm"
) -> TaskView:
    """Return a task."""
    return TaskView(
        id=uuid.UUID(int=2), incident="LAHTI-2027-01", employer="A Oy", key=key, step=key, item=(), code="",
        title={"fi": key}, phase=phase, role="lead", role_title={}, raci=Raci(("lead",), "lead"), person="",
        assigned=False, start=None, due=due, due_by_hand=False, statutory=None, rule="", law=(), needs=(),
        state=state, depends_on=(), condition="", area="", wave="", checklist=(), howto={}, produces=(),
        unsure=False, origin=Origin.PLAYBOOK, position=0, rank=None, label="", started_at=None,
        finished_at=None, finished_by="", version=1,
    )  # fmt: skip


def titles(steps: list[Step]) -> list[str]:
    """Return the Finnish titles of steps."""
    return [step.title["fi"] for step in steps]


def test_milestones_are_the_known_days_in_order_of_time() -> None:
    later, sooner = AnchorValue.estimated(dt.date(2027, 3, 30)), AnchorValue.confirmed(TODAY)
    found = incident(anchor("decision", later), anchor("egf", AnchorValue.unknown()), anchor("heard", sooner))

    assert titles(agenda.milestones([found])) == ["heard fi", "decision fi"]
    assert agenda.unknown_anchors(found) == [{"fi": "egf fi", "sv": "egf sv"}]


@pytest.mark.parametrize(
    ("waves", "expected"),
    [(("w1",), "notice fi"), (("w1", "w2"), "notice fi – Yövuoro"), (("w2", "w3"), "notice fi")],
)
def test_a_wave_is_named_only_where_there_are_several(waves: tuple[str, ...], expected: str) -> None:
    known = tuple(WaveView(w, "Yövuoro" if w == "w1" else "", "", "dismissal", 1, None, None) for w in waves)
    found = incident(anchor("notice", AnchorValue.confirmed(TODAY), "w1"), waves=known)

    assert titles(agenda.milestones([found])) == [expected]


def test_next_steps_leave_out_the_past_the_done_and_what_waits_for_an_answer() -> None:
    """The clock of ``MADE`` is 14.10 in Finland."""
    tasks = [
        task("yesterday", planned(dt.date(2027, 3, 1))),
        task("this morning", planned(TODAY, at=dt.time(9))),
        task("all day", planned(TODAY)),
        task("this evening", planned(TODAY, at=dt.time(18))),
        task("tomorrow", planned(dt.date(2027, 3, 3))),
        task("done", planned(TODAY), TaskState.DONE),
        task("asked", planned(TODAY), TaskState.QUESTION),
        task("undated", None),
        task("unknown", planned(None)),
    ]

    assert titles(agenda.coming(tasks, [], MADE)) == ["this evening", "all day", "tomorrow"]


def test_a_deadline_without_a_due_day_is_shown_at_the_safe_day() -> None:
    law = StatutoryDate(dt.date(2027, 5, 29), dt.date(2027, 5, 28), None, (REGISTER,), 12)
    bare = replace(task("register", None), statutory=law)
    done = replace(task("done", None, TaskState.DONE), statutory=law)
    (step,) = agenda.deadlines([bare, done, task("no law", planned(TODAY))])

    assert (step.day, step.unsure) == (dt.date(2027, 5, 28), True)


def test_a_row_in_doubt_is_named_once() -> None:
    law = StatutoryDate(TODAY, TODAY, TODAY, (REGISTER, LIST, REGISTER), 12)
    steps = [Step("A Oy", {}, None, law), Step("B Oy", {}, None, law), Step("C Oy", {}, None)]

    assert agenda.law_in_doubt(steps) == [REGISTER]


def test_the_longest_late_comes_first() -> None:
    tasks = [task("b", planned(dt.date(2027, 3, 1))), task("a", planned(dt.date(2027, 2, 1)))]

    assert [late.title["fi"] for late in agenda.late(tasks, TODAY)] == ["a", "b"]
    assert agenda.late(tasks, dt.date(2027, 1, 1)) == []


@pytest.mark.parametrize(
    ("due_at", "late"), [(dt.time(14, 9), True), (dt.time(14, 10), False), (None, False)]
)
def test_what_is_due_by_a_clock_time_is_late_after_it_and_never_in_neither_list(
    due_at: dt.time | None,
    late: bool,  # noqa: FBT001 - the answer, of the table
) -> None:
    """Made at 14.10: what was due at 14.09 has left the next steps, so it must be among the late ones."""
    tasks = [task("a", planned(TODAY, at=due_at))]
    assert bool(agenda.late(tasks, MADE)) is late
    assert bool(agenda.coming(tasks, [], MADE)) is not late


def test_progress_counts_every_task_of_a_phase_but_the_withdrawn() -> None:
    tasks = [
        task("a", planned(dt.date(2027, 3, 1))),
        task("b", None, TaskState.DONE),
        task("c", None, TaskState.WITHDRAWN),
        task("own", None, phase=""),
    ]
    alarm, other = agenda.progress([incident()], tasks, TODAY)

    assert (alarm.count("ready"), alarm.count("done"), alarm.count("withdrawn"), alarm.late) == (1, 1, 0, 1)
    assert (other.phase, other.count("ready")) == ("other_phase", 1)


def test_what_several_areas_do_together_is_listed_until_it_is_done() -> None:
    areas = (TaskAreaView("lahti", "Lahti", AreaPart.LEAD, "", None, ""),)
    tasks = [
        replace(task("later", planned(dt.date(2027, 3, 9))), areas=areas),
        replace(task("undated", None), areas=areas),
        replace(task("sooner", planned(dt.date(2027, 3, 3))), areas=areas),
        replace(task("done", planned(TODAY), TaskState.DONE), areas=areas),
        task("alone", planned(TODAY)),
    ]

    assert [shared.title["fi"] for shared in agenda.shared(tasks)] == ["sooner", "later", "undated"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [((1, 3, 9), 3), ((2,), None), ((), None)],
)
def test_the_next_picture_is_the_next_the_plan_asks_for(days: tuple[int, ...], expected: int | None) -> None:
    documents = [
        DocumentView(
            "LAHTI-2027-01", "A Oy", f"s{day}", "situation", {}, "group", ("fi",), ("pdf",),
            planned(dt.date(2027, 3, day)), ItemState.PLANNED, 1,
        )
        for day in days
    ]  # fmt: skip
    found = agenda.next_picture(documents, TODAY, "situation")

    assert (found.value.day if found and found.value else None) == expected
    assert agenda.next_picture(documents, TODAY, "release") is None
