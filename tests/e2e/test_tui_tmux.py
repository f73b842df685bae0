"""The main job typed in a real terminal, from an empty store to a document on disk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from muutosturva.coordination.setup import init_store
from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents.reading import queries
from muutosturva.models.states import StoreKind, TaskState
from tests.e2e.terminal import Terminal, terminal
from tests.tui.support import NOW

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

INCIDENT = "LAHTI-2027-01"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return an example store with what ships and no incident."""
    place = tmp_path / "store.db"
    init_store(place, kind=StoreKind.EXAMPLE, now=NOW)
    return place


@pytest.fixture(params=[(80, 24), (200, 50)], ids=["80x24", "200x50"])
def person(request: pytest.FixtureRequest, place: Path, tmp_path: Path) -> Iterator[Terminal]:
    """Yield a terminal in which somebody has just started the program."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "muutosturva",
        "--store",
        place,
        "--as",
        "Esimerkki Elli",
    ]
    env = {"TERM": "tmux-256color", "LANG": "C.UTF-8", "HOME": str(tmp_path), "MUUTOSTURVA_LANG": "fi"}
    size: tuple[int, int] = request.param
    full = [*command, "--now", NOW.isoformat()]
    with terminal(full, folder=tmp_path, size=size, env=env) as started:
        yield started


def trigger_the_case(person: Terminal) -> None:
    """Find the trigger from the first screen and answer its five questions."""
    person.read_until("Paina K: Käynnistä toimintamalli")
    person.press("k")
    person.read_until("Kysymys 1/5")
    person.type("Esimerkkikoria Oy")
    person.press("Enter")
    person.type("lahti")
    person.press("F8")
    person.read_until("Kysymys 2/5")
    for number in ("260", "240", "300"):
        person.type(number)
        person.press("Enter")
    person.press("F8")
    assert "(•) Suuri irtisanominen" in person.read_until("Kysymys 3/5")
    person.press("Enter")
    person.read_until("Kysymys 4/5")
    person.press("Enter")
    person.type("1.3.2027")
    person.press("Enter")
    person.read_until("~8.3.2027")
    person.press("F8")
    person.read_until("Kysymys 5/5")
    person.press("F8")
    person.read_until("pörssissä? Vastaus")
    person.press("F8")
    person.read_until("Esikatselu: kaikki")
    person.press("F9")
    person.read_until("Suunnitelma (0/")


def work_the_plan(person: Terminal) -> None:
    """Finish the first task, skip the third with a reason, move the end of the talks."""
    person.press("v")
    person.read_until("Suunnitelma (1/")
    person.press("Down", "Down", "o")
    person.read_until("Syy jää lokiin")
    person.type("Vetäjä nimettiin jo aamulla")
    person.press("Enter")
    person.read_until("Suunnitelma (2/")
    person.press("p")
    person.read_until("Mikä ajankohta muuttuu")
    options = [line for line in person.read_until("(•)").splitlines() if "(•)" in line or "( )" in line]
    wanted = next(place for place, line in enumerate(options) if "~30.3.2027 Neuvottelut" in line)
    person.press(*["Down"] * wanted)
    person.read_until("(•) ~30.3.2027 Neuvottelut")
    person.press("Enter")
    person.type("6.4.2027")
    person.press("Enter")
    person.type("Neuvottelut jatkuvat viikon")
    person.press("Enter")
    person.read_until("Määräpäivä siirtyy")
    person.press("Enter")
    person.read_until("6.4.2027 Neuvottelut", "päivä muuttui")


def test_the_story_is_typed_in_a_terminal(person: Terminal, place: Path, tmp_path: Path) -> None:
    """Every key goes through a real terminal driver: escape codes, UTF-8, size and all."""
    trigger_the_case(person)
    work_the_plan(person)
    person.press("e")
    person.read_until("Vie tilannekuva ryhmälle")
    person.press("Enter", "Enter", "Enter")
    person.read_until("Valmis:")
    person.press("Escape")
    person.read_until("Tapaukset")
    person.press("q")
    assert person.exit_code() == 0

    assert (tmp_path / "muutosturva" / INCIDENT).is_dir()
    written = {path.suffix for path in (tmp_path / "muutosturva" / INCIDENT).iterdir()}
    assert written == {".docx", ".pdf"}
    with open_store(place) as store, store.reading() as session:
        by_code = {task.code: task for task in queries.tasks(session, INCIDENT)}
        view = queries.incident_view(session, INCIDENT)
    assert (by_code["B1"].state, by_code["B2"].state) == (TaskState.DONE, TaskState.SKIPPED)
    decision = view.anchor("decision")
    assert decision is not None
    assert str(decision.value.value) == "2027-04-06"
