"""What a group did is saved as a draft of a playbook from the incident's screen, by keys."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.shelf import at_hand
from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents import service
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.library import Library
from tests.support.incidents import WHO
from tests.tui.support import at_screen, give, open_firm


@pytest.fixture
def secret(filled_file: Path, tmp_path: Path) -> Path:
    """Return a store with one restricted firm whose group moved a day."""
    path = tmp_path / "store.db"
    path.write_bytes(filled_file.read_bytes())
    firm = open_firm(path).readable_id
    with open_store(path) as store:
        service.redate_task(store, firm, "fair", due=dt.date(2027, 5, 5), reason="Sali.", **WHO)
        service.set_secrecy(store, firm, Secrecy.RESTRICTED, reason="Pörssi.", **WHO)
    return path


async def test_the_draft_goes_to_the_offices_own_playbooks_and_a_secret_one_is_confirmed(
    secret: Path,
) -> None:
    """Whoever saves it finds it where every command and screen looks for playbooks."""
    async with at_screen(secret) as at:
        await at.press("enter")
        await give(at, "Tallenna toimintamalliksi")
        await at.fill("oma-suuri")
        await at.press("enter")
        assert "on salassa pidettävä. Tallennetaanko luonnos?" in at.words
        folder = at_hand().user_folder
        assert folder is not None
        assert not list(folder.glob("*.yaml"))
        await at.press("enter")
        assert "Luonnos kirjoitettiin. Siinä on yksi muutos." in at.words
    text = Library().load(folder / "oma-suuri.yaml").playbook
    assert text.tasks["fair"].due == "decision + 36 d"
