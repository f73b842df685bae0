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


@dataclass(slots=True)
class Memory:
    """What was typed while one command was given, and what was wrong with it.

    Attributes:
        typed: by the stem of the dialog.
        fault: shown in the next dialog that is asked; None when there is none.
        asked: how many dialogs were shown.
    """

    typed: dict[str, Typed] = field(default_factory=dict)
    fault: MuutosturvaError | None = None
    asked: int = 0


def typed_in(screen: DOMNode) -> dict[str, object]:
    """Return what stands in the fields of a dialog."""
    texts: dict[str, object] = {field.id or "": field.value for field in screen.query(Input)}
    texts |= {field.id or "": field.text for field in screen.query(TextArea)}
    choices = {field.id or "": field.value for field in screen.query(Choice)}
    return texts | choices | {field.id or "": field.picked for field in screen.query(Picks)}


def type_again(screen: DOMNode, typed: Typed) -> None:
    """Put back what stood in the fields; a field that was not there stays as it is.

    What narrowed a list is not: the option chosen from it is.
    """
    for line in screen.query("Input").exclude("Finder Input").results(Input):
        line.value = str(typed.get(line.id or "", line.value))
    for area in screen.query(TextArea):
        area.text = str(typed.get(area.id or "", area.text))
    for choice in screen.query(Choice):
        choice.choose(typed.get(choice.id or ""))
    for picks in screen.query(Picks):
        picks.pick(typed.get(picks.id or ""))


def texts_in(screen: DOMNode) -> list[str]:
    """Return the lines and texts typed so far, to tell whether anything would be lost."""
    return [field.value for field in screen.query(Input)] + [field.text for field in screen.query(TextArea)]
