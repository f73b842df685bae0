"""One incident, or a regional situation with its firms: plan, log and documents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher, DataTable, Static

from muutosturva.incidents.views import TaskView
from muutosturva.tui import rows, words
from muutosturva.tui.backend import IncidentPage
from muutosturva.tui.commands import PlaceId, Scene, bindings
from muutosturva.tui.dialogs.exporting import CalendarDialog, ExportDialog
from muutosturva.tui.places import Place
from muutosturva.tui.screens import flows
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.widgets.plan import NARROWED, LogTab, PlanTab
from muutosturva.tui.widgets.tabs import TabStrip

TABS: Final = ("plan", "log", "documents", "facts")


class IncidentScreen(Place):
    """The incident's screen; every command asks, acts, tells and reads anew."""

    PLACE = PlaceId.INCIDENT
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.INCIDENT)

    class Loaded(Message):
        """The incident has been read."""

        def __init__(self, page: IncidentPage) -> None:
            super().__init__()
            self.page = page

    class Exported(Message):
        """Files have been written."""

        def __init__(self, paths: tuple[Path, ...]) -> None:
            super().__init__()
            self.paths = paths

    def __init__(self, incident: str, *, choose: str = "", asks: tuple[str, str] | None = None) -> None:
        """Show an incident.

        Args:
            incident: readable id.
            choose: key of the row to begin on.
            asks: ``question`` or ``role`` and its name, to be asked at once.
        """
        super().__init__()
        self.incident = incident
        self.begin_on = choose
        self.narrowed = NARROWED[0]
        self.asks = asks
        self.page: IncidentPage | None = None
        self.tab = TABS[0]

    @property
    def task_view(self) -> TaskView | None:
        """Return the chosen task."""
        return None if self.page is None else self.query_one(PlanTab).chosen

    def title_text(self) -> str:
        """Return the incident's id and firm."""
        return f"{self.incident} {self.page.view.employer}" if self.page else self.incident

    def scene(self) -> Scene:
        """Return the incident and the chosen task."""
        if self.page is None:
            return Scene()
        return Scene(incident=self.page.view, task=self.task_view, task_listed=self.tab == "plan")

    def body(self) -> Iterable[Widget]:
        """Return facts, dates and the tabs."""
        yield Static("", id="summary", markup=False)
        yield Static("", id="anchors", markup=False)
        yield TabStrip(TABS)
        yield ContentSwitcher(
            PlanTab(self.begin_on, self.narrowed),
            LogTab(),
            Container(ListTable(rows.DOCUMENTS, id="documents"), id="tab-documents"),
            Container(ListTable(rows.FACTS, id="facts"), id="tab-facts"),
            initial=f"tab-{self.tab}",
        )

    async def relabel(self) -> None:
        """Keep task and narrowing while the language changes."""
        tab = self.query_one(PlanTab)
        self.begin_on = rows.task_key(tab.chosen) if tab.chosen else self.begin_on
        self.narrowed = tab.narrowed
        await super().relabel()

    def load(self) -> None:
        """Read the incident in a thread."""
        self.in_thread("load", partial(self.backend.page, self.incident), self.Loaded)

    @on(Loaded)
    def _loaded(self, message: Loaded) -> None:
        self.page = message.page
        view = message.page.view
        t = self.texts
        self.query_one("#summary", Static).update(words.facts(t, view))
        self.query_one("#anchors", Static).update(self._second_line())
        self.query_one(PlanTab).show(message.page)
        self.query_one(LogTab).show(message.page)
        self.query_one("#documents", ListTable).show(rows.documents(t, message.page.documents))
        self.query_one("#facts", ListTable).show(rows.facts(t, view, message.page.firms))
        self._show_tab(self.tab)
        if self.asks is not None:
            kind, name = self.asks
            self.asks = None
            flow = flows.answer if kind == "question" else flows.assign_role
            self._run(partial(flow, name=name))

    def _second_line(self) -> str:
        """Return the dates of a firm, or the firms of a situation."""
        assert self.page is not None, "called when the page has been read"
        view = self.page.view
        if view.situation:
            return " · ".join(words.firm(self.texts, firm) for firm in self.page.firms)
        return words.next_anchors(self.texts, view, self.backend.today)

    def _show_tab(self, tab: str) -> None:
        self.tab = tab
        self.query_one(ContentSwitcher).current = f"tab-{tab}"
        self.query_one(TabStrip).show(tab, self._counts())
        self.query_one(f"#{tab}").focus()
        self.show_commands()

    def _turn_to(self, tab: str) -> None:
        """Show a tab the person asked for; a word about earlier work no longer covers it."""
        self.app.clear_notifications()
        self._show_tab(tab)

    def _counts(self) -> dict[str, str]:
        if self.page is None:
            return {}
        return {
            "plan": self.query_one(PlanTab).progress(),
            "log": str(len(self.page.log)),
            "documents": str(len(self.page.documents)),
        }

    @on(PlanTab.Chosen)
    def _task_chosen(self) -> None:
        self.show_commands()

    @on(DataTable.RowSelected, "#facts")
    def _fact_selected(self) -> None:
        """Open the chosen firm, change the date, answer the question or fill the role."""
        chosen = self.query_one("#facts", ListTable).chosen
        kind, _, name = chosen.key.partition(" ") if chosen else ("", "", "")
        if kind == "firm":
            self.app.push_screen(IncidentScreen(name))
        flow = {"anchor": flows.set_anchor, "question": flows.answer, "role": flows.assign_role}.get(kind)
        command = {"anchor": "set_anchor", "question": "answer", "role": "assign_role"}.get(kind, "")
        if flow is not None and self.check_action(command, ()):
            self._run(partial(flow, name=name))

    @on(TabStrip.Chosen)
    def _tab_chosen(self, message: TabStrip.Chosen) -> None:
        self._turn_to(message.tab)

    def _run(self, flow: flows.PageFlow) -> None:
        """Carry out a command of the incident, tell what was done and read anew."""

        async def run() -> None:
            if self.page is not None:
                self._told(await flow(self, self.page))

        self.in_dialog(run)

    def _run_task(self, flow: flows.TaskFlow) -> None:
        """Carry out a command of the chosen task, tell what was done and read anew."""

        async def run() -> None:
            task = self.task_view
            if self.page is not None and task is not None:
                self._told(await flows.guarded(flow, self, self.page, task))

        self.in_dialog(run)

    def _told(self, done: str) -> None:
        if done:
            self.tell(done)
            self.load()

    def action_start_task(self) -> None:
        """Begin or re-open the chosen task."""
        self._run_task(flows.start_task)

    def action_finish_task(self) -> None:
        """Mark the chosen task done."""
        self._run_task(flows.finish_task)

    def action_skip_task(self) -> None:
        """Skip the chosen task, with a reason."""
        self._run_task(flows.skip_task)

    def action_assign_task(self) -> None:
        """Give the chosen task to a person."""
        self._run_task(flows.assign_task)

    def action_redate_task(self) -> None:
        """Move the due day of the chosen task, with a reason."""
        self._run_task(flows.redate_task)

    def action_add_task(self) -> None:
        """Add a task of one's own."""
        self._run(flows.add_task)

    def action_set_anchor(self) -> None:
        """Move one of the dates the plan hangs on."""
        self._run(flows.set_anchor)

    def action_answer(self) -> None:
        """Answer a question of the plan."""
        self._run(flows.answer)

    def action_assign_role(self) -> None:
        """Name somebody to a role."""
        self._run(flows.assign_role)

    def action_add_note(self) -> None:
        """Write a note in the log."""
        self._run(flows.add_note)

    def action_change_state(self) -> None:
        """Move the incident to another state."""
        self._run(flows.change_state)

    def action_export_document(self) -> None:
        """Write out the briefing, in a thread."""

        async def ask() -> None:
            export = await self.app.push_screen_wait(ExportDialog(self.incident))
            if export is not None:
                self.tell(self.texts("tui.exporting"))
                self.in_thread(
                    "export", partial(self.backend.export_document, self.incident, export), self.Exported
                )

        self.in_dialog(ask)

    def action_export_calendar(self) -> None:
        """Write out the calendar file, in a thread."""

        async def ask() -> None:
            if self.page is None:
                return
            wanted = await self.app.push_screen_wait(CalendarDialog(self.incident, self.page.view.roles))
            if wanted is not None:
                self.in_thread(
                    "export",
                    lambda: (
                        self.backend.export_calendar(self.incident, wanted.out, wanted.role, wanted.tasks_as),
                    ),
                    self.Exported,
                )

        self.in_dialog(ask)

    @on(Exported)
    def _exported(self, message: Exported) -> None:
        paths = "\n".join(str(path) for path in message.paths)
        self.tell(self.texts("tui.done.exported", paths=paths), seconds=10)
        self.load()

    def action_narrow_list(self) -> None:
        """List all tasks, the open ones, the late ones, and all again."""
        self.query_one(PlanTab).narrow()
        self._show_tab("plan")

    def action_show_plan(self) -> None:
        """Show the plan."""
        self._turn_to("plan")

    def action_show_log(self) -> None:
        """Show the log."""
        self._turn_to("log")

    def action_show_documents(self) -> None:
        """Show the documents."""
        self._turn_to("documents")

    def action_show_facts(self) -> None:
        """Show dates, questions, roles and areas."""
        self._turn_to("facts")

    def action_go_back(self) -> None:
        """Go back to the first screen."""
        self.dismiss()
