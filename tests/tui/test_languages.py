"""Three languages at run time, and nothing typed is lost by changing."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.i18n import LANGUAGES, Language
from tests.tui.support import FIRM, at_screen

FIRST_SCREEN = {
    "fi": "Paina K: Käynnistä toimintamalli",
    "sv": "Tryck K: Starta en verksamhetsmodell",
    "en": "Press K: Launch a playbook",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_first_screen_tells_what_to_press(empty_store: Path, language: Language) -> None:
    async with at_screen(empty_store, language=language) as at:
        assert FIRST_SCREEN[language] in at.words


async def test_the_language_changes_everywhere_at_once(firm_store: Path) -> None:
    """The place behind speaks the new language too."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "f2", "down", "enter")
        assert "Plan" in at.words
        assert "Anteckna uppgiften" in at.words
        await at.press("escape")
        assert "Lägesbild" in at.words


async def test_what_was_typed_survives_a_change_of_language(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await at.type(FIRM)
        await at.press("f2", "down", "down", "enter")
        assert "Question 1/5" in at.words
        assert FIRM in at.words


DIALOGS = ("s", "o", "t", "l", "w", "y", "u", "p", "k", "r", "m", "e", "c", "x", "f1", "f2", "ctrl+p")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_dialog_opens_in_every_language(firm_store: Path, language: Language) -> None:
    """A text missing from one catalogue would end the program in that language only."""
    async with at_screen(firm_store, language=language) as at:
        await at.press("enter")
        for key in DIALOGS:
            before = at.text
            await at.press(key)
            assert at.text != before, key
            assert "tui." not in at.text, key
            await at.press("escape")
