"""Closing from the screen: what is open is shown, what no law asks for is left undone with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col, select

from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents import service
from muutosturva.incidents.reading import queries
from muutosturva.models.incident import IncidentQuestion
from muutosturva.models.states import OPEN_TASKS, IncidentState, TaskState
from muutosturva.models.work import Task
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from tests.tui.support import ACTOR, NOW, at_screen, give, open_firm

INCIDENT = "LAHTI-2027-01"
SITUATION = "LAHTI-2027-10"
LEFT = 2


def nearly_done(store: Store, incident: str) -> None:
    """Do what the law asks for and answer the questions; two other tasks stay open."""
    with store.transaction(ACTOR, NOW) as unit:
        owner = queries.find_incident(unit.session, incident)
        for question in unit.session.exec(
            select(IncidentQuestion).where(IncidentQuestion.incident_id == owner.id)
        ):
            unit.session.delete(question)
        wanted = select(Task).where(Task.incident_id == owner.id, col(Task.state).in_(list(OPEN_TASKS)))
        tasks = list(unit.session.exec(wanted))
        free = [task for task in tasks if not task.rule][:LEFT]
        for task in tasks:
            if task not in free:
                task.state = TaskState.DONE
        unit.record(EventDraft("incidents.noted", owner.id, (incident,), ("text",), {"text": "tehty"}))


@pytest.fixture
def ending_store(firm_store: Path) -> Path:
    """Return a store whose firm has two open tasks left that no law asks for."""
    with open_store(firm_store) as store:
        nearly_done(store, INCIDENT)
        service.move_state(
            store, INCIDENT, IncidentState.WINDING_DOWN, reason="lopuillaan", actor=ACTOR, now=NOW
        )
    return firm_store


def state(store: Store, incident: str = INCIDENT) -> IncidentState:
    with store.reading() as session:
        return queries.incident_view(session, incident).state


def skipped(store: Store, incident: str = INCIDENT) -> list[str]:
    """Return why tasks were skipped."""
    with store.reading() as session:
        found = queries.tasks(session, incident, NOW.date())
    return [task.state_reason for task in found if task.state is TaskState.SKIPPED]


async def test_open_tasks_are_shown_and_skipped_only_when_the_person_says_so(ending_store: Path) -> None:
    """Esc leaves everything as it was; the reason of the closing is that of each task; undo opens all."""
    async with at_screen(ending_store) as at:
        await at.press("enter")
        await give(at, "Sulje tapaus")
        await at.fill("Kaikki ovat palveluissa")
        assert "Ohitetaanko 2 avointa tehtävää ja suljetaan tapaus?" in at.words
        assert "Kunkin syyksi kirjataan: Kaikki ovat palveluissa" in at.words
        await at.press("escape")
        assert (state(at.store), skipped(at.store)) == (IncidentState.WINDING_DOWN, [])
        await give(at, "Sulje tapaus")
        await at.fill("Kaikki ovat palveluissa")
        await at.press("enter")
        assert "on suljettu; 2 tehtävää" in at.words
        assert state(at.store) is IncidentState.CLOSED
        assert skipped(at.store) == ["Kaikki ovat palveluissa"] * LEFT
        await at.press("z")
        await at.fill("erehdys")
        assert (state(at.store), skipped(at.store)) == (IncidentState.WINDING_DOWN, [])


async def test_closing_among_the_states_goes_the_same_way(ending_store: Path) -> None:
    async with at_screen(ending_store) as at:
        await at.press("enter", "x")
        while "(•) suljettu" not in at.words:
            await at.press("down")
        await at.press("enter")
        await at.fill("Valmista")
        await at.press("enter")
        assert state(at.store) is IncidentState.CLOSED


async def test_what_the_law_asks_for_stands_in_the_way_and_no_option_of_a_command_is_named(
    firm_store: Path,
) -> None:
    """At the screen nobody can type ``--skip-open``: it says what to do here."""
    with open_store(firm_store) as store:
        service.move_state(
            store, INCIDENT, IncidentState.WINDING_DOWN, reason="lopuillaan", actor=ACTOR, now=NOW
        )
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Sulje tapaus")
        await at.fill("Valmista")
        assert "Lakisääteisiä tehtäviä auki" in at.words
        assert "Ne voi ohittaa sulkiessa, kun muu on valmis" in at.words
        assert "--" not in at.words
        await at.press("enter")
        assert (state(at.store), skipped(at.store)) == (IncidentState.WINDING_DOWN, [])


async def test_a_situation_is_closed_after_its_firms(ending_store: Path) -> None:
    """The firm that runs is named; it is closed from its row, and then the situation."""
    second = open_firm(ending_store, "Huonekalu Esimerkki Oy", 90).readable_id
    with open_store(ending_store) as store:
        children = [INCIDENT, second]
        service.group_incidents(store, SITUATION, children, title="Seutu", actor=ACTOR, now=NOW)
        nearly_done(store, second)
        for incident in (second, SITUATION):
            service.move_state(
                store, incident, IncidentState.WINDING_DOWN, reason="lopuillaan", actor=ACTOR, now=NOW
            )
        service.close_incident(store, second, reason="valmis", actor=ACTOR, now=NOW, skip=True)
    async with at_screen(ending_store) as at:
        await at.press("enter")
        await give(at, "Sulje tapaus")
        await at.fill("Kaikki valmista")
        assert f"Tilanteen tapauksia auki: 1. Ensimmäiset: {INCIDENT}. Sulje ne ensin." in at.words
        await at.press("enter", "escape", "4", "enter")
        assert INCIDENT in at.text.splitlines()[0]
        await give(at, "Sulje tapaus")
        await at.fill("Kaikki valmista")
        await at.press("enter", "escape")
        assert SITUATION in at.text.splitlines()[0]
        assert (state(at.store), len(skipped(at.store))) == (IncidentState.CLOSED, LEFT)
        await give(at, "Sulje tapaus")
        await at.fill("Kaikki valmista")
        assert f"Tapaus {SITUATION} on suljettu." in at.words
        assert state(at.store, SITUATION) is IncidentState.CLOSED
