"""The main job at the screen, as a group would do it on the first day, at both sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.incidents.reading import queries
from muutosturva.models.states import TaskState
from tests.tui.support import NARROW, WIDE, Session, answer_five_questions, at_screen

INCIDENT = "LAHTI-2027-01"


def task_states(at: Session) -> dict[str, TaskState]:
    """Return the states of the saved tasks by code, read past the screen."""
    with at.store.reading() as session:
        return {task.code: task.state for task in queries.tasks(session, INCIDENT) if task.code}


def due_of(at: Session, code: str) -> object:
    """Return the saved due day of a task."""
    with at.store.reading() as session:
        return next(task.due_on for task in queries.tasks(session, INCIDENT) if task.code == code)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "160x45"])
async def test_a_case_is_triggered_worked_moved_and_handed_out(
    empty_store: Path, size: tuple[int, int], own_folders: Path
) -> None:
    """Trigger, finish, skip with a reason, move a date, export: the story the product exists for."""
    async with at_screen(empty_store, size=size) as at:
        assert "Paina K: Käynnistä toimintamalli" in at.words
        await at.press("k")
        await answer_five_questions(at)
        assert "Mitään ei ole vielä tallennettu" in at.words
        with at.store.reading() as session:
            assert queries.summaries(session, at.app.backend.today) == ()
        await at.press("f9")
        assert INCIDENT in at.text

        await at.press("v")
        assert task_states(at)["B1"] is TaskState.DONE
        await at.press("down", "down", "o")
        await at.fill("")
        assert "Syy puuttuu" in at.words
        assert task_states(at)["B2"] is not TaskState.SKIPPED
        await at.fill("Vetäjä nimettiin jo aamulla")
        assert task_states(at)["B2"] is TaskState.SKIPPED

        await move_the_decision(at)
        await export_the_briefing(at, own_folders / "out")


def texts_in(folder: Path) -> list[str]:
    """Return the contents of the Markdown files in a folder."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]


async def move_the_decision(at: Session) -> None:
    """Move the end of the talks by a week and see what moves before saying yes."""
    before = due_of(at, "D1")
    await at.press("p")
    while "(•) ~30.3.2027 Neuvottelut" not in at.text:
        await at.press("down")
    await at.press("enter")
    await at.fill("6.4.2027")
    await at.fill("Neuvottelut jatkuvat viikon")
    assert "Mitään ei ole vielä tallennettu" in at.words
    assert "Määräpäivä siirtyy" in at.words
    assert due_of(at, "D1") == before
    await at.press("enter")
    assert due_of(at, "D1") > before  # type: ignore[operator]  # both are days in this plan


async def export_the_briefing(at: Session, folder: Path) -> None:
    """Export the briefing as Markdown into a folder of the test."""
    await at.press("e")
    await at.press("space", "down", "space", "down", "down", "space")  # neither Word nor PDF, but text
    await at.press("tab", "tab")
    await at.press("home", "ctrl+k")
    await at.fill(str(folder))
    written = texts_in(folder)
    assert len(written) == 1
    assert "Esimerkkikoria Oy" in written[0]
    assert "Valmis" in at.words
    await at.press("2", "end")
    assert "Asiakirja vietiin tiedostoiksi: ESIMERKKI-tilannekuva" in at.words
    assert not [room for room in ("incidents.", "coordination.") if room in at.text]
