"""Markdown as a tree: what is read, what is refused, how wide columns are."""

from __future__ import annotations

import pytest

from muutosturva.rendering import tree
from muutosturva.rendering.tree import Heading, Link, Listing, Paragraph, Strong, Table, Text
from tests.rendering.samples import EVERYTHING, pictures


def codes(markdown: str, *names: str) -> list[tuple[str, int | None]]:
    """Return code and line of every problem of a text."""
    return [(problem.code, problem.line) for problem in tree.check(tree.parse(markdown, names))]


def test_the_sample_is_read_whole() -> None:
    kinds = [type(block).__name__ for block in tree.parse(EVERYTHING, pictures())]

    assert kinds == [
        "Heading", "Paragraph", "Heading", "Table", "Figure", "Heading", "Listing", "Listing",
        "Paragraph", "Listing", "Quote", "CodeBlock", "Rule", "Paragraph",
    ]  # fmt: skip


def test_a_list_in_a_list_and_the_first_number_are_kept() -> None:
    listings = [block for block in tree.parse(EVERYTHING) if isinstance(block, Listing)]

    assert [listing.start for listing in listings] == [None, 1, 5]
    assert isinstance(listings[0].items[1][1], Listing)


def test_html_is_shown_not_obeyed() -> None:
    (block,) = tree.parse("<div onclick='x'>Hei</div> <!-- piilo -->\n")

    assert isinstance(block, Paragraph)
    assert tree.plain(block.children) == "<div onclick='x'>Hei</div> <!-- piilo -->"


@pytest.mark.parametrize("address", ["https://a.example", "mailto:a@a.example", "tel:+358401234567"])
def test_a_link_to_the_web_a_mail_address_or_a_telephone_is_a_link(address: str) -> None:
    (block,) = tree.parse(f"[tästä]({address})")

    assert block == Paragraph((Link(address, (Text("tästä"),)),))


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "//a.example", "a.docx", "\\\\p\\a"],
)
def test_a_link_to_anything_else_is_only_its_words(address: str) -> None:
    """A document is opened by people who trust it: it must not run or fetch from their network."""
    (block,) = tree.parse(f"[tästä]({address})")

    assert isinstance(block, Paragraph)
    assert not any(isinstance(child, Link) for child in block.children)
    assert "tästä" in tree.plain(block.children)


@pytest.mark.parametrize("source", ["kuva.png", "https://a.example/k.png", "/etc/passwd"])
def test_a_picture_that_was_not_handed_in_is_only_its_words(source: str) -> None:
    assert tree.parse(f"![Kuvaus]({source})", ["kunnat"]) == (Paragraph((Text("Kuvaus"),)),)


def test_a_picture_within_a_sentence_is_its_words() -> None:
    assert tree.parse("Kuva ![tästä](kunnat).", ["kunnat"]) == (Paragraph((Text("Kuva tästä."),)),)


def test_a_table_may_be_empty_and_its_columns_keep_their_side() -> None:
    (block,) = tree.parse("| a | b | c |\n| --- | --: | :-: |\n")

    assert isinstance(block, Table)
    assert (block.align, block.rows) == (("left", "right", "center"), ())


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# A\n\n## B\n\n### C\n\n## D\n", []),
        ("## B\n", [("rendering.first_heading", 1)]),
        ("# A\n\n### C\n", [("rendering.heading_skipped", 3)]),
        ("Teksti.\n", [("rendering.no_title", 1)]),
        ("# A\n\n![](kunnat)\n", [("rendering.picture_without_words", 3)]),
        ("# A\n\n| a |  |\n|---|---|\n", [("rendering.column_without_heading", 3)]),
        (
            "# A\n\n#### D\n\n![](kunnat)\n",
            [("rendering.heading_skipped", 3), ("rendering.picture_without_words", 5)],
        ),
    ],
)
def test_what_a_screen_reader_could_not_follow_is_told_with_its_line(
    markdown: str, expected: list[tuple[str, int]]
) -> None:
    """Act 306/2019 asks for accessible documents; PDF/UA-1 says what that is for these parts."""
    assert codes(markdown, "kunnat") == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- a\n- b\n", True),
        ("- a\n    - b\n", False),
        ("\n".join(f"- {'sana ' * 20}" for _ in range(9)), False),
    ],
)
def test_only_a_short_list_of_single_lines_holds_together(markdown: str, expected: object) -> None:
    """A long one kept whole would leave half a page empty."""
    (listing,) = tree.parse(markdown)

    assert isinstance(listing, Listing)
    assert tree.holds_together(listing) is expected


def test_plain_words_leave_out_markup() -> None:
    heading = tree.parse("# A **b *c*** `d` [e](https://e.example)")[0]

    assert isinstance(heading, Heading)
    assert any(isinstance(child, Strong) for child in heading.children)
    assert tree.plain(heading.children) == "A b c d e"
