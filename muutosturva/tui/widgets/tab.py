"""What every tab of the incident is: shows a page, has something to focus, may have a count.

A new tab is a subclass with its ``TAB``, named in ``commands.TABS`` (its key and command) and in
``screens.incident.TABS`` (its widget).
"""

from __future__ import annotations

from typing import ClassVar, Self

from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from muutosturva.tui.backend.pages import IncidentPage


class Tab(Container):
    """One tab."""

    TAB: ClassVar[str]
    """Its name; the widget is ``#tab-<name>``, what gets the focus ``#<name>``."""

    class Wants(Message):
        """The chosen row asks for a command of the incident, about what the row names."""

        def __init__(self, command: str, name: str) -> None:
            super().__init__()
            self.command = command
            self.name = name

    class Opens(Message):
        """The chosen row is an incident of its own."""

        def __init__(self, incident: str) -> None:
            super().__init__()
            self.incident = incident

    def __init__(self) -> None:
        super().__init__(id=f"tab-{self.TAB}")

    def show(self, page: IncidentPage) -> None:
        """Show an incident; what was chosen stays chosen."""
        raise NotImplementedError

    def anew(self) -> Self:
        """Return a fresh tab that stands where this one stands, for another language."""
        return type(self)()

    @property
    def count(self) -> str:
        """Return what stands in parentheses after the tab's name, or ""."""
        return ""

    @property
    def chosen_name(self) -> str:
        """Return what the chosen row names, for a command of this tab; "" when it names nothing."""
        return ""

    @property
    def first(self) -> Widget:
        """Return what gets the focus when the tab is shown."""
        return self.query_one(f"#{self.TAB}")
