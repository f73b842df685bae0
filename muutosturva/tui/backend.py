"""The one door from the screens to the use cases: it adds who acts and what time it is.

No other file of the terminal UI calls a service or a query; every method may be run in a thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from muutosturva.areas import queries as areas
from muutosturva.clock import local_date
from muutosturva.coordination import exports
from muutosturva.coordination import trigger as triggering
from muutosturva.coordination.trigger import Preview, Suggestion, TriggerRequest
from muutosturva.incidents import queries, service
from muutosturva.incidents.views import (
    Board,
    Changes,
    DocumentView,
    IncidentView,
    LogEntry,
    RoleView,
    TaskView,
)
from muutosturva.models.states import IncidentState, StoreKind
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.preparedness import queries as preparedness
from muutosturva.preparedness.queries import PersonView
from muutosturva.store.store import Store


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything the incident's screen shows, read at one moment.

    Attributes:
        view: the incident or regional situation.
        firms: the incidents joined in a situation; () for a firm.
        tasks: tasks of the firm, or of all firms of the situation.
        log: newest first.
        documents: documents the plan asks for.
        roster: everybody who can be given a task or a role.
    """

    view: IncidentView
    firms: tuple[IncidentView, ...]
    tasks: tuple[TaskView, ...]
    log: tuple[LogEntry, ...]
    documents: tuple[DocumentView, ...]
    roster: tuple[PersonView, ...]

    def firm_of(self, task: TaskView) -> IncidentView:
        """Return the incident a task belongs to."""
        return next((firm for firm in self.firms if firm.readable_id == task.incident), self.view)


@dataclass(frozen=True, slots=True)
class Export:
    """What a person asked to be written out as a document.

    Attributes:
        document: ``situation`` …
        audience: for whom.
        formats: ``docx``, ``pdf``, ``html``, ``md``.
        languages: language tags.
        out: folder.
    """

    document: str
    audience: str
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    out: Path


