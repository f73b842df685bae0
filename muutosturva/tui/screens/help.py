"""Help of a place: every command that can be given there, derived from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from muutosturva.i18n import Texts
from muutosturva.tui.commands import Command, PlaceId, Topic, bindings, seen_in
from muutosturva.tui.places import Place
from muutosturva.tui.words import SYMBOLS


class HelpScreen(Place):
    """What the place behind is for, its commands with their keys, and what the marks mean."""

    PLACE = PlaceId.HELP
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.HELP)

    def __init__(self, of: PlaceId) -> None:
        super().__init__()
        self.of = of

    def title_text(self) -> str:
        """Return whose help it is."""
        return self.texts("tui.help.title", place=self.texts(f"tui.place.{self.of.value}"))

    def body(self) -> Iterable[Widget]:
        """Return the text."""
        yield VerticalScroll(Static(help_text(self.texts, self.of), id="help"))

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_close_help(self) -> None:
        """Go back."""
        self.dismiss()


def _command(texts: Texts, command: Command) -> Content:
    key = command.shown or ":"
    return Content.assemble(
        (f"  {key:<6}", "bold $accent"),
        (f"{texts(command.name_key)}. ", "bold"),
        f"{texts(command.help_key)}\n",
    )


def help_text(texts: Texts, place: PlaceId) -> Content:
    """Return the help of a place: introduction, commands, marks."""
    parts = [Content(f"{texts(f'tui.help.{place.value}')}\n\n")]
    parts.append(Content.styled(f"{texts('tui.help.commands')}\n", "bold"))
    found = seen_in(place)
    for topic in Topic:
        about = [command for command in found if command.topic is topic]
        if about:
            parts.append(Content.styled(f"{texts(f'tui.topic.{topic.value}')}\n", "bold $secondary"))
        parts += [_command(texts, command) for command in about]
    parts.append(Content.styled(f"\n{texts('tui.help.marks')}\n", "bold"))
    states = "  ".join(f"{symbol} {texts(f'tui.task_state.{state}')}" for state, symbol in SYMBOLS.items())
    parts.append(Content(f"  {states}\n{texts('tui.help.certainty')}\n"))
    return Content("").join(parts)
