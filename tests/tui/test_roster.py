"""What hangs on one person and what one person has to do is read at the screen, over all incidents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents.reading import board
from muutosturva.preparedness.absences import add_absence
from muutosturva.preparedness.queries import roster
from tests.tui.support import ACTOR, NOW, at_screen, fill, give, open_firm


async def test_what_hangs_on_one_person_is_read_and_until_another_day(firm_store: Path) -> None:
    """An absence in three weeks is seen when that day is asked for; a day that has passed is refused."""
    first, last = dt.date(2027, 3, 22), dt.date(2027, 3, 24)
    with open_store(firm_store) as store:
        for person in ("Esimerkki Elli", "Malli Mauri"):
            add_absence(store, person, first, last, deputy=None, actor=ACTOR, now=NOW)
    async with at_screen(firm_store) as at:
        await give(at, "Näytä henkilöriskit")
        assert "yhden ihmisen varassa 8.3.2027 mennessä" in at.words
        assert "22.3.2027–24.3.2027" not in at.words
        await at.press("enter")
        await at.fill("1.2.2027")
        assert "Päivä 1.2.2027 on jo mennyt" in at.words
        await at.press("ctrl+u")
        await at.fill("31.3.2027")
        assert "LAHTI-2027-01" in at.words
        assert "22.3.2027–24.3.2027" in at.words
        await at.press("escape")
        assert not at.app.screen.is_modal


async def test_the_work_of_one_person_is_summed_over_incidents(firm_store: Path) -> None:
    """Whoever gives out work sees first how much somebody has already, and in which role."""
    open_firm(firm_store, "Huonekalu Esimerkki Oy")
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Näytä henkilön työ")
        await fill(at, "Malli Mau", "")
        assert "Malli Mauri: avoin työ" in at.words
        assert "Tapauksia 2." in at.words
        assert "LAHTI-2027-01 Esimerkkikoria Oy" in at.words
        assert "LAHTI-2027-02 Huonekalu Esimerkki Oy" in at.words
        assert "(Muutosturva-asiantuntija" in at.words


async def test_the_risks_the_first_screen_leaves_out_are_behind_enter(
    firm_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that says "more" and does nothing would send a tired person to the command line."""
    monkeypatch.setattr(board, "LINES", 3)  # two hundred would take that many roles
    day = dt.date(2027, 3, 3)
    with open_store(firm_store) as store:
        with store.reading() as session:
            people = [person.name for person in roster(session)]
        for person in people:
            add_absence(store, person, day, day, deputy=None, actor=ACTOR, now=NOW)
    async with at_screen(firm_store) as at:
        await at.press("tab", "ctrl+end")
        assert "Enter näyttää kaikki" in at.words
        await at.press("enter")
        assert "yhden ihmisen varassa 8.3.2027 mennessä" in at.words
