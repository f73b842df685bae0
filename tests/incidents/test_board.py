"""The first screen: the same work as in the plans, the first lines of it, and what should be public."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from muutosturva.clock import HELSINKI, local_date
from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import trigger
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import board as boards
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.board import Board, board
from muutosturva.incidents.reading.task_lines import TaskLine
from muutosturva.incidents.reading.worklist import worklist
from muutosturva.models.states import IncidentState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO, open_firms
from tests.support.stores import ACTOR, NOW

LATER: Final = dt.datetime(2027, 3, 12, 7, tzinfo=dt.UTC)
TODAY: Final = local_date(LATER)
CASE: Final = three_firms()
OUTSIDER: Final = "Esimerkki Olli"


def seen(store: Store, now: dt.datetime = LATER) -> Board:
    with store.reading() as session:
        return board(session, now)


def plans(store: Store) -> list[TaskView]:
    """Return the open tasks of the three firms, by due day."""
    with store.reading() as session:
        found = [task for firm in (FIRM_A, FIRM_B, FIRM_C) for task in queries.tasks(session, firm, TODAY)]
    return [task for task in found if task.open and task.due_on is not None]


def told(task: TaskView | TaskLine) -> tuple[object, ...]:
    return (
        task.incident,
        task.employer,
        task.key,
        task.title,
        task.person,
        task.role_title,
        task.due,
        task.state,
    )


def test_it_shows_the_work_of_every_plan(opened_store: Store) -> None:
    """Late, of today and of the next seven days: each task once, told as its plan tells it."""
    service.assign_task(opened_store, FIRM_B, "log-news", person="Malli Mauri", **WHO)
    found = seen(opened_store)
    work = plans(opened_store)
    week = TODAY + dt.timedelta(days=7)

    for part, of_plans in (
        (found.late, [task for task in work if task.late(TODAY)]),
        (found.due_today, [task for task in work if task.due_on == TODAY]),
        (found.coming, [task for task in work if task.due_on and TODAY < task.due_on <= week]),
    ):
        assert of_plans
        assert {repr(told(line)) for line in part.items} == {repr(told(task)) for task in of_plans}
        assert (part.count, part.left_out) == (len(of_plans), 0)
        days = [line.due_on for line in part.items]
        assert days == sorted(days, key=str)


def test_the_first_lines_are_shown_and_the_rest_is_counted(
    opened_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day late for a thousand firms is no list; each part keeps its own first lines."""
    whole = seen(opened_store)
    monkeypatch.setattr(boards, "LINES", 2)

    short = seen(opened_store)

    for part in ("late", "due_today", "coming", "questions", "unfilled"):
        mine, all_of_it = getattr(short, part), getattr(whole, part)
        assert mine.items == all_of_it.items[:2]
        assert mine.count == all_of_it.count == len(all_of_it.items)
    assert short.late.left_out > 0


def test_what_is_asked_and_who_is_missing_is_what_each_incident_says(opened_store: Store) -> None:
    found = seen(opened_store)
    with opened_store.reading() as session:
        views = [queries.incident_view(session, firm) for firm in (FIRM_A, FIRM_B, FIRM_C)]

    assert found.questions.items == tuple(
        (view.readable_id, question) for view in views for question in view.questions
    )
    assert found.unfilled.items == tuple(
        (view.readable_id, role) for view in views for role in view.roles if not role.filled
    )
    assert found.questions.items


def test_what_has_ended_asks_for_nothing(opened_store: Store) -> None:
    service.move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="väärä hälytys", **WHO)

    found = seen(opened_store)

    named = {line.incident for part in (found.late, found.due_today, found.coming) for line in part.items}
    named |= {incident for incident, _ in (*found.questions.items, *found.unfilled.items)}
    assert FIRM_A not in named
    assert FIRM_B in named


def test_the_number_of_questions_to_the_store_does_not_grow(opened_store: Store) -> None:
    """One more incident costs its own rows, and no statement more."""

    def statements() -> int:
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        sa.event.listen(opened_store.engine, "before_cursor_execute", counted)
        seen(opened_store)
        sa.event.remove(opened_store.engine, "before_cursor_execute", counted)
        return count

    before = statements()
    open_firms(opened_store)

    assert statements() == before


@pytest.fixture
def restricted(filled_store: Store) -> Store:
    """Open firm A as it is heard of, before its release."""
    firm, out = CASE.firms[0], CASE.released_at.astimezone(HELSINKI)
    release = {"release": AnchorValue.confirmed(out.date(), at=out.time())}
    request = replace(firm.request, anchors={**firm.request.anchors, **release})
    trigger(filled_store, request, actor=ACTOR, now=firm.heard_at)
    return filled_store


def test_a_release_that_should_be_out_stands_there_until_somebody_says_so(restricted: Store) -> None:
    """The clock alone lifts nothing: what stays secret too long is as wrong as what leaks."""
    before, after = CASE.released_at - dt.timedelta(minutes=1), CASE.released_at
    assert seen(restricted, before).releases == ()

    (due,) = seen(restricted, after).releases
    assert due.incident == FIRM_A

    service.publish(restricted, FIRM_A, reason="yhtiön verkkosivu", actor=ACTOR, now=LATER)
    assert seen(restricted).releases == ()


def test_a_release_is_not_spoken_of_to_those_outside(restricted: Store) -> None:
    restricted.reader = OUTSIDER
    assert seen(restricted).releases == ()


def test_it_is_the_same_on_each_database(opened_place: str | Path) -> None:
    with Store.open(opened_place) as store:
        trigger(store, replace(CASE.firms[0].request, employer="Neljäs Oy"), actor=ACTOR, now=NOW)
        found = seen(store)
        assert len(found.incidents) == 4
        assert {line.incident for line in found.late.items} >= {FIRM_A, FIRM_B, FIRM_C}
        assert [due.employer for due in found.releases] == ["Neljäs Oy"]


def test_a_task_due_by_the_clock_is_late_once_that_time_has_passed(opened_store: Store) -> None:
    """The first duties have hours, not days: at 11.05 nobody may read that nothing is late."""
    with opened_store.reading() as session:
        first = next(
            task for task in queries.tasks(session, FIRM_A) if task.open and task.due and task.due.at
        )
    assert first.due is not None
    assert first.due.value is not None
    assert first.due.at is not None
    at = dt.datetime.combine(first.due.value, first.due.at, HELSINKI)
    for minutes, late in ((-1, False), (1, True)):
        now = at + dt.timedelta(minutes=minutes)
        found = seen(opened_store, now)
        known = {True: found.late, False: found.due_today}
        assert (first.incident, first.key) in {(line.incident, line.key) for line in known[late].items}
        assert (first.incident, first.key) not in {
            (line.incident, line.key) for line in known[not late].items
        }
        with opened_store.reading() as session:
            (line,) = (one for one in queries.summaries(session, now) if one.readable_id == FIRM_A)
            assert (line.late_tasks > 0) is late
            listed = worklist(session, late_on=now).tasks
        assert (first.key in {task.key for task in listed if task.incident == FIRM_A}) is late
