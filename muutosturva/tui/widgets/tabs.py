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

    def show(self, current: str, counts: Mapping[str, str]) -> None:
        """Draw the tabs.

        Args:
            current: the one in sight.
            counts: what stands in parentheses after a name.
        """
        t = texts(self)
        parts: list[Content] = []
        for number, tab in enumerate(self.tabs, 1):
            count = f" ({counts[tab]})" if counts.get(tab) else ""
            label = f"{number} {t(f'tui.tab.{tab}')}{count}"
            shown = f"[{label}]" if tab == current else f" {label} "
            style = "bold reverse" if tab == current else ""
            parts += [Content.styled(shown, style).stylize(f"@click=choose('{tab}')"), Content(" ")]
        self.update(Content("").join(parts))

    def action_choose(self, tab: str) -> None:
        """Tell the place which tab was clicked."""
        self.post_message(self.Chosen(tab))
