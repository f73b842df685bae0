"""Accessible PDF (PDF/UA-1 and PDF/A-2a in one file) through typst.

The source handed to typst is *code* with every text as a string literal, never typst markup: so
nothing a person wrote can be read as a command. Only the fonts of the package are used, so that the
same document is the same file on every machine.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any, Final, assert_never

from muutosturva.errors import MachineError
from muutosturva.i18n import Texts
from muutosturva.rendering import columns, tree
from muutosturva.rendering.charts import Picture
from muutosturva.rendering.meta import DocumentMeta

_FACES: Final = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
"""The package holds each face as .otf and .ttf: which of the two is taken depends on the folder's order."""

_UNDRAWN: Final = re.compile(r'the text `"(?P<text>(?:\\.|[^"\\])*)"` could not be displayed')
_HEX_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_REPLACEMENT: Final = "\ufffd"
_ROUNDS: Final = 40
_LONG_WORD: Final = re.compile(r"\S{41,}")
_CHUNK: Final = 20
_TALL_CELL: Final = 600
"""Letters from which a table cell may be taller than a page and so must be allowed to break."""

_LAYOUT: Final = (resources.files("muutosturva.rendering") / "page.typ").read_text(encoding="utf-8")


def write(blocks: Sequence[tree.Block], meta: DocumentMeta, pictures: Mapping[str, Picture]) -> bytes:
    """Return the PDF.

    A character that no font of ours can draw (an emoji, a Chinese name) is replaced by U+FFFD: both
    standards forbid a box without a meaning.

    Raises:
        MachineError: typst refuses the document for another reason.
    """
    source = f"{_LAYOUT}\n{_setup(meta)}\n#{{\n{_blocks(blocks)}\n}}\n"
    files = {f"{name}.svg": pictures[name].svg.encode() for name in _used(blocks)}
    for _ in range(_ROUNDS):
        result = _compile(source, files, meta)
        if isinstance(result, bytes):
            return result
        for undrawn in result:
            source = source.replace(undrawn, _REPLACEMENT)
            files = {name: _without(data, undrawn) for name, data in files.items()}
    raise MachineError("rendering.typesetting", detail="undrawn characters")


def _without(data: bytes, undrawn: str) -> bytes:
    return data.replace(undrawn.encode(), _REPLACEMENT.encode())


def _compile(source: str, files: Mapping[str, bytes], meta: DocumentMeta) -> bytes | frozenset[str]:
    """Return the PDF, or the characters that no font can draw."""
    import typst

    try:
        return _typst(
            {"main.typ": source.encode(), **files},
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(meta.date.timestamp()),
        )
    except typst.TypstError as error:
        undrawn = frozenset("".join(map(_unescape, _UNDRAWN.findall(error.diagnostic)))) - {_REPLACEMENT}
        if not undrawn:
            raise MachineError("rendering.typesetting", detail=error.message) from error
        return undrawn


def to_png(picture: Picture, pixels_per_inch: int = 200) -> bytes:
    """Return a picture as PNG, for programs that do not show SVG (Word before 2016, LibreOffice).

    Raises:
        MachineError: typst refuses the picture.
    """
    import typst

    page = f"width: {picture.width}pt, height: {picture.height}pt, margin: 0pt"
    source = f'#set page({page})\n#image("picture.svg", width: 100%, alt: "")'
    files = {"main.typ": source.encode(), "picture.svg": picture.svg.encode()}
    try:
        return _typst(files, format="png", ppi=pixels_per_inch)
    except typst.TypstError as error:
        raise MachineError("rendering.typesetting", detail=error.message) from error


def _typst(files: Mapping[str, bytes], **options: Any) -> bytes:
    """Run the typesetter in memory, with our fonts alone."""
    import typst

    # The type stubs do not know the form with several files.
    compile_files: Callable[..., bytes] = typst.compile
    try:
        with _fonts() as folder:
            return compile_files(dict(files), font_paths=[str(folder)], ignore_system_fonts=True, **options)
    except OSError as error:
        raise MachineError("rendering.typesetting", detail=str(error)) from error


@contextmanager
def _fonts() -> Iterator[Path]:
    package = resources.files("font_source_sans_pro") / "files"
    with tempfile.TemporaryDirectory(prefix="muutosturva-fonts-", ignore_cleanup_errors=True) as folder:
        for face in _FACES:
            file = package / f"SourceSansPro-{face}.otf"
            (Path(folder) / f"{face}.otf").write_bytes(file.read_bytes())
        yield Path(folder)


def _unescape(literal: str) -> str:
    """Undo the escapes of Rust's debug form of a string."""
    text = _HEX_ESCAPE.sub(lambda match: chr(int(match[1], 16)), literal)
    return text.replace('\\"', '"').replace("\\\\", "\\")


