"""A task sheet in somebody's hands: written, edited cell by cell, read again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from muutosturva.coordination.sheets import tables_of
from muutosturva.i18n import Language, Texts
from muutosturva.incidents.reading.sheet_reading import TaskSheet, read_task_sheet
from muutosturva.incidents.reading.task_sheet import COLUMNS
from muutosturva.store.store import Store
from muutosturva.tabular.reading import read_sheets
from muutosturva.tabular.table import Cell, Table
from muutosturva.tabular.xlsx import xlsx_bytes
from tests.support.incidents import FIRM_A
from tests.support.stores import NOW

KEYS = [key for key, _, _ in COLUMNS]


@dataclass(slots=True)
class Hand:
    """The rows of a sheet, its headings first."""

    table: Table
    rows: list[list[Cell]]

    @classmethod
    def of(cls, store: Store, incident: str = FIRM_A, language: Language = "fi") -> Hand:
        """Write the task sheet of an incident."""
        with store.reading() as session:
            (table,) = tables_of(session, incident, Texts(language), ["tasks"])
        return cls(table, [[column.heading for column in table.columns], *map(list, table.rows)])

    def row(self, name: str) -> list[Cell]:
        """Return the row of a task by its key, of the one firm that has it."""
        return next(row for row in self.rows[1:] if str(row[KEYS.index("key")]).endswith(f" {name}"))

    def number(self, name: str) -> int:
        """Return the number of a task's row on the screen."""
        return self.rows.index(self.row(name)) + 1

    def set(self, name: str, **cells: Cell) -> Hand:
        """Edit cells of a task's row by the key of their column."""
        for key, value in cells.items():
            self.row(name)[KEYS.index(key)] = value
        return self

    def add(self, **cells: Cell) -> Hand:
        """Add a row without an id."""
        self.rows.append([cells.get(key) for key in KEYS])
        return self

    def read(self) -> TaskSheet:
        """Save the sheet as an Excel file and read it."""
        columns = tuple(
            replace(column, heading=str(self.rows[0][place]))
            for place, column in enumerate(self.table.columns)
        )
        table = replace(self.table, columns=columns, rows=tuple(map(tuple, self.rows[1:])))
        return read_task_sheet(read_sheets(xlsx_bytes([table], title="t", made=NOW), "t.xlsx"), "t.xlsx")
