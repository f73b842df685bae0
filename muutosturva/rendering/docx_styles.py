"""Styles and lists of a Word file: our own, or what an office's own file lacks."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from muutosturva.rendering.columns import SIZES
from muutosturva.rendering.docx_xml import CELL_STYLE, element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_FONT: Final = "Calibri"
"""Every Word has it; LibreOffice brings Carlito, of the same widths."""
_INK: Final = "173753"
_GREY: Final = "4A545C"

_HEADINGS: Final = {1: (20.0, 0.0, 10.0), 2: (14.0, 18.0, 6.0), 3: (11.5, 12.0, 4.0)}
"""Size, space before and after in points, by level."""
_LISTS: Final = ("List Bullet", "List Number", "List Continue")
_NEEDED: Final = (
    *(f"Heading {level}" for level in range(1, 7)),
    *(f"{kind}{level}" for kind in _LISTS for level in ("", " 2", " 3")),
    "Quote",
    "Header",
    "Footer",
)
_INDENT: Final = 360
"""Indent of a list level in twentieths of a point."""


def set_up(document: Document, tag: str, *, own: bool) -> None:
    """Give a document its language and every style the writer uses.

    Args:
        document: a document of ours, or an office's own file.
        tag: language tag of the text.
        own: False for an office's file: its styles stay, only what it lacks is added.
    """
    _language(document, tag)
    if own:
        _styles(document)
        _modern(document)
    else:
        _missing_styles(document)
    _cell_style(document)


def _language(document: Document, tag: str) -> None:
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = element("w:docDefaults")
        document.styles.element.insert(0, defaults)
    for name in ("w:rPrDefault", "w:rPr"):
        parent = defaults
        defaults = parent.find(qn(name))
        if defaults is None:
            defaults = element(name)
            parent.append(defaults)
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = element("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), tag)
    theme = document.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), tag)


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


def _cell_style(document: Document) -> None:
    """Add the style of words in a table, unless the office's file brings one of that name."""
    from docx.shared import Pt

    if CELL_STYLE in document.styles:
        return
    style = _new_style(document, CELL_STYLE, "Normal")
    style.font.size = Pt(SIZES[0])
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def cell_style(document: Document, size: float) -> str:
    """Return the name of the style of words in a table of ``size`` points, and add it where lacking."""
    from docx.shared import Pt

    if size == SIZES[0]:
        return CELL_STYLE
    name = f"{CELL_STYLE} {size:g}"
    if name not in document.styles:
        _new_style(document, name, CELL_STYLE).font.size = Pt(size)
    return name


def _new_style(document: Document, name: str, base: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    return style


def _missing_styles(document: Document) -> None:
    """Copy the styles an office's file lacks from our own, and the numbering their lists need."""
    import docx

    lacking = [name for name in _NEEDED if name not in document.styles]
    if not lacking:
        return
    own = docx.Document()
    _styles(own)
    has_lists = _has_numbering(document)
    if not has_lists:
        _adopt_numbering(document, own)
    normal = document.styles["Normal"].style_id
    for name in lacking:
        style = deepcopy(own.styles[name].element)
        _tie_to(style, normal)
        document.styles.element.append(style)
        if has_lists and style.pPr is not None and style.pPr.numPr is not None:
            kind = "bullet" if "Bullet" in name else "decimal"
            style.pPr.numPr.numId.val = _new_list(document, kind, int(name[-1]) if name[-1].isdigit() else 1)


def _tie_to(style: Any, normal: str) -> None:
    """Base a copied style on the office's Normal, whose id is in the language of its Word."""
    from docx.oxml.ns import qn

    for name in ("w:basedOn", "w:next"):
        found = style.find(qn(name))
        if found is not None:
            found.set(qn("w:val"), normal)
    link = style.find(qn("w:link"))
    if link is not None:
        style.remove(link)


def _has_numbering(document: Document) -> bool:
    from docx.opc.constants import RELATIONSHIP_TYPE

    return any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in document.part.rels.values())


def _adopt_numbering(document: Document, own: Document) -> None:
    """Give a file that has no lists yet the list definitions of ours; python-docx cannot make them."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.parts.numbering import NumberingPart

    source = own.part.numbering_part
    part = NumberingPart.load(source.partname, source.content_type, source.blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)


def new_numbering(document: Document, style: str, start: int) -> int:
    """Return the id of a numbering of its own for one list, so that each list counts from its start."""
    from docx.oxml.ns import qn

    if not _has_numbering(document):
        import docx

        _adopt_numbering(document, docx.Document())
    numbering = document.part.numbering_part.element
    properties = document.styles[style].element.pPr
    wanted = properties.numPr.numId.val if properties is not None and properties.numPr is not None else None
    base = next((num for num in numbering.num_lst if num.numId == wanted), None)
    abstract = base.abstractNumId.val if base is not None else _new_abstract(numbering, "decimal", 1)
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(val=start)
    return int(made.get(qn("w:numId")))


def _new_list(document: Document, kind: str, level: int) -> int:
    """Return the id of a new list of bullets or numbers, indented for its level."""
    from docx.oxml.ns import qn

    numbering = document.part.numbering_part.element
    return int(numbering.add_num(_new_abstract(numbering, kind, level)).get(qn("w:numId")))


def _new_abstract(numbering: Any, kind: str, depth: int) -> int:
    """Add the definition of a list and return its id; definitions stand before the lists."""
    from docx.oxml.ns import qn

    taken = [int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(qn("w:abstractNum"))]
    number = max(taken, default=0) + 1
    abstract = element("w:abstractNum", abstractNumId=str(number))
    level = element("w:lvl", ilvl="0")
    mark = "\u2022" if kind == "bullet" else "%1."
    for tag, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", mark), ("w:lvlJc", "left")):
        level.append(element(tag, val=value))
    properties = element("w:pPr")
    properties.append(element("w:ind", left=str(_INDENT * depth), hanging=str(_INDENT)))
    level.append(properties)
    abstract.append(level)
    numbering.insert(0, abstract)
    return number


def use_numbering(paragraph: Paragraph, number: int) -> None:
    """Number a paragraph by ``number``, its own list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - numbering has no public way
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
