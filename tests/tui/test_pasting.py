"""Lines copied from Excel or an e-mail become tasks, from the screen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual import events

from tests.tui.support import Session, at_screen, give
from tests.tui.test_whole_incident import tasks

LINES = "- Varaa tila\t5.3.2027\tEsimerkki Elli\nTilaa tulkki\n"


async def paste(at: Session, text: str) -> None:
    """Paste as the terminal does, into whatever has the focus."""
    at.app.post_message(events.Paste(text))
    await at.settled()


async def test_lines_pasted_over_the_plan_are_shown_as_tasks_and_then_added(firm_store: Path) -> None:
    """Nobody looks for a command first: what is pasted over the plan can only mean tasks."""
    async with at_screen(firm_store) as at:
        await at.press("enter")
        before = tasks(at.store).keys()
        await paste(at, LINES)
        assert "Varaa tila" in at.text
        await at.press("enter")  # the last line is empty
        assert "Lisätäänkö nämä 2 tehtävää?" in at.words
        assert "pe 5.3.2027 · Esimerkki Elli" in at.words
        assert "ei määräpäivää · Vastuukoordinaattori" in at.words
        assert tasks(at.store).keys() == before
        await at.press("enter")
        found = tasks(at.store)
        assert found.keys() - before == {"varaa-tila", "tilaa-tulkki"}
        assert (found["varaa-tila"].due_on, found["varaa-tila"].person) == (
            dt.date(2027, 3, 5),
            "Esimerkki Elli",
        )
        await at.press("z", "enter")
        assert not tasks(at.store).keys() - before


async def test_each_wrong_line_is_told_and_the_lines_are_kept_to_be_mended(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        before = tasks(at.store).keys()
        await give(at, "Liitä tehtäviä")
        await at.press("tab", "enter")
        assert "Rivit puuttuvat" in at.words
        await at.press("shift+tab")
        await paste(at, "Varaa tila; 32.3.2027\nTilaa tulkki; ; Nobody Nowhere\n")
        await at.press("enter")
        assert "2 korjattavaa kohtaa" in at.words
        assert "Rivi 1: Päivää ”32.3.2027” ei voi lukea." in at.words
        assert "Rivi 2: Roolia tai henkilöä ”Nobody Nowhere” ei ole." in at.words
        await at.press("enter")
        assert "Varaa tila; 32.3.2027" in at.text
        await at.press("escape")
        assert tasks(at.store).keys() == before


async def test_enter_begins_a_new_line_until_there_is_nothing_more_to_add(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Liitä tehtäviä")
        await at.type("Varaa tila")
        await at.press("enter")
        await at.type("Tilaa tulkki")
        await at.press("enter", "enter")
        assert "Lisätäänkö nämä 2 tehtävää?" in at.words
        await at.press("escape")  # back to the lines
        assert "Tilaa tulkki" in at.text


@pytest.mark.parametrize("text", ["", "\n \n"])
async def test_nothing_pasted_asks_nothing_of_the_store(firm_store: Path, text: str) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        before = tasks(at.store).keys()
        await paste(at, text)
        await at.press("tab", "enter")
        assert tasks(at.store).keys() == before
