"""The header bar and the key bar, which stand in every place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from muutosturva.models.states import StoreKind
from muutosturva.tui.commands import Command, seen_in
from muutosturva.tui.host import host, texts

if TYPE_CHECKING:
    from muutosturva.tui.places import Place


class TopBar(Static):
    """One line: the place, the mark of an example or drill store, the day and who acts."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; background: $primary-darken-3; color: $foreground; text-wrap: nowrap; }
    """

    def on_mount(self) -> None:
        """Draw the line."""
        self.show()

    def on_resize(self) -> None:
        """Draw the line to the new width."""
        self.show()

    def show(self) -> None:
        """Put title, mark and day on one line; the actor's name goes first when room is short."""
        t, backend = texts(self), host(self).backend
        title = f" {cast('Place', self.screen).title_text()} "
        mark = "" if backend.kind is StoreKind.REAL else f" {t(f'tui.mark.{backend.kind.value}')} "
        day = f" {t.weekday_date(backend.today)} "
        width = self.size.width or self.app.size.width
        for right in (f" {backend.actor} ·{day}" if backend.actor else day, day, ""):
            gap = width - cell_len(title) - cell_len(mark) - cell_len(right)
            if gap >= 0:
                break
        left = max(0, gap) // 2
        self.update(
            Content.assemble(
                (title, "bold"),
                " " * left,
                (mark, "bold reverse"),
                " " * (max(0, gap) - left),
                right,
            )
        )


class KeyBar(Static):
    """The commands of the place with their keys, derived from the registry; a click gives one."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: auto; max-height: 3; background: $panel; color: $foreground; }
    """

    def on_mount(self) -> None:
        """Draw the commands."""
        self.show()

    def show(self) -> None:
        """Draw what can be given now; what cannot is dim, and a click on it does nothing."""
        place = cast("Place", self.screen)
        shown = [command for command in seen_in(place.PLACE) if command.bar]
        scene = place.scene()
        parts: list[Content] = []
        for command in shown:
            parts += [self._item(command, allowed=command.allowed(scene)), Content("  ")]
        self.update(Content(" ").append(Content("").join(parts)))

    def _item(self, command: Command, *, allowed: bool) -> Content:
        name = texts(self)(command.short_key).replace(" ", "\u00a0")
        label = f"{command.shown}\u00a0{name}"
        if not allowed:
            return Content.styled(label, "dim")
        content = Content.assemble((command.shown, "bold $accent"), f"\u00a0{name}")
        return content.stylize(f"@click=screen.{command.id}")
