"""The quick list of everybody's work tells the same as the whole one, and keeps what is restricted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import trigger
from muutosturva.incidents import service
from muutosturva.incidents.reading.task_lines import TaskLine, TaskLines, task_lines
from muutosturva.incidents.reading.worklist import Worklist, worklist
from muutosturva.models.states import IncidentState
from muutosturva.preparedness.absences import add_absence
from muutosturva.store.glance import glance
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR

TODAY: Final = dt.date(2027, 3, 12)
OUTSIDER: Final = "Esimerkki Olli"


def both(
    store: Store,
    reader: str = ACTOR,
    *,
    late: bool = False,
    everything: bool = False,
    limit: int | None = None,
) -> tuple[TaskLines, Worklist]:
    """Return the quick list and the whole one, as one person reads them."""
    with glance(store.target.shown) as seen:
        quick = task_lines(seen, reader, today=TODAY, late=late, everything=everything, limit=limit)
    before, store.reader = store.reader, reader
    with store.reading() as session:
        whole = worklist(
            session, today=TODAY, late_on=TODAY if late else None, everything=everything, limit=limit
        )
    store.reader = before
    return quick, whole


def assert_same(quick: TaskLines, whole: Worklist) -> None:
    assert whole.tasks
    assert (quick.count, quick.left_out) == (whole.count, whole.left_out)
    assert [shown(line) for line in quick.lines] == [shown(task) for task in whole.tasks]
    assert [line.late(TODAY) for line in quick.lines] == [task.late(TODAY) for task in whole.tasks]


def shown(task: object) -> dict[str, object]:
    return {field.name: getattr(task, field.name) for field in fields(TaskLine)}


def nothing(_store: Store) -> None:
    """Leave the store as it is."""


def somebody_away(store: Store) -> None:
    """Let the actor be away, with somebody to stand in."""
    add_absence(store, ACTOR, first_day=TODAY, last_day=TODAY, deputy="Kuvitteellinen Kaisa", **WHO)


def given_by_name(store: Store) -> None:
    """Give a task to somebody who does not hold its role."""
    service.assign_task(store, FIRM_B, "log-news", person="Malli Mauri", **WHO)


def worked(store: Store) -> None:
    """Finish one task, date and label others."""
    service.finish_task(store, FIRM_A, "log-news", **WHO)
    service.redate_task(store, FIRM_C, "log-news", due=dt.date(2027, 5, 3), reason="sovittu", **WHO)


def dormant(store: Store) -> None:
    """Let an incident rest."""
    service.move_state(store, FIRM_B, IncidentState.DORMANT, reason="tauko", **WHO)


CASES: Final[tuple[Callable[[Store], None], ...]] = (nothing, somebody_away, given_by_name, worked, dormant)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
@pytest.mark.parametrize("asked", [{}, {"late": True}, {"everything": True}, {"limit": 7}], ids=str)
def test_the_quick_list_is_the_whole_one(
    opened_store: Store, case: Callable[[Store], None], asked: dict[str, Any]
) -> None:
    case(opened_store)

    assert_same(*both(opened_store, **asked))


def test_what_is_restricted_is_not_listed_for_those_outside(filled_store: Store) -> None:
    """The quick list has a door of its own; it must be as closed as the other."""
    for firm in three_firms().firms:
        trigger(filled_store, firm.request, actor=ACTOR, now=firm.heard_at)

    inside, _ = both(filled_store, ACTOR)
    outside, whole = both(filled_store, OUTSIDER)

    assert FIRM_A in {line.incident for line in inside.lines}
    assert FIRM_A not in {line.incident for line in outside.lines}
    assert outside.count < inside.count
    assert_same(outside, whole)


def test_what_is_only_watched_asks_for_no_work(filled_store: Store) -> None:
    """Its tasks rest, but for one that was begun all the same."""
    firm = three_firms().firms[1]
    trigger(filled_store, replace(firm.request, watch=True), actor=ACTOR, now=firm.heard_at)
    service.start_task(filled_store, FIRM_A, "log-news", **WHO)

    quick, whole = both(filled_store)

    assert [line.key for line in quick.lines] == ["log-news"]
    assert_same(quick, whole)


def test_it_is_the_same_on_each_database(opened_place: str | Path) -> None:
    with Store.open(opened_place) as store:
        somebody_away(store)
        with glance(opened_place) as seen:
            quick = task_lines(seen, ACTOR, today=TODAY, limit=20)
        with store.reading() as session:
            assert_same(quick, worklist(session, today=TODAY, limit=20))


def test_a_list_longer_than_a_statement_takes_values_is_read(opened_store: Store) -> None:
    """The keys stay in the database: a store of years has more tasks than one statement takes values."""
    with glance(opened_store.target.shown) as seen:
        statements: list[int] = []
        sa.event.listen(
            seen.connection.engine,
            "before_cursor_execute",
            lambda _c, _k, _s, values, *_rest: statements.append(len(values)),
        )
        found = task_lines(seen, ACTOR, today=TODAY, everything=True)

    assert found.count > max(statements)