@dataclass(frozen=True, slots=True)
class Backend:
    """A store, the person who acts in it, and the clock.

    Attributes:
        store: the open store.
        actor: the person's name as the log will have it.
        clock: returns the present moment, an aware datetime.
    """

    store: Store
    actor: str
    clock: Callable[[], dt.datetime] = field(repr=False)

    @property
    def kind(self) -> StoreKind:
        """Return what the store is for."""
        return self.store.kind

    @property
    def today(self) -> dt.date:
        """Return the present day in Finland."""
        return local_date(self.clock())

    def board(self) -> Board:
        """Return the first screen."""
        with self.store.reading() as session:
            return queries.board(session, self.today)

    def page(self, incident: str) -> IncidentPage:
        """Return an incident's screen.

        Raises:
            NotFoundError: no such incident.
        """
        with self.store.reading() as session:
            view = queries.incident_view(session, incident)
            return IncidentPage(
                view=view,
                firms=tuple(queries.incident_view(session, child) for child in view.children),
                tasks=queries.tasks(session, incident),
                log=queries.log_entries(session, incident),
                documents=queries.documents(session, incident),
                roster=preparedness.roster(session),
            )

    def task(self, incident: str, key: str) -> TaskView | None:
        """Return a task as it stands now, or None when it is gone."""
        with self.store.reading() as session:
            found = queries.tasks(session, incident)
        return next((task for task in found if task.key == key and task.incident == incident), None)

    def roster(self) -> tuple[PersonView, ...]:
        """Return the people who can hold roles, by name."""
        with self.store.reading() as session:
            return tuple(person for person in preparedness.roster(session) if person.active)

    def municipality(self, name: str) -> str:
        """Return the Finnish name of a municipality typed in any letter case.

        Raises:
            NotFoundError: no such municipality; the nearest names are in the message.
        """
        with self.store.reading() as session:
            return areas.municipality(session, name).name

    def suggestions(self, inputs: Mapping[str, object]) -> tuple[Suggestion, ...]:
        """Return the playbooks, those that fit first."""
        return triggering.suggestions(self.store, inputs, now=self.clock())

    def preview(self, request: TriggerRequest) -> Preview:
        """Return the plan a request would give; writes nothing."""
        return triggering.preview(self.store, request, now=self.clock())

    def trigger(self, request: TriggerRequest) -> IncidentView:
        """Open the incident exactly as previewed.

        Raises:
            InputError: the plan has problems.
        """
        return triggering.trigger(self.store, request, actor=self.actor, now=self.clock())

    def start_task(self, task: TaskView, reason: str = "") -> TaskView:
        """Begin a task, or re-open a finished one with a reason."""
        return service.start_task(
            self.store,
            task.incident,
            task.key,
            reason=reason,
            actor=self.actor,
            now=self.clock(),
            expected_version=task.version,
        )

    def finish_task(self, task: TaskView) -> TaskView:
        """Mark a task done."""
        return service.finish_task(
            self.store,
            task.incident,
            task.key,
            actor=self.actor,
            now=self.clock(),
            expected_version=task.version,
        )

    def skip_task(self, task: TaskView, reason: str) -> TaskView:
        """Leave a task undone, with the reason."""
        return service.skip_task(
            self.store,
            task.incident,
            task.key,
            reason=reason,
            actor=self.actor,
            now=self.clock(),
            expected_version=task.version,
        )

    def assign_task(self, task: TaskView, person: str) -> TaskView:
        """Give a task to a person."""
        return service.assign_task(
            self.store,
            task.incident,
            task.key,
            person=person,
            actor=self.actor,
            now=self.clock(),
            expected_version=task.version,
        )

    def redate_task(self, task: TaskView, due: dt.date, reason: str) -> TaskView:
        """Set a task's due day by hand."""
        return service.redate_task(
            self.store,
            task.incident,
            task.key,
            due=due,
            reason=reason,
            actor=self.actor,
            now=self.clock(),
            expected_version=task.version,
        )

    def add_task(self, incident: str, step: str, title: str, role: str, due: dt.date | None) -> TaskView:
        """Add a task the playbook does not have."""
        return service.add_task(
            self.store, incident, step, title=title, role=role, due=due, actor=self.actor, now=self.clock()
        )

    def preview_anchor(self, incident: str, anchor: str, value: AnchorValue) -> Changes:
        """Return what a moved date would move; writes nothing."""
        return service.preview_anchor(self.store, incident, anchor, value)

    def set_anchor(self, view: IncidentView, anchor: str, value: AnchorValue, reason: str) -> Changes:
        """Move a date and the tasks that hang on it."""
        return service.set_anchor(
            self.store,
            view.readable_id,
            anchor,
            value,
            reason=reason,
            actor=self.actor,
            now=self.clock(),
        )

    def answer(self, view: IncidentView, question: str, value: object) -> Changes:
        """Answer a question of the plan."""
        return service.answer(
            self.store,
            view.readable_id,
            question,
            value,
            actor=self.actor,
            now=self.clock(),
        )

    def assign_role(self, incident: str, role: str, person: str, *, deputy: bool = False) -> RoleView:
        """Name a person to a role."""
        return service.assign_role(
            self.store, incident, role, person, deputy=deputy, actor=self.actor, now=self.clock()
        )

    def add_note(self, incident: str, text: str, at: dt.datetime | None) -> LogEntry:
        """Write a note in the log."""
        return service.add_note(self.store, incident, text, at=at, actor=self.actor, now=self.clock())

    def move_state(self, view: IncidentView, state: IncidentState, reason: str) -> IncidentView:
        """Move an incident to another state.

        Raises:
            InputError: it is to be closed, and the checks list what is missing.
        """
        return service.move_state(
            self.store,
            view.readable_id,
            state,
            reason=reason,
            actor=self.actor,
            now=self.clock(),
            expected_version=view.version,
        )

    def group(self, situation: str, children: Sequence[str], title: str) -> IncidentView:
        """Join incidents into one regional situation."""
        return service.group_incidents(
            self.store, situation, children, title=title, actor=self.actor, now=self.clock()
        )

    def export_document(self, incident: str, export: Export) -> tuple[Path, ...]:
        """Write a document and return its files."""
        return exports.export_document(
            self.store,
            incident,
            document=export.document,
            audience=export.audience,
            formats=export.formats,
            languages=export.languages,
            out=export.out,
            actor=self.actor,
            now=self.clock(),
        )

    def export_calendar(self, incident: str, out: Path, role: str, tasks_as: str) -> Path:
        """Write the calendar file and return its path."""
        return exports.export_calendar(
            self.store, incident, out=out, role=role, tasks_as=tasks_as, actor=self.actor, now=self.clock()
        )
