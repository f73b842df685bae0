"""Several employment areas on one task: who leads, who takes part, whose part is done."""

from __future__ import annotations

import pytest

from muutosturva.errors import ConflictError, NotFoundError, RefusedError
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.worklist import Narrowed, worklist
from muutosturva.incidents.service import (
    finish_task_area,
    remove_task_area,
    set_task_area,
    skip_task,
    undo_event,
)
from muutosturva.models.states import AreaPart
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, WHO

TASK = "tell-neighbours"
LEAD, JOINS = AreaPart.LEAD, AreaPart.JOINS
NEIGHBOUR = "paijat-hame"


def parts(task: TaskView) -> list[tuple[str, AreaPart]]:
    """Return the areas of a task with their parts."""
    return [(area.slug, area.part) for area in task.areas]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(NEIGHBOUR, None)], [("lahti", LEAD), (NEIGHBOUR, JOINS)]),
        ([(NEIGHBOUR, JOINS)], [("lahti", LEAD), (NEIGHBOUR, JOINS)]),
        ([(NEIGHBOUR, LEAD)], [(NEIGHBOUR, LEAD), ("lahti", JOINS)]),
        ([(NEIGHBOUR, LEAD), (NEIGHBOUR, JOINS)], [("lahti", JOINS), (NEIGHBOUR, JOINS)]),
        ([(NEIGHBOUR, LEAD), ("lahti", LEAD)], [("lahti", LEAD), (NEIGHBOUR, JOINS)]),
        ([("Asikkala", None)], [("lahti", LEAD), (NEIGHBOUR, JOINS)]),
        ([("lahti", LEAD)], [("lahti", LEAD)]),
    ],
)
def test_one_area_leads_at_most_and_it_is_the_incidents_own_unless_another_does(
    opened_store: Store, steps: list[tuple[str, AreaPart | None]], expected: list[tuple[str, AreaPart]]
) -> None:
    for area, part in steps:
        task = set_task_area(opened_store, FIRM_A, TASK, area, part=part, **WHO)

    assert parts(task) == expected


def test_a_contact_stays_until_another_is_written_down(opened_store: Store) -> None:
    set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, contact=" Malli Mikko ", **WHO)
    task = set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, part=LEAD, **WHO)
    assert {area.slug: area.contact for area in task.areas} == {NEIGHBOUR: "Malli Mikko", "lahti": ""}

    task = set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, contact="", **WHO)
    assert {area.contact for area in task.areas} == {""}


def test_what_is_so_already_is_not_recorded_again(opened_store: Store) -> None:
    first = set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, **WHO)
    again = set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, part=JOINS, **WHO)

    assert again.version == first.version
    with opened_store.reading() as session:
        kinds = [entry.kind for entry in queries.log_entries(session, FIRM_A)]
    assert kinds.count("incidents.task_area_set") == 1


def test_an_area_that_has_done_its_part_does_not_end_the_task(opened_store: Store) -> None:
    set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, **WHO)
    task = finish_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, **WHO)

    assert task.open
    assert {area.slug: area.done_by for area in task.areas} == {"lahti": "", NEIGHBOUR: WHO["actor"]}
    with pytest.raises(RefusedError, match="area_done_already"):
        finish_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, **WHO)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([NEIGHBOUR], []),
        ([NEIGHBOUR, "kouvola"], [("lahti", LEAD), ("kouvola", JOINS)]),
    ],
)
def test_when_the_leading_area_leaves_the_own_one_leads_again(
    opened_store: Store, others: list[str], expected: list[tuple[str, AreaPart]]
) -> None:
    for area in others:
        set_task_area(opened_store, FIRM_A, TASK, area, part=LEAD if area == NEIGHBOUR else None, **WHO)

    assert parts(remove_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, **WHO)) == expected


def test_what_cannot_be_is_refused_with_the_nearest_name(opened_store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        set_task_area(opened_store, FIRM_A, TASK, "paijat-hame2", **WHO)
    assert "paijat-hame" in str(caught.value.params["nearest"])
    with pytest.raises(RefusedError, match="area_without_part"):
        remove_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, **WHO)


def test_of_two_people_who_change_the_areas_at_once_the_second_is_told(opened_store: Store) -> None:
    """The parts lie in rows of their own; the task's version stands for them."""
    with opened_store.reading() as session:
        seen = next(task for task in queries.tasks(session, FIRM_A) if task.key == TASK).version
    set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, expected_version=seen, **WHO)

    with pytest.raises(ConflictError):
        set_task_area(opened_store, FIRM_A, TASK, "kouvola", expected_version=seen, **WHO)


def test_sharing_is_undone_as_it_was_done(opened_store: Store) -> None:
    set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, part=LEAD, **WHO)
    undo_event(opened_store, FIRM_A, **WHO)

    with opened_store.reading() as session:
        task = next(task for task in queries.tasks(session, FIRM_A) if task.key == TASK)
    assert parts(task) == []


def test_an_areas_list_has_what_it_shares_in_and_no_more(opened_store: Store) -> None:
    set_task_area(opened_store, FIRM_A, TASK, NEIGHBOUR, **WHO)
    set_task_area(opened_store, FIRM_B, "first-contact", "kouvola", **WHO)
    skip_task(opened_store, FIRM_B, "first-contact", reason="syy", **WHO)

    def listed(area: str, *, everything: bool = False) -> set[tuple[str, str]]:
        with opened_store.reading() as session:
            found = worklist(session, only=Narrowed(area=area), everything=everything)
        return {(task.incident, task.key) for task in found.tasks}

    assert (FIRM_A, TASK) in listed(NEIGHBOUR)
    assert listed("kouvola") == set()
    assert listed("kouvola", everything=True) == {(FIRM_B, "first-contact")}
