"""What a flow works with: the place it asks in, and the incident on screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar, cast

from muutosturva.errors import ConflictError, MuutosturvaError
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.tui.backend.door import Backend
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.places import Place
from muutosturva.tui.typed import Answered, Memory
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
        memory: what was typed so far.
    """

    place: Place
    page: IncidentPage
    name: str = ""
    memory: Memory = field(default_factory=Memory)

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
        return await asked(self.place, dialog, self.memory)

    async def do(self, work: Callable[Args, Value], *args: Args.args, **kwargs: Args.kwargs) -> Value:
        """Run a use case beside the screen and return its result; its errors are raised here."""
        return await in_background(work, *args, **kwargs)


async def asked(place: Place, dialog: Dialog[Answer], memory: Memory) -> Answer | None:
    """Show a dialog with what was typed into it before; return its answer, None when it was cancelled."""
    standing = memory.standing(dialog.stem)
    if standing is not None:
        memory.answered.append(standing)
        return cast("Answer", standing.answer)
    dialog.begin_with(memory.typed.pop(dialog.stem, {}), memory.fault)
    memory.fault = None
    answer = await place.app.push_screen_wait(dialog)
    if answer is not None:
        memory.answered.append(Answered(dialog.stem, answer, dialog.typed))
    return answer


async def persevering(place: Place, memory: Memory, go: Callable[[], Awaitable[str]]) -> str:
    """Give a command; where it is refused for what was typed, ask again with the same words.

    A list of problems is told in a dialog of its own first, one fault in the dialog that asks again.

    Raises:
        ConflictError: somebody else changed what the command is about.
        MuutosturvaError: it was refused though nothing was typed.
    """
    while True:
        try:
            return await go()
        except ConflictError:
            raise
        except MuutosturvaError as error:
            if not memory.ask_again():
                raise
            if error.problems:
                await place.tell_error(error)
            else:
                memory.fault = error


PageFlow = Callable[[Job], Awaitable[str]]
TaskFlow = Callable[[Job, TaskView], Awaitable[str]]
