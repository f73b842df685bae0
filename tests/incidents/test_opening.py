"""Opening an incident: what was previewed is what is saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import TriggerRequest, preview, trigger
from muutosturva.errors import InputError, RefusedError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.pure.snapshot import planned_to_json, statutory_to_json
from muutosturva.incidents.reading import queries
from muutosturva.models.states import TaskState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_C, WHO, open_firms
from tests.support.stores import ACTOR, NOW


def request_of(index: int) -> TriggerRequest:
    """Return the answers given for one of the three firms."""
    return three_firms().firms[index].request


def test_exactly_the_previewed_plan_is_saved_on_each_database(filled_place: str | Path) -> None:
    """Trust in the preview is the whole point of it: not one date may differ afterwards."""
    with Store.open(filled_place) as store:
        made = preview(store, request_of(0), now=NOW)
        trigger(store, request_of(0), actor=ACTOR, now=NOW)
        with store.reading() as session:
            tasks = {task.key: task for task in queries.tasks(session, FIRM_A)}
            view = queries.incident_view(session, FIRM_A)

    assert set(tasks) == {task.key for task in made.plan.tasks}
    for planned in made.plan.tasks:
        saved = tasks[planned.key]
        assert planned_to_json(saved.due) == planned_to_json(planned.due)
        assert planned_to_json(saved.start) == planned_to_json(planned.start)
        assert statutory_to_json(saved.statutory) == statutory_to_json(planned.statutory)
        assert (saved.title, saved.raci, saved.law) == (planned.title, planned.raci, planned.law)
    assert {anchor.key: anchor.value for anchor in view.anchors} == {
        anchor.name: anchor.value for anchor in made.plan.anchors
    }
    assert (view.playbook_sha256, view.level) == (made.plan.playbook_sha256, "XL")


def test_roles_are_filled_from_the_roster_with_deputies(opened_store: Store) -> None:
    with opened_store.reading() as session:
        view = queries.incident_view(session, FIRM_A)

    assert all(role.filled for role in view.roles)
    lead = next(role for role in view.roles if role.role == "lead")
    assert (lead.holders, lead.deputies) == (("Esimerkki Elli",), ("Malli Mauri",))


def test_a_named_person_takes_the_role_instead_of_the_rosters_first(filled_store: Store) -> None:
    view = trigger(filled_store, replace(request_of(0), roles={"lead": "malli mauri"}), actor=ACTOR, now=NOW)

    assert next(role for role in view.roles if role.role == "lead").holders == ("Malli Mauri",)


def test_what_waits_for_nothing_is_ready_and_the_rest_waits(opened_store: Store) -> None:
    with opened_store.reading() as session:
        tasks = {task.step: task.state for task in queries.tasks(session, FIRM_A)}

    assert tasks["log-news"] is TaskState.READY
    assert tasks["first-meeting"] is TaskState.WAITING


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"employer": "  "}, "incidents.employer_missing"),
        ({"anchors": {"heard": AnchorValue.confirmed(NOW.date())}}, "playbooks.anchor_missing"),
        ({"inputs": {"headcount": -4}}, "playbooks.input_small"),
        ({"inputs": {}}, "playbooks.input_missing"),
        ({"inputs": {"headcount": 260, "hedcount": 3}}, "playbooks.input_unknown"),
    ],
)
def test_bad_facts_save_nothing_and_say_everything_that_is_wrong(
    filled_store: Store, change: dict[str, object], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        trigger(filled_store, replace(request_of(0), **change), actor=ACTOR, now=NOW)  # type: ignore[arg-type] # each change fits its field

    assert code in {problem.code for problem in caught.value.problems}
    with filled_store.reading() as session:
        assert queries.summaries(session, NOW.date()) == ()
    assert check(filled_store) == []


def test_ids_run_on_within_area_and_year_and_a_taken_one_is_refused(opened_store: Store) -> None:
    with pytest.raises(RefusedError) as caught:
        trigger(opened_store, replace(request_of(2), readable_id=FIRM_C), actor=ACTOR, now=NOW)
    assert caught.value.key == "incidents.id_taken"

    view = trigger(opened_store, request_of(2), actor=ACTOR, now=NOW)
    assert view.readable_id == "LAHTI-2027-04"


def test_the_name_of_a_situation_does_not_push_the_numbers_of_firms(opened_store: Store) -> None:
    """After LAHTI-2027-400 the fourth firm is still the fourth, unless a situation has its number."""
    service.group_incidents(opened_store, "LAHTI-2027-400", [FIRM_A], **WHO)
    service.group_incidents(opened_store, "LAHTI-2027-04", [FIRM_C], **WHO)

    fourth = trigger(opened_store, request_of(0), actor=ACTOR, now=NOW)

    assert fourth.readable_id == "LAHTI-2027-05"


def test_an_id_of_another_form_is_refused(filled_store: Store) -> None:
    with pytest.raises(UsageError):
        trigger(filled_store, replace(request_of(2), readable_id="kori 1"), actor=ACTOR, now=NOW)


def test_each_opening_is_one_event_that_names_playbook_and_hash(filled_store: Store) -> None:
    views = open_firms(filled_store)

    with filled_store.reading() as session:
        events = [entry for entry in queries.log_entries(session) if entry.kind == "incidents.opened"]
    assert [entry.incident for entry in reversed(events)] == [view.readable_id for view in views]
    assert all(view.playbook_sha256 in events[-1 - place].subjects[1] for place, view in enumerate(views))
