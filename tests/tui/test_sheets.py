"""To Excel and back, from the screen."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from muutosturva.coordination.table_exports import export_tables
from muutosturva.store.store import Store
from tests.support.incidents import WHO
from tests.tui.support import at_screen, fill, give
from tests.tui.test_whole_incident import INCIDENT, tasks


@pytest.fixture
def sheet(firm_store: Path, tmp_path: Path) -> Path:
    """Return the exported task sheet with a label and a slip in it."""
    path = tmp_path / "t.csv"
    with Store.open(firm_store) as store:
        export_tables(store, INCIDENT, fmt="csv", tables=("tasks",), out=path, **WHO)
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file, delimiter=";")
    rows[0][heading.index("Värimerkki")] = "kiire"
    rows[1][heading.index("Tila")] = "melkein"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([heading, *rows])
    return path


async def test_an_edited_sheet_is_taken_after_its_changes_were_shown(firm_store: Path, sheet: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Tuo muokattu")
        await fill(at, str(sheet), "")
        assert "Värimerkki – → kiire" in at.words
        assert "Tilaa ”melkein” ei voi asettaa" in at.words
        assert {task.label for task in tasks(at.store).values()} == {""}
        await at.press("enter")
        assert "kiire" in {task.label for task in tasks(at.store).values()}
        assert "Tuonnin voi kumota" in at.words


async def test_a_file_that_is_not_there_is_told_and_changes_nothing(firm_store: Path, tmp_path: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Tuo muokattu")
        await fill(at, str(tmp_path / "puuttuu.xlsx"), "")
        assert "Tarkista polku" in at.words


async def test_tables_and_a_checklist_are_written_where_the_person_says(
    firm_store: Path, tmp_path: Path
) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Vie taulukot")
        await at.press("enter")
        await at.fill(str(tmp_path / "taulukot"))
        await at.settled()
        assert list((tmp_path / "taulukot").glob("*.xlsx"))
        await give(at, "Tulosta roolin")
        await at.press("enter", "enter")
        await at.fill(str(tmp_path / "muistilista"))
        await at.settled()
        assert list((tmp_path / "muistilista").glob("*muistilista-*.pdf"))
