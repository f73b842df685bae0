"""The app: a frame that holds words, backend and theme; all work is in the places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual import events
from textual.app import App
from textual.command import Provider
from textual.screen import Screen

from muutosturva.i18n import Language, Texts
from muutosturva.tui import theme
from muutosturva.tui.backend.door import Backend
from muutosturva.tui.commands import PlaceId
from muutosturva.tui.leaving import typed_before
from muutosturva.tui.palette import CommandProvider
from muutosturva.tui.places import Place
from muutosturva.tui.screens.board import BoardScreen
from muutosturva.tui.screens.help import HelpScreen
from muutosturva.tui.work import in_background

BREAKPOINTS: Final = [(0, "-narrow"), (120, "-wide")]
"""Columns from which a place lays its parts side by side."""


class MuutosturvaApp(App[None]):
    """The terminal UI over one open store."""

    CSS_PATH: ClassVar[list[str]] = [  # type: ignore[assignment]
        "app.tcss",
        "screens/board.tcss",
        "screens/incident.tcss",
        "screens/trigger.tcss",
        "screens/playbooks.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False  # the places open it themselves, in the user's language
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    COMMANDS: ClassVar[set[type[Provider]]] = {CommandProvider}  # type: ignore[assignment]

    def __init__(self, backend: Backend, words: Texts) -> None:
        """Remember the door to the use cases and the words.

        Args:
            backend: store, actor and clock.
            words: the language to begin in.
        """
        super().__init__()
        self.backend = backend
        self.texts = words
        self.title = "muutosturva"

    async def on_event(self, event: events.Event) -> None:
        """Pass over an Enter that was pressed before the question it would answer was there."""
        if not (self.screen_stack and typed_before(self.screen, event)):
            await super().on_event(event)

    def get_default_screen(self) -> Screen[None]:
        """Begin with the first screen."""
        return BoardScreen()

    def on_mount(self) -> None:
        """Put on the theme."""
        self.register_theme(theme.THEME)
        self.theme = theme.NAME

    def speak(self, language: Language) -> None:
        """Change the language of every open place, each in its own time."""
        self.texts = Texts(language)
        for screen in self.screen_stack:
            if isinstance(screen, Place):
                screen.call_later(screen.relabel)

    async def act_as(self, name: str) -> None:
        """Go on as another person: what they may not know is closed, everything else is read anew."""
        self.backend = replace(self.backend, actor=name)
        places = [screen for screen in self.screen_stack if isinstance(screen, Place)]
        hidden = await in_background(self.backend.reading.hidden, [place.incident for place in places])
        first = next((number for number, place in enumerate(places) if place.incident in hidden), len(places))
        self.call_later(self._show_as, places[:first], len(places) - first, name)

    def _show_as(self, places: Sequence[Place], closed: int, name: str) -> None:
        for _ in range(closed):
            self.pop_screen()
        for place in places:
            place.show_commands()
            place.load()
        places[-1].tell(self.texts("tui.done.person", name=name))

    def show_help(self, place: PlaceId) -> None:
        """Open the help of a place."""
        self.push_screen(HelpScreen(place))

    def action_help_quit(self) -> None:
        """Say how to leave, since Ctrl+C copies here."""
        self.notify(self.texts("tui.how_to_leave"), markup=False)
