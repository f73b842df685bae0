"""Small pieces of Word's XML that python-docx has no function for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from muutosturva.rendering import tree

if TYPE_CHECKING:
    from docx.shared import Length
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_FIXED: Final = "Consolas"
CELL_STYLE: Final = "Table Text"
"""Name of the style of words in tables; an office may define it in its own file."""
_INK: Final = "173753"
_RULE: Final = "B8C4CE"
_SHADE: Final = "E8EEF3"
_ALARM: Final = "8A1C1C"
_LINK: Final = "0B4F8A"


def element(tag: str, **attributes: str) -> Any:
    """Return a new element such as ``w:tab`` with attributes of Word's own namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


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
    link = element("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(words)
    run.font.color.rgb = RGBColor.from_string(_LINK)
    run.underline = True
    link.append(run._r)  # noqa: SLF001 - links have no public way
    paragraph._p.append(link)  # noqa: SLF001 - as above


def add_mark(paragraph: Paragraph, mark: str) -> None:
    """Append the mark of an example or a drill."""
    from docx.shared import RGBColor

    run = add_run(paragraph, mark, bold=True)
    run.font.color.rgb = RGBColor.from_string(_ALARM)


def field(paragraph: Paragraph, instruction: str) -> None:
    """Append a field that Word computes: ``PAGE``, ``NUMPAGES``."""
    for kind in ("begin", instruction, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind == instruction:
            text = element("w:instrText")
            text.text = f" {instruction} "
            run._r.append(text)  # noqa: SLF001 - fields have no public way
        elif kind == "1":
            run.text = "1"
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001 - as above


def border(paragraph: Paragraph, side: str) -> None:
    """Draw a line at the ``top`` or ``bottom`` of a paragraph."""
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val="single", sz="4", space="4", color=_RULE))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - borders have no public way
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def tab_right(paragraph: Paragraph, width: Length) -> None:
    """Let a tab lead to the right edge of a text of ``width``."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    # The styles Header and Footer bring a centre and a right stop for another page width.
    tabs = element("w:tabs")
    for position in ("4320", "8640", "4680", "9360"):
        tabs.append(element("w:tab", val="clear", pos=position))
    paragraph._p.get_or_add_pPr().append(tabs)  # noqa: SLF001 - python-docx cannot clear inherited stops
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def table_look(table: Table, shares: Sequence[float], width: Length) -> None:
    """Give a table its widths, lines, margins and a header row that repeats on every page."""
    from docx.shared import Emu

    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - what follows has no public way
    borders = element("w:tblBorders")
    for side, size in (("top", "0"), ("bottom", "4"), ("insideH", "4")):
        kind = "nil" if size == "0" else "single"
        borders.append(element(f"w:{side}", val=kind, sz=size, space="0", color=_RULE))
    margins = element("w:tblCellMar")
    for side, twips in (("top", "50"), ("left", "90"), ("bottom", "50"), ("right", "90")):
        margins.append(element(f"w:{side}", w=twips, type="dxa"))
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
    properties.append(element("w:cantSplit"))
    if header:
        properties.append(element("w:tblHeader"))
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width
        if header:
            shade = element("w:shd", val="clear", color="auto", fill=_SHADE)
            borders = element("w:tcBorders")
            borders.append(element("w:bottom", val="single", sz="8", space="0", color=_INK))
            cell._tc.get_or_add_tcPr().extend([borders, shade])  # noqa: SLF001 - as above


def cell_text(paragraph: Paragraph, style: str, align: tree.Align, *, keep: bool) -> None:
    """Set a cell's paragraph: small, tight, aligned; ``keep`` ties the header row to the next one."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.style = style
    if align != "left":
        right = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.alignment = right if align == "right" else WD_ALIGN_PARAGRAPH.CENTER
    if keep:
        paragraph.paragraph_format.keep_with_next = True
