"""The list of everybody's work: the first lines and how many there are, narrowed by the store itself."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.incidents import service
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.worklist import worklist
from muutosturva.models.states import IncidentState
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR

TODAY = dt.date(2027, 3, 12)


def everything(store: Store) -> list[TaskView]:
    """Return every task of the three firms, in the order the list promises."""
    with store.reading() as session:
        found = [task for firm in (FIRM_A, FIRM_B, FIRM_C) for task in queries.tasks(session, firm)]
    return sorted(found, key=lambda task: (task.due_on is None, task.due_on or dt.date.max))


def test_all_open_tasks_are_listed_by_due_day(opened_store: Store) -> None:
    open_ones = [task for task in everything(opened_store) if task.open]

    with opened_store.reading() as session:
        found = worklist(session)

    assert {(task.incident, task.key) for task in found.tasks} == {
        (task.incident, task.key) for task in open_ones
    }
    assert [task.due_on for task in found.tasks] == [task.due_on for task in open_ones]
    assert (found.count, found.incidents, found.left_out) == (len(open_ones), 3, 0)


def test_a_limit_hands_out_the_nearest_and_counts_the_rest(opened_store: Store) -> None:
    with opened_store.reading() as session:
        whole, first = worklist(session), worklist(session, limit=5)

    assert first.tasks == whole.tasks[:5]
    assert (first.count, first.left_out) == (whole.count, whole.count - 5)


def test_late_ones_are_open_and_due_before_today(opened_store: Store) -> None:
    service.finish_task(opened_store, FIRM_A, "log-news", **WHO)

    with opened_store.reading() as session:
        found = worklist(session, late_on=TODAY, everything=True)

    assert {(task.incident, task.key) for task in found.tasks} == {
        (task.incident, task.key) for task in everything(opened_store) if task.late(TODAY)
    }
    assert found.count > 0


@pytest.mark.parametrize("limit", [None, 3])
def test_ones_own_work_is_what_one_is_named_to_do(opened_store: Store, limit: int | None) -> None:
    """Assigned by hand, or through the role one is the first to hold; nobody else's."""
    service.assign_task(opened_store, FIRM_B, "log-news", person=ACTOR, **WHO)
    mine = [task for task in everything(opened_store) if task.open and task.person == ACTOR]

    with opened_store.reading() as session:
        found = worklist(session, person=ACTOR, limit=limit)

    assert found.count == len(mine)
    assert {task.person for task in found.tasks} == {ACTOR}
    assert len(found.tasks) == (len(mine) if limit is None else limit)


def test_an_incident_that_has_ended_has_no_work(opened_store: Store) -> None:
    service.move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="väärä hälytys", **WHO)

    with opened_store.reading() as session:
        found = worklist(session, everything=True)

    assert FIRM_A not in {task.incident for task in found.tasks}
    assert found.incidents == 2
