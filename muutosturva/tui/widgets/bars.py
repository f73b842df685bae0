"""The header bar and the key bar, which stand in every place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from muutosturva.models.states import StoreKind
from muutosturva.tui.commands import Command, PlaceId, seen_in
from muutosturva.tui.host import host, texts
from muutosturva.tui.scene import Scene

GAP: Final = "  "


class TopBar(Static):
    """One line: the place, the mark of an example or drill store, the day and who acts."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; background: $top-bar; color: $text; text-wrap: nowrap; }
    """

    name_of_place = ""

    def on_resize(self) -> None:
        """Draw the line to the new width."""
        self.show(self.name_of_place)

    def show(self, name: str) -> None:
        """Put the place's name, mark and day on one line; the actor goes first when room is short."""
        self.name_of_place = name
        t, backend = texts(self), host(self).backend
        mark = "" if backend.kind is StoreKind.REAL else f" {t(f'common.mark.{backend.kind.value}')} "
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

    seen: tuple[PlaceId, Scene] | None = None

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self.seen is not None:
            self.show(*self.seen)

    def show(self, place: PlaceId, scene: Scene) -> None:
        """Draw what can be given now; what cannot is dim, and a click on it does nothing."""
        self.seen = (place, scene)
        items = [
            self._item(command, allowed=command.allowed(scene))
            for command in seen_in(place)
            if command.bar and command.keyed(scene) and (command.allowed(scene) or not command.hides)
        ]
        lines = _lines(items, self.size.width or self.app.size.width)
        self.update(Content("\n").join(lines))

    def _item(self, command: Command, *, allowed: bool) -> Content:
        name = texts(self)(command.short_key)
        if not allowed:
            return Content.styled(f"{command.shown} {name}", "dim")
        content = Content.assemble((command.shown, "bold $accent"), f" {name}")
        return content.stylize(f"@click=screen.{command.action}")


def _lines(items: Iterable[Content], width: int) -> list[Content]:
    """Return items on as many lines as they need, none of them broken."""
    lines: list[Content] = []
    for item in items:
        if lines and lines[-1].cell_length + len(GAP) + item.cell_length <= width:
            lines[-1] = lines[-1].append(GAP).append(item)
        else:
            lines.append(Content(" ").append(item))
    return lines
