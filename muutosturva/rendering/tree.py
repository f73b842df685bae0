"""A document as a tree: what every writer (HTML, Word, PDF) walks.

Markdown is read once by markdown-it (CommonMark and tables, no raw HTML) and turned into these
frozen values, so that a writer is one ``match`` and the type checker knows when a case is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from muutosturva.errors import Problem
from muutosturva.rendering.markup import printable

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

Align = Literal["left", "right", "center"]

_SAFE_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words in a fixed-width face: ids, hashes."""

    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break asked for by the author."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Words of weight."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the web, a mail address or a telephone number; nothing else is let through."""

    href: str
    children: tuple[Inline, ...]


Inline = Text | Code | LineBreak | Strong | Emphasis | Link
Cell = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6; ``line`` is its 1-based line in the Markdown."""

    level: int
    children: tuple[Inline, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ``start`` is the first number, None for a bullet list."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one header row, and rows of as many cells; ``rows`` may be empty."""

    align: tuple[Align, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines in a fixed-width face, breaks kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that stands alone: its name among the document's pictures, and its words."""

    name: str
    alt: str
    line: int


Block = Heading | Paragraph | Listing | Table | Quote | CodeBlock | Rule | Figure


def plain(children: Iterable[Inline]) -> str:
    """Return the words of inline content without their markup."""
    return "".join(_plain_parts(children))


def _plain_parts(children: Iterable[Inline]) -> Iterator[str]:
    for child in children:
        match child:
            case Text(text) | Code(text):
                yield text
            case LineBreak():
                yield " "
            case Strong(inner) | Emphasis(inner) | Link(_, inner):
                yield from _plain_parts(inner)


def parse(markdown: str, pictures: Iterable[str] = ()) -> tuple[Block, ...]:
    """Read Markdown into a tree.

    Args:
        markdown: CommonMark with tables; HTML in it is shown, never obeyed.
        pictures: names a picture may have. A picture of any other name is replaced by its words, so
            that a document never reads a file or an address.
    """
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "html_inline"])
    root = SyntaxTreeNode(parser.parse(printable(markdown)))
    return tuple(_blocks(root.children, frozenset(pictures)))


def _blocks(nodes: Sequence[SyntaxTreeNode], pictures: frozenset[str]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                yield Heading(int(node.tag[1]), _inline_of(node), _line(node))
            case "paragraph":
                yield _figure(node, pictures) or Paragraph(_inline_of(node))
            case "bullet_list" | "ordered_list":
                yield _listing(node, pictures)
            case "table":
                yield _table(node)
            case "blockquote":
                yield Quote(tuple(_blocks(node.children, pictures)))
            case "fence" | "code_block":
                yield CodeBlock(node.content.rstrip("\n"))
            case "hr":
                yield Rule()
            case other:
                message = f"markdown-it gave a block of an unexpected kind: {other}"
                raise AssertionError(message)


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 0


def _listing(node: SyntaxTreeNode, pictures: frozenset[str]) -> Listing:
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    return Listing(start, tuple(tuple(_blocks(item.children, pictures)) for item in node.children))


def _table(node: SyntaxTreeNode) -> Table:
    head = node.children[0].children[0].children
    body = node.children[1].children if len(node.children) > 1 else []
    return Table(
        align=tuple(_align(cell) for cell in head),
        head=tuple(_inline_of(cell) for cell in head),
        rows=tuple(tuple(_inline_of(cell) for cell in row.children) for row in body),
        line=_line(node),
    )


def _align(cell: SyntaxTreeNode) -> Align:
    match str(cell.attrs.get("style", "")).removeprefix("text-align:"):
        case "right":
            return "right"
        case "center":
            return "center"
        case _:
            return "left"


def _figure(node: SyntaxTreeNode, pictures: frozenset[str]) -> Figure | None:
    inline = node.children[0].children if node.children else []
    if len(inline) != 1 or inline[0].type != "image":
        return None
    name = str(inline[0].attrs.get("src", ""))
    return Figure(name, inline[0].content, _line(node)) if name in pictures else None


def _inline_of(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    return _inlines(node.children[0].children if node.children else [])


def _inlines(nodes: Sequence[SyntaxTreeNode]) -> tuple[Inline, ...]:
    merged: list[Inline] = []
    for node in nodes:
        for part in _inline(node):
            if isinstance(part, Text) and merged and isinstance(merged[-1], Text):
                merged[-1] = Text(merged[-1].text + part.text)
            else:
                merged.append(part)
    return tuple(merged)


def _inline(node: SyntaxTreeNode) -> Sequence[Inline]:
    parts: Sequence[Inline]
    match node.type:
        case "text" | "image":
            parts = [Text(node.content)] if node.content else []
        case "softbreak":
            parts = [Text(" ")]
        case "hardbreak":
            parts = [LineBreak()]
        case "code_inline":
            parts = [Code(node.content)]
        case "strong":
            parts = [Strong(_inlines(node.children))]
        case "em":
            parts = [Emphasis(_inlines(node.children))]
        case "link":
            parts = _link(node)
        case other:
            message = f"markdown-it gave inline content of an unexpected kind: {other}"
            raise AssertionError(message)
    return parts


def _link(node: SyntaxTreeNode) -> Sequence[Inline]:
    href = str(node.attrs.get("href", ""))
    children = _inlines(node.children)
    return [Link(href, children)] if _SAFE_LINK.match(href) else children


def check(blocks: Sequence[Block]) -> list[Problem]:
    """Return what would make the document inaccessible, with lines of its Markdown.

    The rules are those that PDF/UA-1 (ISO 14289-1, 7.3 and 7.4) sets for headings, pictures and
    tables: the first heading is of level 1, no level is skipped, a picture has words, a column
    has a heading.
    """
    problems: list[Problem] = []
    above = 0
    for block in blocks:
        match block:
            case Heading(level, _, line):
                if level > above + 1:
                    problems.append(_skipped(level, above, line))
                above = level
            case Figure(name, alt, line) if not alt.strip():
                problems.append(Problem("rendering.picture_without_words", {"name": name}, line=line))
            case Table(_, head, _, line):
                problems += [
                    Problem("rendering.column_without_heading", {"column": number}, line=line)
                    for number, cell in enumerate(head, 1)
                    if not plain(cell).strip()
                ]
            case _:
                pass
    if above == 0:
        problems.append(Problem("rendering.no_title", line=1))
    return problems


def _skipped(level: int, above: int, line: int) -> Problem:
    if above == 0:
        return Problem("rendering.first_heading", {"level": level}, line=line)
    return Problem("rendering.heading_skipped", {"level": level, "above": above}, line=line)


_SHORT_LIST: Final = 700


def holds_together(listing: Listing) -> bool:
    """Tell whether a list is so short that its last line should not stand alone on the next page."""
    texts = [block for item in listing.items for block in item]
    if not all(isinstance(block, Paragraph) for block in texts):
        return False
    return sum(len(plain(block.children)) for block in texts if isinstance(block, Paragraph)) <= _SHORT_LIST


def leads(block: Block, following: Block | None) -> bool:
    """Tell whether a block introduces a picture, and so must stand on the same page."""
    return isinstance(block, Paragraph) and isinstance(following, Figure)
