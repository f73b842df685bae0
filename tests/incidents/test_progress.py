"""How far a plan is: what it no longer has, or does not have yet, is neither done nor to do."""

from __future__ import annotations

from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.pure.progress import Progress, progress
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.models.states import TaskState
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_C, WHO

WHY = "Neuvottelut päättyivät."


def tasks_of(store: Store, incident: str) -> tuple[TaskView, ...]:
    with store.reading() as session:
        return queries.tasks(session, incident)


def in_state(store: Store, incident: str, state: TaskState) -> list[TaskView]:
    return [task for task in tasks_of(store, incident) if task.state is state]


def amend(store: Store, incident: str, number: str) -> None:
    service.amend(store, incident, Amendment((parse_figure(number, {}),)), reason=WHY, **WHO)


def test_what_is_withdrawn_is_not_done(opened_store: Store) -> None:
    before = progress(tasks_of(opened_store, FIRM_A))
    amend(opened_store, FIRM_A, "decided/dismissal=30")
    withdrawn = in_state(opened_store, FIRM_A, TaskState.WITHDRAWN)
    assert not in_state(opened_store, FIRM_A, TaskState.OFFERED)
    after = progress(tasks_of(opened_store, FIRM_A))
    assert withdrawn
    assert after.done == before.done
    assert after.all == len(tasks_of(opened_store, FIRM_A)) - len(withdrawn)


def test_what_is_offered_is_not_in_the_plan_yet(opened_store: Store) -> None:
    before = progress(tasks_of(opened_store, FIRM_C))
    amend(opened_store, FIRM_C, "decided/dismissal=60")
    offered = in_state(opened_store, FIRM_C, TaskState.OFFERED)
    assert offered
    called_for = progress(tasks_of(opened_store, FIRM_C))
    service.accept_offers(opened_store, FIRM_C, None, **WHO)
    taken = progress(tasks_of(opened_store, FIRM_C))
    assert called_for.done == before.done == taken.done
    assert taken.all == called_for.all + len(offered)


def test_done_and_skipped_work_asks_for_nothing_more(opened_store: Store) -> None:
    first, second, *_ = [task for task in tasks_of(opened_store, FIRM_A) if task.open]
    service.finish_task(opened_store, FIRM_A, first.key, **WHO)
    service.skip_task(opened_store, FIRM_A, second.key, reason="Ei tarvita.", **WHO)
    far = progress(tasks_of(opened_store, FIRM_A))
    assert far == Progress(done=2, open=far.all - 2)


def test_a_task_says_why_it_is_offered_withdrawn_or_skipped(opened_store: Store) -> None:
    """What was no longer called for, and what waits for the group, tell why on their own page."""
    skipped = next(task for task in tasks_of(opened_store, FIRM_C) if task.open)
    service.skip_task(opened_store, FIRM_C, skipped.key, reason="Hoidettu jo.", **WHO)
    amend(opened_store, FIRM_A, "decided/dismissal=30")
    amend(opened_store, FIRM_C, "decided/dismissal=60")

    assert {task.state_reason for task in in_state(opened_store, FIRM_A, TaskState.WITHDRAWN)} == {WHY}
    assert {task.state_reason for task in in_state(opened_store, FIRM_C, TaskState.OFFERED)} == {WHY}
    [left] = in_state(opened_store, FIRM_C, TaskState.SKIPPED)
    assert left.state_reason == "Hoidettu jo."

    service.start_task(opened_store, FIRM_C, skipped.key, reason="Sittenkin.", **WHO)
    service.accept_offers(opened_store, FIRM_C, None, **WHO)
    assert not [task for task in tasks_of(opened_store, FIRM_C) if task.open and task.state_reason]
