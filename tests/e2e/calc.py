"""Sheets in LibreOffice's own hands: converted by it, and edited in the text form of its own format."""

from __future__ import annotations

import copy
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.e2e.tools import run

OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

CSV: Final = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true"
"""Semicolons, quotation marks, UTF-8, cells as they are shown: what the dialog of saving as csv proposes."""

_WIDEST: Final = 100
"""Cells that repeat more often are the empty rest of a row."""


def converted(path: Path, form: str, folder: Path) -> Path:
    """Open a file in LibreOffice and save it in another form, into a folder."""
    assert shutil.which("soffice"), "install libreoffice-calc-nogui"
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    run(["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, path], cwd=folder.parent)
    made = folder / f"{path.stem}.{form.partition(':')[0]}"
    assert made.is_file(), f"LibreOffice did not write {made.name}"
    return made


class Book:
    """A workbook as LibreOffice's flat text, of which one sheet is edited as hands at a keyboard would."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Let LibreOffice open a workbook and read what it made of it."""
        self.folder = folder
        self.path = converted(path, "fods", folder)
        for _, (prefix, uri) in ET.iterparse(self.path, events=["start-ns"]):
            ET.register_namespace(prefix, uri)
        self.tree = ET.parse(self.path)
        self.sheet = next(self.tree.iter(f"{TABLE}table"))
        rows = list(self._rows())
        # The mark stands alone above the headings.
        start = next(place for place, row in enumerate(rows) if sum(bool(self.text(c)) for c in row) > 1)
        self.rows = rows[start:]
        self.headings = [self.text(cell) for cell in self.rows[0]]

    def _rows(self) -> Iterator[ET.Element]:
        for row in self.sheet.iter(f"{TABLE}table-row"):
            if any(self.text(cell) for cell in row):
                _spread(row)
                yield row

    @staticmethod
    def text(cell: ET.Element) -> str:
        """Return what a cell shows."""
        return "\n".join("".join(part.itertext()) for part in cell.iter(f"{TEXT}p"))

    def row(self, name: str) -> ET.Element:
        """Return the row of the task whose id ends with a name."""
        place = self.headings.index("Tunniste (älä muuta)")
        return next(row for row in self.rows if self.text(row[place]).endswith(f" {name}"))

    def write(self, row: ET.Element, **values: str) -> None:
        """Type texts into cells, by the heading of their column (an underscore for a space)."""
        for heading, value in values.items():
            cell = row[self.headings.index(heading.replace("_", " "))]
            _set(cell, value, {f"{OFFICE}value-type": "string", f"{CALC}value-type": "string"})

    def write_day(self, row: ET.Element, heading: str, day: str) -> None:
        """Type a date, which LibreOffice keeps as one."""
        kinds = {f"{OFFICE}value-type": "date", f"{CALC}value-type": "date", f"{OFFICE}date-value": day}
        _set(row[self.headings.index(heading)], day, kinds)

    def write_number(self, row: ET.Element, heading: str, number: float) -> None:
        """Type a number."""
        kinds = {f"{OFFICE}value-type": "float", f"{CALC}value-type": "float", f"{OFFICE}value": str(number)}
        _set(row[self.headings.index(heading)], str(number), kinds)

    def append(self) -> ET.Element:
        """Copy the last row, empty it, and return it."""
        row = copy.deepcopy(self.rows[-1])
        for cell in row:
            _set(cell, "", {})
        self._parent(self.rows[-1]).append(row)
        self.rows.append(row)
        return row

    def add_column(self, heading: str, formula: str) -> None:
        """Add a column of one's own at the end, with a formula in every row."""
        for row in self.rows:
            cell = ET.SubElement(row, f"{TABLE}table-cell")
            if row is self.rows[0]:
                _set(cell, heading, {f"{OFFICE}value-type": "string"})
            else:
                _set(
                    cell,
                    "1",
                    {f"{OFFICE}value-type": "float", f"{OFFICE}value": "1", f"{TABLE}formula": formula},
                )

    def delete(self, row: ET.Element) -> None:
        """Delete a row."""
        self._parent(row).remove(row)
        self.rows.remove(row)

    def hide(self, row: ET.Element) -> None:
        """Hide a row, as a filter does."""
        row.set(f"{TABLE}visibility", "filter")

    def sort(self, heading: str) -> None:
        """Sort the rows below the headings by what a column shows."""
        place = self.headings.index(heading)
        body = self._parent(self.rows[1])
        below = sorted(self.rows[1:], key=lambda row: self.text(row[place]))
        start = min(list(body).index(row) for row in below)
        for row in below:
            body.remove(row)
        for offset, row in enumerate(below):
            body.insert(start + offset, row)
        self.rows[1:] = below

    def merge_down(self, row: ET.Element, heading: str) -> ET.Element:
        """Merge a cell with the one below it, which loses what it held; return the lower row."""
        below = self.rows[self.rows.index(row) + 1]
        place = self.headings.index(heading)
        row[place].set(f"{TABLE}number-columns-spanned", "1")
        row[place].set(f"{TABLE}number-rows-spanned", "2")
        below[place].tag = f"{TABLE}covered-table-cell"
        _set(below[place], "", {})
        return below

    def saved(self, form: str = "xlsx") -> Path:
        """Let LibreOffice save the edited workbook."""
        edited = self.folder / f"edited-{self.path.name}"
        self.tree.write(edited, encoding="utf-8", xml_declaration=True)
        return converted(edited, form, self.folder)

    def _parent(self, row: ET.Element) -> ET.Element:
        return next(element for element in self.sheet.iter() if row in list(element))


def _spread(row: ET.Element) -> None:
    """Give every repeated cell an element of its own; the empty tail of a row is left out."""
    repeated = f"{TABLE}number-columns-repeated"
    cells = list(row)
    for cell in cells:
        row.remove(cell)
    if int(cells[-1].get(repeated, "1")) > _WIDEST:
        cells.pop()
    for cell in cells:
        count = int(cell.attrib.pop(repeated, "1"))
        row.extend(copy.deepcopy(cell) for _ in range(count))


def _set(cell: ET.Element, value: str, kinds: Mapping[str, str]) -> None:
    style = cell.get(f"{TABLE}style-name")
    spans = {name: value for name, value in cell.attrib.items() if name.endswith("-spanned")}
    cell.clear()
    cell.attrib.update(spans)
    if style is not None:
        cell.set(f"{TABLE}style-name", style)
    cell.attrib.update(kinds)
    if value:
        ET.SubElement(cell, f"{TEXT}p").text = value
