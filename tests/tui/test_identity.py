"""Who sits at the screen: asked when the roster does not know them, changed at any time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.sign_on import open_store
from muutosturva.coordination.trigger import trigger
from muutosturva.incidents import service
from muutosturva.incidents.reading import queries
from muutosturva.models.states import Secrecy
from muutosturva.settings import settings_path
from muutosturva.tui.screens.board import BoardScreen
from muutosturva.tui.screens.incident import IncidentScreen
from tests.tui.support import ACTOR, NOW, at_screen

OTHER = "Talous Tapio"


async def test_a_login_the_roster_does_not_know_is_asked_who_it_is(firm_store: Path) -> None:
    """A log that says ”root” tells nobody who did it."""
    async with at_screen(firm_store, actor="root") as at:
        assert "Kuka olet?" in at.text
        await at.type("elli")
        assert ACTOR in at.text
        assert OTHER not in at.text
        await at.press("enter", "enter")
        assert isinstance(at.app.screen, BoardScreen)
        assert (at.app.backend.actor, at.store.reader) == (ACTOR, ACTOR)
        await at.press("escape", "f5")
        assert "Kuka olet?" not in at.text


async def test_somebody_of_the_roster_is_not_asked(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        assert "Kuka olet?" not in at.text


async def test_a_name_nobody_has_is_told_and_asked_again(firm_store: Path) -> None:
    async with at_screen(firm_store, actor="root") as at:
        await at.type("zzz")
        await at.press("enter", "enter")
        assert "ei ole tämän nimistä" in at.words
        assert at.app.backend.actor == "root"


async def test_an_example_store_leaves_the_settings_alone(firm_store: Path) -> None:
    """Its people are invented: none of them sits at this machine tomorrow."""
    async with at_screen(firm_store, actor="root") as at:
        assert "Seuraavalla kerralla" not in at.text
        await at.press("enter", "enter")
    assert not settings_path().exists()


async def test_what_the_next_person_may_not_know_is_closed(empty_store: Path) -> None:
    """The incident on screen is restricted, and they were not let in: nothing of it stays in sight."""
    with open_store(empty_store) as store:
        firm = three_firms().firms[0]
        request = replace(firm.request, secrecy=Secrecy.RESTRICTED)
        incident = trigger(store, request, actor=ACTOR, now=NOW - dt.timedelta(minutes=5)).readable_id
        with store.reading() as session:
            assert OTHER not in {place.name for place in service.access_list(session, incident)}
    async with at_screen(empty_store) as at:
        await at.press("enter")
        assert "Suunnitelma" in at.text
        await at.press("f3")
        await at.type("tapio")
        await at.press("enter", "enter")

        assert "Tilannekuva on tyhjä" in at.text
        assert incident not in at.text
        assert OTHER in at.text
        with at.store.reading() as session:
            assert queries.summaries(session, NOW.date()) == ()

        await at.press("f3")
        await at.type("elli")
        await at.press("enter", "enter")
        assert incident in at.text


async def test_an_open_incident_they_may_know_stays_open(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "f3")
        await at.type("tapio")
        await at.press("enter", "enter")
        assert isinstance(at.app.screen, IncidentScreen)
        assert OTHER in at.words
