"""The Markdown file as handed out."""

from __future__ import annotations

import pytest

from muutosturva.rendering import tree
from muutosturva.rendering.document import render
from tests.rendering.samples import EVERYTHING, meta, pictures


def test_the_mark_opens_and_closes_the_file() -> None:
    lines = render(EVERYTHING, meta("HARJOITUS – ÖVNING"), "md", pictures()).decode().splitlines()

    assert lines[0] == "**HARJOITUS – ÖVNING**"
    assert lines[-1] == "**HARJOITUS – ÖVNING** · LAHTI-2027-03 · tilannekuva 1"


def test_the_text_between_is_the_same_tree() -> None:
    written = tree.parse(render(EVERYTHING, meta(), "md", pictures()).decode(), pictures())
    source = tree.parse(EVERYTHING)

    assert [type(block) for block in written[:-2]] == [type(block) for block in source]


def test_a_picture_is_its_words_because_the_file_travels_alone() -> None:
    text = render(EVERYTHING, meta(), "md", pictures()).decode()

    assert "\n\n*Pylväskaavio: Lahti 198, Heinola ei tiedossa.*\n\n" in text
    assert "![" not in text


@pytest.mark.parametrize("source", ["# A\r\n\r\nb  \r\n\r\n\r\n\r\nc", "\n\n# A\n\nb\n\n\nc\n\n"])
def test_line_ends_and_empty_lines_are_tidy(source: str) -> None:
    data = render(source, meta(), "md")

    assert data.startswith(b"# A\n\nb\n\nc\n\n---\n")
    assert b"\r" not in data
    assert data.endswith(b"1\n")
