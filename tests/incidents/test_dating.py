"""Anchors and answers: what the group learns moves the plan."""

from __future__ import annotations

from datetime import date

import pytest

from muutosturva.errors import InputError, NotFoundError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import TaskState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO
from tests.support.stores import NOW

LATER = AnchorValue.confirmed(date(2027, 4, 6), "työnantaja")


def tasks_of(store: Store) -> dict[str, TaskView]:
    """Return the tasks of firm A by key."""
    with store.reading() as session:
        return {task.key: task for task in queries.tasks(session, FIRM_A)}


def hanging_on(store: Store, anchor: str) -> list[TaskView]:
    """Return the tasks counted from an anchor that ask for nothing when they are done."""
    tasks = tasks_of(store).values()
    return [task for task in tasks if task.due and anchor in task.due.anchors and task.asks is None]


def test_work_not_begun_moves_with_the_anchor_and_the_rest_stays(opened_store: Store) -> None:
    started, done, *_ = hanging_on(opened_store, "decision")
    service.start_task(opened_store, FIRM_A, started.key, **WHO)
    service.finish_task(opened_store, FIRM_A, done.key, **WHO)

    changes = service.set_anchor(
        opened_store, FIRM_A, "decision", LATER, reason="Neuvottelut jatkuvat.", **WHO
    )

    outcomes = {moved.key: moved.outcome for moved in changes.moved}
    after = tasks_of(opened_store)
    assert outcomes[started.key] == outcomes[done.key] == "stays"
    assert (after[started.key].due_on, after[done.key].due_on) == (started.due_on, done.due_on)
    moved = [item for item in changes.moved if item.outcome == "moved"]
    assert moved
    assert all(after[item.key].due_on == item.new != item.old for item in moved)


def test_what_was_promised_by_hand_asks_instead_of_moving(opened_store: Store) -> None:
    task = hanging_on(opened_store, "decision")[0]
    day = date(2027, 4, 1)
    service.redate_task(opened_store, FIRM_A, task.key, due=day, reason="Luvattu.", **WHO)

    changes = service.set_anchor(opened_store, FIRM_A, "decision", LATER, reason="Siirtyi.", **WHO)

    outcome = next(moved for moved in changes.moved if moved.key == task.key)
    assert (outcome.outcome, outcome.old, tasks_of(opened_store)[task.key].due_on) == ("asks", day, day)


def test_the_preview_shows_the_same_moves_and_writes_nothing(opened_store: Store) -> None:
    before = tasks_of(opened_store)

    seen = service.preview_anchor(opened_store, FIRM_A, "decision", LATER, now=NOW)
    assert tasks_of(opened_store) == before

    made = service.set_anchor(opened_store, FIRM_A, "decision", LATER, reason="Siirtyi.", **WHO)
    assert (seen.moved, seen.added, seen.withdrawn) == (made.moved, made.added, made.withdrawn)


def test_an_anchor_keeps_its_history_and_what_follows_from_it_is_new_too(opened_store: Store) -> None:
    service.set_anchor(opened_store, FIRM_A, "decision", LATER, reason="Siirtyi.", **WHO)

    with opened_store.reading() as session:
        view = queries.incident_view(session, FIRM_A)
    decision, listed = view.anchor("decision"), view.anchor("list_received")
    assert decision is not None
    assert listed is not None
    assert (decision.value, decision.origin) == (LATER, "given")
    assert (listed.value.value, listed.origin) == (date(2027, 4, 9), "estimate")
    assert check(opened_store) == []


def test_a_date_before_what_the_law_allows_is_still_the_employers_to_say(opened_store: Store) -> None:
    """The program shows the law's earliest day; it does not forbid what has happened."""
    early = AnchorValue.confirmed(date(2027, 3, 22))

    changes = service.set_anchor(opened_store, FIRM_A, "decision", early, reason="Ilmoitettiin.", **WHO)

    assert any(moved.new and moved.old and moved.new < moved.old for moved in changes.moved)


