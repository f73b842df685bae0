"""The documents in other programs' hands: LibreOffice, Poppler, an HTML parser."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from muutosturva.documents.checklist_page import checklist_document
from muutosturva.documents.export import situation_document
from muutosturva.i18n import LANGUAGES, Language, Texts
from tests.documents.samples import BUS, FURNITURE, METAL, regional
from tests.documents.test_checklist import sample as checklist
from tests.e2e.tools import run

pytestmark = pytest.mark.e2e

SECTIONS = ("summary", "facts", "people", "timeline", "effects", "services", "needs", "risks", "next")
MARK = "HARJOITUS – ÖVNING – EXERCISE"


def needed(*programs: str) -> None:
    """Fail where a program is missing: a check that is skipped looks like one that passed."""
    missing = [program for program in programs if shutil.which(program) is None]
    assert not missing, f"install {missing}"


def titles(language: Language) -> list[str]:
    """Return the headings of the nine sections."""
    texts = Texts(language)
    return [f"{number} {texts(f'documents.situation.{name}')}" for number, name in enumerate(SECTIONS, 1)]


def written(folder: Path, language: Language, suffix: str) -> Path:
    """Write the sample in a format."""
    path = folder / f"kuva.{suffix}"
    path.write_bytes(situation_document(regional(), language, "pdf" if suffix == "pdf" else "docx"))
    return path


def printed(docx: Path) -> Path:
    """Let LibreOffice print a Word file into a PDF."""
    profile = f"-env:UserInstallation={(docx.parent / 'profile').as_uri()}"
    folder = docx.parent / "ulos"
    run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, docx], cwd=docx.parent)
    return folder / f"{docx.stem}.pdf"


def words_of(pdf: Path) -> list[str]:
    """Return the text of each page, in the order it is drawn."""
    needed("pdftotext")
    return run(["pdftotext", "-enc", "UTF-8", pdf, "-"], cwd=pdf.parent).split("\f")[:-1]


def in_order(wanted: list[str], text: str) -> bool:
    """Tell whether texts follow each other."""
    places = [text.find(words) for words in wanted]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_reads_in_the_order_of_its_sections(tmp_path: Path, language: Language) -> None:
    """What a screen reader speaks is the tag tree, not the ink."""
    needed("pdfinfo")
    pdf = written(tmp_path, language, "pdf")
    # Poppler prints the titles of tags as UTF-16 in the midst of UTF-8.
    done = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True, timeout=60)
    tags = re.sub(r' "[^"\n]*" \(block\)', " (block)", done.stdout.decode(errors="replace"))
    spoken = " ".join(re.findall(r'"((?:[^"\\]|\\.)*)"', tags))

    assert in_order(titles(language), spoken)
    assert "H1 (block)" in tags
    assert "H3 (block)" in tags
    assert tags.count("THead") == tags.count("Table (block)") >= 7
    assert "/Scope /Column" in tags
    assert "Figure" in tags
    assert MARK not in spoken, "the mark of header and footer is spoken once by the title, not on each page"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_pdf_bears_mark_and_number(tmp_path: Path, language: Language) -> None:
    pages = words_of(written(tmp_path, language, "pdf"))

    for number, page in enumerate(pages, 1):
        assert page.count(MARK) == 2
        assert f"{number}/{len(pages)}" in page
        assert "LAHTI-2027-04" in page


def test_the_pdf_embeds_its_fonts_and_names_its_language(tmp_path: Path) -> None:
    needed("pdffonts", "pdfinfo")
    pdf = written(tmp_path, "sv", "pdf")
    fonts = run(["pdffonts", pdf], cwd=tmp_path).splitlines()[2:]

    assert fonts
    assert all(re.search(r"\byes yes yes\b", line) for line in fonts), fonts
    assert "SourceSans" in fonts[0]
    assert "Tagged:          yes" in run(["pdfinfo", pdf], cwd=tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_opens_in_libreoffice_with_all_it_holds(tmp_path: Path, language: Language) -> None:
    needed("soffice")
    pages = words_of(printed(written(tmp_path, language, "docx")))
    text = " ".join("\n".join(pages).split())

    assert in_order(titles(language), text)
    assert all(name in text for name in (BUS, FURNITURE, METAL))
    for number, page in enumerate(pages, 1):
        assert page.count(MARK) == 2
        assert f"{number}/{len(pages)}" in page


@pytest.mark.parametrize(("count", "points"), [(3, 2), (60, 4), (60, 0)])
def test_the_checklist_is_one_page_of_word_too(tmp_path: Path, count: int, points: int) -> None:
    """Without Calibri its letters are wider than on an office's laptop, so it fits there as well."""
    needed("soffice")
    docx = tmp_path / "muistilista.docx"
    docx.write_bytes(checklist_document(checklist(count, points), "fi", "docx"))
    (page,) = words_of(printed(docx))

    assert "1/1" in page
    assert ("Sivulle ei mahtunut" in page) == (count == 60)


class Headings(HTMLParser):
    """Reads the headings of a page."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a heading."""
        if re.fullmatch("h[1-6]", tag):
            self.level = int(tag[1])
            self.found.append((self.level, ""))

    def handle_endtag(self, tag: str) -> None:
        """End a heading."""
        if tag == f"h{self.level}":
            self.level = 0

    def handle_data(self, data: str) -> None:
        """Add words to the heading that is open."""
        if self.level:
            level, words = self.found[-1]
            self.found[-1] = (level, words + data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_web_page_has_the_same_outline(language: Language) -> None:
    reader = Headings()
    reader.feed(situation_document(regional(), language, "html").decode())
    levels = [level for level, _ in reader.found]

    assert [words for level, words in reader.found if level == 2][:9] == titles(language)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
