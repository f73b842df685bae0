"""What fits on one page, and what is given up first where not all of it does. Pure.

A page that somebody carries to a meeting must be one page. The points under the tasks go first, those
of the last tasks before those of the first; then titles are cut to two lines; then the last tasks are
left out. How much was given up is returned, since the page has to say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

ROW: Final = 0.72
"""Height of the space around a row and its line, in lines of text."""

LINES: Final = 2
"""Lines a title is cut to where there is no room for more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A task on the page.

    Attributes:
        title: its words.
        points: what is to be remembered in it.
        hidden: how many of its points are left out.
    """

    title: str
    points: tuple[str, ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page.

    Attributes:
        entries: the tasks that fit, in their order.
        dropped: how many tasks after them do not.
    """

    entries: tuple[Entry, ...]
    dropped: int

    @property
    def shortened(self) -> int:
        """Return how many tasks on the page lost their points."""
        return sum(bool(entry.hidden) for entry in self.entries)


def fit(entries: Sequence[Entry], room: float, width: int) -> Page:
    """Return what of some tasks fits on a page.

    Args:
        entries: the tasks, the most urgent first.
        room: height there is for them, in lines of text.
        width: letters in a line.
    """
    kept = list(entries)
    for place in reversed(range(len(kept))):
        if height(kept, width) <= room:
            break
        kept[place] = replace(kept[place], points=(), hidden=len(kept[place].points))
    for place in reversed(range(len(kept))):
        if height(kept, width) <= room:
            break
        kept[place] = replace(kept[place], title=cut(kept[place].title, width))
    while len(kept) > 1 and height(kept, width) > room:
        kept.pop()
    return Page(tuple(kept), len(entries) - len(kept))


def height(entries: Sequence[Entry], width: int) -> float:
    """Return the height of tasks in lines of text."""
    rows = [text for entry in entries for text in (entry.title, *entry.points)]
    return sum(lines(text, width) + ROW for text in rows)


def lines(text: str, width: int) -> int:
    """Return how many lines a text takes when it is broken between words, and within those too long."""
    count, used = 1, 0
    for word in text.split():
        room = width - used - (1 if used else 0)
        if len(word) <= room:
            used = width - room + len(word)
            continue
        count += 1 if used else 0
        count += (len(word) - 1) // width
        used = (len(word) - 1) % width + 1
    return count


def cut(text: str, width: int) -> str:
    """Return a text that takes two lines at most: cut between words, with … where something is left out."""
    if lines(text, width) <= LINES:
        return text
    words = text.split()
    while len(words) > 1 and lines(f"{' '.join(words)}…", width) > LINES:
        words.pop()
    shown = " ".join(words)
    return f"{shown}…" if lines(f"{shown}…", width) <= LINES else f"{shown[: LINES * width - 1]}…"
