"""Every format: the same bytes each time, golden, marked, and deaf to what a text would command."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from muutosturva.errors import InputError, UsageError
from muutosturva.rendering.document import FORMATS, Format, format_of, render
from muutosturva.rendering.markup import escape
from tests.golden import assert_golden
from tests.rendering.samples import EVERYTHING, HOSTILE, meta, pictures

GOLDEN = Path(__file__).parent / "golden"
MARK = "HARJOITUS – ÖVNING – EXERCISE"


def made(fmt: Format, mark: str = "") -> bytes:
    """Return the sample in a format."""
    return render(EVERYTHING, meta(mark), fmt, pictures())


def hostile() -> str:
    """Return a document that holds every hostile text in every place."""
    parts = [f"# {escape(HOSTILE[0])}\n"]
    for text in HOSTILE:
        safe = escape(text)
        parts.append(f"## Kohta {safe}\n\n{safe}\n\n- {safe}\n\n1. {safe}\n\n> {safe}\n\n**a {safe} a**\n")
        parts.append(f"| {safe} a | b |\n| --- | --: |\n| {safe} | {safe} |\n")
    return "\n".join(parts)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_document_is_the_same_bytes(fmt: Format) -> None:
    """A hash in the log can be checked against the file years later."""
    assert made(fmt) == made(fmt)


@pytest.mark.parametrize("fmt", ["md", "html"])
def test_the_text_formats_are_as_they_were(fmt: Format) -> None:
    assert_golden(GOLDEN / f"everything.{fmt}", made(fmt, MARK))


def test_the_word_file_is_as_it_was() -> None:
    with zipfile.ZipFile(io.BytesIO(made("docx", MARK))) as package:
        body = (
            package.read("word/document.xml")
            .replace(b"><w:p>", b">\n<w:p>")
            .replace(b"><w:tr>", b">\n<w:tr>")
        )

    assert_golden(GOLDEN / "everything.document.xml", body)


def test_the_pdf_is_as_it_was() -> None:
    digest = hashlib.sha256(made("pdf", MARK)).hexdigest()

    assert_golden(GOLDEN / "everything.pdf.sha256", f"{digest}\n".encode())


@pytest.mark.parametrize("fmt", FORMATS)
def test_hostile_text_is_written_and_does_nothing(fmt: Format) -> None:
    """The formats' own tests say what became of it; here it must neither stop nor slip through."""
    data = render(hostile(), meta(MARK), fmt)

    assert b"root:" not in data
    assert len(data) > 1000


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_document_without_a_table_row_or_a_word_is_written(fmt: Format) -> None:
    assert render("# A\n\n| a |\n| --- |\n\n-\n\n>\n\n1.\n", meta(), fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_text_that_not_everybody_could_read_is_refused_in_every_format(fmt: Format) -> None:
    with pytest.raises(InputError) as caught:
        render("# A\n\n### C\n\n![](kunnat)\n", meta(), fmt, pictures())

    assert [found.code for found in caught.value.problems] == [
        "rendering.heading_skipped",
        "rendering.picture_without_words",
    ]


@pytest.mark.parametrize("name", ["PDF", " docx "])
def test_a_format_is_known_in_any_letter_case(name: str) -> None:
    assert format_of(name) == name.strip().lower()


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        format_of("odt")

    assert caught.value.params == {"name": "odt", "known": FORMATS}


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_a_document_says_of_itself_may_be_hostile_too(fmt: Format) -> None:
    """A firm's and a person's name go into header, footer and properties without passing Markdown."""
    words = " ".join(HOSTILE)
    about = replace(meta(words), title=words, author=words, subject=words, footer=words)

    assert render("# Otsikko\n\nTeksti.\n", about, fmt)


def test_what_a_document_says_of_itself_stands_on_one_line() -> None:
    about = replace(meta(), title="Oy\nToinen\trivi\x1b[2J \u202ee", footer="1\u00a0234 henkilöä")

    assert about.printable().title == "Oy Toinen rivi\ufffd[2J e"
    assert about.printable().footer == "1\u00a0234 henkilöä"
