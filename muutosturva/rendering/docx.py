"""Word files: real styles, header rows, language, words for pictures; the same bytes on every run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, assert_never

from muutosturva.errors import InputError
from muutosturva.rendering import columns, docx_page, docx_styles, docx_xml, tree
from muutosturva.rendering.charts import Picture
from muutosturva.rendering.docx_package import repack
from muutosturva.rendering.meta import DocumentMeta

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as DocxTable
    from docx.text.paragraph import Paragraph

_DEEPEST: Final = 3
"""List styles of Word go to three levels."""


def write(
    blocks: Sequence[tree.Block],
    meta: DocumentMeta,
    pictures: Mapping[str, Picture],
    base: bytes | None = None,
) -> bytes:
    """Return the Word file.

    Args:
        blocks: the text.
        meta: title, language, mark and foot line.
        pictures: pictures by name; Word gets them as PNG.
        base: a Word file of the office: its styles, page, header and footer are kept, its text is not.

    Raises:
        InputError: ``base`` is not a Word file.
    """
    document = _open(base)
    docx_page.prepare(document, meta, own_styles=base is None)
    _Writer(document, pictures).blocks(blocks)
    _properties(document, meta)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _open(base: bytes | None) -> Document:
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if base is None:
        return docx.Document()
    try:
        document = docx.Document(io.BytesIO(docx_page.as_document(base)))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise InputError("rendering.base_document") from error
    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    return document


def _properties(document: Document, meta: DocumentMeta) -> None:
    properties = document.core_properties
    moment = meta.date.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.title = meta.full_title[:255]
    properties.author = properties.last_modified_by = meta.author[:255]
    properties.subject = meta.subject[:255]
    properties.language = meta.tag
    properties.created = properties.modified = moment
    properties.revision = 1
    properties.comments = properties.keywords = properties.category = ""


class _Writer:
    """Walks the tree and appends to the document."""

    def __init__(self, document: Document, pictures: Mapping[str, Picture]) -> None:
        self.document = document
        self.pictures = pictures

    def blocks(self, blocks: Sequence[tree.Block], depth: int = 0) -> None:
        """Append blocks; ``depth`` counts the lists around them."""
        for place, block in enumerate(blocks):
            self.block(block, depth)
            if tree.leads(block, blocks[place + 1] if place + 1 < len(blocks) else None):
                self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def block(self, block: tree.Block, depth: int) -> None:
        """Append one block."""
        match block:
            case tree.Heading(level, children):
                self._inline(self.document.add_heading("", level), children)
            case tree.Paragraph(children):
                style = "Normal" if depth == 0 else _list_style("List Continue", depth)
                self._paragraph(children, style)
            case tree.Listing():
                self._listing(block, depth + 1)
            case tree.Table():
                self._table(block)
            case tree.Quote(children):
                for child in children:
                    self.block(child, depth)
                    self.document.paragraphs[-1].style = self.document.styles["Quote"]
            case tree.CodeBlock(text):
                self._paragraph([tree.Code(text)], "Normal")
            case tree.Rule():
                docx_xml.border(self.document.add_paragraph(), "bottom")
            case tree.Figure(name, alt):
                self._figure(name, alt)
            case _:
                assert_never(block)

    def _paragraph(self, children: Sequence[tree.Inline], style: str) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        self._inline(paragraph, children)
        return paragraph

    def _listing(self, listing: tree.Listing, depth: int) -> None:
        style = _list_style("List Bullet" if listing.start is None else "List Number", depth)
        number = None
        if listing.start is not None:
            number = docx_styles.new_numbering(self.document, style, listing.start)
        together = tree.holds_together(listing)
        for item in listing.items:
            lead = item[0].children if item and isinstance(item[0], tree.Paragraph) else ()
            paragraph = self._paragraph(lead, style)
            if together and item is not listing.items[-1]:
                paragraph.paragraph_format.keep_with_next = True
            if number is not None:
                docx_styles.use_numbering(paragraph, number)
            self.blocks(item[1:] if lead else item, depth)

    def _table(self, table: tree.Table) -> None:
        from docx.shared import Pt

        width = docx_page.text_width(self.document)
        layout = columns.laid_out(table, width.pt)
        table = layout.table
        made = self.document.add_table(rows=1 + len(table.rows), cols=len(table.align))
        docx_xml.table_look(made, layout.shares, width)
        style = docx_styles.cell_style(self.document, layout.size)
        for row_number, row in enumerate((table.head, *table.rows)):
            self._row(made, table, row_number, row, style)
        after = self.document.add_paragraph()
        after.paragraph_format.space_after = Pt(4)
        after.paragraph_format.line_spacing = Pt(6)

    def _row(
        self, made: DocxTable, table: tree.Table, number: int, cells: Sequence[tree.Cell], style: str
    ) -> None:
        made_cells = made.rows[number].cells
        for align, cell, children in zip(table.align, made_cells, cells, strict=True):
            paragraph = cell.paragraphs[0]
            docx_xml.cell_text(paragraph, style, align, keep=number == 0)
            self._inline(paragraph, children, bold=number == 0)

    def _figure(self, name: str, alt: str) -> None:
        from muutosturva.rendering.pdf import to_png

        image = io.BytesIO(to_png(self.pictures[name]))
        run = self.document.add_paragraph().add_run()
        shape = run.add_picture(image, width=docx_page.text_width(self.document))
        properties = shape._inline.docPr  # noqa: SLF001 - python-docx has no public way to set the words
        properties.set("name", name)
        properties.set("descr", alt)

    def _inline(
        self,
        paragraph: Paragraph,
        children: Sequence[tree.Inline],
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        for child in children:
            match child:
                case tree.Text(text):
                    docx_xml.add_run(paragraph, text, bold=bold, italic=italic)
                case tree.Code(text):
                    docx_xml.add_run(paragraph, text, bold=bold, italic=italic, fixed=True)
                case tree.LineBreak():
                    paragraph.add_run().add_break()
                case tree.Strong(inner):
                    self._inline(paragraph, inner, bold=True, italic=italic)
                case tree.Emphasis(inner):
                    self._inline(paragraph, inner, bold=bold, italic=True)
                case tree.Link(href, inner):
                    docx_xml.add_link(paragraph, href, tree.plain(inner))
                case _:
                    assert_never(child)


def _list_style(name: str, depth: int) -> str:
    level = min(depth, _DEEPEST)
    return name if level == 1 else f"{name} {level}"