def test_an_unknown_anchor_is_answered_with_those_there_are(opened_store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        service.set_anchor(opened_store, FIRM_A, "desicion", LATER, reason="Siirtyi.", **WHO)

    assert "decision" in str(caught.value.params["known"])


def test_an_anchor_moves_only_with_a_reason(opened_store: Store) -> None:
    with pytest.raises(InputError):
        service.set_anchor(opened_store, FIRM_A, "decision", LATER, reason="", **WHO)


def test_an_answer_turns_a_question_into_work_or_takes_it_away(opened_store: Store) -> None:
    asked = [task for task in tasks_of(opened_store).values() if "site_services" in task.depends_on]
    assert asked
    assert all(task.state is TaskState.QUESTION for task in asked)

    service.answer(opened_store, FIRM_A, "site_services", "ei", **WHO)
    assert all(tasks_of(opened_store)[task.key].state is TaskState.WITHDRAWN for task in asked)

    service.answer(opened_store, FIRM_A, "site_services", "kyllä", reason="Tarkistettiin.", **WHO)
    after = tasks_of(opened_store)
    assert all(after[task.key].state in {TaskState.READY, TaskState.WAITING} for task in asked)


def test_the_log_keeps_the_values_an_answer_was_decided_with(opened_store: Store) -> None:
    """In ten years somebody asks why the task was there: the condition, the answer and what else it read."""
    asked = next(task for task in tasks_of(opened_store).values() if "site_services" in task.depends_on)
    assert asked.condition == "site_services and level >= M"

    service.answer(opened_store, FIRM_A, "site_services", "kyllä", **WHO)

    with opened_store.reading() as session:
        told = next(
            entry for entry in queries.log_entries(session, FIRM_A) if entry.kind == "incidents.answered"
        )
    assert told.payload is not None
    assert told.payload["used"] == {"site_services": True, "level": "XL"}
    assert asked.key in told.payload["states"]


def test_an_answered_question_is_no_longer_asked(opened_store: Store) -> None:
    service.answer(opened_store, FIRM_A, "site_services", True, **WHO)

    with opened_store.reading() as session:
        names = [question.name for question in queries.incident_view(session, FIRM_A).questions]
    assert "site_services" not in names


def test_an_answer_of_another_type_changes_nothing(opened_store: Store) -> None:
    before = tasks_of(opened_store)

    with pytest.raises(UsageError):
        service.answer(opened_store, FIRM_A, "site_services", "ehkä", **WHO)

    assert tasks_of(opened_store) == before


def test_the_date_of_the_law_follows_also_where_the_due_day_stays(opened_store: Store) -> None:
    """What somebody began or promised is the group's to keep; the day of the law is nobody's."""
    seen = service.preview_anchor(opened_store, FIRM_A, "decision", LATER, now=NOW)
    moves = {moved.key for moved in seen.moved}
    bound = [task for key, task in tasks_of(opened_store).items() if key in moves and task.statutory]
    started, promised, done, *_ = bound
    service.start_task(opened_store, FIRM_A, started.key, **WHO)
    day = date(2027, 4, 1)
    service.redate_task(opened_store, FIRM_A, promised.key, due=day, reason="Luvattu.", **WHO)
    service.finish_task(opened_store, FIRM_A, done.key, **WHO)

    service.set_anchor(opened_store, FIRM_A, "decision", LATER, reason="Siirtyi.", **WHO)

    after = tasks_of(opened_store)
    assert (after[started.key].due_on, after[promised.key].due_on) == (started.due_on, day)
    assert law_day(after[started.key]) > law_day(started)
    assert law_day(after[promised.key]) > law_day(promised)
    assert law_day(after[done.key]) == law_day(done)


def law_day(task: TaskView) -> date:
    """Return the day of the law of a task that has one."""
    assert task.statutory is not None
    return task.statutory.date
