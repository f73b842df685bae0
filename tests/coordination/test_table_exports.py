"""Handing out the tables of an incident."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

import pytest

from muutosturva.coordination.sheets import TABLES, tables_of
from muutosturva.coordination.table_exports import export_tables
from muutosturva.errors import NotFoundError, RefusedError, UsageError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents.acts.adding import add_task
from muutosturva.incidents.acts.evidence import attach
from muutosturva.incidents.acts.grouping import group_incidents
from muutosturva.incidents.acts.publishing import set_secrecy
from muutosturva.incidents.reading import queries
from muutosturva.models.states import Secrecy
from muutosturva.store.store import Store
from muutosturva.tabular.reading import read_sheets
from muutosturva.tabular.table import Table
from tests.support.incidents import FIRM_A, FIRM_B, WHO


def tables(store: Store, incident: str = FIRM_A, language: Language = "fi") -> dict[str, Table]:
    """Return every table of an incident by its name."""
    with store.reading() as session:
        return {table.key: table for table in tables_of(session, incident, Texts(language))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_a_heading_for_each_cell_in_every_language(
    opened_store: Store, language: Language
) -> None:
    found = tables(opened_store, language=language)

    assert tuple(found) == TABLES
    for table in found.values():
        headings = [column.heading for column in table.columns]
        assert len(set(headings)) == len(headings), table.key
        assert all(len(row) == len(headings) for row in table.rows), table.key
    for name in ("tasks", "messages", "meetings", "anchors", "roles", "areas", "questions", "log"):
        assert found[name].rows, name


def test_the_log_keeps_when_it_happened_apart_from_when_it_was_written_down(opened_store: Store) -> None:
    log = tables(opened_store)["log"]
    keys = [column.key for column in log.columns]

    happened, recorded = keys.index("happened"), keys.index("recorded")
    assert all(isinstance(row[happened], dt.datetime) for row in log.rows)
    assert all(isinstance(row[recorded], dt.datetime) for row in log.rows)
    assert [row[0] for row in log.rows] == sorted(row[0] for row in log.rows if isinstance(row[0], int))


def test_a_situation_gives_the_rows_of_its_firms(opened_store: Store) -> None:
    group_incidents(opened_store, "LAHTI-2027-90", [FIRM_A, FIRM_B], title="Kevät", **WHO)
    together = tables(opened_store, "LAHTI-2027-90")

    for name in ("tasks", "anchors", "roles", "areas"):
        alone = [len(tables(opened_store, firm)[name].rows) for firm in (FIRM_A, FIRM_B)]
        assert len(together[name].rows) == sum(alone), name


def test_one_excel_file_holds_every_table_and_says_what_it_is(opened_store: Store, tmp_path: Path) -> None:
    (path,) = export_tables(opened_store, FIRM_A, fmt="xlsx", out=tmp_path, **WHO)

    assert path.name == f"ESIMERKKI-taulukot-{FIRM_A}.xlsx"
    sheets = read_sheets(path.read_bytes(), path.name)
    assert len(sheets) == len(TABLES) + 1
    about = {row[0]: row[1] for row in sheets[-1].rows}
    assert about["Tapaus"] == FIRM_A
    assert about["Laji"] == "ESIMERKKI"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_restricted_incident_bears_its_mark_in_every_table(
    opened_store: Store, tmp_path: Path, language: Language
) -> None:
    """In the name of the file, in sight on every sheet, on every printed page, in every row of a csv file."""
    set_secrecy(opened_store, FIRM_A, Secrecy.RESTRICTED, reason="x", **WHO)
    words = Texts(language)("documents.mark.restricted")
    (book,) = export_tables(opened_store, FIRM_A, fmt="xlsx", out=tmp_path, language=language, **WHO)
    (plain,) = export_tables(
        opened_store, FIRM_A, fmt="csv", out=tmp_path, tables=("tasks",), language=language, **WHO
    )

    lead = {"fi": "SALASSA-PIDETTAVA", "sv": "SEKRETESSBELAGD", "en": "SECRET"}[language]
    assert book.name.startswith(f"{lead}-ESIMERKKI-")
    assert plain.name.startswith(f"{lead}-ESIMERKKI-")
    assert all(words in str(sheet.rows[0][0]) for sheet in read_sheets(book.read_bytes(), book.name))
    (sheet,) = read_sheets(plain.read_bytes(), plain.name)
    assert sheet.rows[0][-1] == Texts(language)("coordination.sheet_column.mark")
    assert sheet.rows[0][0] == Texts(language)("incidents.sheet.order")
    assert all(words in str(row[-1]) for row in sheet.rows[1:])


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(FIRM_B, "VAIN RYHMÄLLE"), ("LAHTI-2027-90", "SALASSA PIDETTÄVÄ")],
    ids=["alone", "situation"],
)
def test_what_speaks_of_a_restricted_firm_is_as_secret_as_the_firm(
    opened_store: Store, tmp_path: Path, wanted: str, expected: str
) -> None:
    """The tables of a situation hold the firm's rows; those of another firm in it do not."""
    group_incidents(opened_store, "LAHTI-2027-90", [FIRM_A, FIRM_B], title="Kevät", **WHO)
    set_secrecy(opened_store, FIRM_A, Secrecy.RESTRICTED, reason="x", **WHO)
    (book,) = export_tables(opened_store, wanted, fmt="xlsx", out=tmp_path, **WHO)
    marks = {str(sheet.rows[0][0]).partition(" · ")[0] for sheet in read_sheets(book.read_bytes(), book.name)}
    assert marks == {expected}


