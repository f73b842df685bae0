"""The group's own marks on a plan, from the screen: labels, and an order of their own."""

from __future__ import annotations

from pathlib import Path

from muutosturva.i18n import Texts
from muutosturva.incidents.reading.selecting import ordered
from tests.tui.support import WIDE, Session, at_screen, fill, give
from tests.tui.test_undoing import saved
from tests.tui.test_whole_incident import tasks


def own_order(at: Session) -> list[str]:
    """Return the ids of the tasks in the group's own order."""
    return [task.key for task in ordered(tasks(at.store).values(), "own", Texts("fi"))]


async def test_a_task_is_labelled_with_a_word_and_the_label_is_taken_away(firm_store: Path) -> None:
    async with at_screen(firm_store, size=WIDE) as at:
        await at.press("enter", "l")
        assert "kiire (punainen)" in at.words
        await at.press("enter", "enter")
        assert saved(at, "B1").label == "kiire"
        assert "[kiire]" in at.text
        assert "Värimerkki: kiire" in at.words  # in the details, as a word
        await give(at, "Merkitse sanalla")
        await at.press("end", "enter", "enter")
        assert saved(at, "B1").label == ""
        assert "ei värimerkkiä" in at.words


async def test_a_label_may_be_any_word_and_one_that_cannot_be_is_told_why(firm_store: Path) -> None:
    """A comma separates labels where the office sets them."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "l")
        await fill(at, "", "lupa, kiire")
        assert "pilkkua" in at.words
        assert saved(at, "B1").label == ""
        await at.press("enter", "l")
        await fill(at, "", "odottaa lupaa")
        assert saved(at, "B1").label == "odottaa lupaa"
        await at.press("l")
        assert "(•) odottaa lupaa" in at.text


async def test_a_label_is_undone_like_any_act(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "l", "enter", "enter", "z")
        await at.press("enter")
        assert saved(at, "B1").label == ""


async def test_a_task_is_moved_next_to_one_that_was_found_by_typing(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        before = own_order(at)
        await at.press("w", "down")
        await fill(at, "", "b3", "")
        place = before.index(saved(at, "B3").key)
        assert own_order(at) == [*before[1 : place + 1], before[0], *before[place + 1 :]]
        assert "järjestys: oma" in at.text
        await at.press("w", "end")
        await fill(at, "", "", "")
        assert own_order(at) == before


async def test_nothing_moves_next_to_a_task_that_is_not_found(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "w")
        await fill(at, "", "qqqq", "")
        assert "Haulla ei löydy mitään kohtaan ”Tehtävä”" in at.words
