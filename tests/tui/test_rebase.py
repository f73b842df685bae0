"""A running incident is moved to a newer version of its playbook, by keys; nothing moves by itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.newer import newer_version
from muutosturva.coordination.sign_on import open_store
from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.library import Library, shipped_folder
from muutosturva.store.store import Store
from tests.tui.support import ACTOR, NOW, at_screen, give

OLDER = "2025.9"


INPUTS = {"dismissals": 240, "employer_size": 300, "bankruptcy": False}


def shelf(folder: Path) -> Path:
    """Return a large layoff of the older version, in a copy of the library whose base says another day."""
    for path in shipped_folder().rglob("*.yaml"):
        copy = folder / path.relative_to(shipped_folder())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    path = folder / "large-layoff.yaml"
    text = path.read_text("utf-8")
    version = Library().load("large-layoff").playbook.version
    path.write_text(text.replace(f'version: "{version}"', f'version: "{OLDER}"', 1), "utf-8")
    base = folder / "base.yaml"
    written = base.read_text("utf-8")
    assert "heard + 1 wd" in written
    base.write_text(written.replace("heard + 1 wd", "heard + 2 wd"), "utf-8")
    return path


def opened(place: Path, playbook: Path | str, *, known: bool = True) -> str:
    """Open a firm in a store, with how many people it is and when the talks were proposed, or without."""
    request = TriggerRequest(
        playbook=str(playbook),
        employer="Esimerkkikori Oy",
        municipality="Lahti",
        inputs={**INPUTS, "headcount": 260} if known else INPUTS,
        anchors={"proposal": AnchorValue.confirmed(dt.date(2027, 3, 1))} if known else {},
        secrecy=Secrecy.GROUP,
    )
    with open_store(place) as store:
        incident = trigger(store, request, actor=ACTOR, now=NOW).readable_id
        service.finish_task(store, incident, "log-news", actor=ACTOR, now=NOW)
    return incident


@pytest.fixture
def older(filled_file: Path, tmp_path: Path) -> tuple[Path, str]:
    """Return a store with a firm on an older version than the library holds, and the firm's id."""
    store_file = tmp_path / "older.db"
    store_file.write_bytes(filled_file.read_bytes())
    return store_file, opened(store_file, shelf(tmp_path / "playbooks"))


@pytest.fixture
def lenient(filled_file: Path, tmp_path: Path) -> tuple[Path, str]:
    """Return the same, the older version asking neither how many people nor when talks were proposed."""
    path, playbook = tmp_path / "lenient.db", shelf(tmp_path / "playbooks")
    path.write_bytes(filled_file.read_bytes())
    base = playbook.parent / "base.yaml"
    lines = base.read_text("utf-8").splitlines()
    required = [number for number, line in enumerate(lines) if line == "    required: true"]
    for number in (required[0], required[-1]):
        lines[number] = "    required: false"
    base.write_text("\n".join(lines), "utf-8")
    return path, opened(path, playbook, known=False)


def view(store: Store, incident: str) -> IncidentView:
    with store.reading() as session:
        return queries.incident_view(session, incident)


def pinned(store: Store, incident: str) -> str:
    with store.reading() as session:
        return queries.find_incident(session, incident).playbook_text


async def test_a_newer_version_is_told_compared_and_taken_over_by_keys(older: tuple[Path, str]) -> None:
    """The days are seen before anything is written, and what is done stays."""
    path, incident = older
    new = Library().load("large-layoff").playbook.version
    async with at_screen(path) as at:
        await at.press("enter")
        assert f"Uusi toimintamallin versio {new}" in at.words
        assert view(at.store, incident).playbook_version == OLDER
        await give(at, "Vaihda toimintamallin versio")
        await at.press("enter")
        assert "Mitkä muutokset otetaan?" in at.words
        await at.press("tab")
        await at.fill("Malli uusittiin")
        assert "Mitään ei ole vielä tallennettu" in at.words
        assert view(at.store, incident).playbook_version == OLDER
        await at.press("enter")
        moved = view(at.store, incident)
        assert (moved.playbook_id, moved.playbook_version) == ("large-layoff", new)
        assert "Uusi toimintamallin versio" not in at.words
        with at.store.reading() as session:
            done = next(task for task in queries.tasks(session, incident) if task.key == "log-news")
        assert done.finished_at is not None


async def test_what_the_new_version_demands_is_asked_on_the_way(lenient: tuple[Path, str]) -> None:
    """A number and a day that nobody had to give before: the person is asked, not sent away."""
    path, incident = lenient
    async with at_screen(path) as at:
        await at.press("enter")
        await give(at, "Vaihda toimintamallin versio")
        await at.press("enter", "tab")
        await at.fill("Malli uusittiin")
        assert "Uusi malli kysyy lisää" in at.words
        assert "Kuinka monta ihmistä tilanne koskee?" in at.words
        await at.fill("260")
        await at.fill("1.3.2027")
        assert "Mitään ei ole vielä tallennettu" in at.words
        await at.press("enter")
        moved = view(at.store, incident)
    proposed = moved.anchor("proposal")
    assert moved.inputs["headcount"] == 260
    assert proposed is not None
    assert proposed.value.value == dt.date(2027, 3, 1)
    assert moved.playbook_version == Library().load("large-layoff").playbook.version


def test_a_version_the_group_decided_on_is_told_no_more(older: tuple[Path, str]) -> None:
    """Whoever took one item and left the rest has read it: the screen does not nag."""
    path, incident = older
    new = Library().load("large-layoff")
    with open_store(path) as store:
        told = []
        for _ in range(2):
            with store.reading() as session:
                log = queries.log_entries(session, incident)
            told.append(newer_version(view(store, incident), pinned(store, incident), log))
            wanted = service.Wanted()
            items = service.preview_rebase(store, incident, new, wanted=wanted, now=NOW).items
            one = service.Wanted([item.name for item in items if item.section == "tasks"][:1])
            service.rebase(store, incident, new, wanted=one, reason="Tämä riittää.", actor=ACTOR, now=NOW)
    assert told == [new.playbook.version, ""]


def test_the_version_in_use_is_not_called_newer(older: tuple[Path, str], tmp_path: Path) -> None:
    path, incident = older
    with open_store(path) as store:
        text = pinned(store, incident)
        for folder in ("playbooks", "nowhere"):
            assert newer_version(view(store, incident), text, (), Library(shipped=tmp_path / folder)) == ""


def test_a_change_in_a_layer_below_is_told_though_the_version_stands(
    older: tuple[Path, str], tmp_path: Path
) -> None:
    """Whoever mends the base does not number every playbook built on it anew; a comment is no change."""
    path, incident = older
    base, library = tmp_path / "playbooks" / "base.yaml", Library(shipped=tmp_path / "playbooks")
    told = []
    with open_store(path) as store:
        for old, new in (("\ninputs:", "\n# Kysytään\ninputs:"), ("heard + 2 wd", "heard + 1 wd")):
            base.write_text(base.read_text("utf-8").replace(old, new), "utf-8")
            told.append(newer_version(view(store, incident), pinned(store, incident), (), library))
        new_text, wanted = library.load("large-layoff"), service.Wanted()
        service.rebase(store, incident, new_text, wanted=wanted, reason="Luettu.", actor=ACTOR, now=NOW)
        told.append(newer_version(view(store, incident), pinned(store, incident), (), library))
    assert told == ["", OLDER, ""]
