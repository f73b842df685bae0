"""What a flow works with: the place it asks in, and the incident on screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.tui.backend.door import Backend
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.places import Place
from muutosturva.tui.work import in_background

Answer = TypeVar("Answer")
Args = ParamSpec("Args")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Job:
    """One command that somebody gave.

    Attributes:
        place: where it was given.
        page: the incident as the person saw it.
        name: what the command is about when that is already known: the date, question or role of the
            chosen row, the lines that were pasted; "" when the flow has to ask.
    """

    place: Place
    page: IncidentPage
    name: str = ""

    @property
    def view(self) -> IncidentView:
        """Return the incident."""
        return self.page.view

    @property
    def incident(self) -> str:
        """Return the incident's id."""
        return self.page.view.readable_id

    @property
    def texts(self) -> Texts:
        """Return the words of the language in use."""
        return self.place.texts

    @property
    def backend(self) -> Backend:
        """Return the door to the use cases."""
        return self.place.backend

    async def ask(self, dialog: Dialog[Answer]) -> Answer | None:
        """Show a dialog and return its answer, or None when it was cancelled."""
        return await self.place.app.push_screen_wait(dialog)

    async def do(self, work: Callable[Args, Value], *args: Args.args, **kwargs: Args.kwargs) -> Value:
        """Run a use case beside the screen and return its result; its errors are raised here."""
        return await in_background(work, *args, **kwargs)


PageFlow = Callable[[Job], Awaitable[str]]
TaskFlow = Callable[[Job, TaskView], Awaitable[str]]
