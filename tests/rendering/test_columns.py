"""Columns of a table on paper: no number is ever cut in two, for a number cut in two is read as another."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.rendering import columns, tree
from muutosturva.rendering.columns import ROOM, SIZES, laid_out, width_of
from muutosturva.rendering.document import render
from tests.rendering.samples import meta

CELLS = st.lists(st.text(alphabet="abc de-7", max_size=80), min_size=1, max_size=9)

PEOPLE = """# A

| Yritys | Toimipaikka | Irtisanotaan | Lomautetaan | Osa-aikaistetaan | Kaikki | 55 v täyttäneet |
| --- | --- | --: | --: | --: | --: | --: |
| Kuvitteellinen Kaluste Oy | Heinolan kalustetehdas | 90 | 40 | ei tiedossa | 1\u00a0130 | ei tiedossa |
| **Yhteensä** |  | **vähintään\u00a0145** | **vähintään\u00a040** | **ei tiedossa** \
| **vähintään\u00a01\u00a0375** | **ei tiedossa** |
"""
PROGRESS = """# A

| Vaihe | Tehty | Aloitettu | Voi aloittaa | Odottaa toista | Odottaa vastausta | Ohitettu | Myöhässä |
| --- | --: | --: | --: | --: | --: | --: | --: |
| Muutosneuvottelut | 12 | 0 | 4 | 127 | 3 | 1 | 13 |
| Irtisanomiset ja palvelut | 0 | 0 | 8 | 29 | 0 | 0 | 0 |
"""
MANY = "# A\n\n" + "\n".join(
    f"| {' | '.join(cells)} |"
    for cells in (["Sopimuskumppanuusmenettely"] * 14, ["--:"] * 14, ["1333/2021"] * 14)
)


def table_of(markdown: str) -> tree.Table:
    """Return the one table of a text."""
    (table,) = (block for block in tree.parse(markdown) if isinstance(block, tree.Table))
    return table


def made(head: list[str], rows: list[list[str]]) -> tree.Table:
    """Return a table whose rows are as wide as its header."""
    width = len(head)
    sides: list[tree.Align] = ["left" for _ in head]
    body = [tuple((tree.Text((row * width)[index]),) for index in range(width)) for row in rows]
    return tree.Table(tuple(sides), tuple((tree.Text(cell),) for cell in head), tuple(body), 1)


def cut(layout: columns.Layout, share: float, column: int, room: float = ROOM) -> list[str]:
    """Return the words of a column that its width would cut in two."""
    rows = [(layout.table.head, True), *((row, False) for row in layout.table.rows)]
    held = share * room - 9
    return [
        word
        for row, head in rows
        if row[column]
        for word in re.split(r" |(?<=-)", tree.plain(row[column]))
        if layout.size * width_of(word, bold=head or any(isinstance(p, tree.Strong) for p in row[column]))
        > held
    ]


@given(CELLS, st.lists(CELLS, max_size=3))
def test_the_shares_of_columns_are_positive_and_sum_to_one(head: list[str], rows: list[list[str]]) -> None:
    shares = laid_out(made(head, rows)).shares

    assert len(shares) == len(head)
    assert all(share > 0 for share in shares)
    assert sum(shares) == pytest.approx(1)


def test_a_column_of_long_text_is_wider_but_leaves_room_for_the_words_of_the_others() -> None:
    """A narrow column that cuts "Muutosturva-asiantuntija" in two is the mark of a bad table."""
    long = "Kerro naapurialueille ja kotikunnille, joissa asuu paljon irtisanottuja, ja sovi työnjaosta heti."
    layout = laid_out(made(["Tehtävä", "Vastuuhenkilö"], [[long, "Malli"]]))

    assert layout.shares[0] > 0.6
    assert layout.size == SIZES[0]
    assert not cut(layout, layout.shares[1], 1)


@pytest.mark.parametrize("markdown", [PEOPLE, PROGRESS], ids=["people", "progress"])
def test_no_word_and_no_number_is_cut_even_in_the_widest_letters(markdown: str) -> None:
    """A sum of "vähintään 40" cut after the 4 was read as four people."""
    layout = laid_out(table_of(markdown))

    assert [cut(layout, share, column) for column, share in enumerate(layout.shares)] == [
        [] for _ in layout.shares
    ]


def test_where_a_sum_does_not_fit_on_one_line_it_breaks_before_its_number_and_not_within() -> None:
    layout = laid_out(table_of(PEOPLE))
    sums = [tree.plain(cell) for cell in layout.table.rows[-1]]

    assert sums[2] == "vähintään 145"
    assert sums[5] == "vähintään 1\u00a0375"


def test_what_fits_keeps_its_spaces_that_do_not_break() -> None:
    layout = laid_out(table_of("# A\n\n| a | b |\n| --- | --- |\n| x | vähintään\u00a0145 |\n"))

    assert tree.plain(layout.table.rows[0][1]) == "vähintään\u00a0145"
    assert layout.size == SIZES[0]


def test_where_nothing_fits_the_words_are_cut_and_the_numbers_are_not() -> None:
    layout = laid_out(table_of(MANY), room=800)

    assert all(
        "1333/2021" not in cut(layout, share, column, room=800) for column, share in enumerate(layout.shares)
    )


def test_word_gets_the_widths_and_the_size_of_the_layout_as_a_style() -> None:
    """Widths are fixed, so that LibreOffice and Word lay the table out alike."""
    document = docx.Document(io.BytesIO(render(PEOPLE, meta(), "docx", {})))
    (word_table,) = document.tables
    layout = laid_out(table_of(PEOPLE))
    widths = [(cell.width or 0).pt for cell in word_table.rows[2].cells]  # type: ignore[union-attr]
    style = word_table.rows[2].cells[3].paragraphs[0].style

    assert widths == pytest.approx([share * ROOM for share in layout.shares], rel=0.01)
    assert word_table.autofit is False
    assert style is not None
    assert style.font.size is not None
    assert style.font.size.pt == layout.size < SIZES[0]


def test_sizes_of_letters_go_down_and_stay_readable() -> None:
    assert all(larger > smaller for larger, smaller in pairwise(SIZES))
    assert SIZES[-1] >= 7
