"""The level of an incident: criteria, override, and what it does to the plan."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.errors import InputError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.acts import levelling
from muutosturva.incidents.acts.levelling import LevelView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.service import Amendment
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.models.states import TaskState
from muutosturva.rules.levels import Level
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_C, WHO

WHY = "Kunnan suurin työnantaja."


def level_of(store: Store, incident: str = FIRM_C) -> LevelView:
    """Return the level of a firm with its criteria."""
    with store.reading() as session:
        return levelling.level_view(session, incident)


def test_the_criteria_say_what_decides_and_who_leads(opened_store: Store) -> None:
    view = level_of(opened_store)
    assert (view.level, view.by_hand, view.criteria.level, view.criteria.headcount) == ("M", "", Level.M, 25)
    assert [row.value for row in view.criteria.rows.values()] == ["10", "50", "200"]
    assert view.lead is not None
    assert (view.lead.key, view.lead.value, view.lead.confidence.value) == ("level.m_lead", "lead", "derived")


def test_a_level_set_by_hand_offers_its_work_and_stays_through_new_numbers(opened_store: Store) -> None:
    made = service.set_level(opened_store, FIRM_C, Level.L, reason=WHY, **WHO)
    assert (made.old, made.new) == ("M", "L")
    assert made.changes.offered
    with opened_store.reading() as session:
        tasks = {task.key: task for task in queries.tasks(session, FIRM_C)}
    assert {tasks[key].state for key in made.changes.offered} == {TaskState.OFFERED}
    figures = (parse_figure("decided/dismissal=24", {}),)
    service.amend(opened_store, FIRM_C, Amendment(figures), reason="Päätös.", **WHO)
    view = level_of(opened_store)
    assert (view.level, view.by_hand, view.criteria.level) == ("L", "L", Level.M)


def test_back_to_the_criteria_withdraws_what_the_level_called_for(opened_store: Store) -> None:
    up = service.set_level(opened_store, FIRM_C, Level.L, reason=WHY, accept=True, **WHO)
    down = service.set_level(opened_store, FIRM_C, None, reason="Arvio oli väärä.", **WHO)
    assert set(up.changes.added) == set(down.changes.withdrawn)
    assert level_of(opened_store).level == "M"


def test_a_level_needs_a_reason_and_something_to_change(opened_store: Store) -> None:
    with pytest.raises(InputError):
        service.set_level(opened_store, FIRM_A, Level.S, reason=" ", **WHO)
    with pytest.raises(RefusedError):
        service.set_level(opened_store, FIRM_A, None, reason=WHY, **WHO)


def test_the_preview_of_a_level_writes_nothing(opened_store: Store) -> None:
    seen = service.preview_level(opened_store, FIRM_C, Level.L, now=WHO["now"])
    assert level_of(opened_store).level == "M"
    done = service.set_level(opened_store, FIRM_C, Level.L, reason=WHY, **WHO)
    assert (seen.changes.added, seen.changes.offered) == (done.changes.added, done.changes.offered)


def test_no_time_of_what_recurs_is_offered_after_it(opened_store: Store) -> None:
    """On 30.3. nobody can hold the briefings of 3.-8.3.; what is done once is still worth offering."""
    service.set_level(opened_store, FIRM_A, Level.M, reason=WHY, **WHO)
    later = dt.datetime(2027, 3, 30, 7, tzinfo=dt.UTC)
    seen = service.preview_level(opened_store, FIRM_A, Level.XL, now=later)
    done = service.set_level(opened_store, FIRM_A, Level.XL, reason=WHY, actor=WHO["actor"], now=later)
    assert seen.changes.offered == done.changes.offered
    assert not [key for key in done.changes.offered if key.startswith("daily-briefing")]
    assert "visit-briefing" in done.changes.offered
    with opened_store.reading() as session:
        states = {task.key: task.state for task in queries.tasks(session, FIRM_A)}
    assert states["daily-briefing[1]"] is TaskState.SKIPPED
