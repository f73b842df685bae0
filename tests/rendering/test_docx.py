"""The Word file: what a screen reader, an archive and an office's own template need."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.document import Document
from docx.shared import Mm

from muutosturva.errors import InputError
from muutosturva.rendering.document import render
from muutosturva.rendering.markup import escape, printable
from tests.rendering.samples import EVERYTHING, HOSTILE, meta, pictures

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = "HARJOITUS – ÖVNING – EXERCISE"


def opened(markdown: str = EVERYTHING, mark: str = "", base: bytes | None = None) -> Document:
    """Return a rendered document as python-docx reads it."""
    return docx.Document(io.BytesIO(render(markdown, meta(mark), "docx", pictures(), base)))


def part(name: str, mark: str = "") -> ET.Element:
    """Return one part of the sample's package."""
    with zipfile.ZipFile(io.BytesIO(render(EVERYTHING, meta(mark), "docx", pictures()))) as package:
        return ET.fromstring(package.read(name))


def saved(document: Document) -> bytes:
    """Return a document as a file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_headings_and_lists_have_real_styles() -> None:
    """A screen reader jumps by headings; big bold letters are none."""
    styles = [(p.style.name if p.style else "") for p in opened().paragraphs]

    assert [name for name in styles if name.startswith("Heading")] == ["Heading 1", "Heading 2", "Heading 3"]
    assert styles.count("List Bullet") == 2
    assert styles.count("List Bullet 2") == 1
    assert styles.count("List Number") == 3
    assert styles.count("Quote") == 1


def test_the_header_row_repeats_and_rows_do_not_break() -> None:
    rows = list(part("word/document.xml").iter(f"{W}tr"))

    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_columns_are_as_wide_as_their_content_and_fill_the_text() -> None:
    (table,) = opened().tables
    widths = [cell.width or 0 for cell in table.rows[0].cells]

    assert widths[2] > widths[1]
    assert sum(widths) == pytest.approx(Mm(168), rel=0.01)


def test_the_page_is_a4_and_the_language_is_told() -> None:
    section = opened().sections[0]
    language = part("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")

    assert section.page_width == pytest.approx(Mm(210), rel=0.001)
    assert section.page_height == pytest.approx(Mm(297), rel=0.001)
    assert language is not None
    assert language.get(f"{W}val") == "fi-FI"


def test_the_properties_tell_title_author_and_moment() -> None:
    properties = opened(mark=MARK).core_properties

    assert properties.title == f"{MARK}: Tilannekuva 1: Mallikaluste Oy"
    assert (properties.author, properties.last_modified_by) == ("Maija Malli", "Maija Malli")
    assert properties.language == "fi-FI"
    assert properties.created == dt.datetime(2027, 3, 2, 12, 10, tzinfo=dt.UTC)
    assert properties.comments == ""


def test_a_picture_has_words() -> None:
    names = [element.attrib for element in part("word/document.xml").iter() if element.tag.endswith("}docPr")]

    assert [name["descr"] for name in names] == ["Pylväskaavio: Lahti 198, Heinola ei tiedossa."]


def test_the_mark_and_the_page_stand_in_header_and_footer() -> None:
    section = opened(mark=MARK).sections[0]
    fields = [element.text or "" for element in section.footer._element.iter(f"{W}instrText")]

    assert section.header.paragraphs[0].text == f"Tilannekuva 1: Mallikaluste Oy\t{MARK}"
    assert section.footer.paragraphs[0].text == f"{MARK} · LAHTI-2027-03 · tilannekuva 1\tSivu\u00a01/1"
    assert [field.strip() for field in fields] == ["PAGE", "NUMPAGES"]


def test_each_numbered_list_counts_from_its_own_start() -> None:
    """Word goes on counting from the list before unless it is told not to."""
    numbered = [p for p in opened().paragraphs if p.style and p.style.name == "List Number"]
    ids = [found.get(f"{W}val") for p in numbered for found in p._p.iter(f"{W}numId")]
    starts = {
        number.get(f"{W}numId"): start.get(f"{W}val")
        for number in part("word/numbering.xml").iter(f"{W}num")
        for start in number.iter(f"{W}startOverride")
    }

    assert ids[0] == ids[1] != ids[2]
    assert [starts[number] for number in (ids[0], ids[2])] == ["1", "5"]


def test_a_short_list_stays_on_one_page() -> None:
    """One last line alone on a page is the mark of a document nobody looked at."""
    bullets = [
        p for p in opened("# A\n\n- b\n- c\n- d\n").paragraphs if p.style and p.style.name == "List Bullet"
    ]

    assert [bool(p.paragraph_format.keep_with_next) for p in bullets] == [True, True, False]


def test_a_link_leads_where_it_says() -> None:
    targets = [r.target_ref for r in opened().part.rels.values() if r.is_external]

    assert targets == ["https://tyollisyysalue.example/a?b=1&c=2"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_its_own_paragraph(text: str) -> None:
    document = opened(f"# A\n\nviaton {escape(text)}\n\n| a |\n| --- |\n| viaton {escape(text)} |\n")
    expected = " ".join(f"viaton {printable(text)}".split())

    assert [" ".join(p.text.split()) for p in document.paragraphs[1:2]] == [expected]
    assert " ".join(document.tables[0].rows[1].cells[0].text.split()) == expected
    assert not list(document.element.body.iter(f"{W}fldSimple", f"{W}instrText", f"{W}altChunk"))


def test_the_package_holds_no_moment_of_its_making_but_the_documents_own() -> None:
    with zipfile.ZipFile(io.BytesIO(render(EVERYTHING, meta(), "docx", pictures()))) as package:
        assert package.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_opens_as_one_of_a_present_word_without_a_preview_of_another() -> None:
    modes = [
        setting.get(f"{W}val")
        for setting in part("word/settings.xml").iter(f"{W}compatSetting")
        if setting.get(f"{W}name") == "compatibilityMode"
    ]
    with zipfile.ZipFile(io.BytesIO(render(EVERYTHING, meta(), "docx", pictures()))) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]

    assert modes == ["15"]


def test_the_offices_own_file_gives_styles_page_and_header_and_loses_its_text() -> None:
    """Officials know their letterhead; what they wrote in the sample must not go out with it."""
    base = docx.Document()
    base.add_paragraph("Mallitekstiä, joka ei saa jäädä.")
    base.sections[0].page_width = Mm(200)
    base.sections[0].header.paragraphs[0].text = "Esimerkkilän kaupunki"
    base.styles["Heading 1"].font.name = "Georgia"

    document = opened(mark=MARK, base=saved(base))

    assert "Mallitekstiä" not in "".join(p.text for p in document.paragraphs)
    assert document.sections[0].page_width == pytest.approx(Mm(200), rel=0.001)
    assert [p.text for p in document.sections[0].header.paragraphs] == [
        "Esimerkkilän kaupunki",
        f"Tilannekuva 1: Mallikaluste Oy\t{MARK}",
    ]
    assert document.styles["Heading 1"].font.name == "Georgia"


def test_styles_the_offices_file_lacks_are_added() -> None:
    base = docx.Document()
    for name in ("List Number", "Quote", "List Bullet 2"):
        style = base.styles[name]
        base.styles.element.remove(style.element)

    styles = {p.style.name for p in opened(base=saved(base)).paragraphs if p.style}

    assert {"List Number", "Quote", "List Bullet 2"} <= styles


def blank_office_file(*, with_lists: bool) -> bytes:
    """Return a file as a Finnish Word makes it: local style ids, no list styles, mostly no lists."""
    base = docx.Document()
    for style in list(base.styles):
        if style.name and style.name.startswith(("List ", "Quote", "Heading 3")):
            base.styles.element.remove(style.element)
    base.styles["Normal"].element.set(f"{W}styleId", "Normaali")
    if not with_lists:
        relations = base.part.rels
        for key in [key for key, rel in relations.items() if rel.reltype.endswith("/numbering")]:
            del relations[key]
    return saved(base)


@pytest.mark.parametrize("with_lists", [True, False])
def test_a_blank_file_of_the_office_gets_lists_that_are_lists(*, with_lists: bool) -> None:
    """A blank file of Word defines neither list styles nor, mostly, any numbering."""
    document = opened(base=blank_office_file(with_lists=with_lists))
    numbering = document.part.numbering_part.element
    numbers = {num.numId: num.abstractNumId.val for num in numbering.num_lst}
    formats = {
        int(abstract.get(f"{W}abstractNumId")): abstract.find(f"{W}lvl/{W}numFmt").get(f"{W}val")
        for abstract in numbering.findall(f"{W}abstractNum")
    }

    for name, kind in (("List Bullet", "bullet"), ("List Bullet 2", "bullet"), ("List Number", "decimal")):
        style = document.styles[name].element
        assert formats[numbers[style.pPr.numPr.numId.val]] == kind
        assert style.find(f"{W}basedOn").get(f"{W}val") == "Normaali"
    starts = [start.get(f"{W}val") for start in numbering.iter(f"{W}startOverride")]
    assert starts == ["1", "5"]


@pytest.mark.parametrize("kind", ["first", "even"])
def test_the_mark_stands_on_every_kind_of_page_of_the_offices_file(kind: str) -> None:
    """A letterhead often has a first page of its own: there above all a drill must be marked."""
    base = docx.Document()
    base.sections[0].different_first_page_header_footer = kind == "first"
    base.settings.odd_and_even_pages_header_footer = kind == "even"

    section = opened(mark=MARK, base=saved(base)).sections[0]

    special = (
        (section.first_page_header, section.first_page_footer)
        if kind == "first"
        else (section.even_page_header, section.even_page_footer)
    )
    for part_of_page in (section.header, section.footer, *special):
        assert MARK in "".join(p.text for p in part_of_page.paragraphs)


def test_a_word_template_serves_as_well_as_a_document() -> None:
    data = saved(docx.Document())
    template = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(template, "w") as new:
        for name in old.namelist():
            part_data = old.read(name)
            if name == "[Content_Types].xml":
                part_data = part_data.replace(b"document.main+xml", b"template.main+xml")
            new.writestr(name, part_data)

    assert opened(base=template.getvalue()).paragraphs


@pytest.mark.parametrize(
    "base", [b"", b"ei zip", b"PK\x05\x06" + bytes(18)], ids=["empty", "text", "empty zip"]
)
def test_a_file_that_is_not_words_is_refused_in_words(base: bytes) -> None:
    with pytest.raises(InputError) as caught:
        opened(base=base)

    assert caught.value.key == "rendering.base_document"


def test_every_colour_and_size_comes_from_a_style_or_the_table() -> None:
    """What is set letter by letter survives no change of the office's look."""
    body = ET.tostring(part("word/document.xml")).decode()

    assert len(re.findall(r"<\w+:sz ", body)) <= body.count("Consolas")
