"""The list of everybody's work: the first lines and how many there are, narrowed by the store itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from muutosturva.errors import NotFoundError
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.reading.worklist import Narrowed, worklist
from muutosturva.models.states import IncidentState
from muutosturva.preparedness.service import add_absence
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


def keys(store: Store, narrowed: Narrowed, *, today: dt.date | None = None) -> set[tuple[str, str]]:
    """Return the tasks of a narrowed list."""
    with store.reading() as session:
        found = worklist(session, only=narrowed, today=today)
    assert found.count == len(found.tasks)
    return {(task.incident, task.key) for task in found.tasks}


def test_a_list_is_narrowed_by_role_accountable_role_and_last_day(opened_store: Store) -> None:
    service.add_task(opened_store, FIRM_A, "own", title="Kahvit", role="secretary", due=TODAY, **WHO)
    open_ones = [task for task in everything(opened_store) if task.open]

    def expected(wanted: Callable[[TaskView], bool]) -> set[tuple[str, str]]:
        found = {(task.incident, task.key) for task in open_ones if wanted(task)}
        assert 0 < len(found) < len(open_ones)
        return found

    assert keys(opened_store, Narrowed(roles={"lead"})) == expected(lambda task: task.role == "lead")
    assert keys(opened_store, Narrowed(accountable={"secretary"})) == {(FIRM_A, "own")}
    assert keys(opened_store, Narrowed(accountable={"lead"})) == expected(
        lambda task: task.raci.accountable == "lead"
    )
    assert keys(opened_store, Narrowed(due_until=TODAY)) == expected(
        lambda task: task.due_on is not None and task.due_on <= TODAY
    )
    assert keys(opened_store, Narrowed(roles={"secretary"}, due_until=TODAY)) == expected(
        lambda task: task.role == "secretary" and task.due_on is not None and task.due_on <= TODAY
    )


def test_who_answers_for_a_task_is_who_acts_in_the_accountable_role_that_day(opened_store: Store) -> None:
    """Whoever stands in for the lead answers for the lead's tasks meanwhile."""
    answered = {
        (task.incident, task.key)
        for task in everything(opened_store)
        if task.open and task.raci.accountable == "lead"
    }
    assert keys(opened_store, Narrowed(answers="Esimerkki Elli"), today=TODAY) == answered
    assert not answered & keys(opened_store, Narrowed(answers="Tilanne Taavi"), today=TODAY)

    add_absence(opened_store, "Esimerkki Elli", TODAY, TODAY, deputy="Tilanne Taavi", **WHO)

    assert keys(opened_store, Narrowed(answers="Esimerkki Elli"), today=TODAY) == set()
    assert answered <= keys(opened_store, Narrowed(answers="Tilanne Taavi"), today=TODAY)
    assert keys(opened_store, Narrowed(answers="Esimerkki Elli")) == answered


@pytest.mark.parametrize("typed", ["lead", " LEAD ", "Vastuukoordinaattori", "Incident lead"])
def test_a_role_is_found_in_any_incident_by_id_or_title(opened_store: Store, typed: str) -> None:
    with opened_store.reading() as session:
        assert finding.find_roles_anywhere(session, typed) == {"lead"}
        assert finding.find_accountable(session, typed) == (frozenset({"lead"}), "")
        assert finding.find_accountable(session, "malli-mauri") == (frozenset(), "Malli Mauri")
        with pytest.raises(NotFoundError) as caught:
            finding.find_accountable(session, "Malli Maur")
    assert caught.value.params["nearest"] == "Malli Mauri"


@pytest.mark.parametrize(("typed", "firms"), [("b1", 3), ("LOG-NEWS", 3), ("log", 0)])
def test_a_task_named_without_its_incident_is_found_in_each_that_has_it_open(
    opened_store: Store, typed: str, firms: int
) -> None:
    with opened_store.reading() as session:
        found = finding.find_tasks_anywhere(session, typed)
    assert [item.incident for item in found] == [FIRM_A, FIRM_B, FIRM_C][:firms]

    service.finish_task(opened_store, FIRM_B, "log-news", **WHO)
    with opened_store.reading() as session:
        left = finding.find_tasks_anywhere(session, typed)
    assert [item.incident for item in left] == [item.incident for item in found if item.incident != FIRM_B]
