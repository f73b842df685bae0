"""Working the plan: tasks, roles, notes and states through the use cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from muutosturva.errors import ConflictError, InputError, NotFoundError, RefusedError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import IncidentState, TaskState
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR, NOW


def tasks_of(store: Store, incident: str = FIRM_A) -> dict[str, TaskView]:
    """Return the tasks of an incident by key."""
    with store.reading() as session:
        return {task.key: task for task in queries.tasks(session, incident)}


def last_event(store: Store) -> tuple[str, dict[str, object]]:
    """Return kind and payload of the newest event."""
    with store.reading() as session:
        entry = queries.log_entries(session, limit=1)[0]
    return entry.kind, dict(entry.payload or {})


def test_a_finished_task_frees_what_waited_for_it(opened_store: Store) -> None:
    waiting = tasks_of(opened_store)["first-meeting"]
    assert waiting.state is TaskState.WAITING

    for need in waiting.needs:
        service.finish_task(opened_store, FIRM_A, need, **WHO)

    assert tasks_of(opened_store)["first-meeting"].state is TaskState.READY


def test_a_task_can_be_named_by_its_code(opened_store: Store) -> None:
    """People say "B3 is done": the row of the step plan is what they have on paper."""
    done = service.finish_task(opened_store, FIRM_A, "b3", **WHO)

    assert (done.step, done.state, done.finished_by) == ("first-contact", TaskState.DONE, ACTOR)


def test_a_code_of_several_tasks_is_asked_back(opened_store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        service.finish_task(opened_store, FIRM_A, "D5", **WHO)

    assert "mt55-reminder-30" in str(caught.value.params["keys"])


def test_a_task_of_several_firms_is_asked_back_with_the_firm(opened_store: Store) -> None:
    """The bare key three times over would tell nobody which firm to name."""
    service.group_incidents(opened_store, "LAHTI-2027-400", [FIRM_A, FIRM_B], **WHO)

    with pytest.raises(UsageError) as caught:
        service.finish_task(opened_store, "LAHTI-2027-400", "first-contact", **WHO)

    assert caught.value.params["keys"] == [f"{FIRM_A} first-contact", f"{FIRM_B} first-contact"]


def test_an_unknown_task_is_answered_with_the_nearest(opened_store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        service.finish_task(opened_store, FIRM_A, "first-contct", **WHO)

    assert "first-contact" in str(caught.value.params["nearest"])


def test_a_skip_needs_a_reason_and_the_log_keeps_it(opened_store: Store) -> None:
    with pytest.raises(InputError):
        service.skip_task(opened_store, FIRM_A, "log-news", reason="  ", **WHO)
    assert tasks_of(opened_store)["log-news"].open

    service.skip_task(opened_store, FIRM_A, "log-news", reason="Tehtiin puhelimessa.", **WHO)

    assert last_event(opened_store) == (
        "incidents.task_skipped",
        {"old": "ready", "new": "skipped", "reason": "Tehtiin puhelimessa."},
    )


def test_a_hand_dated_task_stops_asking_when_its_question_is_answered(opened_store: Store) -> None:
    """Its day is a decision of the group; what it waits for is not."""
    task = next(task for task in tasks_of(opened_store).values() if task.depends_on == ("site_services",))
    day = date(2027, 3, 4)
    service.redate_task(opened_store, FIRM_A, task.key, due=day, reason="Sovittiin.", **WHO)

    service.answer(opened_store, FIRM_A, "site_services", value=True, **WHO)

    now = tasks_of(opened_store)[task.key]
    assert now.due is not None
    assert (now.depends_on, now.due.value, now.due_by_hand) == ((), day, True)
    assert now.state in {TaskState.READY, TaskState.WAITING}


def test_a_hand_set_day_outlives_a_withdrawal(opened_store: Store) -> None:
    task = next(task for task in tasks_of(opened_store).values() if task.depends_on == ("site_services",))
    day = date(2027, 3, 4)
    service.redate_task(opened_store, FIRM_A, task.key, due=day, reason="Sovittiin.", **WHO)

    for services in (False, True):
        service.answer(opened_store, FIRM_A, "site_services", value=services, **WHO)

    now = tasks_of(opened_store)[task.key]
    assert now.due is not None
    assert (now.due.value, now.due_by_hand) == (day, True)


def test_a_step_of_the_playbook_is_no_name_for_a_task_of_ones_own(opened_store: Store) -> None:
    """A step that is not in the plan today may be called for tomorrow, and would write over it."""
    assert "operating-principles" not in tasks_of(opened_store)

    with pytest.raises(UsageError) as caught:
        service.add_task(
            opened_store, FIRM_A, "operating-principles", title="Oma", role="lead", due=None, **WHO
        )

    assert caught.value.key == "incidents.step_taken"


def test_a_finished_task_is_reopened_only_with_a_reason(opened_store: Store) -> None:
    service.finish_task(opened_store, FIRM_A, "log-news", **WHO)

    with pytest.raises(InputError):
        service.start_task(opened_store, FIRM_A, "log-news", **WHO)
    again = service.start_task(opened_store, FIRM_A, "log-news", reason="Väärä tehtävä.", **WHO)

    assert (again.state, again.finished_at, again.finished_by) == (TaskState.STARTED, None, "")


def test_what_is_done_cannot_be_done_again(opened_store: Store) -> None:
    service.finish_task(opened_store, FIRM_A, "log-news", **WHO)

    with pytest.raises(RefusedError):
        service.finish_task(opened_store, FIRM_A, "log-news", **WHO)


def test_the_second_of_two_people_is_told_and_shown_both(opened_store: Store) -> None:
    """Two officials look at the same screen; only one of them may be right about the state."""
    seen = tasks_of(opened_store)["log-news"]
    service.start_task(opened_store, FIRM_A, "log-news", expected_version=seen.version, **WHO)

    with pytest.raises(ConflictError) as caught:
        service.skip_task(
            opened_store, FIRM_A, "log-news", reason="Ei tarvita.", expected_version=seen.version, **WHO
        )

    field = caught.value.problems[0].params
    assert (field["theirs"], field["ours"]) == (TaskState.STARTED, TaskState.SKIPPED)


def test_a_person_takes_a_task_from_its_role(opened_store: Store) -> None:
    before = tasks_of(opened_store)["first-contact"]
    assert not before.assigned

    after = service.assign_task(opened_store, FIRM_A, "first-contact", person="Verkosto Venla", **WHO)

    assert (after.person, after.assigned) == ("Verkosto Venla", True)


def test_a_hand_set_date_stands_in_the_plan_with_its_reason(opened_store: Store) -> None:
    day = date(2027, 3, 4)

    after = service.redate_task(opened_store, FIRM_A, "first-contact", due=day, reason="Sovittu.", **WHO)

    assert (after.due_on, after.due_by_hand) == (day, True)
    assert last_event(opened_store)[1]["reason"] == "Sovittu."


def test_a_task_the_playbook_lacks_can_be_added(opened_store: Store) -> None:
    added = service.add_task(
        opened_store, FIRM_A, "bus", title="Tilaa bussi", role="secretary", due=date(2027, 3, 3), **WHO
    )

    assert (added.state, added.person, added.due_on) == (
        TaskState.READY,
        "Pöytäkirja Pirkko",
        date(2027, 3, 3),
    )
    with pytest.raises(UsageError):
        service.add_task(opened_store, FIRM_A, "bus", title="Toinen", role="secretary", due=None, **WHO)


@pytest.mark.parametrize("typed", ["communication", "viestintä", "Kommunikation"])
def test_a_role_is_known_by_its_title_too(opened_store: Store, typed: str) -> None:
    """The title is what stands on the screen; the id stands nowhere an official looks."""
    view = service.assign_role(opened_store, FIRM_A, typed, "Malli Mauri", **WHO)

    assert view.role == "communication"


def test_a_handover_keeps_who_held_the_role_and_when(opened_store: Store) -> None:
    view = service.assign_role(opened_store, FIRM_A, "lead", "Malli Mauri", **WHO)

    assert view.holders == ("Malli Mauri",)
    kind, payload = last_event(opened_store)
    assert (kind, payload["new"]) == ("incidents.role_assigned", "Malli Mauri")
    assert "Esimerkki Elli" in str(payload["old"])


def test_a_note_keeps_when_it_happened_apart_from_when_it_was_written(opened_store: Store) -> None:
    happened = NOW - timedelta(hours=2)

    entry = service.add_note(opened_store, FIRM_A, "Yövuoro ei ole kuullut.", at=happened, **WHO)

    assert (entry.event_time, entry.record_time) == (happened, NOW)
    with pytest.raises(UsageError):
        service.add_note(opened_store, FIRM_A, "Huomenna.", at=NOW + timedelta(days=1), **WHO)


def test_an_incident_with_open_work_is_not_closed_and_says_what_is_open(opened_store: Store) -> None:
    with pytest.raises(InputError) as caught:
        service.close_incident(opened_store, FIRM_C, reason="Valmis.", **WHO)

    open_keys = {task.key for task in tasks_of(opened_store, FIRM_C).values() if task.open}
    told = {str(problem.params["key"]) for problem in caught.value.problems if "key" in problem.params}
    assert told == open_keys
    with opened_store.reading() as session:
        assert queries.incident_view(session, FIRM_C).state is IncidentState.ACTIVE


def test_an_ended_incident_is_not_changed_until_it_is_opened_again(opened_store: Store) -> None:
    service.move_state(opened_store, FIRM_C, IncidentState.CANCELLED, reason="Yritys perui.", **WHO)

    with pytest.raises(RefusedError):
        service.finish_task(opened_store, FIRM_C, "log-news", **WHO)
    service.move_state(opened_store, FIRM_C, IncidentState.ACTIVE, reason="Alkoi uudelleen.", **WHO)
    assert service.finish_task(opened_store, FIRM_C, "log-news", **WHO).state is TaskState.DONE


def test_a_state_that_cannot_follow_is_refused(opened_store: Store) -> None:
    with pytest.raises(RefusedError) as caught:
        service.move_state(opened_store, FIRM_A, IncidentState.REVIEWED, reason="Ohi.", **WHO)

    assert caught.value.key == "incidents.state_not_reachable"


def test_the_same_state_again_says_that_it_is_so_already(opened_store: Store) -> None:
    """Whoever gives the same command twice is told that the first one worked."""
    service.move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="avattiin kahdesti", **WHO)

    with pytest.raises(RefusedError) as caught:
        service.move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="avattiin kahdesti", **WHO)

    assert caught.value.key == "incidents.state_already_by"


def test_a_situation_sums_its_firms_and_counts_nobody_twice(opened_store: Store) -> None:
    view = service.group_incidents(
        opened_store, "lahti-2027-400", [FIRM_A, FIRM_B, FIRM_C, FIRM_A], title="Kolme yritystä", **WHO
    )

    assert (view.children, view.headcount, view.employer) == ((FIRM_A, FIRM_B, FIRM_C), 375, "Kolme yritystä")
    with opened_store.reading() as session:
        together = queries.tasks(session, view.readable_id)
        apart = [task for firm in (FIRM_A, FIRM_B, FIRM_C) for task in queries.tasks(session, firm)]
    assert sorted(task.id for task in together) == sorted(task.id for task in apart)


@pytest.mark.parametrize(
    ("situation", "children", "key"),
    [
        (FIRM_A, [FIRM_B], "incidents.not_a_situation"),
        ("LAHTI-2027-401", ["LAHTI-2027-400"], "incidents.situation_in_situation"),
        ("LAHTI-2027-401", [FIRM_A], "incidents.grouped_already"),
    ],
)
def test_situations_do_not_nest_and_a_firm_is_in_one_only(
    opened_store: Store, situation: str, children: list[str], key: str
) -> None:
    service.group_incidents(opened_store, "LAHTI-2027-400", [FIRM_A], **WHO)

    with pytest.raises(RefusedError) as caught:
        service.group_incidents(opened_store, situation, children, **WHO)

    assert caught.value.key == key


def test_the_store_is_sound_after_all_of_it(opened_store: Store) -> None:
    service.finish_task(opened_store, FIRM_A, "log-news", **WHO)
    service.add_note(opened_store, FIRM_A, "Merkintä.", **WHO)

    assert check(opened_store) == []
