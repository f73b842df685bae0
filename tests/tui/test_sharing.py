"""Tasks that several employment areas share, from the screen."""

from __future__ import annotations

from pathlib import Path

from muutosturva.models.states import AreaPart
from tests.tui.support import WIDE, Session, at_screen, fill, give
from tests.tui.test_undoing import saved


def parts(at: Session) -> dict[str, tuple[AreaPart, str, bool]]:
    """Return what each area does in the first task, whom to ask there, and whether its part is done."""
    return {area.slug: (area.part, area.contact, area.done_at is not None) for area in saved(at, "B1").areas}


async def test_an_area_gets_its_part_in_a_task_does_it_and_leaves(firm_store: Path) -> None:
    async with at_screen(firm_store, size=WIDE) as at:
        await at.press("enter", "y")
        await fill(at, "päijät", "", "", "Malli Mikko")
        assert parts(at)["paijat-hame"] == (AreaPart.JOINS, "Malli Mikko", False)
        assert parts(at)["lahti"][0] is AreaPart.LEAD
        assert "osallistuu · Malli Mikko" in at.words
        await give(at, "Jaa tehtävä")
        await at.type("päijät")
        await at.press("enter", "enter", "down", "down")
        await fill(at, "", "")
        assert parts(at)["paijat-hame"][2]
        await give(at, "Näytä alueiden")
        assert "Malli Mikko · 1.3.2027 klo 8.30" in at.words
        await at.press("enter", "y")
        await at.type("päijät")
        await at.press("enter", "enter", "end")
        await fill(at, "", "")
        assert parts(at) == {}
        await at.press("z", "enter")
        assert parts(at)["paijat-hame"][2]


async def test_what_cannot_be_is_told_and_changes_nothing(firm_store: Path) -> None:
    """An area that nobody knows; a part that is done already; a contact that would be lost unseen."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "y")
        await fill(at, "Atlantis", "")
        assert "Haulla ei löydy mitään" in at.words
        await at.press("escape", "escape", "y")
        await fill(at, "päijät", "", "", "")
        await at.press("y")
        await at.type("päijät")
        await at.press("enter", "enter", "down", "down")
        await fill(at, "", "Malli Mikko")
        assert "Yhteystieto muuttuu vain, kun" in at.words
        assert parts(at)["paijat-hame"] == (AreaPart.JOINS, "", False)
        await at.press(*["backspace"] * 11)
        await at.press("enter", "y")
        await at.type("päijät")
        await at.press("enter", "enter", "down", "down")
        await fill(at, "", "")
        assert "on jo tehnyt" in at.words
