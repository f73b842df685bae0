"""Page, styles and the small pieces of Word's XML that python-docx has no function for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from muutosturva.i18n import Texts
from muutosturva.rendering import tree
from muutosturva.rendering.meta import DocumentMeta

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_FONT: Final = "Calibri"
"""Every Word has it; LibreOffice brings Carlito, of the same widths."""
_FIXED: Final = "Consolas"
CELL_STYLE: Final = "Table Text"
"""Name of the style of words in tables; an office may define it in its own file."""
_INK: Final = "173753"
_RULE: Final = "B8C4CE"
_SHADE: Final = "E8EEF3"
_ALARM: Final = "8A1C1C"
_GREY: Final = "4A545C"
_LINK: Final = "0B4F8A"

_HEADINGS: Final = {1: (20.0, 0.0, 10.0), 2: (14.0, 18.0, 6.0), 3: (11.5, 12.0, 4.0)}
"""Size, space before and after in points, by level."""

_TEMPLATE_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_DOCUMENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def as_document(package: bytes) -> bytes:
    """Return a .dotx as the .docx it would make; a .docx is returned as it is.

    Raises:
        zipfile.BadZipFile: the bytes are not a zip.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(_TEMPLATE_TYPE.encode(), _DOCUMENT_TYPE.encode())
            new.writestr(name, data)
    return buffer.getvalue()


def prepare(document: Document, meta: DocumentMeta, *, own_styles: bool) -> None:
    """Set language, page, styles, header and footer.

    ``own_styles`` is False for an office's own Word file: its page and styles then stay, and the mark and
    the foot line are added below what its header and footer already hold.
    """
    _language(document, meta.tag)
    if own_styles:
        _page(document)
        _styles(document)
        _modern(document)
    _missing_styles(document)
    _cell_style(document)
    _header(document, meta)
    _footer(document, meta)


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _language(document: Document, tag: str) -> None:
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = _element("w:docDefaults")
        document.styles.element.insert(0, defaults)
    for name in ("w:rPrDefault", "w:rPr"):
        parent = defaults
        defaults = parent.find(qn(name))
        if defaults is None:
            defaults = _element(name)
            parent.append(defaults)
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = _element("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), tag)
    theme = document.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), tag)


def _page(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(21)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)


def text_width(document: Document) -> Length:
    """Return the width of the text on a page."""
    from docx.shared import Emu

    section = document.sections[-1]
    assert section.page_width is not None
    return Emu(section.page_width - (section.left_margin or 0) - (section.right_margin or 0))


