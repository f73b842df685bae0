"""Cutting texts to the width of a column, so that two that differ still read differently. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size

ELLIPSIS: Final = "…"


def cut(text: str, width: int) -> str:
    """Return a text no wider than a column, its end cut off."""
    if cell_len(text) <= width:
        return text
    return f"{set_cell_size(text, max(0, width - 1)).rstrip()}{ELLIPSIS}"


def cut_apart(texts: Sequence[str], width: int) -> list[str]:
    """Return texts cut to a width; those that would read alike are cut in the middle.

    Titles of steps repeated for areas, languages or waves differ only at their end.
    """
    plain = [cut(text, width) for text in texts]
    alike = Counter(short for short, _ in {(short, text) for short, text in zip(plain, texts, strict=True)})
    return [
        _middle(text, width) if alike[short] > 1 else short for short, text in zip(plain, texts, strict=True)
    ]


def _middle(text: str, width: int) -> str:
    tail = max(1, min(cell_len(text), width) * 2 // 5)
    head = max(0, width - tail - 1)
    return f"{set_cell_size(text, head).rstrip()}{ELLIPSIS}{text[-tail:].lstrip()}"


def wrapped(text: str, width: int, lines: int) -> list[str]:
    """Return a text on at most so many lines, broken between words; the last one is cut."""
    found: list[str] = []
    rest = text
    while rest and len(found) < lines - 1 and cell_len(rest) > width:
        place = rest.rfind(" ", 0, width + 1)
        place = place if place > 0 else width
        found.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return [*found, cut(rest, width)] if rest else found
