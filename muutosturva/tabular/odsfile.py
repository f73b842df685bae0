"""Looking through an OpenDocument sheet before it is read: a few bytes may say "a million such rows"."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from muutosturva.errors import InputError

CONTENT: Final = "content.xml"
MIMETYPE: Final = "mimetype"
SPREADSHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_CHUNK: Final = 1 << 20
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})


def is_ods(archive: zipfile.ZipFile) -> bool:
    """Tell whether an archive says of itself that it is an OpenDocument sheet, or a template of one."""
    names = set(archive.namelist())
    if not {CONTENT, MIMETYPE} <= names:
        return False
    with archive.open(MIMETYPE) as part:
        return part.read(len(SPREADSHEET)) == SPREADSHEET


def look_at(archive: zipfile.ZipFile, most_cells: int, name: str) -> None:
    """Refuse a sheet that unfolds into too many cells; its parts are of a size that may be read.

    Args:
        archive: an OpenDocument sheet.
        most_cells: cells from the first to the last one used, over all sheets.
        name: what the messages call the file.

    Raises:
        InputError: it has more cells, or is broken.
    """
    extent = _Extent(most_cells, name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.start
    parser.EndElementHandler = extent.end
    parser.EntityDeclHandler = extent.entity
    try:
        with archive.open(CONTENT) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise InputError("tabular.broken", file=name) from error


@dataclass(slots=True)
class _Extent:
    """How far the cells of a sheet reach, told row by row.

    The names have the prefixes that every office program writes and the reader knows; what has others
    is not read at all.
    """

    most: int
    name: str
    cells: int = 0
    depth: int = 0
    rows: int = 0
    repeated: int = 1
    width: int = 0
    bottom: int = 0
    widest: int = 0
    used: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.depth += 1
        elif tag == "table:table-row":
            self.repeated = _times(attributes.get("table:number-rows-repeated"))
            self.width, self.used = 0, False
        elif tag in _CELLS:
            self.width += _times(attributes.get("table:number-columns-repeated"))
            if any(attribute.startswith("office:") for attribute in attributes):
                self._use()
        elif tag == "text:p":
            self._use()

    def _use(self) -> None:
        self.used, self.widest = True, max(self.widest, self.width)

    def end(self, tag: str) -> None:
        if tag == "table:table-row":
            self.rows += self.repeated
            if self.used:
                self.bottom = self.rows
                if self.cells + self.bottom * self.widest > self.most:
                    raise InputError("tabular.unfolds", file=self.name)
        elif tag == "table:table":
            self.depth -= 1
            if not self.depth:
                self.cells += self.bottom * self.widest
                self.rows = self.bottom = self.widest = 0

    def entity(self, *_declared: object) -> None:
        """Refuse words of the file's own: no office program writes them, and they too unfold."""
        raise InputError("tabular.broken", file=self.name)


def _times(repeated: str | None) -> int:
    return 1 if repeated is None else max(int(repeated), 1)
