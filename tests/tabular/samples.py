"""Tables for tests, and what a spreadsheet program might do with them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Final

from muutosturva.tabular.table import Column, Table

MADE: Final = dt.datetime(2027, 3, 1, 6, 30, tzinfo=dt.UTC)

ATTACKS: Final = (
    "=1+1",
    '=HYPERLINK("https://example.com";"avaa")',
    "=cmd|' /C calc'!A0",
    "+358 40 123 4567",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "'=1+1",
    "''=1+1",
)
"""Texts a spreadsheet takes for formulas, and such as only look marked already."""

TABLE: Final = Table(
    "tasks",
    "Tehtävät",
    (
        Column("key", "Tunniste"),
        Column("title", "Otsikko", wide=True),
        Column("due", "Määräpäivä", "date"),
        Column("people", "Henkilöitä", "number"),
        Column("share", "Osuus", "number"),
        Column("seen", "Kirjattu", "moment"),
    ),
    (
        ("a", "Kutsu ryhmä; tänään", dt.date(2027, 3, 1), 198, 0.25, dt.datetime(2027, 3, 1, 8, 30)),  # noqa: DTZ001
        ("b", 'Sano: ”Ei” ja "no"', None, -3, None, None),
        ("c", "=1+1", dt.date(2027, 12, 31), 0, 1.5, None),
        ("d", "kaksi\nriviä", None, None, None, None),
    ),
)


def one_column(*texts: str) -> Table:
    """Return a table of one column of texts."""
    return Table("texts", "Tekstit", (Column("text", "Teksti"),), tuple((text,) for text in texts))


def archive(**parts: bytes) -> bytes:
    """Return a zip file; the names' underscores stand for slashes, and .xml is added."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(f"{name.replace('_', '/')}.xml", content)
    return raw.getvalue()
