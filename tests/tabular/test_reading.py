"""Files as people and programs hand them in, good and hostile."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from muutosturva.errors import InputError
from muutosturva.tabular import reading
from muutosturva.tabular.reading import day_of_number, read_sheets
from muutosturva.tabular.xlsx import xlsx_bytes
from tests.tabular.samples import MADE, TABLE, archive

ROWS = (("Työ", "Päivä"), ("Äkkiä; heti", "1.3.2027"))


@pytest.mark.parametrize(
    "data",
    [
        'Työ;Päivä\r\n"Äkkiä; heti";1.3.2027\r\n'.encode("utf-8-sig"),
        'Työ;Päivä\n"Äkkiä; heti";1.3.2027'.encode(),
        'Työ;Päivä\r\n"Äkkiä; heti";1.3.2027\r\n'.encode("cp1252"),
        "Työ\tPäivä\r\nÄkkiä; heti\t1.3.2027\r\n".encode("utf-16"),
        "Työ,Päivä\r\nÄkkiä; heti,1.3.2027\r\n".encode(),
        '"Työ";"Päivä"\r\n"Äkkiä; heti";"1.3.2027"\r\n'.encode(),
    ],
    ids=["excel", "plain", "windows", "unicode text", "comma", "quoted"],
)
def test_a_csv_file_is_read_in_every_form_excel_saves(data: bytes) -> None:
    (sheet,) = read_sheets(data, "t.csv")

    assert sheet.rows == ROWS


def test_the_line_that_names_the_separator_keeps_its_row_number() -> None:
    (sheet,) = read_sheets(b"sep=|\r\na|b\r\n1|\r\n", "t.csv")

    assert sheet.rows == ((), ("a", "b"), ("1", None))


def refused(data: bytes) -> str:
    """Return the key of the error a file is refused with."""
    with pytest.raises(InputError) as caught:
        read_sheets(data, "t.xlsx")
    return caught.value.key


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return an Excel file with something else in one of its parts."""
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(raw, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            target.writestr(
                member.filename, content.replace(old, new) if member.filename == name else content
            )
    return raw.getvalue()


WHOLE = xlsx_bytes([TABLE], title="t", made=MADE)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "tabular.empty"),
        (b" \r\n", "tabular.empty"),
        (b"\xd0\xcf\x11\xe0rest", "tabular.old_or_locked"),
        (b"PK\x03\x04nonsense", "tabular.broken"),
        (WHOLE[: len(WHOLE) // 2], "tabular.broken"),
        (archive(word_document=b"<w/>"), "tabular.not_a_sheet"),
        (archive(xl_workbook=b"<workbook>"), "tabular.broken"),
        (b"\x89PNG\r\n\x00\x00", "tabular.not_a_sheet"),
    ],
)
def test_a_file_that_is_no_sheet_is_told_so(data: bytes, key: str) -> None:
    assert refused(data) == key


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 100)

    assert refused(WHOLE) == "tabular.too_large"


def test_a_file_that_unfolds_into_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an archive says of its size may be a lie; what comes out of it is counted."""
    monkeypatch.setattr(reading, "LARGEST_CONTENT", 50_000)
    bomb = archive(xl_workbook=b"<workbook/>", xl_worksheets_sheet1=b" " * 100_000)

    assert len(bomb) < 1_000
    assert refused(bomb) == "tabular.unfolds"


@pytest.mark.parametrize(
    "place", [b'r="XFD1048576"', b"r='XFD1048576'", b'r = "xfd1048576"'], ids=["plain", "single", "spaces"]
)
def test_one_cell_in_the_last_corner_does_not_cost_the_whole_sheet(place: bytes) -> None:
    """A reader makes room for every cell between the first and the last one."""
    assert refused(changed(WHOLE, "xl/worksheets/sheet1.xml", b'r="B5"', place)) == "tabular.unfolds"


EMPTY_LAST_ROWS = (b'<row r="1048576" ht="12.8"></row>', b'<row r="1048576"/>', b'<row r="1048576"> </row>\n')


@pytest.mark.parametrize("row", EMPTY_LAST_ROWS)
@pytest.mark.parametrize("padding", [0, 500, 2000])
def test_the_empty_last_row_of_libreoffice_costs_nothing(
    row: bytes, padding: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It writes one after a row was deleted; where a piece of the file ends does not matter."""
    sheet = "xl/worksheets/sheet1.xml"
    monkeypatch.setattr(reading, "_CHUNK", 2_048)
    data = changed(WHOLE, sheet, b"</sheetData>", b" " * padding + row + b"</sheetData>")
    (found,) = read_sheets(data, "t.xlsx")

    assert len(found.rows) == len(TABLE.rows) + 1


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row r="1048575"></row><row><c><v>1</v></c></row>',
        b'<row r="1048575"/><row r="6"><c r="A6"><v>1</v></c></row>',
    ],
)
def test_a_far_row_that_holds_cells_or_others_after_it_is_not_taken_for_that_one(rows: bytes) -> None:
    data = changed(WHOLE, "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")

    assert refused(data) == "tabular.unfolds"


def test_cells_merged_downwards_hold_one_value_in_every_row() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    merged = b'<mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>'
    (found,) = read_sheets(changed(WHOLE, sheet, b"</sheetData>", b"</sheetData>" + merged), "t.xlsx")

    assert [row[1] for row in found.rows[1:]] == [TABLE.rows[0][1]] * 3 + [TABLE.rows[3][1]]


def test_a_cell_whose_place_is_disguised_is_refused() -> None:
    assert refused(changed(WHOLE, "xl/worksheets/sheet1.xml", b'r="B5"', b'r="&#88;FD9"')) == "tabular.broken"


def test_a_formula_is_what_it_showed() -> None:
    data = changed(
        WHOLE,
        "xl/worksheets/sheet1.xml",
        b"<v>198</v>",
        b'<f>WEBSERVICE("http://example.com")</f><v>200</v>',
    )
    (sheet,) = read_sheets(data, "t.xlsx")

    assert sheet.rows[1][3] == 200


@pytest.mark.parametrize(
    ("number", "day"),
    [(46_447, dt.date(2027, 3, 1)), (46_447.75, dt.date(2027, 3, 1)), (0, None), (1e12, None)],
)
def test_a_number_is_the_day_excel_means_by_it(number: float, day: dt.date | None) -> None:
    assert day_of_number(number) == day
