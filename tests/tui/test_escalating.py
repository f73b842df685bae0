"""Who is told of a late task, from the screen: a draft to copy or save, and that it was sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents import service
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.escalations import Escalation, of_incident
from muutosturva.models.states import Secrecy
from muutosturva.tui.widgets.lists import ListTable
from tests.tui.support import ACTOR, NOW, Session, at_screen, fill, give
from tests.tui.test_life import INCIDENT

LATER = NOW + dt.timedelta(days=4)


def found(at: Session) -> dict[str, Escalation]:
    """Return what somebody has to be told of, by the code of the task."""
    with at.store.reading() as session:
        incident = queries.find_incident(session, INCIDENT)
        return {each.task.code: each for each in of_incident(session, incident, LATER.date())}


async def to_draft(at: Session, code: str) -> None:
    """Go to the draft about a task, chosen in the plan."""
    await at.press("enter")
    rows = at.app.screen.query_one("#plan", ListTable).list_rows
    row = next(line for line, task in enumerate(rows) if code in task.cells)
    await at.press("home", *["down"] * row, "h", "enter")


async def test_the_draft_about_the_chosen_task_is_read_copied_and_written_down_as_sent(
    firm_store: Path,
) -> None:
    async with at_screen(firm_store, now=LATER) as at:
        each = found(at)["B3"]
        await to_draft(at, "B3")
        assert f"Hei {each.to.person}," in at.words
        assert "Tätä ei ole lähetetty" in at.words
        await at.press("enter", "enter")
        assert "Hei" in at.app.clipboard
        assert "leikepöydällä" in at.words
        assert found(at)["B3"].sent == ()
        await at.press("h", "enter", "enter", "end", "enter")
        await fill(at, "", "8.15", "soitin")
        [sent] = found(at)["B3"].sent
        assert (sent.to, sent.at) == (each.to.person, dt.datetime(2027, 3, 5, 6, 15, tzinfo=dt.UTC))
        await at.press("h")
        assert f"kerrottu jo: {each.to.person}" in at.words


async def test_a_draft_is_saved_and_never_over_something_else(firm_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "luonnos.txt"
    async with at_screen(firm_store, now=LATER) as at:
        for text in ("", "muuta"):
            await to_draft(at, "B3") if not text else await at.press("h", "enter")
            await at.press("enter", "down", "enter")
            await at.press("ctrl+u")
            await at.fill(str(path))
            if not text:
                assert "Aihe: " in path.read_text(encoding="utf-8")
                path.write_text("muuta", encoding="utf-8")
        assert "on jo olemassa" in at.words
        assert path.read_text(encoding="utf-8") == "muuta"


async def test_nothing_to_tell_is_said(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Kerro myöhässä")
        assert "Mistään tehtävästä ei tarvitse" in at.words


@pytest.fixture
def secret_store(firm_store: Path) -> Path:
    """Return a store whose firm is restricted, and whose lead is not let in any more."""
    with open_store(firm_store) as store:
        service.set_secrecy(store, INCIDENT, Secrecy.RESTRICTED, reason="pörssiyhtiö", actor=ACTOR, now=NOW)
        service.end_access(store, INCIDENT, ACTOR, reason="esteellinen", actor=ACTOR, now=NOW)
    return firm_store


async def test_no_draft_is_made_to_somebody_who_may_not_know(secret_store: Path) -> None:
    """The draft would tell them; whoever told another one can still write it down."""
    async with at_screen(secret_store, now=LATER, actor="Malli Mauri") as at:
        outside = next(code for code, each in found(at).items() if each.outside and code)
        await to_draft(at, outside)
        assert "pääsyluettelossa" in at.words
        assert "Hei" not in at.words
        await at.press("enter")
        assert f"(•) {found(at)[outside].to.person}" not in at.text
