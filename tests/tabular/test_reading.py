"""Files as people and programs hand them in, good and hostile."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from muutosturva.errors import InputError
from muutosturva.tabular import reading
from muutosturva.tabular.odsfile import SPREADSHEET
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


@pytest.mark.parametrize(
    "text",
    [
        "Tehtävät, kevät 2027\r\n\r\nTyö;Päivä\r\nSoita, heti;1.3.2027\r\nKirjoita;2.3.2027\r\n",
        "Tehtävät\nTyö;Päivä\nSoita, heti;1.3.2027\n",
        '"Tehtävät; kevät"\nTyö;Päivä\n"Soita, \nheti";1.3.2027\n',
    ],
    ids=["comma in the title", "no separator in the title", "line break in a cell"],
)
def test_a_title_above_the_header_does_not_hide_what_stands_between_the_cells(text: str) -> None:
    """Somebody writes what the list is on the first line; the table begins below it."""
    (sheet,) = read_sheets(text.encode(), "t.csv")

    assert ("Työ", "Päivä") in sheet.rows
    assert "1.3.2027" in {row[1] for row in sheet.rows if len(row) > 1}


def test_names_with_commas_in_one_column_stay_whole() -> None:
    (sheet,) = read_sheets(b"Nimi\nMalli, Mauri\nEsimerkki, Elli\n", "t.csv")

    assert sheet.rows == (("Nimi",), ("Malli, Mauri",), ("Esimerkki, Elli",))


def ods(body: str, mimetype: bytes = SPREADSHEET, top: str = "") -> bytes:
    """Return an OpenDocument file with one sheet of the rows given."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{top}<office:document-content {names} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Taulu">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="x"/></manifest:manifest>'
    )
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as target:
        target.writestr("mimetype", mimetype)
        target.writestr("content.xml", content)
        target.writestr("META-INF/manifest.xml", manifest)
    return raw.getvalue()


def cell(value: str, repeated: int = 1) -> str:
    """Return a cell of text."""
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def row(*cells: str, repeated: int = 1) -> str:
    """Return a row of cells."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


BLANK = '<table:table-cell table:number-columns-repeated="16384"/>'
DATE = '<table:table-cell office:value-type="date" office:date-value="2027-03-01"><text:p>1.3.</text:p>'


def test_an_open_document_sheet_is_read_as_an_excel_one() -> None:
    """LibreOffice saves it by itself; the empty rows to the end of the sheet are not read."""
    body = row(cell("Työ"), cell("Päivä")) + row(cell("Soita"), f"{DATE}</table:table-cell>")
    (sheet,) = read_sheets(ods(body + row(BLANK, repeated=1_048_574)), "t.ods")

    assert sheet.name == "Taulu"
    assert sheet.rows == (("Työ", "Päivä"), ("Soita", dt.date(2027, 3, 1)))


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (ods(row(cell("x", 2000), repeated=2000)), "tabular.unfolds"),
        (ods(row(BLANK, repeated=1_000_000) + row(cell(""), cell("x", 3))), "tabular.unfolds"),
        (ods(row(cell("x", 0)) + row(BLANK, cell("x"), repeated=400)), "tabular.unfolds"),
        (ods(row(cell("x")), b"application/vnd.oasis.opendocument.text"), "tabular.not_a_sheet"),
        (ods(row(cell("x")), top='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "tabular.broken"),
        (ods("<table:table-row>"), "tabular.broken"),
        (ods('<table:table-row table:number-rows-repeated="many"/>'), "tabular.broken"),
    ],
    ids=["many cells", "far down", "far right", "a text", "words of its own", "cut off", "no number"],
)
def test_an_open_document_file_that_harms_or_is_no_sheet_is_refused(data: bytes, key: str) -> None:
    """A few bytes may say "a million such rows"."""
    assert refused(data) == key


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
