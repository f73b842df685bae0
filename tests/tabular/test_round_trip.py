"""What is written comes back as it was, whatever people write into cells."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.tabular.csvfile import DELIMITERS, as_written, csv_bytes, harmless
from muutosturva.tabular.reading import read_sheets
from muutosturva.tabular.table import Column, Table
from muutosturva.tabular.xlsx import xlsx_bytes
from tests.tabular.samples import ATTACKS, MADE, TABLE, one_column

HEADINGS = tuple(column.heading for column in TABLE.columns)

WRITTEN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t"), min_size=1
).filter(lambda text: text.strip())
"""Texts a person may have written into a cell."""


def test_an_excel_file_gives_back_texts_dates_numbers_and_moments() -> None:
    (sheet,) = read_sheets(xlsx_bytes([TABLE], title="Taulukko", made=MADE), "t.xlsx")

    assert sheet.name == "Tehtävät"
    assert sheet.rows == (HEADINGS, *TABLE.rows)


@pytest.mark.parametrize("delimiter", DELIMITERS.values(), ids=DELIMITERS)
def test_a_csv_file_gives_back_its_texts_whatever_stands_between_cells(delimiter: str) -> None:
    (sheet,) = read_sheets(csv_bytes(TABLE, delimiter=delimiter), "t.csv")

    assert sheet.rows[0] == HEADINGS
    assert [row[:2] for row in sheet.rows[1:]] == [row[:2] for row in TABLE.rows]
    assert sheet.rows[1][2:] == (
        "2027-03-01",
        "198",
        "0.25" if delimiter == "," else "0,25",
        "2027-03-01 08:30",
    )


@given(st.lists(WRITTEN, min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    (sheet,) = read_sheets(csv_bytes(one_column(*texts)), "t.csv")

    assert [row[0] for row in sheet.rows[1:]] == texts


@given(st.lists(WRITTEN, min_size=1, max_size=5))
def test_any_text_comes_back_from_excel(texts: list[str]) -> None:
    (sheet,) = read_sheets(xlsx_bytes([one_column(*texts)], title="t", made=MADE), "t.xlsx")

    assert [row[0] for row in sheet.rows[1:]] == texts


@given(st.dates(dt.date(1900, 3, 1)), st.integers(-(10**14), 10**14))
def test_any_day_and_number_come_back_from_excel(day: dt.date, number: int) -> None:
    columns = (Column("day", "Päivä", "date"), Column("number", "Luku", "number"))
    table = Table("t", "T", columns, ((day, number),))
    (sheet,) = read_sheets(xlsx_bytes([table], title="t", made=MADE), "t.xlsx")

    assert sheet.rows[1] == (day, number)


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_in_a_csv_file_begins_a_formula(text: str) -> None:
    assert harmless(text)[0] == "'"
    assert as_written(harmless(text)) == text


@given(st.text())
def test_what_is_made_harmless_is_read_as_it_was(text: str) -> None:
    assert as_written(harmless(text)) == text


def test_the_same_tables_make_the_same_bytes() -> None:
    assert xlsx_bytes([TABLE], title="t", made=MADE) == xlsx_bytes([TABLE], title="t", made=MADE)