def _styles(document: Document) -> None:
    from docx.shared import Pt, RGBColor

    normal: Any = document.styles["Normal"]
    _face(normal, _FONT, 10.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.12
    normal.paragraph_format.widow_control = True
    for level, (size, before, after) in _HEADINGS.items():
        heading: Any = document.styles[f"Heading {level}"]
        _face(heading, _FONT, size)
        heading.font.bold, heading.font.italic = True, False
        heading.font.color.rgb = RGBColor.from_string(_INK)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(before), Pt(after)
        heading.paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        style: Any = document.styles[name]
        _face(style, _FONT, 8.5)
        style.font.color.rgb = RGBColor.from_string(_GREY)


def _face(style: Any, font: str, size: float) -> None:
    """Set font and size; the theme's font, which would win, is taken out."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = font, Pt(size)
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), font)


def _modern(document: Document) -> None:
    """Say that a present Word made it, or it opens in "Compatibility Mode"; drop the old preview."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    relations = document.part.package.rels
    for key in [key for key, rel in relations.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


_NEEDED: Final = (
    *(f"Heading {level}" for level in range(1, 7)),
    *(
        f"{kind}{level}"
        for kind in ("List Bullet", "List Number", "List Continue")
        for level in ("", " 2", " 3")
    ),
    "Quote",
    "Header",
    "Footer",
)


def _cell_style(document: Document) -> None:
    """Add the style of words in a table, unless the office's file brings one of that name."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    if CELL_STYLE in document.styles:
        return
    style: Any = document.styles.add_style(CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(9)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def _missing_styles(document: Document) -> None:
    """Copy the styles an office's file lacks from our own, without the numbering they point to."""
    import docx

    lacking = [name for name in _NEEDED if name not in document.styles]
    if not lacking:
        return
    own = docx.Document()
    _styles(own)
    for name in lacking:
        style = deepcopy(own.styles[name].element)
        if style.pPr is not None and style.pPr.numPr is not None:
            style.pPr.remove(style.pPr.numPr)
        document.styles.element.append(style)


def _header(document: Document, meta: DocumentMeta) -> None:
    paragraph = _free_paragraph(document.sections[0].header)
    _tab_right(paragraph, text_width(document))
    _border(paragraph, "bottom")
    add_run(paragraph, meta.title)
    if meta.mark:
        paragraph.add_run("\t")
        _mark(paragraph, meta.mark)


def _footer(document: Document, meta: DocumentMeta) -> None:
    paragraph = _free_paragraph(document.sections[0].footer)
    _tab_right(paragraph, text_width(document))
    _border(paragraph, "top")
    if meta.mark:
        _mark(paragraph, meta.mark)
        paragraph.add_run(" · ")
    add_run(paragraph, meta.footer)
    before, _, rest = Texts(meta.language)("rendering.page", page="\0", pages="\1").partition("\0")
    between, _, after = rest.partition("\1")
    paragraph.add_run(f"\t{before}")
    _field(paragraph, "PAGE")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _free_paragraph(part: Any) -> Paragraph:
    """Return the empty first paragraph of a header, or a new last one where the office has its own."""
    part.is_linked_to_previous = False
    paragraph: Paragraph = part.paragraphs[0] if part.paragraphs else part.add_paragraph()
    if paragraph.text or len(paragraph._p) > 1:  # noqa: SLF001 - a logo is not text
        paragraph = part.add_paragraph()
    return paragraph


def _mark(paragraph: Paragraph, mark: str) -> None:
    from docx.shared import RGBColor

    run = add_run(paragraph, mark, bold=True)
    run.font.color.rgb = RGBColor.from_string(_ALARM)


def _tab_right(paragraph: Paragraph, width: Length) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    # The styles Header and Footer bring a centre and a right stop for another page width.
    tabs = _element("w:tabs")
    for position in ("4320", "8640", "4680", "9360"):
        tabs.append(_element("w:tab", val="clear", pos=position))
    paragraph._p.get_or_add_pPr().append(tabs)  # noqa: SLF001 - python-docx cannot clear inherited stops
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def _border(paragraph: Paragraph, side: str) -> None:
    borders = _element("w:pBdr")
    borders.append(_element(f"w:{side}", val="single", sz="4", space="4", color=_RULE))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - borders have no public way
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def rule_below(paragraph: Paragraph) -> None:
    """Draw a line under an empty paragraph."""
    _border(paragraph, "bottom")


def _field(paragraph: Paragraph, instruction: str) -> None:
    for kind in ("begin", instruction, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind == instruction:
            text = _element("w:instrText")
            text.text = f" {instruction} "
            run._r.append(text)  # noqa: SLF001 - fields have no public way
        elif kind == "1":
            run.text = "1"
        else:
            run._r.append(_element("w:fldChar", fldCharType=kind))  # noqa: SLF001 - as above


def add_run(
    paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, fixed: bool = False
) -> Any:
    """Append words; breaks in them become breaks of the line."""
    from docx.shared import Pt

    run = paragraph.add_run(text)
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    if fixed:
        run.font.name, run.font.size = _FIXED, Pt(9)
    return run


def add_link(paragraph: Paragraph, href: str, words: str) -> None:
    """Append a link to an address outside the document."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    relation = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = _element("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(words)
    run.font.color.rgb = RGBColor.from_string(_LINK)
    run.underline = True
    link.append(run._r)  # noqa: SLF001 - links have no public way
    paragraph._p.append(link)  # noqa: SLF001 - as above


def new_numbering(document: Document, style: str, start: int) -> int:
    """Return the id of a numbering of its own for one list, so that each list counts from its start."""
    from docx.oxml.ns import qn

    numbering = document.part.numbering_part.element
    properties = document.styles[style].element.pPr
    wanted = properties.numPr.numId.val if properties is not None and properties.numPr is not None else None
    base = next((num for num in numbering.num_lst if num.numId == wanted), None)
    abstract = base.abstractNumId.val if base is not None else _decimal(numbering)
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(val=start)
    return int(made.get(qn("w:numId")))


def _decimal(numbering: Any) -> int:
    """Add a plain "1." numbering to a file whose styles bring none, and return its id."""
    from docx.oxml.ns import qn

    taken = [int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(qn("w:abstractNum"))]
    number = max(taken, default=0) + 1
    abstract = _element("w:abstractNum", abstractNumId=str(number))
    level = _element("w:lvl", ilvl="0")
    for tag, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", "%1."), ("w:lvlJc", "left")):
        level.append(_element(tag, val=value))
    abstract.append(level)
    numbering.insert(0, abstract)
    return number


def use_numbering(paragraph: Paragraph, number: int) -> None:
    """Number a paragraph by ``number``, its own list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - numbering has no public way
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def table_look(table: Table, shares: Sequence[float], width: Length) -> None:
    """Give a table its widths, lines, margins and a header row that repeats on every page."""
    from docx.shared import Emu

    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - what follows has no public way
    borders = _element("w:tblBorders")
    for side, size in (("top", "0"), ("bottom", "4"), ("insideH", "4")):
        kind = "nil" if size == "0" else "single"
        borders.append(_element(f"w:{side}", val=kind, sz=size, space="0", color=_RULE))
    margins = _element("w:tblCellMar")
    for side, twips in (("top", "50"), ("left", "90"), ("bottom", "50"), ("right", "90")):
        margins.append(_element(f"w:{side}", w=twips, type="dxa"))
    layout = properties.find(f"{{{properties.nsmap['w']}}}tblLayout")
    layout.addprevious(borders)
    layout.addnext(margins)
    widths: list[Length] = [Emu(int(width * share)) for share in shares]
    for column, column_width in zip(table.columns, widths, strict=True):
        column.width = column_width
    for number, row in enumerate(table.rows):
        _row_look(row, widths, header=number == 0)


def _row_look(row: Any, widths: Sequence[Length], *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - row properties have no public way
    properties.append(_element("w:cantSplit"))
    if header:
        properties.append(_element("w:tblHeader"))
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width
        if header:
            shade = _element("w:shd", val="clear", color="auto", fill=_SHADE)
            borders = _element("w:tcBorders")
            borders.append(_element("w:bottom", val="single", sz="8", space="0", color=_INK))
            cell._tc.get_or_add_tcPr().extend([borders, shade])  # noqa: SLF001 - as above


def cell_text(paragraph: Paragraph, align: tree.Align, *, keep: bool) -> None:
    """Set a cell's paragraph: small, tight, aligned; ``keep`` ties the header row to the next one."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.style = CELL_STYLE
    if align != "left":
        right = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.alignment = right if align == "right" else WD_ALIGN_PARAGRAPH.CENTER
    if keep:
        paragraph.paragraph_format.keep_with_next = True
