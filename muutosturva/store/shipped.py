"""The data files that ship with the program, line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib import resources


def shipped_lines(name: str) -> Iterator[Mapping[str, str]]:
    """Yield the lines of a shipped CSV file by heading.

    Args:
        name: file in ``muutosturva/data/``, UTF-8 with a heading line.
    """
    text = (resources.files("muutosturva") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
