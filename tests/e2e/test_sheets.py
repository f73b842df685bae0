"""The tables in LibreOffice's hands: it reads what we write, and we read what it saves."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.sheet_files import task_sheet_of
from muutosturva.coordination.table_exports import export_tables
from muutosturva.incidents.acts.labels import set_label
from muutosturva.incidents.acts.sheet_import import SheetImport, import_sheet
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import TaskState
from muutosturva.store.store import Store
from muutosturva.tabular.reading import read_sheets
from muutosturva.tabular.xlsx import xlsx_bytes
from tests.e2e.calc import CSV, Book, converted
from tests.support.incidents import FIRM_A, WHO
from tests.tabular.samples import ATTACKS, MADE, TABLE, one_column

pytestmark = pytest.mark.e2e

KAISA = "Kuvitteellinen Kaisa"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for what LibreOffice writes."""
    made = tmp_path / "libreoffice"
    made.mkdir()
    return made


def exported(store: Store, path: Path) -> Path:
    """Write every table of firm A as one Excel file."""
    export_tables(store, FIRM_A, fmt="xlsx", out=path, **WHO)
    return path


def taken(store: Store, path: Path) -> SheetImport:
    """Import a file."""
    return import_sheet(store, FIRM_A, task_sheet_of(path), file=path.name, **WHO)


def task(store: Store, key: str) -> TaskView:
    """Return a task of firm A as it stands."""
    with store.reading() as session:
        return next(found for found in queries.tasks(session, FIRM_A) if found.key == key)


def test_libreoffice_reads_every_value_as_it_was_written(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(xlsx_bytes([TABLE], title="Taulukko", made=MADE))
    saved = converted(path, "xlsx", folder)
    (sheet, *_) = read_sheets(saved.read_bytes(), saved.name)

    assert sheet.rows[1:] == TABLE.rows
    with converted(path, CSV, folder).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[1] == ["a", "Kutsu ryhmä; tänään", "1.3.2027", "198", "0.25", "1.3.2027 08:30"]


def test_no_text_becomes_a_formula_in_libreoffice(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(xlsx_bytes([one_column(*ATTACKS)], title="t", made=MADE))
    flat = converted(path, "fods", folder).read_text(encoding="utf-8")

    assert "table:formula" not in flat
    assert "xlink:href" not in flat
    saved = converted(path, "xlsx", folder)
    (sheet, *_) = read_sheets(saved.read_bytes(), saved.name)
    assert [row[0] for row in sheet.rows[1:]] == list(ATTACKS)


def test_every_table_of_an_incident_is_the_same_after_libreoffice_saved_it(
    opened_store: Store, tmp_path: Path, folder: Path
) -> None:
    path = exported(opened_store, tmp_path / "kaikki.xlsx")
    saved = converted(path, "xlsx", folder)
    before, after = (read_sheets(file.read_bytes(), file.name) for file in (path, saved))

    assert [sheet.name for sheet in after] == [sheet.name for sheet in before]
    for old, new in zip(before, after, strict=True):
        assert [_filled(row) for row in new.rows] == [_filled(row) for row in old.rows], old.name


def _filled(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a row without the empty cells at its end, numbers with digits LibreOffice keeps."""
    cells = [round(cell, 12) if isinstance(cell, float) else cell for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


@pytest.mark.parametrize("form", ["xlsx", CSV])
def test_a_sheet_that_was_only_opened_and_saved_changes_nothing(
    opened_store: Store, tmp_path: Path, folder: Path, form: str
) -> None:
    saved = converted(exported(opened_store, tmp_path / "t.xlsx"), form, folder)
    done = taken(opened_store, saved)

    assert (done.rows, done.rejected, done.missing, done.warnings) == ((), (), (), ())


@pytest.mark.parametrize("form", ["xlsx", CSV])
def test_what_officials_do_in_libreoffice_comes_back(
    opened_store: Store, tmp_path: Path, folder: Path, form: str
) -> None:
    """Dates as dates, as numbers and as text, spaces at the edges, a filter, a sort, columns of their own."""
    book = Book(exported(opened_store, tmp_path / "t.xlsx"), folder)
    book.write(book.row("log-news"), Tila=" Tehty ", Värimerkki="kiire")
    book.write_day(book.row("name-lead"), "Määräpäivä", "2027-03-09")
    book.write(book.row("name-lead"), Syy_muutokseen="Kokous siirtyi")
    book.write(book.row("first-contact"), Kuka_tekee="  kuvitteellinen   kaisa ", Määräpäivä="ke 10.3.2027")
    book.write(book.row("first-contact"), Syy_muutokseen="Sovittu")
    book.hide(book.row("first-contact"))
    new = book.append()
    book.write(new, Tehtävä="Varaa bussi", Kuka_tekee=KAISA)
    book.write_number(new, "Määräpäivä", 46_450)
    book.add_column("Oma muistiinpano", "of:=1")
    book.sort("Tehtävä")
    done = taken(opened_store, book.saved(form))

    assert done.rejected == ()
    assert done.missing == ()
    assert [warning.code for warning in done.warnings] == ["incidents.sheet_columns"]
    news, lead, contact = (task(opened_store, key) for key in ("log-news", "name-lead", "first-contact"))
    assert (news.state, news.label) == (TaskState.DONE, "kiire")
    assert (lead.due_on, lead.due_by_hand) == (dt.date(2027, 3, 9), True)
    assert (contact.person, contact.due_on) == (KAISA, dt.date(2027, 3, 10))
    assert task(opened_store, "varaa-bussi").due_on == dt.date(2027, 3, 4)


def test_cells_merged_downwards_are_one_value_for_every_row(
    opened_store: Store, tmp_path: Path, folder: Path
) -> None:
    book = Book(exported(opened_store, tmp_path / "t.xlsx"), folder)
    row = book.row("log-news")
    book.write(row, Kuka_tekee=KAISA)
    key = book.headings.index("Tunniste (älä muuta)")
    below = book.text(book.merge_down(row, "Kuka tekee")[key]).partition(" ")[2]
    done = taken(opened_store, book.saved())

    assert done.rejected == ()
    assert [task(opened_store, key).person for key in ("log-news", below)] == [KAISA, KAISA]


def test_a_deleted_row_and_one_changed_by_somebody_else_are_told(
    opened_store: Store, tmp_path: Path, folder: Path
) -> None:
    book = Book(exported(opened_store, tmp_path / "t.xlsx"), folder)
    book.delete(book.row("name-lead"))
    book.write(book.row("log-news"), Värimerkki="kiire")
    edited = book.saved()
    set_label(opened_store, FIRM_A, ["log-news"], "odottaa", **WHO)
    done = taken(opened_store, edited)

    assert [found.key for found in done.missing] == ["name-lead"]
    assert [found.problem.code for found in done.rejected] == ["incidents.sheet_conflict"]
    assert task(opened_store, "log-news").label == "odottaa"
