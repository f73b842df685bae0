"""Who sits at the screen: the log and the access lists go by the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from muutosturva.preparedness.queries import PersonView
from muutosturva.tui.dialogs.asking import required
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.widgets.choice import Choice

ONCE: Final = "once"
ALWAYS: Final = "always"


class Identity(NamedTuple):
    """A person of the roster, and whether this machine is to remember them."""

    name: str
    remember: bool


class IdentityDialog(Dialog[Identity]):
    """Asks who acts: a part of the name narrows the list."""

    NAME = "identity"

    def __init__(self, people: Sequence[PersonView], present: str, *, remembers: bool) -> None:
        """Make the dialog.

        Args:
            people: those it may be, by name.
            present: who acts now.
            remembers: whether the machine can be asked to remember.
        """
        super().__init__()
        self.people = tuple(people)
        self.present = present
        self.remembers = remembers

    def fields(self) -> Iterable[Widget]:
        """Return the filter, the people and, of a real store, whether to remember."""
        yield self.label("filter")
        yield Input(id="filter", placeholder=self.words("filter_example"), compact=True)
        yield Choice(self._options(""), value=self.present, id="person")
        if self.remembers:
            yield self.label("remember")
            options = [(ONCE, self.words(ONCE)), (ALWAYS, self.words(ALWAYS))]
            yield Choice(options, value=ONCE, id="remember")

    def _options(self, typed: str) -> list[tuple[str, str]]:
        return [
            (person.name, label)
            for person in self.people
            if typed.casefold() in (label := self._label(person)).casefold()
        ]

    def _label(self, person: PersonView) -> str:
        title = self.texts.pick(person.title)
        return f"{person.name}, {title}" if title else person.name

    @on(Input.Changed, "#filter")
    def _narrow(self, message: Input.Changed) -> None:
        message.stop()
        self.query_one("#person", Choice).offer(self._options(message.value.strip()))

    def read(self) -> Identity:
        """Return the person.

        Raises:
            UsageError: nobody is called what was typed.
        """
        name = required(self.query_one("#person", Choice).value or "", "tui.nobody_called")
        return Identity(name, self.remembers and self.query_one("#remember", Choice).value == ALWAYS)
