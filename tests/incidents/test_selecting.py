"""Narrowing and sorting a list of tasks."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.i18n import Texts
from muutosturva.incidents.acts.labels import set_label
from muutosturva.incidents.acts.tasks import finish_task
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.selecting import SORTS, Wanted, ordered, selected, state_named
from muutosturva.models.states import TaskState
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO

TODAY = dt.date(2027, 3, 10)
TEXTS = Texts("fi")


def read(store: Store) -> tuple[IncidentView, tuple[TaskView, ...]]:
    """Return firm A and its tasks."""
    with store.reading() as session:
        return queries.incident_view(session, FIRM_A), queries.tasks(session, FIRM_A)


def test_every_condition_narrows_and_all_must_hold(opened_store: Store) -> None:
    set_label(opened_store, FIRM_A, ["log-news", "first-contact"], "Kiire", **WHO)
    finish_task(opened_store, FIRM_A, "log-news", **WHO)
    view, tasks = read(opened_store)

    def keys(wanted: Wanted) -> set[str]:
        return {task.key for task in selected(tasks, wanted, TODAY, (view,))}

    assert keys(Wanted()) == {task.key for task in tasks}
    assert keys(Wanted(label="kiire")) == {"log-news", "first-contact"}
    assert keys(Wanted(label="kiire", open=True)) == {"first-contact"}
    assert keys(Wanted(states=(TaskState.DONE,))) == {"log-news"}
    assert keys(Wanted(late=True)) == {task.key for task in tasks if task.late(TODAY)}
    assert keys(Wanted(text="OTA työnantajaan")) == {"first-contact"}
    assert keys(Wanted(text="b1")) >= {"log-news"}
    assert keys(Wanted(label="olematon")) == set()


def test_a_role_a_phase_and_an_area_are_known_by_id_and_by_title(opened_store: Store) -> None:
    view, tasks = read(opened_store)
    role = view.roles[0]
    phase, titles = view.phases[0]

    for wanted in (Wanted(role=role.role), Wanted(role=role.title["fi"].upper())):
        assert {task.role for task in selected(tasks, wanted, TODAY, (view,))} == {role.role}
    for wanted in (Wanted(phase=phase), Wanted(phase=titles["sv"])):
        assert {task.phase for task in selected(tasks, wanted, TODAY, (view,))} == {phase}


def test_the_beginning_of_a_name_finds_the_person(opened_store: Store) -> None:
    _, tasks = read(opened_store)
    found = selected(tasks, Wanted(person="elli"), TODAY)

    assert found
    assert {task.person for task in found} == {"Esimerkki Elli"}


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_keeps_every_task(opened_store: Store, sort: str) -> None:
    _, tasks = read(opened_store)

    assert sorted(task.key for task in ordered(tasks, sort, TEXTS)) == sorted(task.key for task in tasks)


def test_the_default_order_is_by_due_day_and_what_has_none_comes_last(opened_store: Store) -> None:
    _, tasks = read(opened_store)
    days = [task.due_on for task in ordered(tasks, "due", TEXTS)]

    assert days == sorted(days, key=lambda day: (day is None, day or dt.date.max))


def test_work_in_hand_comes_before_what_is_done(opened_store: Store) -> None:
    finish_task(opened_store, FIRM_A, "log-news", **WHO)
    _, tasks = read(opened_store)
    states = [task.state for task in ordered(tasks, "state", TEXTS)]

    assert states[-1] is TaskState.DONE
    assert states.index(TaskState.READY) < states.index(TaskState.WAITING)


def test_labelled_tasks_come_first_by_their_word(opened_store: Store) -> None:
    set_label(opened_store, FIRM_A, ["first-contact"], "odottaa", **WHO)
    set_label(opened_store, FIRM_A, ["log-news"], "Kiire", **WHO)
    _, tasks = read(opened_store)

    assert [task.key for task in ordered(tasks, "label", TEXTS)[:2]] == ["log-news", "first-contact"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("done", TaskState.DONE),
        (" Kesken ", TaskState.STARTED),
        ("överhoppad", TaskState.SKIPPED),
        ("x", None),
    ],
)
def test_a_state_is_known_by_its_word_in_any_language(text: str, state: TaskState | None) -> None:
    assert state_named(text) is state
