"""What a person has typed into a dialog: kept, so that an error never costs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from textual.dom import DOMNode
from textual.widgets import Input, TextArea

from muutosturva.errors import MuutosturvaError
from muutosturva.tui.widgets.choice import Choice, Picks

Typed = Mapping[str, object]
"""What stands in each field, by its id: a text, an option chosen, the options picked."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A dialog that was answered: its stem, the answer, and what stood in its fields."""

    stem: str
    answer: object
    typed: Typed

    @property
    def in_words(self) -> bool:
        """Tell whether something was typed that would be lost."""
        return any(isinstance(value, str) and value for value in self.typed.values())


@dataclass(slots=True)
class Memory:
    """What was asked and answered while one command was given.

    Attributes:
        answered: the dialogs of this attempt, in their order.
        again: those of the last attempt that stand, and are not asked anew.
        typed: what to put back into the dialog that is asked again, by its stem.
        fault: shown in the next dialog that is asked; None when there is none.
    """

    answered: list[Answered] = field(default_factory=list)
    again: list[Answered] = field(default_factory=list)
    typed: dict[str, Typed] = field(default_factory=dict)
    fault: MuutosturvaError | None = None

    def standing(self, stem: str) -> Answered | None:
        """Return the answer that still stands for the dialog about to be asked, and use it up."""
        if not self.again or self.again[0].stem != stem:
            self.again.clear()
            return None
        return self.again.pop(0)

    def ask_again(self) -> bool:
        """Go back to the last dialog in which something was typed; tell whether there is one."""
        last = max((place for place, one in enumerate(self.answered) if one.in_words), default=None)
        if last is None:
            return False
        self.again = self.answered[:last]
        self.typed = {self.answered[last].stem: self.answered[last].typed}
        self.answered = []
        return True


def typed_in(screen: DOMNode) -> dict[str, object]:
    """Return what stands in the fields of a dialog."""
    choices = {field.id or "": field.value for field in screen.query(Choice)}
    return {**texts_in(screen), **choices, **{field.id or "": field.picked for field in screen.query(Picks)}}


def type_again(screen: DOMNode, typed: Typed) -> None:
    """Put back what stood in the fields; a field that was not there stays as it is.

    What narrowed a list is not: the option chosen from it is.
    """
    for line in screen.query("Input").exclude("Finder Input").results(Input):
        if (line.id or "") in typed:
            line.value = str(typed[line.id or ""])
    for area in screen.query(TextArea):
        if (area.id or "") in typed:
            area.text = str(typed[area.id or ""])
    for choice in screen.query(Choice):
        choice.choose(typed.get(choice.id or ""))
    for picks in screen.query(Picks):
        picks.pick(typed.get(picks.id or ""))


def texts_in(screen: DOMNode) -> dict[str, str]:
    """Return the lines and texts of a dialog, by the id of their field."""
    lines = {field.id or "": field.value for field in screen.query(Input)}
    return lines | {field.id or "": field.text for field in screen.query(TextArea)}
