"""What every screen and widget may ask of the app it runs in: words, the backend, the language."""

from __future__ import annotations

from typing import Protocol, cast

from textual.message_pump import MessagePump

from muutosturva.i18n import Language, Texts
from muutosturva.tui.backend.door import Backend
from muutosturva.tui.commands import PlaceId


class Host(Protocol):
    """The part of the app that its screens know."""

    texts: Texts
    backend: Backend

    def speak(self, language: Language) -> None:
        """Change the language of everything on screen."""

    async def act_as(self, name: str) -> None:
        """Go on as another person."""

    def show_help(self, place: PlaceId) -> None:
        """Open the help of a place."""


def host(node: MessagePump) -> Host:
    """Return the app of a node as its screens know it."""
    return cast("Host", node.app)


def texts(node: MessagePump) -> Texts:
    """Return the words of the language in use."""
    return host(node).texts
