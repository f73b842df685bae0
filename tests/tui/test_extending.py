"""A second factory comes to a running incident, by keys; what it adds is shown first."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.incidents.reading import queries
from muutosturva.store.store import Store
from tests.tui.support import at_screen, fill, give, open_firm


@pytest.fixture
def firm(filled_file: Path, tmp_path: Path) -> tuple[Path, str]:
    """Return a store with one firm, and its id."""
    path = tmp_path / "store.db"
    path.write_bytes(filled_file.read_bytes())
    return path, open_firm(path).readable_id


def keys(store: Store, incident: str) -> set[str]:
    with store.reading() as session:
        return {task.key for task in queries.tasks(session, incident)}


async def test_a_site_that_comes_later_is_seen_before_it_is_added(firm: tuple[Path, str]) -> None:
    path, incident = firm
    async with at_screen(path) as at:
        before = keys(at.store, incident)
        await at.press("enter")
        await give(at, "Lisää toimipaikka, alue tai kieli")
        await fill(at, "Orimattila", "", "ukraina", "Toinenkin suljetaan")
        assert "Mitään ei ole vielä tallennettu" in at.words
        assert keys(at.store, incident) == before
        await at.press("enter")
        assert "Tapaukseen lisättiin: Orimattila ja uk." in at.words
        assert before < keys(at.store, incident)
