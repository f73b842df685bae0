"""What every place shares: header bar, key bar, loading in a thread, errors in the user's words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from muutosturva.errors import ConflictError, MuutosturvaError
from muutosturva.i18n import Texts
from muutosturva.models.states import StoreKind
from muutosturva.settings import remember_name, settings_path
from muutosturva.tui.backend.door import Backend
from muutosturva.tui.commands import PlaceId, bindings, find, named
from muutosturva.tui.dialogs.identity import IdentityDialog
from muutosturva.tui.dialogs.language import LanguageDialog
from muutosturva.tui.dialogs.telling import ErrorDialog
from muutosturva.tui.flows.roster import show_gaps, show_work
from muutosturva.tui.host import host
from muutosturva.tui.leaving import Once
from muutosturva.tui.palette import palette
from muutosturva.tui.scene import Scene
from muutosturva.tui.widgets.bars import KeyBar, TopBar
from muutosturva.tui.work import in_background

Value = TypeVar("Value")


class Place(Once[None]):
    """A screen of its own, as opposed to a dialog over one."""

    PLACE: ClassVar[PlaceId]
    """Whose commands apply here."""
    incident: str = ""
    """Readable id of the incident on screen; "" where there is none."""
    at_work: bool = False
    """A command asks or acts."""
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.ANYWHERE)

    class Failed(Message):
        """Work in a thread ended with an error for the user."""

        def __init__(self, error: MuutosturvaError) -> None:
            super().__init__()
            self.error = error

    class Finished(Message):
        """Work in a thread ended with a word for the user; the place reads anew."""

        def __init__(self, told: str) -> None:
            super().__init__()
            self.told = told

    @property
    def texts(self) -> Texts:
        """Return the words of the language in use."""
        return host(self).texts

    @property
    def backend(self) -> Backend:
        """Return the door to the use cases."""
        return host(self).backend

    def title_text(self) -> str:
        """Return what the header bar calls this place."""
        return self.texts(f"tui.place.{self.PLACE.value}")

    def scene(self) -> Scene:
        """Return what decides which commands can be given now."""
        return Scene()

    def body(self) -> Iterable[Widget]:
        """Return what stands between the bars."""
        return ()

    def load(self) -> None:
        """Read what the place shows, in a thread."""

    async def relabel(self) -> None:
        """Draw everything anew, in the language now in use."""
        await self.recompose()
        self.load()

    def compose(self) -> ComposeResult:
        """Lay out the bars and what stands between them."""
        yield TopBar()
        yield from self.body()
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the bars and read what the place shows."""
        self.show_commands()
        self.load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey a command that cannot be given now."""
        command = find(action, parameters, self.PLACE)
        if command is None:
            return super().check_action(action, parameters)
        scene = self.scene()
        if action == "in_tab" and not command.keyed(scene):
            return False
        if command.allowed(scene):
            return True
        return False if command.hides else None

    async def action_in_tab(self, name: str) -> None:
        """Give the command whose key means it in the tab in sight."""
        await self.run_action(named(name).action)

    def show_commands(self) -> None:
        """Draw the bars anew after the scene has changed."""
        self.refresh_bindings()
        self.query_one(KeyBar).show(self.PLACE, self.scene())
        self.query_one(TopBar).show(self.title_text())

    def in_thread(
        self, name: str, work: Callable[[], Value], report: Callable[[Value], Message | None]
    ) -> None:
        """Do slow work in a thread; its result or its error comes back as a message.

        Args:
            name: of the worker; a new one of the same name makes the older one's result void.
            work: touches no widget.
            report: turns the result into a message, or None when nobody needs to know.
        """

        def run() -> None:
            worker = get_current_worker()
            try:
                message = report(work())
            except MuutosturvaError as error:
                message = self.Failed(error)
            if message is not None and not worker.is_cancelled:
                self.post_message(message)

        self.run_worker(run, name=name, group=name, exclusive=True, thread=True)

    def in_dialog(self, flow: Callable[[], Awaitable[None]]) -> None:
        """Carry out a command that asks, does and tells; an error is shown, never thrown.

        A command given while another is still at work, by a second Enter, is passed over: the first
        one's answer would be lost with it.
        """
        if self.at_work:
            return
        self.at_work = True
        self.app.clear_notifications()

        async def run() -> None:
            try:
                await flow()
            except MuutosturvaError as error:
                await self.tell_error(error)
            finally:
                self.at_work = False

        self.run_worker(run(), name="dialog", group="dialog")

    def tell(self, text: str, *, seconds: float = 5) -> None:
        """Say what was done; the newest word replaces an older one."""
        self.app.clear_notifications()
        self.notify(text, markup=False, timeout=seconds)

    async def tell_error(self, error: MuutosturvaError) -> None:
        """Show an error; a conflict shows both versions, and the place reads anew."""
        await self.app.push_screen_wait(ErrorDialog(error))
        if isinstance(error, ConflictError):
            self.load()

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        message.stop()
        self.run_worker(self.tell_error(message.error), name="dialog", group="dialog")

    @on(Finished)
    def _finished(self, message: Finished) -> None:
        message.stop()
        self.tell(message.told, seconds=10)
        self.load()

    def action_refresh_view(self) -> None:
        """Read everything anew."""
        self.load()

    def action_choose_command(self) -> None:
        """Open the palette."""
        self.app.push_screen(palette(self.texts))

    def action_show_help(self) -> None:
        """Open the help of this place."""
        host(self).show_help(self.PLACE)

    def action_change_language(self) -> None:
        """Ask for the language."""

        async def ask() -> None:
            language = await self.app.push_screen_wait(LanguageDialog())
            if language is not None:
                host(self).speak(language)

        self.in_dialog(ask)

    def action_change_person(self) -> None:
        """Ask who sits at the screen."""
        self.ask_person()

    def ask_person(self) -> None:
        """Ask who acts from now on, and show what that person may know."""

        async def ask() -> None:
            people = await in_background(self.backend.reading.roster)
            dialog = IdentityDialog(people, self.backend.actor, remembers=self.backend.kind is StoreKind.REAL)
            chosen = await self.app.push_screen_wait(dialog)
            if chosen is None:
                return
            if chosen.remember:
                await in_background(remember_name, settings_path(), chosen.name)
            await host(self).act_as(chosen.name)

        self.in_dialog(ask)

    def action_show_gaps(self) -> None:
        """Show where the work hangs on one person."""
        self._read(show_gaps)

    def action_show_work(self) -> None:
        """Show the work of one person in all incidents."""
        self._read(show_work)

    def _read(self, flow: Callable[[Place], Awaitable[str]]) -> None:
        """Show something to read; nothing changes, a word is said when there is one."""

        async def run() -> None:
            told = await flow(self)
            if told:
                self.tell(told)

        self.in_dialog(run)

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.exit()
