"""What was done by mistake is taken back from the screen, after it is shown what comes back."""

from __future__ import annotations

from pathlib import Path

from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import TaskState
from tests.tui.support import Session, at_screen

INCIDENT = "LAHTI-2027-01"


def saved(at: Session, code: str) -> TaskView:
    """Return a task as it is saved."""
    with at.store.reading() as session:
        return next(task for task in queries.tasks(session, INCIDENT) if task.code == code)


async def test_the_latest_act_is_undone_after_it_is_shown(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "v")
        assert saved(at, "B1").state is TaskState.DONE
        await at.press("z")
        assert "Tehtävä valmistui" in at.words
        assert saved(at, "B1").state is TaskState.DONE
        await at.fill("väärä tehtävä")
        assert saved(at, "B1").state is TaskState.READY
        assert "Kumottu: Tehtävä valmistui" in at.words


async def test_escape_undoes_nothing(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "v", "z", "escape")
        assert saved(at, "B1").state is TaskState.DONE


async def test_nothing_to_undo_is_said(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "z")
        assert "minkä voisi kumota" in at.words
