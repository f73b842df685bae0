"""A tired hand presses Enter twice: nothing is done twice, answered unread, left or lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events

from muutosturva.incidents.reading import queries
from muutosturva.tui.screens.board import BoardScreen
from muutosturva.tui.screens.incident import IncidentScreen
from tests.tui.support import Session, at_screen, give

INCIDENT = "LAHTI-2027-01"


async def hammer(at: Session, keys: Sequence[str]) -> None:
    """Press keys so fast that the screen has no time between them."""
    for key in keys:
        at.app.post_message(events.Key(key, None))
    await at.settled()


def notes(at: Session, text: str) -> int:
    """Return how many events of the log hold a text."""
    with at.store.reading() as session:
        return sum(text in str(entry.payload) for entry in queries.log_entries(session, INCIDENT))


@pytest.mark.parametrize("presses", [2, 3, 5])
async def test_enter_pressed_again_and_again_writes_one_note_and_stays(
    firm_store: Path, presses: int
) -> None:
    """The second Enter once left the incident, and the third ended the program with a traceback."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "m")
        await at.type("Soitin pääluottamusmiehelle")
        await hammer(at, ["enter"] * (presses + 1))
        assert isinstance(at.app.screen, IncidentScreen)
        assert notes(at, "Soitin pääluottamusmiehelle") == 1


async def test_the_button_pressed_twice_saves_once_and_stays(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "m")
        await at.type("Soitin")
        await at.press("tab", "tab")
        await hammer(at, ["enter", "enter"])
        assert isinstance(at.app.screen, IncidentScreen)
        assert notes(at, "Soitin") == 1


async def test_a_skipped_task_is_shown_as_skipped_however_often_enter_was_pressed(firm_store: Path) -> None:
    """The screen once kept the task open, and the log already had it skipped."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "o")
        await at.type("ei tarvita")
        await hammer(at, ["enter", "enter", "enter"])
        assert "Ohitettu" in at.words


async def test_escape_pressed_twice_leaves_one_place(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await hammer(at, ["escape", "escape", "escape"])
        assert isinstance(at.app.screen, BoardScreen)


async def test_an_error_is_not_dismissed_by_an_enter_pressed_before_it_came(firm_store: Path) -> None:
    """What is refused stays in the form with what was typed, and says why."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "m")
        await at.type("Soitin pääluottamusmiehelle")
        await at.press("enter")
        await at.type("23:00")
        await hammer(at, ["enter", "enter", "enter"])
        assert "vasta edessä" in at.words
        assert "Soitin pääluottamusmiehelle" in at.words
        assert notes(at, "Soitin") == 0


async def test_what_was_refused_is_mended_and_sent_again(firm_store: Path) -> None:
    """A note with a wrong time was once thrown away whole."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "m")
        await at.fill("Soitin")
        await at.fill("23:00")
        await at.press("tab")
        for _ in "23:00":
            await at.press("backspace")
        await at.fill("8:15")
        assert notes(at, "Soitin") == 1
        assert isinstance(at.app.screen, IncidentScreen)


async def test_escape_in_a_half_written_note_asks_first(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "m")
        await at.type("Soitin")
        await at.press("escape")
        assert "ei ole tallennettu" in at.words
        await at.type(" kahdesti")
        await at.press("escape")
        assert isinstance(at.app.screen, IncidentScreen)
        assert notes(at, "Soitin") == 0


async def test_a_dialog_nobody_typed_into_closes_at_once(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await give(at, "Merkintä")
        await at.press("escape")
        assert isinstance(at.app.screen, IncidentScreen | BoardScreen)