@pytest.mark.skipif(os.name != "posix", reason="Windows answers through its own lists")
def test_what_is_restricted_is_written_for_its_maker_alone(opened_store: Store, tmp_path: Path) -> None:
    """A shared folder gives everybody a look; who was let in already by the file's rights stays."""
    (usual,) = export_tables(opened_store, FIRM_A, fmt="xlsx", out=tmp_path / "open", **WHO)
    set_secrecy(opened_store, FIRM_A, Secrecy.RESTRICTED, reason="x", **WHO)
    (secret,) = export_tables(opened_store, FIRM_A, fmt="xlsx", out=tmp_path / "secret", **WHO)
    assert secret.stat().st_mode & 0o777 == 0o600
    assert usual.stat().st_mode & 0o777 != 0o600
    secret.chmod(0o640)
    (again,) = export_tables(opened_store, FIRM_A, fmt="xlsx", out=tmp_path / "secret", **WHO)
    assert (again, again.stat().st_mode & 0o777) == (secret, 0o640)


def test_csv_is_a_file_for_each_table(opened_store: Store, tmp_path: Path) -> None:
    paths = export_tables(
        opened_store, FIRM_A, fmt="csv", out=tmp_path / "csv", tables=("log", "tasks"), **WHO
    )

    assert [path.name for path in paths] == [
        f"ESIMERKKI-tehtavat-{FIRM_A}.csv",
        f"ESIMERKKI-loki-{FIRM_A}.csv",
    ]
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in paths)


def test_the_export_stands_in_the_log_with_what_was_handed_out(opened_store: Store, tmp_path: Path) -> None:
    export_tables(opened_store, FIRM_A, fmt="xlsx", out=tmp_path / "t.xlsx", tables=("numbers",), **WHO)

    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A)[0]
    assert entry.kind == "coordination.tables_exported"
    assert entry.subjects == (FIRM_A, "format:xlsx", "table:numbers")
    assert entry.payload is not None
    assert set(entry.payload["files"]) == {"t.xlsx"}


def test_a_title_that_looks_like_a_formula_stays_a_title(opened_store: Store, tmp_path: Path) -> None:
    title = '=HYPERLINK("https://example.com";"Avaa")'
    add_task(opened_store, FIRM_A, "oma", title=title, role="lead", due=None, **WHO)

    for fmt, shown in (("xlsx", title), ("csv", title)):
        (path,) = export_tables(
            opened_store, FIRM_A, fmt=fmt, out=tmp_path / f"t.{fmt}", tables=("tasks",), **WHO
        )
        (sheet, *_) = read_sheets(path.read_bytes(), path.name)
        assert shown in {row[1] for row in sheet.rows}
    assert b"\"'=HYPERLINK(" in (tmp_path / "t.csv").read_bytes()


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"fmt": "pdf"}, "coordination.unknown_table_format"),
        ({"tables": ("taks",)}, "coordination.unknown_table"),
        ({"delimiter": "pipe"}, "coordination.unknown_delimiter"),
        ({"fmt": "csv", "out": Path("t.csv")}, "coordination.one_file_for_many"),
    ],
)
def test_what_cannot_be_written_is_a_usage_error(
    opened_store: Store, tmp_path: Path, change: dict[str, Any], key: str
) -> None:
    with pytest.raises(UsageError) as caught:
        export_tables(opened_store, FIRM_A, **{"fmt": "xlsx", "out": tmp_path, **change}, **WHO)

    assert caught.value.key == key


def test_an_unknown_incident_writes_nothing(opened_store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        export_tables(opened_store, "LAHTI-1", fmt="xlsx", out=tmp_path / "t.xlsx", **WHO)

    assert not list(tmp_path.glob("*.xlsx"))


def test_another_file_is_not_overwritten(opened_store: Store, tmp_path: Path) -> None:
    other = tmp_path / "tärkeä.xlsx"
    other.write_bytes(b"not a sheet")

    with pytest.raises(RefusedError) as caught:
        export_tables(opened_store, FIRM_A, fmt="xlsx", out=other, **WHO)

    assert caught.value.key == "coordination.other_table"
    assert other.read_bytes() == b"not a sheet"


def test_tables_speak_of_people_and_files_in_words(opened_store: Store, tmp_path: Path) -> None:
    """Ids of audiences and of attachments say nothing to whoever gets the table."""
    proof = tmp_path / "muistio.txt"
    proof.write_text("x", encoding="utf-8")
    attach(opened_store, FIRM_A, str(proof), title="Soiton muistio", **WHO)
    wanted = ("log", "messages", "documents", "areas")
    (book,) = export_tables(opened_store, FIRM_A, fmt="xlsx", out=tmp_path, tables=wanted, **WHO)
    rows = [row for sheet in read_sheets(book.read_bytes(), book.name) for row in sheet.rows]
    cells = [str(cell) for row in rows for cell in row]

    assert not [cell for cell in cells if "attachment:" in cell]
    assert [cell for cell in cells if cell.endswith("Soiton muistio")]
    assert {"muutosturvaryhmä", "naapurialueet", "henkilöstö"} <= set(cells)
    assert not [cell for cell in cells if re.fullmatch(r"0\.\d{4,}", cell)]


def test_the_printed_part_of_the_task_sheet_is_what_a_meeting_needs_and_fits_a_page(
    opened_store: Store,
) -> None:
    """Printed with all its columns the sheet had letters of two millimetres."""
    sheet = tables(opened_store)["tasks"]
    printed = [column.key for column in sheet.columns[: sheet.printed]]

    assert printed == ["order", "title", "state", "due", "person", "label", "lawful", "employer"]
