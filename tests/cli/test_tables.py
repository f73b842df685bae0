"""Tables fit the screen, and no word is broken while there is another way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from muutosturva.cli.tables import TIED, Column, table

COLUMNS = (Column("Nimi"), Column("Määrä", right=True), Column("Selitys", below=True))
ROWS = (("a", "1", "lyhyt"), ("bb", "20", "pitkä selitys, joka ei mahdu kapealle näytölle"))


def test_a_wide_table_is_one_line_for_each_row() -> None:
    assert table(COLUMNS, ROWS, None) == [
        "Nimi  Määrä  Selitys",
        "----  -----  ----------------------------------------------",
        "a         1  lyhyt",
        "bb       20  pitkä selitys, joka ei mahdu kapealle näytölle",
    ]


def test_on_a_narrow_screen_wordy_cells_stand_below_their_row() -> None:
    assert table(COLUMNS, ROWS, 30) == [
        "Nimi  Määrä",
        "----  -----",
        "a         1",
        "    lyhyt",
        "bb       20",
        "    pitkä selitys, joka ei",
        "    mahdu kapealle näytölle",
    ]


def test_a_named_cell_takes_its_heading_along() -> None:
    columns = (Column("Nimi"), Column("Rooli", below=True, named=True))

    assert table(columns, [("Elli", "lead change_security")], 16)[2:] == [
        "Elli",
        "    Rooli: lead",
        "    change_secur",
        "    ity",
    ]


def test_a_column_that_is_empty_everywhere_is_left_out() -> None:
    assert table(COLUMNS, [("a", "", "x")], None)[0] == "Nimi  Selitys"


def test_a_table_without_rows_is_nothing() -> None:
    assert table(COLUMNS, [], 80) == []


def test_a_tied_space_is_not_broken_and_is_printed_plain() -> None:
    """A date stays in one piece."""
    columns = (Column("Päivä", breaks=True), Column("Nimi", breaks=True))
    lines = table(columns, [(f"ma{TIED}1.3.2027", "pitkä nimi, joka katkeaa")], 30)

    assert "ma 1.3.2027" in lines[2]
    assert not any(TIED in line for line in lines)


@given(
    st.lists(st.tuples(st.text("abc ", max_size=40), st.text("xyz ", max_size=40)), max_size=5),
    st.integers(40, 120),
)
def test_every_line_fits(rows: list[tuple[str, str]], width: int) -> None:
    columns = (Column("A", breaks=True), Column("B", below=True))

    assert all(len(line) <= width for line in table(columns, rows, width))


@given(
    st.lists(st.tuples(st.text("abc", max_size=40), st.text("xyz", max_size=40)), max_size=5),
    st.integers(40, 120),
)
def test_no_letter_is_lost(rows: list[tuple[str, str]], width: int) -> None:
    columns = (Column("A", breaks=True), Column("B", breaks=True))
    shown = "".join(table(columns, rows, width))

    for letter in "abcxyz":
        assert shown.count(letter) == sum(cell.count(letter) for row in rows for cell in row)
