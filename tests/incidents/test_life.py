"""What the states of an incident mean: who only watches, rests, takes up again, ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import trigger
from muutosturva.errors import ConflictError, InputError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.board import board
from muutosturva.incidents.reading.worklist import worklist
from muutosturva.models.states import IncidentState, TaskState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR, NOW

LATER = dt.date(2029, 1, 1)
SPRING = {"proposal": AnchorValue.confirmed(dt.date(2028, 3, 1)), "decision": AnchorValue.unknown()}


def late_tasks(store: Store, incident: str) -> list[TaskView]:
    """Return what is late in two years' time; the board and the list must agree with the plan."""
    with store.reading() as session:
        found = [task for task in queries.tasks(session, incident) if task.late(LATER)]
        listed = board(session, dt.datetime.combine(LATER, NOW.timetz())).late.items
        seen = [task for task in listed if task.incident == incident]
        line = next(line for line in queries.summaries(session, LATER) if line.readable_id == incident)
    assert {task.key for task in seen} == {task.key for task in found}
    assert line.late_tasks == len(found)
    return found


def test_nothing_of_a_watched_incident_is_late(filled_store: Store) -> None:
    """A rumour has a plan; nobody has work until it is true."""
    request = replace(three_firms().firms[0].request, watch=True)
    view = trigger(filled_store, request, actor=ACTOR, now=NOW)

    assert view.state is IncidentState.WATCH
    assert late_tasks(filled_store, view.readable_id) == []
    service.resume(filled_store, view.readable_id, anchors={}, reason="Julki.", **WHO)
    assert late_tasks(filled_store, view.readable_id)


def test_a_dormant_incident_keeps_its_promises(opened_store: Store) -> None:
    """What the law asks, what was begun and what the group added stay due; the rest waits."""
    service.start_task(opened_store, FIRM_A, "log-news", **WHO)
    service.add_task(opened_store, FIRM_A, "own", title="Oma", role="lead", due=NOW.date(), **WHO)
    before = {task.key for task in late_tasks(opened_store, FIRM_A)}
    service.move_state(opened_store, FIRM_A, IncidentState.DORMANT, reason="Ei irtisanota.", **WHO)

    late = late_tasks(opened_store, FIRM_A)

    assert {"log-news", "own"} <= {task.key for task in late} < before
    assert all(task.rule or task.key in {"log-news", "own"} for task in late)


def test_spring_resumes_a_dormant_incident_in_one_act(opened_store: Store) -> None:
    service.finish_task(opened_store, FIRM_A, "log-news", **WHO)
    service.move_state(opened_store, FIRM_A, IncidentState.DORMANT, reason="Ei irtisanota.", **WHO)

    changes = service.resume(opened_store, FIRM_A, anchors=SPRING, reason="Uusi esitys.", **WHO)

    with opened_store.reading() as session:
        view = queries.incident_view(session, FIRM_A)
        done = next(task for task in queries.tasks(session, FIRM_A) if task.key == "log-news")
        entry = queries.log_entries(session, FIRM_A, limit=1)[0]
    proposal = view.anchor("proposal")
    assert proposal is not None
    assert (view.state, proposal.value.value) == (IncidentState.ACTIVE, dt.date(2028, 3, 1))
    assert changes.moved
    assert done.state is TaskState.DONE
    assert (entry.kind, (entry.payload or {})["reason"]) == ("incidents.resumed", "Uusi esitys.")
    assert check(opened_store) == []


def test_only_what_rests_is_resumed(opened_store: Store) -> None:
    with pytest.raises(RefusedError):
        service.resume(opened_store, FIRM_A, anchors={}, reason="Syy.", **WHO)
    service.move_state(opened_store, FIRM_A, IncidentState.DORMANT, reason="Syy.", **WHO)
    with pytest.raises(InputError):
        service.resume(opened_store, FIRM_A, anchors={}, reason=" ", **WHO)
    with pytest.raises(ConflictError):
        service.resume(opened_store, FIRM_A, anchors={}, reason="Syy.", expected_version=99, **WHO)


def closed(store: Store) -> str:
    """Close an empty regional situation, which nothing keeps open; return its id."""
    name = "LAHTI-2027-400"
    service.group_incidents(store, name, [FIRM_B], **WHO)
    service.ungroup_incidents(store, name, [FIRM_B], reason="Syy.", **WHO)
    service.close_incident(store, name, reason="Valmis.", **WHO)
    return name


def test_the_second_who_closes_is_told_who_was_first(opened_store: Store) -> None:
    name = closed(opened_store)
    with pytest.raises(RefusedError) as caught:
        service.close_incident(opened_store, name, reason="Valmis.", **WHO)
    assert (caught.value.params["person"], caught.value.params["at"]) == (ACTOR, NOW)


def test_reviewed_is_reached_by_a_review_or_by_a_reason_for_none(opened_store: Store) -> None:
    name = closed(opened_store)
    with pytest.raises(RefusedError):
        service.move_state(opened_store, name, IncidentState.REVIEWED, reason="Valmis.", **WHO)
    with pytest.raises(InputError):
        service.skip_review(opened_store, name, reason="", **WHO)
    with pytest.raises(RefusedError):
        service.skip_review(opened_store, FIRM_A, reason="Syy.", **WHO)

    assert service.skip_review(opened_store, name, reason="Väärä.", **WHO).state is IncidentState.REVIEWED


def test_closing_skips_what_no_law_asks_for_and_never_the_rest(opened_store: Store) -> None:
    with pytest.raises(InputError) as caught:
        service.close_incident(opened_store, FIRM_C, reason="Valmis.", skip=True, **WHO)
    left = {problem.code for problem in caught.value.problems}
    assert "incidents.closing_task" not in left
    with opened_store.reading() as session:
        before = [task for task in queries.tasks(session, FIRM_C) if task.open]
        asked = queries.question_views(session, queries.find_incident(session, FIRM_C).id)
    for question in asked:
        service.answer(opened_store, FIRM_C, question.name, "ei", **WHO)
    for problem in service.closing_problems(opened_store, FIRM_C):
        if problem.code.startswith("incidents.closing_law"):
            service.skip_task(opened_store, FIRM_C, str(problem.params["key"]), reason="Ei.", **WHO)

    view = service.close_incident(opened_store, FIRM_C, reason="Loppu.", skip=True, **WHO)

    assert view.state is IncidentState.CLOSED
    assert before
    with opened_store.reading() as session:
        assert not [task for task in queries.tasks(session, FIRM_C) if task.open]
    assert check(opened_store) == []


def test_a_closed_incident_is_opened_again_with_a_reason(opened_store: Store) -> None:
    name = closed(opened_store)

    assert service.reopen_incident(opened_store, name, reason="Jatkuu.", **WHO).state is IncidentState.ACTIVE
    with pytest.raises(RefusedError):
        service.reopen_incident(opened_store, name, reason="Jatkuu.", **WHO)


def test_work_over_all_incidents_leaves_out_what_rests(opened_store: Store) -> None:
    service.move_state(opened_store, FIRM_A, IncidentState.DORMANT, reason="Ei irtisanota.", **WHO)

    with opened_store.reading() as session:
        shown = {task.key for task in worklist(session).tasks if task.incident == FIRM_A}
        kept = {task.key for task in queries.tasks(session, FIRM_A) if task.open and not task.resting}
    assert shown == kept
