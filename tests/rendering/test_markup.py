"""Text from outside stays text, wherever in the Markdown it stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from muutosturva.rendering import tree
from muutosturva.rendering.markup import Md, escape, printable
from tests.rendering.samples import HOSTILE

ANY = st.text(max_size=60) | st.sampled_from(HOSTILE)
TRICKY = st.text(alphabet="ab1.)-+*_`[]()<>!#=|\\&;:~$\"' \t\n\u00a0", max_size=30)


def shown(text: str) -> str:
    """Return what a reader must see of a text: printable, on one line."""
    return as_read(printable(text))


def as_read(text: str) -> str:
    """Return text with runs of every kind of space as one space."""
    return " ".join(text.split())


@given(ANY | TRICKY)
def test_a_text_at_the_start_of_a_paragraph_is_one_paragraph_of_that_text(text: str) -> None:
    blocks = tree.parse(f"alku {escape(text)}\n\n{escape(text)}\n")
    expected = shown(text)

    assert all(isinstance(block, tree.Paragraph) for block in blocks)
    found = [as_read(tree.plain(block.children)) for block in blocks if isinstance(block, tree.Paragraph)]
    assert [words for words in found if words] == [
        f"alku {expected}".strip(),
        *([expected] if expected else []),
    ]


@given(ANY | TRICKY)
def test_a_text_in_a_table_stays_in_its_cell(text: str) -> None:
    (block,) = tree.parse(f"| {escape(text)} | b |\n| --- | --- |\n| {escape(text)} | d |\n")

    assert isinstance(block, tree.Table)
    assert [as_read(tree.plain(cell)) for cell in block.head] == [shown(text), "b"]
    assert [as_read(tree.plain(cell)) for cell in block.rows[0]] == [shown(text), "d"]


@example("0\r#")
@example("nimi ##")
@given(ANY | TRICKY)
def test_a_text_in_a_heading_or_a_list_leaves_it_one(text: str) -> None:
    heading, listing = tree.parse(f"# Nimi {escape(text)}\n\n- Nimi {escape(text)}\n")
    expected = f"Nimi {shown(text)}".strip()

    assert isinstance(heading, tree.Heading)
    assert isinstance(listing, tree.Listing)
    assert as_read(tree.plain(heading.children)) == expected
    (item,) = listing.items
    (paragraph,) = item
    assert isinstance(paragraph, tree.Paragraph)
    assert as_read(tree.plain(paragraph.children)) == expected


@pytest.mark.parametrize(
    "text", ["1.3.2027", "Mallikaluste Oy", "100 % (noin)", "A-yritys, Lahti!", "klo 8.30"]
)
def test_ordinary_text_is_not_littered_with_backslashes(text: str) -> None:
    """The Markdown file is handed out too and must be readable as it is."""
    assert escape(text) == text


def test_markdown_of_our_own_is_left_alone() -> None:
    own = Md("**yhteensä**")

    assert escape(own) is own


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u202e1202.3.1\u202c", "1202.3.1"),
        ("a\x00b", "a\ufffdb"),
        ("\ud800", "\ufffd"),
        ("\ue000", "\ufffd"),
        ("a\tb\r\nc", "a\tb\nc"),
        ("työ\u00adpaikka", "työ\u00adpaikka"),
        ("🏭", "🏭"),
    ],
)
def test_what_no_document_may_hold_is_dropped_or_shown_as_lost(text: str, expected: str) -> None:
    assert printable(text) == expected


@given(st.text())
def test_every_printable_text_can_be_written_as_utf8_and_xml(text: str) -> None:
    found = printable(text)

    found.encode()
    assert not any(ord(letter) < 0x20 and letter not in "\t\n" for letter in found)
    assert printable(found) == found
