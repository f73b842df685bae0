"""Who acts in a role on a day, and whose tasks are whose while somebody is away."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.clock import local_date
from muutosturva.incidents.pure.standing_in import Acting, Away, Standing, acting, acting_for
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.worklist import worklist
from muutosturva.incidents.service import assign_task
from muutosturva.preparedness.service import add_absence
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO
from tests.support.stores import NOW

TODAY = local_date(NOW)
DAY = dt.date(2027, 3, 3)


def away(person: str, deputy: str = "", first: int = 1, last: int = 5) -> Away:
    """Return an absence in March 2027."""
    return Away(person, dt.date(2027, 3, first), dt.date(2027, 3, last), deputy)


@pytest.mark.parametrize(
    ("holders", "deputies", "absent", "expected"),
    [
        (["A"], ["D"], [], Acting("A", "", Standing.HOLDER)),
        (["A"], ["D"], [away("A", first=4)], Acting("A", "", Standing.HOLDER)),
        (["A"], ["D"], [away("A", last=3)], Acting("D", "A", Standing.DEPUTY)),
        (["A"], ["D"], [away("A", last=2)], Acting("A", "", Standing.HOLDER)),
        (["A", "B"], ["D"], [away("A", "X")], Acting("B", "", Standing.HOLDER)),
        (["A"], ["D"], [away("A", "X")], Acting("X", "A", Standing.AGREED)),
        (["A"], ["D"], [away("A", "X"), away("X")], Acting("D", "A", Standing.DEPUTY)),
        (["A", "B"], ["D"], [away("A"), away("B", "X")], Acting("X", "B", Standing.AGREED)),
        (["A"], ["D"], [away("A"), away("D")], Acting("", "A", Standing.ALL_AWAY)),
        (["A"], ["D", "E"], [away("A"), away("D")], Acting("E", "A", Standing.DEPUTY)),
        (["A"], [], [away("A")], Acting("", "A", Standing.ALL_AWAY)),
        ([], ["D"], [], Acting("D", "", Standing.DEPUTY)),
        ([], [], [away("A")], Acting("", "", Standing.UNFILLED)),
    ],
)
def test_holder_then_agreed_deputy_then_the_roles_deputy_each_if_present(
    holders: list[str], deputies: list[str], absent: list[Away], expected: Acting
) -> None:
    assert acting(holders, deputies, absent, DAY) == expected


@pytest.mark.parametrize(
    ("absent", "expected"),
    [
        ([], Acting("P", "", Standing.HOLDER)),
        ([away("P", "X")], Acting("X", "P", Standing.AGREED)),
        ([away("P")], Acting("A", "P", Standing.DEPUTY)),
        ([away("P", "X"), away("X")], Acting("A", "P", Standing.DEPUTY)),
    ],
)
def test_a_task_given_by_name_falls_back_to_its_role(absent: list[Away], expected: Acting) -> None:
    assert acting_for("P", Acting("A", "", Standing.HOLDER), absent, DAY) == expected


def test_with_no_one_in_the_role_the_one_who_was_given_the_task_is_still_named_as_missing() -> None:
    nobody = Acting("", "", Standing.UNFILLED)

    assert acting_for("P", nobody, [away("P")], DAY) == Acting("", "P", Standing.ALL_AWAY)


def _lead(store: Store) -> tuple[str, str]:
    with store.reading() as session:
        incident = queries.find_incident(session, FIRM_A)
        role = next(view for view in queries.role_views(session, incident.id) if view.role == "lead")
    return role.holders[0], role.deputies[0]


def test_the_tasks_of_a_lead_on_holiday_stand_in_the_list_of_the_one_who_stands_in(
    opened_store: Store,
) -> None:
    """Otherwise they stand in nobody's list until somebody is back."""
    holder, _ = _lead(opened_store)
    with opened_store.reading() as session:
        before = {task.id for task in worklist(session, person=holder, today=TODAY).tasks}
    add_absence(opened_store, holder, TODAY, TODAY, deputy="Kuvitteellinen Kaisa", **WHO)

    with opened_store.reading() as session:
        left = worklist(session, person=holder, today=TODAY)
        theirs = worklist(session, person="Kuvitteellinen Kaisa", today=TODAY).tasks
        later = worklist(session, person=holder, today=TODAY + dt.timedelta(days=1))
    assert before
    assert left.count == 0
    assert before <= {task.id for task in theirs}
    assert {task.stands_in_for for task in theirs if task.id in before} == {holder}
    assert {task.id for task in later.tasks} == before


def test_without_an_agreed_deputy_the_roles_deputy_acts(opened_store: Store) -> None:
    holder, deputy = _lead(opened_store)
    add_absence(opened_store, holder, TODAY, TODAY, **WHO)

    with opened_store.reading() as session:
        incident = queries.find_incident(session, FIRM_A)
        roles = {view.role: view for view in queries.role_views(session, incident.id, TODAY)}
        shown = [task for task in queries.tasks(session, FIRM_A, TODAY) if task.role == "lead"]
    assert roles["lead"].acting == Acting(deputy, holder, Standing.DEPUTY)
    assert {(task.person, task.stands_in_for) for task in shown} == {(deputy, holder)}


def test_an_assigned_task_goes_to_the_agreed_deputy_of_the_one_who_is_away(opened_store: Store) -> None:
    with opened_store.reading() as session:
        task = next(item for item in queries.tasks(session, FIRM_A) if item.open)
    assign_task(opened_store, FIRM_A, task.key, person="Tilanne Taavi", **WHO)
    add_absence(opened_store, "Tilanne Taavi", TODAY, TODAY, deputy="Kuvitteellinen Kaisa", **WHO)

    with opened_store.reading() as session:
        found = worklist(session, person="Kuvitteellinen Kaisa", today=TODAY).tasks
    assert ("Tilanne Taavi", task.id) in {(item.stands_in_for, item.id) for item in found}
