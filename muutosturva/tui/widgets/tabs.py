"""The tabs of a place on one line; the one in sight stands in brackets, not in colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from muutosturva.tui.host import texts


class TabStrip(Static):
    """Names of the tabs with their keys and counts; a click shows one."""

    DEFAULT_CSS = """
    TabStrip {
        height: 1; background: $panel; padding: 0 1; text-wrap: nowrap;
        link-style: none; link-color: $foreground; link-background: $panel;
    }
    """

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, tabs: Sequence[str]) -> None:
        super().__init__("")
        self.tabs = tuple(tabs)
        self.seen: tuple[str, dict[str, str]] | None = None

    def show(self, current: str, counts: Mapping[str, str]) -> None:
        """Draw the tabs; where room is short, only the one in sight keeps its count, or none does.

        Args:
            current: the one in sight.
            counts: what stands in parentheses after a name.
        """
        self.seen = (current, dict(counts))
        room = (self.size.width or self.app.size.width) - 2
        own = {tab: count for tab, count in counts.items() if tab == current}
        for told in (counts, own, {}):
            line = self._line(current, told)
            if line.cell_length <= room:
                break
        self.update(line)

    def on_resize(self) -> None:
        """Draw the tabs to the new width."""
        if self.seen is not None:
            self.show(*self.seen)

    def _line(self, current: str, counts: Mapping[str, str]) -> Content:
        t = texts(self)
        parts: list[Content] = []
        for number, tab in enumerate(self.tabs, 1):
            count = f" ({counts[tab]})" if counts.get(tab) else ""
            label = f"{number} {t(f'tui.tab.{tab}')}{count}"
            shown = f"[{label}]" if tab == current else f" {label} "
            style = "bold reverse" if tab == current else ""
            parts.append(Content.styled(shown, style).stylize(f"@click=choose('{tab}')"))
        return Content(" ").join(parts)

    def action_choose(self, tab: str) -> None:
        """Tell the place which tab was clicked."""
        self.post_message(self.Chosen(tab))
