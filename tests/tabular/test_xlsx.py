"""An Excel file as Excel wants it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from muutosturva.tabular.reading import read_sheets
from muutosturva.tabular.table import Table, column_letters
from muutosturva.tabular.xlsx import LONGEST_NAME, LONGEST_TEXT, sheet_names, xlsx_bytes
from tests.tabular.samples import ATTACKS, MADE, TABLE, one_column


def part(data: bytes, name: str) -> str:
    """Return one part of an Excel file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def test_no_text_becomes_a_formula_a_link_or_a_number() -> None:
    data = xlsx_bytes([one_column(*ATTACKS, "https://example.com", "007")], title="t", made=MADE)
    sheet = part(data, "xl/worksheets/sheet1.xml")

    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    (read,) = read_sheets(data, "t.xlsx")
    assert [row[0] for row in read.rows[1:]] == [*ATTACKS, "https://example.com", "007"]


def test_the_heading_stays_in_sight_and_every_column_can_be_filtered() -> None:
    sheet = part(xlsx_bytes([TABLE], title="t", made=MADE), "xl/worksheets/sheet1.xml")

    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:F5"/>' in sheet


def test_a_mark_stands_above_the_headings_in_sight_and_on_every_printed_page() -> None:
    """On the screen as on paper; the headings keep their filter and stay in sight below it."""
    data = xlsx_bytes([TABLE, one_column("a")], title="t", made=MADE, mark="SALASSA PIDETTÄVÄ")
    for number, sheet in enumerate(read_sheets(data, "t.xlsx"), 1):
        xml = part(data, f"xl/worksheets/sheet{number}.xml")
        assert sheet.rows[0][0] == "SALASSA PIDETTÄVÄ"
        assert "SALASSA PIDETTÄVÄ" in xml.partition("<oddHeader>")[2]
        assert 'ySplit="2"' in xml
        assert sheet.rows[1][0] in {"Tunniste", "Teksti"}
    assert '<autoFilter ref="A2:F6"/>' in part(data, "xl/worksheets/sheet1.xml")


def test_a_table_without_rows_is_a_sheet_with_headings() -> None:
    (sheet,) = read_sheets(xlsx_bytes([replace(TABLE, rows=())], title="t", made=MADE), "t.xlsx")

    assert len(sheet.rows) == 1


def test_a_text_longer_than_a_cell_keeps_its_beginning() -> None:
    """Excel says that a file with a longer text is damaged."""
    (sheet,) = read_sheets(xlsx_bytes([one_column("ä" * 40_000)], title="t", made=MADE), "t.xlsx")

    assert sheet.rows[1][0] == "ä" * (LONGEST_TEXT - 1) + "…"


def test_signs_no_file_may_hold_do_not_spoil_it() -> None:
    (sheet,) = read_sheets(xlsx_bytes([one_column("a\x00b\x1fc\ud800")], title="t", made=MADE), "t.xlsx")

    assert sheet.rows[1][0] == "a\ufffdb\ufffdc\ufffd"


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Tehtävät", "tehtävät"], ["Tehtävät", "tehtävät 2"]),
        (["Luvut: a/b [c]*?"], ["Luvut a b c"]),
        (["'", ""], ["–", "– 2"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 29 + " 2"]),
    ],
)
def test_a_sheet_has_a_name_excel_takes(titles: list[str], names: list[str]) -> None:
    assert sheet_names(titles) == names
    assert all(len(name) <= LONGEST_NAME for name in names)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_a_column_is_called_as_excel_calls_it(index: int, letters: str) -> None:
    assert column_letters(index) == letters


def test_several_tables_are_several_sheets() -> None:
    tables: list[Table] = [TABLE, one_column("a")]

    assert [sheet.name for sheet in read_sheets(xlsx_bytes(tables, title="t", made=MADE), "t.xlsx")] == [
        "Tehtävät",
        "Tekstit",
    ]


def test_only_the_columns_meant_for_paper_are_printed_on_pages_as_wide_as_they_are() -> None:
    """Twenty columns on one page are letters nobody can read; the rest stays on the screen."""
    data = xlsx_bytes([replace(TABLE, printed=2)], title="t", made=MADE)
    sheet = part(data, "xl/worksheets/sheet1.xml")
    names = part(data, "xl/workbook.xml")

    assert "$A$1:$B$5" in names
    assert "$1:$1" in names
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
