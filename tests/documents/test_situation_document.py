"""The situation picture as handed out: nine sections, three languages, marks, golden files."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path
from typing import Final

import page as validator
import pytest

from muutosturva.documents.export import file_name, mark_of, situation_document, situation_markdown
from muutosturva.documents.picture import SharedTask
from muutosturva.errors import InputError
from muutosturva.i18n import LANGUAGES, Language
from muutosturva.incidents.pure.views import TaskAreaView
from muutosturva.models.states import AreaPart, Secrecy, StoreKind
from muutosturva.rendering.document import FORMATS, Format
from tests.documents.samples import BUS, FURNITURE, MADE, METAL, one_firm, planned, regional, text
from tests.golden import assert_golden
from tests.rendering.samples import HOSTILE

GOLDEN = Path(__file__).parent / "golden"
UNKNOWN = {"fi": "ei tiedossa", "sv": "uppgift saknas", "en": "not known"}
MARKS = {StoreKind.EXAMPLE: "ESIMERKKI – EXEMPEL – EXAMPLE", StoreKind.DRILL: "HARJOITUS – ÖVNING – EXERCISE"}


def section(markdown: str, number: int) -> str:
    """Return one numbered section."""
    found = re.search(rf"^## {number} .*?(?=^## |\Z)", markdown, re.MULTILINE | re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_as_it_was(language: Language) -> None:
    assert_golden(GOLDEN / f"regional.{language}.md", situation_document(regional(), language, "md"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_of_which_nothing_is_known_is_as_it_was(language: Language) -> None:
    assert_golden(GOLDEN / f"one_firm.{language}.md", situation_document(one_firm(), language, "md"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("picture", [regional(), one_firm()], ids=["regional", "one firm"])
def test_the_nine_sections_stand_in_order(picture: object, language: Language) -> None:
    markdown, _ = situation_markdown(regional() if picture == regional() else one_firm(), language)

    assert re.findall(r"^## (\d)", markdown, re.MULTILINE) == list("123456789")


def test_three_firms_and_the_total_stand_in_the_facts() -> None:
    facts = section(situation_markdown(regional(), "fi")[0], 2)

    assert all(name in facts for name in (BUS, FURNITURE, METAL))
    assert "| **Yhteensä** |  | **vähintään\u00a0350** |" in facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_numbers_are_words_and_never_zeros(language: Language) -> None:
    """A firm that has told nothing yet must not read as a firm that dismisses nobody."""
    markdown, _ = situation_markdown(regional(), language)
    (row,) = [line for line in section(markdown, 3).splitlines() if line.startswith(f"| {METAL} |")]

    assert row.count(UNKNOWN[language]) == 5
    assert not re.search(r"\b0\b", row)
    assert not re.search(r"\b0\b", section(situation_markdown(one_firm(), language)[0], 3))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_is_two_sentences(language: Language) -> None:
    for picture in (regional(), one_firm()):
        body = section(situation_markdown(picture, language)[0], 1).partition("\n")[2]
        without_numbers = re.sub(r"\d+\.\d+\.\d+|\d\.\d\d|kl\.", "", body)

        assert len(re.findall(r"\.(?=\s|$)", without_numbers)) == 2


def test_the_headline_of_the_group_goes_before_ours() -> None:
    picture = dataclasses.replace(regional(), headline={"fi": "Tilanne on vakava. Ryhmä kokoontuu."})

    assert "Tilanne on vakava. Ryhmä kokoontuu." in section(situation_markdown(picture, "fi")[0], 1)
    assert "(fi)" in section(situation_markdown(picture, "sv")[0], 1)


def test_what_is_not_public_is_said_at_the_top() -> None:
    top = situation_markdown(regional(), "fi")[0].partition("## 1")[0]

    assert METAL in top
    assert BUS not in top


def test_a_statutory_step_names_its_statute_and_a_doubtful_one_its_doubt() -> None:
    timeline = section(situation_markdown(regional(), "fi")[0], 4)

    assert "1333/2021 27\u00a0§" in timeline
    assert "1290/2002 9 luku 1\u00a0§ (EPÄVARMA)" in timeline
    assert "Epävarmat säännöstön kohdat: 1290/2002 9 luku 1 §." in timeline


@pytest.mark.parametrize("kind", MARKS)
@pytest.mark.parametrize("fmt", FORMATS)
def test_an_example_and_a_drill_are_marked_in_every_format(kind: StoreKind, fmt: Format) -> None:
    """A drill's paper found on a printer must not start a rumour."""
    words = readable(situation_document(regional(kind), "fi", fmt), fmt)

    # The pages of a PDF are compressed: here its title is read, its pages in tests/e2e.
    assert words.count(MARKS[kind]) >= (1 if fmt == "pdf" else 2)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_real_thing_bears_no_mark(fmt: Format) -> None:
    words = readable(situation_document(regional(StoreKind.REAL), "fi", fmt), fmt)

    assert "LAHTI-2027-04" in words
    assert not any(mark in words for mark in MARKS.values())


