"""One incident, or a regional situation with its firms: its tabs, and the commands given in them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from muutosturva.incidents.pure.views import TaskView
from muutosturva.tui import commands, words
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.commands import PlaceId, bindings
from muutosturva.tui.flows.job import Job, persevering
from muutosturva.tui.flows.table import PAGE_FLOWS, TASK_FLOWS
from muutosturva.tui.flows.tasks import guarded
from muutosturva.tui.places import Place
from muutosturva.tui.scene import PLAN_TAB, Scene
from muutosturva.tui.widgets.list_tabs import DocumentsTab, FactsTab
from muutosturva.tui.widgets.log_tab import LogTab
from muutosturva.tui.widgets.numbers_tab import NumbersTab
from muutosturva.tui.widgets.plan_tab import PlanTab
from muutosturva.tui.widgets.tab import Tab
from muutosturva.tui.widgets.tabs import TabStrip

TABS: Final[tuple[type[Tab], ...]] = (PlanTab, LogTab, DocumentsTab, FactsTab, NumbersTab)
"""In the order of ``commands.TABS``."""


class IncidentScreen(Place):
    """The incident's screen; every command asks, acts, tells and reads anew."""

    PLACE = PlaceId.INCIDENT
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.INCIDENT)

    class Loaded(Message):
        """The incident has been read."""

        def __init__(self, page: IncidentPage) -> None:
            super().__init__()
            self.page = page

    def __init__(self, incident: str, *, choose: str = "", asks: tuple[str, str] | None = None) -> None:
        """Show an incident.

        Args:
            incident: readable id.
            choose: key of the row to begin on.
            asks: a command of the incident and what it is about, to be given at once.
        """
        super().__init__()
        self.incident = incident
        self.asks = asks
        self.page: IncidentPage | None = None
        self.tab = commands.TABS[0]
        self.tabs: tuple[Tab, ...] = tuple(PlanTab(choose) if kind is PlanTab else kind() for kind in TABS)

    @property
    def task_view(self) -> TaskView | None:
        """Return the chosen task."""
        return None if self.page is None else self.query_one(PlanTab).chosen

    def title_text(self) -> str:
        """Return the incident's id and firm."""
        return f"{self.incident} {self.page.view.employer}" if self.page else self.incident

    def scene(self) -> Scene:
        """Return the incident, the tab in sight and the chosen task."""
        if self.page is None:
            return Scene(tab=self.tab)
        return Scene(incident=self.page.view, task=self.task_view, tab=self.tab)

    def body(self) -> Iterable[Widget]:
        """Return facts, dates and the tabs."""
        yield Static("", id="summary", markup=False)
        yield Static("", id="anchors", markup=False)
        yield TabStrip(commands.TABS)
        yield ContentSwitcher(*self.tabs, initial=f"tab-{self.tab}")

    async def relabel(self) -> None:
        """Keep every tab where it stands while the language changes."""
        self.tabs = tuple(tab.anew() for tab in self.tabs)
        await super().relabel()

    def load(self) -> None:
        """Read the incident in a thread."""
        self.in_thread("load", partial(self.backend.reading.page, self.incident, self.texts), self.Loaded)

    @on(Loaded)
    def _loaded(self, message: Loaded) -> None:
        self.page = message.page
        self.query_one("#summary", Static).update(words.page_facts(self.texts, message.page))
        self.query_one("#anchors", Static).update(self._second_line(message.page))
        for tab in self.tabs:
            tab.show(message.page)
        self._show_tab(self.tab)
        if self.asks is not None:
            command, name = self.asks
            self.asks = None
            self._give(command, name)

    def _second_line(self, page: IncidentPage) -> str:
        """Return the dates of a firm, or the firms of a situation."""
        if page.view.situation:
            return " · ".join(words.firm(self.texts, firm) for firm in page.firms)
        return words.next_anchors(self.texts, page.view, self.backend.today)

    def _tab(self, name: str) -> Tab:
        return next(tab for tab in self.tabs if name == tab.TAB)

    def _show_tab(self, name: str) -> None:
        self.tab = name
        self.query_one(ContentSwitcher).current = f"tab-{name}"
        counts = {} if self.page is None else {tab.TAB: tab.count for tab in self.tabs}
        self.query_one(TabStrip).show(name, counts)
        self._tab(name).first.focus()
        self.show_commands()

    def action_turn_to(self, tab: str) -> None:
        """Show a tab the person asked for; a word about earlier work no longer covers it."""
        self.app.clear_notifications()
        self._show_tab(tab)

    @on(TabStrip.Chosen)
    def _tab_chosen(self, message: TabStrip.Chosen) -> None:
        self.action_turn_to(message.tab)

    @on(PlanTab.Chosen)
    def _task_chosen(self) -> None:
        self.show_commands()

    @on(PlanTab.Turned)
    def _turned(self) -> None:
        self._show_tab(PLAN_TAB)

    @on(Tab.Opens)
    def _opens(self, message: Tab.Opens) -> None:
        self.app.push_screen(IncidentScreen(message.incident))

    @on(Tab.Wants)
    def _wants(self, message: Tab.Wants) -> None:
        self._give(message.command, message.name)

    def on_paste(self, message: events.Paste) -> None:
        """Take lines pasted over the plan as tasks to add; a field takes what is pasted into it itself."""
        message.stop()
        self._give("paste_tasks", message.text)

    def action_give(self, name: str) -> None:
        """Carry out a command: about the chosen row where the command belongs to the tab in sight."""
        own = commands.named(name).tab
        self._give(name, self._tab(self.tab).chosen_name if own and own == self.tab else "")

    def _give(self, name: str, about: str) -> None:
        """Ask, act, tell what was done and read anew."""
        page, task = self.page, self.task_view
        if page is None or not commands.named(name).allowed(self.scene()):
            return
        job = Job(self, page, about)

        async def run() -> None:
            if name in PAGE_FLOWS:
                done = await persevering(self, job.memory, partial(PAGE_FLOWS[name], job))
            elif task is not None:
                done = await persevering(self, job.memory, partial(guarded, TASK_FLOWS[name], job, task))
            else:
                return
            if done:
                self.tell(done)
                self.load()

        self.in_dialog(run)

    def action_go_back(self) -> None:
        """Go back to the first screen."""
        self.dismiss()
