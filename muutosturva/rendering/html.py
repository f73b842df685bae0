"""One self-contained page of HTML: no address is asked for anything, and it prints well."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib import resources
from typing import Final, assert_never

from muutosturva.rendering import tree
from muutosturva.rendering.charts import Picture
from muutosturva.rendering.meta import DocumentMeta

_MARK: Final = '<p class="mark"><strong>{}</strong></p>'


def write(blocks: Sequence[tree.Block], meta: DocumentMeta, pictures: Mapping[str, Picture]) -> bytes:
    """Return the page as UTF-8.

    The page says its language and title, has one ``main`` and header cells with a scope, and forbids
    itself everything from outside by a content security policy.
    """
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    mark = _MARK.format(escape(meta.mark)) if meta.mark else ""
    body = "\n".join(_block(block, pictures) for block in blocks)
    footer = f"<footer>\n{mark}\n<p>{escape(meta.footer)}</p>\n</footer>"
    page = f"""<!DOCTYPE html>
<html lang="{meta.tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{escape(meta.author)}">
<meta name="description" content="{escape(meta.subject)}">
<meta name="date" content="{meta.date.isoformat()}">
<title>{escape(meta.full_title)}</title>
<style>{style}</style>
</head>
<body>
{f"<header>{mark}</header>" if mark else ""}
<main>
{body}
</main>
{footer if meta.footer or mark else ""}
</body>
</html>
"""
    return "\n".join(line for line in page.split("\n") if line).encode() + b"\n"


@cache
def _style() -> str:
    return (resources.files("muutosturva.rendering") / "page.css").read_text(encoding="utf-8").strip()


def _block(block: tree.Block, pictures: Mapping[str, Picture]) -> str:
    match block:
        case tree.Heading(level, children):
            text = f"<h{level}>{_inline(children)}</h{level}>"
        case tree.Paragraph(children):
            text = f"<p>{_inline(children)}</p>"
        case tree.Listing():
            text = _listing(block, pictures)
        case tree.Table():
            text = _table(block)
        case tree.Quote(blocks):
            inner = "\n".join(_block(child, pictures) for child in blocks)
            text = f"<blockquote>\n{inner}\n</blockquote>"
        case tree.CodeBlock(lines):
            text = f"<pre><code>{escape(lines)}</code></pre>"
        case tree.Rule():
            text = "<hr>"
        case tree.Figure(name, alt):
            text = _figure(pictures[name], alt)
        case _:
            assert_never(block)
    return text


def _listing(listing: tree.Listing, pictures: Mapping[str, Picture]) -> str:
    tag = "ul" if listing.start is None else "ol"
    start = f' start="{listing.start}"' if listing.start not in {None, 1} else ""
    items = "\n".join(f"<li>{_item(item, pictures)}</li>" for item in listing.items)
    return f"<{tag}{start}>\n{items}\n</{tag}>"


def _item(blocks: Sequence[tree.Block], pictures: Mapping[str, Picture]) -> str:
    """Return the content of a list item; a leading paragraph stands without its own element."""
    if not blocks or not isinstance(blocks[0], tree.Paragraph):
        return "\n".join(_block(block, pictures) for block in blocks)
    rest = [_block(block, pictures) for block in blocks[1:]]
    return "\n".join([_inline(blocks[0].children), *rest])


def _table(table: tree.Table) -> str:
    head = "".join(
        f'<th scope="col"{_align(align)}>{_inline(cell)}</th>'
        for align, cell in zip(table.align, table.head, strict=True)
    )
    rows = "\n".join(_row(table, row) for row in table.rows)
    body = f"<tbody>\n{rows}\n</tbody>\n" if rows else ""
    name = escape(", ".join(tree.plain(cell) for cell in table.head))
    # A table wider than a telephone scrolls by itself and can be reached with the keyboard.
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{name}">\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n{body}</table>\n</div>"
    )


def _row(table: tree.Table, row: Sequence[tree.Cell]) -> str:
    first, *others = zip(table.align, row, strict=True)
    cells = [f'<th scope="row"{_align(first[0])}>{_inline(first[1])}</th>']
    cells += [f"<td{_align(align)}>{_inline(cell)}</td>" for align, cell in others]
    return f"<tr>{''.join(cells)}</tr>"


def _align(align: tree.Align) -> str:
    return "" if align == "left" else f' class="{align}"'


def _figure(picture: Picture, alt: str) -> str:
    drawing = picture.svg.strip().replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1)
    return f"<figure>\n{drawing}\n</figure>"


def _inline(children: Sequence[tree.Inline]) -> str:
    return "".join(_span(child) for child in children)


def _span(child: tree.Inline) -> str:
    match child:
        case tree.Text(text):
            return escape(text, quote=False)
        case tree.Code(text):
            return f"<code>{escape(text, quote=False)}</code>"
        case tree.LineBreak():
            return "<br>"
        case tree.Strong(inner):
            return f"<strong>{_inline(inner)}</strong>"
        case tree.Emphasis(inner):
            return f"<em>{_inline(inner)}</em>"
        case tree.Link(href, inner):
            return f'<a href="{escape(href)}">{_inline(inner)}</a>'
    assert_never(child)
