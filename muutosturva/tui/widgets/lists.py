"""A table whose one wide column takes what the others leave, and that keeps its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.widgets import DataTable

from muutosturva.tui.cutting import cut, cut_apart
from muutosturva.tui.host import texts
from muutosturva.tui.rows import Column, Row

WIDE_FROM = 110
"""Width from which the columns marked wide are shown."""
_GAP = 1
"""Characters between two columns."""


class ListTable(DataTable[Text]):
    """A list of ``Row`` in ``Column``; the chosen row stays chosen when the rows change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--late",
        "list--today",
        "list--asks",
        "list--ended",
        "list--red",
        "list--yellow",
        "list--green",
        "list--blue",
    }
    DEFAULT_CSS = """
    ListTable {
        scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden; background: $background;
    }
    ListTable > .list--late { color: $error; text-style: bold; }
    ListTable > .list--today { text-style: bold; }
    ListTable > .list--asks { color: $warning; }
    ListTable > .list--ended { color: $foreground 60%; }
    ListTable > .list--red { color: $background; background: $label-red; }
    ListTable > .list--yellow { color: $background; background: $label-yellow; }
    ListTable > .list--green { color: $background; background: $label-green; }
    ListTable > .list--blue { color: $background; background: $label-blue; }
    """

    def __init__(self, columns: Sequence[Column], *, id: str, classes: str = "", lines: int = 1) -> None:  # noqa: A002 - Textual's own name
        """Make the list.

        Args:
            columns: what it shows.
            id: of the widget.
            classes: of the widget.
            lines: that a row takes; cells may hold as many.
        """
        super().__init__(id=id, classes=classes, cursor_type="row", zebra_stripes=False)
        self.cell_padding = 0
        self.list_columns = tuple(columns)
        self.lines = lines
        self.list_rows: tuple[Row, ...] = ()
        self._line = 0
        """Where the cursor will stand; a list not in sight yet is drawn when it comes into sight."""
        self._drawn = False
        self._shared: list[tuple[int, int]] = []
        """The columns as they were drawn, and their widths."""

    @property
    def chosen(self) -> Row | None:
        """Return the row under the cursor, or None when the list is empty."""
        line = self.cursor_row if self._drawn else self._line
        return self.list_rows[line] if 0 <= line < len(self.list_rows) else None

    def show(self, rows: Sequence[Row], *, columns: Sequence[Column] | None = None) -> None:
        """Replace the rows (and the columns); the cursor stays on its row, or near it."""
        if columns is not None:
            self.list_columns = tuple(columns)
        key, line = (self.chosen.key if self.chosen else ""), self.cursor_row
        self.list_rows = tuple(rows)
        if self._drawn or self.size.width:
            self._draw()
        if not self.choose(key):
            self._move_to(min(line, max(0, len(rows) - 1)))

    def choose(self, key: str) -> bool:
        """Put the cursor on the row of ``key``; tell whether there is one."""
        for line, row in enumerate(self.list_rows):
            if row.key == key:
                self._move_to(line)
                return True
        return False

    def _move_to(self, line: int) -> None:
        self._line = line
        if self._drawn:
            self.move_cursor(row=line)

    def on_resize(self, _event: events.Resize) -> None:
        """Share the width anew."""
        if self._drawn and self._widths() == self._shared:
            return
        line = self.cursor_row if self._drawn else self._line
        self._draw()
        self._move_to(line)

    def _draw(self) -> None:
        t = texts(self)
        self._drawn = True
        self._shared = shown = self._widths()
        with self.prevent(DataTable.RowHighlighted):
            self.clear(columns=True)
            for index, width in shown:
                column = self.list_columns[index]
                label = Text(t(f"tui.column.{column.id}"), no_wrap=True, end="")
                label.truncate(width, overflow="ellipsis")
                self.add_column(label, width=width + _GAP, key=column.id)
            cut = {index: self._cut(index, width) for index, width in shown}
            for line, row in enumerate(self.list_rows):
                style = self.get_component_rich_style(f"list--{row.tone}", partial=True) if row.tone else ""
                cells = [Text(cut[index][line], style=style, no_wrap=True, end="") for index, _ in shown]
                if row.colour:
                    self._colour(cells, row)
                self.add_row(*cells, key=row.key or None, height=self.lines)

    def _colour(self, cells: Sequence[Text], row: Row) -> None:
        """Give the label its colour where it stands at the beginning of a cell."""
        style = self.get_component_rich_style(f"list--{row.colour}", partial=True)
        for cell in cells:
            if cell.plain.startswith(row.label):
                cell.stylize(style, 0, len(row.label))

    def _cut(self, index: int, width: int) -> list[str]:
        """Return the cells of a column as they fit."""
        cells = [row.cells[index] for row in self.list_rows]
        if self.list_columns[index].apart:
            return cut_apart(cells, width)
        return ["\n".join(cut(line, width) for line in cell.split("\n")) for cell in cells]

    def _widths(self) -> list[tuple[int, int]]:
        """Return the columns to show with their widths: those without one share what is left."""
        room = self.scrollable_content_region.width or self.app.size.width
        roomy = room >= WIDE_FROM
        shown = [
            (index, column) for index, column in enumerate(self.list_columns) if roomy or not column.wide
        ]
        widths = [(column.roomy if roomy and column.roomy else column.width) for _, column in shown]
        left = room - sum(widths) - _GAP * len(shown)
        share = max(8, left // max(1, widths.count(0)))
        return [(index, width or share) for (index, _), width in zip(shown, widths, strict=True)]
