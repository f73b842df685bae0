"""The text of a playbook, to read: line numbers, keys and remarks told apart, lines with findings marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import ClassVar, Final

from rich.text import Text
from textual.widgets import TextArea

_KEY: Final = re.compile(r"""(?:^|(?<=[{,\s-]))([A-Za-z_][\w.-]*):(?=\s|$)""")
_QUOTED: Final = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
_REMARK: Final = re.compile(r"(?:^|(?<=\s))#")


class PlaybookText(TextArea):
    """Shows a file of a playbook; the cursor moves, nothing can be typed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"yaml--key", "yaml--text", "yaml--remark", "yaml--finding"}
    DEFAULT_CSS = """
    PlaybookText { border: none; padding: 0; background: $background; scrollbar-size-vertical: 1; }
    PlaybookText:focus { border: none; }
    PlaybookText > .yaml--key { color: $primary; }
    PlaybookText > .yaml--text { color: $foreground; }
    PlaybookText > .yaml--remark { color: $success; text-style: italic; }
    PlaybookText > .yaml--finding { text-style: underline; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(
            id=id, read_only=True, show_line_numbers=True, soft_wrap=True, highlight_cursor_line=True
        )
        self.match_cursor_bracket = False
        self.marked: frozenset[int] = frozenset()

    def show(self, text: str, marked: Collection[int]) -> None:
        """Show a text; the cursor stays on its line where there still is one.

        Args:
            text: of the file.
            marked: 1-based lines with findings.
        """
        line, column = self.cursor_location
        self.marked = frozenset(marked)
        self.load_text(text)
        self.go_to(min(line + 1, self.document.line_count), column + 1)

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor on a 1-based line and column, in the middle of what is seen."""
        row = max(0, min(line, self.document.line_count) - 1)
        length = len(self.document.get_line(row))
        self.move_cursor((row, max(0, min(column - 1, length))), center=True)

    @property
    def line(self) -> int:
        """Return the 1-based line of the cursor."""
        return self.cursor_location[0] + 1

    def get_line(self, line_index: int) -> Text:
        """Return a line with its keys, texts and remarks told apart."""
        line = super().get_line(line_index)
        for start, end, name in spans(line.plain):
            line.stylize(self.get_component_rich_style(f"yaml--{name}", partial=True), start, end)
        if line_index + 1 in self.marked:
            line.stylize(self.get_component_rich_style("yaml--finding", partial=True))
        return line


def spans(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield the pieces of a line of YAML that are more than plain values: begin, end and what they are."""
    quoted = [match.span() for match in _QUOTED.finditer(line)]

    def within(place: int) -> bool:
        return any(start <= place < end for start, end in quoted)

    remark = next((match.start() for match in _REMARK.finditer(line) if not within(match.start())), len(line))
    for start, end in quoted:
        if start < remark:
            yield start, end, "text"
    for match in _KEY.finditer(line):
        if match.start() < remark and not within(match.start()):
            yield *match.span(1), "key"
    if remark < len(line):
        yield remark, len(line), "remark"