def readable(data: bytes, fmt: Format) -> str:
    """Return enough of a file's text to look for words: header, body, footer; a PDF's metadata."""
    if fmt != "docx":
        return data.decode("utf-8", errors="ignore")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [
            name for name in package.namelist() if re.search(r"word/(document|header|footer)\d*\.xml", name)
        ]
        return "".join(re.sub("<[^>]+>", "", package.read(name).decode()) for name in parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standard", ["PDF_UA_1", "PDF_A_2A"])
def test_the_pdf_meets_the_standards(language: Language, standard: str) -> None:
    for picture in (regional(), one_firm()):
        data = situation_document(picture, language, "pdf")
        result = validator.validate_pdf_bytes(data, profile=getattr(validator.ValidationProfile, standard))

        said = [failure.message for failure in result.failures]
        assert [message for message in said if message != MISREAD or not lengths_are_true(data)] == []


MISREAD: Final = "a stream /Length does not match its raw content length"
"""What the validator says when the last byte of a stream happens to be a carriage return."""


def lengths_are_true(data: bytes) -> bool:
    """Tell whether each stream of a PDF ends where its length says, one line end before ``endstream``."""
    begun = list(re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\r?\n", data))
    ends = [found.end() + int(found[1]) for found in begun]
    return bool(ends) and all(data.startswith(b"\nendstream", end) for end in ends)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_picture_is_the_same_bytes(fmt: Format) -> None:
    assert situation_document(regional(), "sv", fmt) == situation_document(regional(), "sv", fmt)


def test_names_that_mean_harm_change_no_table_and_no_heading() -> None:
    plain, _ = situation_markdown(regional(), "fi")
    for hostile in HOSTILE:
        harmed = dataclasses.replace(
            regional(),
            firms=tuple(dataclasses.replace(firm, employer=hostile) for firm in regional().firms),
            people=tuple(dataclasses.replace(row, firm=hostile, site=hostile) for row in regional().people),
            risks=({"fi": hostile},),
        )
        markdown, _ = situation_markdown(harmed, "fi")

        assert markdown.count("\n") == plain.count("\n")
        assert re.findall(r"^#+ \d", markdown, re.MULTILINE) == re.findall(r"^#+ \d", plain, re.MULTILINE)
        assert len(re.findall(r"(?<!\\)\|", markdown)) == len(re.findall(r"(?<!\\)\|", plain))


@pytest.mark.parametrize(
    ("kind", "secrecy", "language", "expected"),
    [
        (StoreKind.REAL, Secrecy.PUBLIC, "fi", "tilannekuva-LAHTI-2027-04-fi.pdf"),
        (StoreKind.REAL, Secrecy.GROUP, "sv", "lagesbild-LAHTI-2027-04-sv.pdf"),
        (StoreKind.EXAMPLE, Secrecy.PUBLIC, "en", "ESIMERKKI-situation-picture-LAHTI-2027-04-en.pdf"),
        (StoreKind.DRILL, Secrecy.GROUP, "fi", "HARJOITUS-tilannekuva-LAHTI-2027-04-fi.pdf"),
        (StoreKind.REAL, Secrecy.RESTRICTED, "fi", "SALASSA-PIDETTAVA-tilannekuva-LAHTI-2027-04-fi.pdf"),
        (
            StoreKind.DRILL,
            Secrecy.RESTRICTED,
            "sv",
            "SEKRETESSBELAGD-HARJOITUS-lagesbild-LAHTI-2027-04-sv.pdf",
        ),
    ],
)
def test_a_file_name_tells_what_it_is_and_suits_every_system(
    kind: StoreKind, secrecy: Secrecy, language: Language, expected: str
) -> None:
    """A secret is told apart in a list of files, before it is opened or sent."""
    assert file_name("situation", "LAHTI-2027-04", language, "pdf", kind=kind, secrecy=secrecy) == expected


def test_a_file_name_holds_no_letter_a_system_refuses() -> None:
    found = file_name("situation", "../ä:*?/CON", "fi", "md", kind=StoreKind.REAL, secrecy=Secrecy.PUBLIC)
    assert found == "tilannekuva-a-CON-fi.md"


@pytest.mark.parametrize(
    ("kind", "secrecy", "expected"),
    [
        (StoreKind.REAL, Secrecy.PUBLIC, ""),
        (StoreKind.REAL, Secrecy.GROUP, "VAIN RYHMÄLLE"),
        (StoreKind.REAL, Secrecy.RESTRICTED, "SALASSA PIDETTÄVÄ"),
        (StoreKind.DRILL, Secrecy.PUBLIC, "HARJOITUS – ÖVNING – EXERCISE"),
        (StoreKind.EXAMPLE, Secrecy.RESTRICTED, "SALASSA PIDETTÄVÄ · ESIMERKKI – EXEMPEL – EXAMPLE"),
    ],
)
def test_the_mark_says_who_may_see_it_and_that_it_is_not_real(
    kind: StoreKind, secrecy: Secrecy, expected: str
) -> None:
    assert mark_of(kind, secrecy, "fi") == expected


@pytest.mark.parametrize("secrecy", Secrecy)
def test_a_picture_is_as_secret_as_the_strictest_it_speaks_of(secrecy: Secrecy) -> None:
    """One firm of three that may not be named makes the whole page one that may not be shown."""
    firms = tuple(dataclasses.replace(firm, secrecy=Secrecy.PUBLIC) for firm in regional().firms)
    one = dataclasses.replace(firms[0], secrecy=secrecy)
    assert dataclasses.replace(regional(), firms=(one, *firms[1:])).secrecy is secrecy
    assert dataclasses.replace(regional(), firms=firms, spoken_of=secrecy).secrecy is secrecy


@pytest.mark.parametrize("fmt", ["md", "html"])
def test_the_class_stands_on_the_page(fmt: Format) -> None:
    made = dataclasses.replace(regional(), spoken_of=Secrecy.RESTRICTED)
    assert situation_document(made, "fi", fmt).decode().count("SALASSA PIDETTÄVÄ") >= 2


def test_the_offices_own_template_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "situation.md.j2").write_text(
        "# {{ picture.name }}\n\n{{ picture.headcount | people }}\n", "utf-8"
    )

    assert situation_markdown(regional(), "fi", [tmp_path])[0].startswith("# Lahden seudun kolme yritystä\n")


def test_a_misspelt_name_in_the_offices_template_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "situation.md.j2").write_text("# A\n\n{{ picture.headcont }}\n", "utf-8")

    with pytest.raises(InputError) as caught:
        situation_document(regional(), "fi", "pdf", [tmp_path])

    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == ("rendering.unknown_name", 3)
    assert "headcount" in str(problem.params["known"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_other_areas_take_part_in_stands_among_the_services(language: Language) -> None:
    areas = (
        TaskAreaView("lahti", "Lahti", AreaPart.LEAD, "", None, ""),
        TaskAreaView("heinola", "Heinola", AreaPart.JOINS, "", MADE, "Malli Mauri"),
    )
    title = text("Kerro naapureille", "Meddela grannarna", "Tell the neighbours")
    picture = dataclasses.replace(
        regional(), shared=(SharedTask("A Oy", title, planned(MADE.date()), areas),)
    )

    told = section(situation_markdown(picture, language)[0], 6)

    assert "Heinola" in told
    assert title[language] in told
    assert "Heinola" not in section(situation_markdown(regional(), language)[0], 6)
