"""The page of a Word file: its paper, its header and footer, an office's own file as base."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from muutosturva.i18n import Texts
from muutosturva.rendering import docx_styles
from muutosturva.rendering.docx_xml import add_mark, add_run, border, field, tab_right
from muutosturva.rendering.meta import DocumentMeta

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.text.paragraph import Paragraph

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
    the foot line are added below what its headers and footers already hold, on every kind of page.
    """
    docx_styles.set_up(document, meta.tag, own=own_styles)
    if own_styles:
        _page(document)
    for header, footer in _kinds_of_page(document):
        _header(_free_paragraph(header), meta, text_width(document))
        _footer(_free_paragraph(footer), meta, text_width(document))


def _kinds_of_page(document: Document) -> Iterator[tuple[Any, Any]]:
    """Yield header and footer of ordinary pages, and of first and even pages where those differ."""
    section = document.sections[0]
    yield section.header, section.footer
    if section.different_first_page_header_footer:
        yield section.first_page_header, section.first_page_footer
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header, section.even_page_footer


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


def _header(paragraph: Paragraph, meta: DocumentMeta, width: Length) -> None:
    tab_right(paragraph, width)
    border(paragraph, "bottom")
    add_run(paragraph, meta.title)
    if meta.mark:
        paragraph.add_run("\t")
        add_mark(paragraph, meta.mark)


def _footer(paragraph: Paragraph, meta: DocumentMeta, width: Length) -> None:
    tab_right(paragraph, width)
    border(paragraph, "top")
    if meta.mark:
        add_mark(paragraph, meta.mark)
        paragraph.add_run(" · ")
    add_run(paragraph, meta.footer)
    before, _, rest = Texts(meta.language)("rendering.page", page="\0", pages="\1").partition("\0")
    between, _, after = rest.partition("\1")
    paragraph.add_run(f"\t{before}")
    field(paragraph, "PAGE")
    paragraph.add_run(between)
    field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _free_paragraph(part: Any) -> Paragraph:
    """Return the empty first paragraph of a header, or a new last one where the office has its own."""
    part.is_linked_to_previous = False
    paragraph: Paragraph = part.paragraphs[0] if part.paragraphs else part.add_paragraph()
    if paragraph.text or len(paragraph._p) > 1:  # noqa: SLF001 - a logo is not text
        paragraph = part.add_paragraph()
    return paragraph
