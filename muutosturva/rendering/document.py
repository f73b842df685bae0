"""One Markdown source, four formats: the door of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, assert_never, get_args

from muutosturva.errors import InputError, UsageError
from muutosturva.rendering import tree
from muutosturva.rendering.charts import Picture
from muutosturva.rendering.meta import DocumentMeta

__all__ = ["FORMATS", "DocumentMeta", "Format", "Picture", "format_of", "render"]

Format = Literal["md", "html", "docx", "pdf"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def format_of(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UsageError: no such format; the message lists those there are.
    """
    for known in FORMATS:
        if known == name.strip().lower():
            return known
    raise UsageError("rendering.unknown_format", name=name, known=FORMATS)


def render(
    markdown: str,
    meta: DocumentMeta,
    fmt: Format,
    images: Mapping[str, Picture] | None = None,
    base: bytes | None = None,
) -> bytes:
    """Write a document; the same arguments give the same bytes on every run.

    Args:
        markdown: the text, CommonMark with tables, with one heading of level 1 that comes first.
        meta: title, language, mark and the other things a document says about itself.
        fmt: ``md``, ``html``, ``docx`` or ``pdf``.
        images: pictures by the name the text uses, ``![words](name)``; other pictures are shown as words.
        base: a Word file of the office (.docx or .dotx) whose styles and page are used; for ``docx`` only.

    Raises:
        InputError: the text could not be read by everybody (headings skipped, a picture without
            words, a column without a heading), or the office's Word file cannot be used.
        MachineError: the PDF could not be set.
    """
    meta = meta.printable()
    pictures = images or {}
    blocks = tree.parse(markdown, pictures)
    problems = tree.check(blocks)
    if problems:
        raise InputError("rendering.inaccessible", problems=problems)
    match fmt:
        case "md":
            from muutosturva.rendering import text

            return text.write(markdown, meta, pictures)
        case "html":
            from muutosturva.rendering import html

            return html.write(blocks, meta, pictures)
        case "docx":
            from muutosturva.rendering import docx

            return docx.write(blocks, meta, pictures, base)
        case "pdf":
            from muutosturva.rendering import pdf

            return pdf.write(blocks, meta, pictures)
    assert_never(fmt)