def _used(blocks: Sequence[tree.Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case tree.Figure(name):
                yield name
            case tree.Listing(_, items):
                for item in items:
                    yield from _used(item)
            case tree.Quote(children):
                yield from _used(children)
            case _:
                pass


def _string(text: str) -> str:
    """Return a typst string literal; only these characters mean anything inside one."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _words(text: str) -> str:
    """Return a literal in which a word longer than a line may break."""
    return _string(_LONG_WORD.sub(_broken, text))


def _broken(match: re.Match[str]) -> str:
    word = match[0]
    return "\u200b".join(word[start : start + _CHUNK] for start in range(0, len(word), _CHUNK))


def _setup(meta: DocumentMeta) -> str:
    texts = Texts(meta.language)
    day = meta.date
    page, between, after = (_string(part) for part in _page_words(texts))
    language, _, region = meta.tag.partition("-")
    return (
        f"#show: paged.with(title: {_string(meta.full_title)}, author: {_string(meta.author)}, "
        f"subject: {_string(meta.subject)}, language: {_string(language)}, region: {_string(region)}, "
        f"made: datetime(year: {day.year}, month: {day.month}, day: {day.day}), "
        f"heading-line: {_words(meta.title)}, mark: {_string(meta.mark)}, foot: {_words(meta.footer)}, "
        f"page-words: ({page}, {between}, {after}))"
    )


def _page_words(texts: Texts) -> tuple[str, str, str]:
    """Return what stands before, between and after the two numbers of ``Sivu 1/3``."""
    before, _, rest = texts("rendering.page", page="\0", pages="\1").partition("\0")
    between, _, after = rest.partition("\1")
    return before, between, after


def _blocks(blocks: Sequence[tree.Block]) -> str:
    following = [*blocks[1:], None][: len(blocks)]
    return "\n".join(
        f"block(sticky: true, {_block(block)})" if tree.leads(block, after) else _block(block)
        for block, after in zip(blocks, following, strict=True)
    )


def _block(block: tree.Block) -> str:
    match block:
        case tree.Heading(level, children):
            code = f"heading(level: {level}, {_inline(children)})"
        case tree.Paragraph(children):
            code = f"par({_inline(children)})"
        case tree.Listing():
            code = _listing(block)
        case tree.Table():
            code = _table(block)
        case tree.Quote(blocks):
            code = f"quote(block: true, {{\n{_blocks(blocks)}\n}})"
        case tree.CodeBlock(text):
            code = f"raw(block: true, {_string(text)})"
        case tree.Rule():
            code = "line(length: 100%, stroke: 0.5pt + rule)"
        case tree.Figure(name, alt):
            code = f"figure(image({_string(name + '.svg')}, width: 100%, alt: {_string(alt)}))"
        case _:
            assert_never(block)
    return code


def _listing(listing: tree.Listing) -> str:
    items = "".join(f"{{{_item(item)}}}, " for item in listing.items)
    code = f"list({items})" if listing.start is None else f"enum(start: {listing.start}, {items})"
    return f"block(breakable: false, {code})" if tree.holds_together(listing) else code


def _item(blocks: Sequence[tree.Block]) -> str:
    """Return the content of a list item; a lone paragraph is set tight."""
    if not blocks:
        return '""'
    if isinstance(blocks[0], tree.Paragraph):
        return f"{_inline(blocks[0].children)}\n{_blocks(blocks[1:])}"
    return _blocks(blocks)


def _table(table: tree.Table) -> str:
    layout = columns.laid_out(table)
    table = layout.table
    widths = ", ".join(f"{share * 100:.2f}fr" for share in layout.shares)
    align = ", ".join(table.align)
    tall_head = _is_tall(table.head)
    tall = tall_head or any(map(_is_tall, table.rows))
    head = ", ".join(f"strong({_inline(cell)})" for cell in table.head)
    rows = "".join("\n" + "".join(f"{_inline(cell)}, " for cell in row) for row in table.rows)
    # A header as high as a page would fill every page again.
    header = f"table.header(repeat: {_bool(not tall_head)}, {head},)"
    look = f"size: {layout.size:g}pt, breakable: {_bool(tall)}"
    return f"data-table(({widths},), ({align},), {look}, {header}, {rows})"


def _is_tall(row: Sequence[tree.Cell]) -> bool:
    return any(len(tree.plain(cell)) > _TALL_CELL for cell in row)


def _bool(value: bool) -> str:  # noqa: FBT001 - a literal of another language
    return "true" if value else "false"


def _inline(children: Sequence[tree.Inline]) -> str:
    """Return one typst expression for a run of inline content."""
    if not children:
        return "[]"
    return "{" + "; ".join(_span(child) for child in children) + "}"


def _span(child: tree.Inline) -> str:
    match child:
        case tree.Text(text):
            return f"text({_words(text)})"
        case tree.Code(text):
            return f"raw({_words(text)})"
        case tree.LineBreak():
            return "linebreak()"
        case tree.Strong(inner):
            return f"strong({_inline(inner)})"
        case tree.Emphasis(inner):
            return f"emph({_inline(inner)})"
        case tree.Link(href, inner):
            return f"link({_string(href)}, {_inline(inner)})"
    assert_never(child)
