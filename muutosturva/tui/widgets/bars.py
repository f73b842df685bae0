"""The header bar and the key bar, which stand in every place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, cast

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from muutosturva.models.states import StoreKind
from muutosturva.tui.commands import Command, seen_in
from muutosturva.tui.host import host, texts

if TYPE_CHECKING:
    from muutosturva.tui.places import Place

GAP: Final = "  "


class TopBar(Static):
    """One line: the place, the mark of an example or drill store, the day and who acts."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; background: $top-bar; color: $text; text-wrap: nowrap; }
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
        name = cast("Place", self.screen).title_text()
        mark = "" if backend.kind is StoreKind.REAL else f" {t(f'tui.mark.{backend.kind.value}')} "
        day = f" {t.weekday_date(backend.today)} "
        width = self.size.width or self.app.size.width
        title = f" {set_cell_size(name, min(cell_len(name), width - cell_len(mark) - 2))} "
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
    KeyBar {
        dock: bottom; height: auto; max-height: 3; background: $panel; color: $foreground;
        link-style: none; link-color: $foreground; link-background: $panel;
    }
    """

    def on_mount(self) -> None:
        """Draw the commands."""
        self.show()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self.show()

    def show(self) -> None:
        """Draw what can be given now; what cannot is dim, and a click on it does nothing."""
        place = cast("Place", self.screen)
        scene = place.scene()
        items = [
            self._item(command, allowed=command.allowed(scene))
            for command in seen_in(place.PLACE)
            if command.bar and (command.allowed(scene) or not command.hides)
        ]
        lines = _lines(items, self.size.width or self.app.size.width)
        self.update(Content("\n").join(lines))

    def _item(self, command: Command, *, allowed: bool) -> Content:
        name = texts(self)(command.short_key)
        if not allowed:
            return Content.styled(f"{command.shown} {name}", "dim")
        content = Content.assemble((command.shown, "bold $accent"), f" {name}")
        return content.stylize(f"@click=screen.{command.id}")


def _lines(items: Iterable[Content], width: int) -> list[Content]:
    """Return items on as many lines as they need, none of them broken."""
    lines: list[Content] = []
    for item in items:
        if lines and lines[-1].cell_length + len(GAP) + item.cell_length <= width:
            lines[-1] = lines[-1].append(GAP).append(item)
        else:
            lines.append(Content(" ").append(item))
    return lines
