"""The command palette: every command of the place behind it, by its name in the user's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Protocol, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from muutosturva.i18n import Texts
from muutosturva.tui.commands import Command, PlaceId, seen_in
from muutosturva.tui.host import texts
from muutosturva.tui.scene import Scene


class Commanded(Protocol):
    """The part of a place that the palette knows."""

    PLACE: ClassVar[PlaceId]

    def scene(self) -> Scene:
        """Return what decides which commands can be given now."""


class CommandProvider(Provider):
    """Offers the commands that can be given now."""

    @property
    def _words(self) -> Texts:
        return texts(self.app)

    def _offered(self) -> list[Command]:
        place = cast("Commanded", self.screen)  # only places open the palette
        return [command for command in seen_in(place.PLACE) if command.allowed(place.scene())]

    def _run(self, command: Command) -> Callable[[], object]:
        return partial(self.screen.run_action, command.action)

    def _name(self, command: Command) -> str:
        topic = self._words(f"tui.topic.{command.topic.value}")
        key = f" ({command.shown})" if command.shown else ""
        return f"{topic}: {self._words(command.name_key)}{key}"

    async def discover(self) -> Hits:
        """Yield every command before anything is typed."""
        for command in self._offered():
            name = self._name(command)
            yield DiscoveryHit(name, self._run(command), help=self._words(command.help_key))

    async def search(self, query: str) -> Hits:
        """Yield the commands whose name fits what was typed, or say that none does."""
        matcher = self.matcher(query)
        hits = [(matcher.match(self._name(command)), command) for command in self._offered()]
        found = [(score, command) for score, command in hits if score > 0]
        for score, command in found:
            name = self._name(command)
            help_text = self._words(command.help_key)
            yield Hit(score, matcher.highlight(name), self._run(command), text=name, help=help_text)
        if not found:
            yield Hit(0.1, self._words("tui.palette.nothing"), lambda: None)


def palette(words: Texts) -> CommandPalette:
    """Return the palette, in the user's language."""
    return CommandPalette(placeholder=words("tui.palette.placeholder"), id="palette")
