"""Leaving a screen once, and only by a key that was pressed while it was seen.

A person in a hurry presses Enter twice. The second press may be handled when the dialog has already
gone, or when the next one has just come: neither may leave the place under it, nor answer what
nobody has read.
"""

from __future__ import annotations

from typing import Final, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen

Result = TypeVar("Result")
ANSWERS: Final = frozenset({"enter"})
"""Keys that answer a question; others typed ahead are words for the field that is about to come."""


class Once(Screen[Result]):
    """A screen that can be left only while it is the one in sight."""

    came: float = 0.0
    """When it came into sight, by the clock of events; 0 until then."""

    def on_mount(self) -> None:
        """Remember when it came."""
        self.came = events.Mount().time

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave; a second time, or from under another screen, does nothing."""
        return super().dismiss(result) if self.is_current else AwaitComplete()


def typed_before(screen: Screen[object], event: events.Event) -> bool:
    """Tell whether a key that answers was pressed before the question was there."""
    return (
        isinstance(screen, Once)
        and isinstance(event, events.Key)
        and event.key in ANSWERS
        and event.time < screen.came
    )
