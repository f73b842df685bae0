"""Whoever gives work to somebody who is away on the days that matter is told, and who stands in."""

from __future__ import annotations

import datetime as dt

from muutosturva.incidents import service
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.away_warnings import role_warnings, task_warnings
from muutosturva.preparedness.service import add_absence
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO

TODAY = dt.date(2027, 3, 1)
TAPIO = "Talous Tapio"
FAR = dt.date(2029, 1, 1)


def a_task(store: Store, due: dt.date | None) -> TaskView:
    service.add_task(store, FIRM_A, "own", title="Oma", role="economy", due=due, **WHO)
    with store.reading() as session:
        return next(task for task in queries.tasks(session, FIRM_A) if task.key == "own")


def warned(store: Store, task: TaskView, person: str = TAPIO) -> list[tuple[str, object]]:
    with store.reading() as session:
        found = task_warnings(session, task, person, TODAY)
    return [(problem.code, problem.params.get("deputy")) for problem in found]


def away(store: Store, first: dt.date, last: dt.date, person: str = TAPIO, deputy: str | None = None) -> None:
    add_absence(store, person, first, last, deputy=deputy, **WHO)


def test_an_absence_before_the_due_day_is_told_with_who_stands_in(opened_store: Store) -> None:
    task = a_task(opened_store, dt.date(2027, 3, 12))
    away(opened_store, dt.date(2027, 3, 8), dt.date(2027, 3, 20), deputy="Malli Mauri")

    assert warned(opened_store, task) == [("incidents.away_covered", "Malli Mauri")]


def test_nothing_is_told_of_days_that_do_not_matter(opened_store: Store) -> None:
    """A holiday after the due day, one that is over, or another's."""
    task = a_task(opened_store, dt.date(2027, 3, 12))
    away(opened_store, dt.date(2027, 3, 13), dt.date(2027, 3, 20))
    away(opened_store, dt.date(2027, 2, 1), dt.date(2027, 2, 28))
    away(opened_store, TODAY, TODAY, person="Malli Mauri")

    assert warned(opened_store, task) == []


def test_a_late_task_asks_who_is_there_today_and_one_without_a_day_all_days_to_come(
    opened_store: Store,
) -> None:
    away(opened_store, FAR, FAR, deputy="Malli Mauri")
    late = a_task(opened_store, dt.date(2027, 2, 1))
    assert warned(opened_store, late) == []
    away(opened_store, TODAY, TODAY, deputy="Malli Mauri")
    assert len(warned(opened_store, late)) == 1
    with opened_store.reading() as session:
        undated = next(task for task in queries.tasks(session, FIRM_A) if task.due_on is None)
    assert len(warned(opened_store, undated)) == 2


def test_where_nobody_stands_in_that_is_told(opened_store: Store) -> None:
    task = a_task(opened_store, TODAY)
    with opened_store.reading() as session:
        economy = next(
            view for view in queries.incident_view(session, FIRM_A).roles if view.role == "economy"
        )
    for person in {TAPIO, *economy.holders, *economy.deputies}:
        away(opened_store, TODAY, TODAY, person=person)

    assert warned(opened_store, task) == [("incidents.away_alone", None)]


def test_whoever_is_given_a_role_is_asked_about_all_days_to_come(opened_store: Store) -> None:
    away(opened_store, FAR, FAR)
    view = service.assign_role(opened_store, FIRM_A, "lead", TAPIO, **WHO)
    with opened_store.reading() as session:
        (told,) = role_warnings(session, FIRM_A, "lead", "talous-tapio", TODAY)
        assert role_warnings(session, FIRM_A, "lead", "Malli Mauri", TODAY) == ()

    assert (told.code, told.params["person"]) == ("incidents.away_covered", TAPIO)
    assert told.params["deputy"] in view.deputies
