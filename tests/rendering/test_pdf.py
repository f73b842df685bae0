"""The PDF: both standards hold, and no text is read as a command of the typesetter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import page as validator
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muutosturva.errors import MachineError
from muutosturva.rendering import pdf
from muutosturva.rendering.charts import Picture
from muutosturva.rendering.document import render
from muutosturva.rendering.markup import escape, printable
from muutosturva.rendering.meta import DocumentMeta
from tests.rendering.samples import EVERYTHING, HOSTILE, meta, pictures
from tests.support.examples import examples

STANDARDS = [validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_2A]


def failures(data: bytes, standard: validator.ValidationProfile) -> list[str]:
    """Return what a standard finds wrong with a file."""
    result = validator.validate_pdf_bytes(data, profile=standard)
    return [f"{failure.rule_id} {failure.message}" for failure in result.failures]


@pytest.mark.parametrize("standard", STANDARDS, ids=str)
@pytest.mark.parametrize("mark", ["", "HARJOITUS – ÖVNING – EXERCISE"])
def test_the_file_meets_the_standards_of_accessibility_and_archiving(
    standard: validator.ValidationProfile, mark: str
) -> None:
    """Act 306/2019 for the reader of today, PDF/A for the archive that keeps it for ten years."""
    assert failures(render(EVERYTHING, meta(mark), "pdf", pictures()), standard) == []


@pytest.mark.parametrize("standard", STANDARDS, ids=str)
def test_a_file_of_hostile_text_meets_them_too(standard: validator.ValidationProfile) -> None:
    rows = "\n".join(f"| {escape(text)} | {escape(text)} |" for text in HOSTILE)

    assert failures(render(f"# A\n\n| a | b |\n|---|--:|\n{rows}\n", meta(), "pdf"), standard) == []


def test_the_validator_would_have_noticed() -> None:
    """A check that never fails proves nothing: without its language the file is refused."""
    data = render(EVERYTHING, meta(), "pdf", pictures())
    broken = data.replace(b"/Lang", b"/Gnal")

    assert broken != data
    assert failures(broken, STANDARDS[0])


@settings(max_examples=examples(10, 400), deadline=None)
@given(st.text(max_size=40) | st.sampled_from(HOSTILE))
def test_a_text_comes_out_of_its_literal_as_it_went_in(text: str) -> None:
    """Everything is handed over as string literals; this is the only gate they pass."""
    import typst

    given_text = printable(text)

    assert json.loads(typst.Compiler().eval(pdf._string(given_text))) == given_text


@pytest.mark.parametrize("undrawn", ["🏭", "漢字", "عمر", "👩\u200d🏭", "🏭" * 50])
def test_a_letter_that_no_font_has_is_replaced_and_the_rest_stays(undrawn: str) -> None:
    """An emoji in a firm's name must not keep the briefing from going out."""
    data = render(f"# Yritys {undrawn}\n\nTeksti {undrawn}.\n", meta(), "pdf")

    assert failures(data, STANDARDS[0]) == []


def test_many_different_letters_that_no_font_has_take_few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in Chinese is a new letter at every step; the page must not be set once for each."""
    rounds: list[str] = []
    compile_once = pdf._compile

    def counted(source: str, files: Mapping[str, bytes], about: DocumentMeta) -> bytes | frozenset[str]:
        rounds.append(source)
        return compile_once(source, files, about)

    monkeypatch.setattr(pdf, "_compile", counted)
    letters = "".join(chr(0x4E00 + number) for number in range(300))

    assert render(f"# A\n\n{letters}\n", meta(), "pdf")
    assert len(rounds) <= 3


def test_a_word_longer_than_a_line_may_break() -> None:
    assert pdf._words("x" * 45) == f'"{"x" * 20}\u200b{"x" * 20}\u200b{"x" * 5}"'
    assert pdf._words("x" * 40) == f'"{"x" * 40}"'


def test_a_cell_taller_than_a_page_goes_on_over_the_next() -> None:
    data = render(f"# A\n\n| a | b |\n|---|---|\n| {'sana ' * 3000} | c |\n", meta(), "pdf")

    count = re.search(rb"/Pages/Count (\d+)", data)
    assert count
    assert int(count[1]) >= 3


def test_a_table_header_as_high_as_a_page_is_set_once() -> None:
    """Repeated on each page it would leave no room for a row, and the file would never end."""
    rows = "\n".join("| a |" for _ in range(200))
    data = render(f"# A\n\n| {'sana ' * 2000} |\n|---|\n{rows}\n", meta(), "pdf")

    count = re.search(rb"/Pages/Count (\d+)", data)
    assert count
    assert int(count[1]) < 10


def test_a_picture_the_typesetter_refuses_is_a_fault_of_the_machine_not_a_trace() -> None:
    with pytest.raises(MachineError) as caught:
        render("# A\n\n![kuva](rikki)\n", meta(), "pdf", {"rikki": Picture("<svg", 1, 1)})

    assert caught.value.key == "rendering.typesetting"
