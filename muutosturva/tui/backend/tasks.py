"""What is done to tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from muutosturva.areas.queries import area_names
from muutosturva.errors import Problem
from muutosturva.incidents import service
from muutosturva.incidents.acts.adding import Judged
from muutosturva.incidents.acts.answering import Reply
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.away_warnings import task_warnings
from muutosturva.incidents.reading.escalations import Escalation, of_incident
from muutosturva.incidents.typed.pasting import NewTask
from muutosturva.models.states import AreaPart
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Tasks:
    """Begins, finishes, skips, gives away, labels, shares, moves and adds tasks.

    Each names the version the person saw, so that another's work is never overwritten unseen.
    """

    desk: Desk

    def start(self, task: TaskView, reason: str = "") -> TaskView:
        """Begin a task, or re-open a finished one with a reason."""
        return service.start_task(
            self.desk.store,
            task.incident,
            task.key,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def finish(self, task: TaskView, reply: Reply | None = None) -> TaskView:
        """Mark a task done, with the answer it asks for."""
        return service.finish_task(
            self.desk.store,
            task.incident,
            task.key,
            reply=reply,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def skip(self, task: TaskView, reason: str) -> TaskView:
        """Leave a task undone, with the reason."""
        return service.skip_task(
            self.desk.store,
            task.incident,
            task.key,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def assign(self, task: TaskView, person: str) -> TaskView:
        """Give a task to a person."""
        return service.assign_task(
            self.desk.store,
            task.incident,
            task.key,
            person=person,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def away_warnings(self, task: TaskView, person: str) -> tuple[Problem, ...]:
        """Return on which days before the due day the person is away, and who stands in."""
        with self.desk.store.reading() as session:
            return task_warnings(session, task, person, self.desk.today)

    def redate(self, task: TaskView, due: dt.date, reason: str) -> TaskView:
        """Set a task's due day by hand."""
        return service.redate_task(
            self.desk.store,
            task.incident,
            task.key,
            due=due,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def label(self, task: TaskView, label: str) -> TaskView:
        """Put a label on a task; "" takes it away."""
        (done,) = service.set_label(
            self.desk.store,
            task.incident,
            [task.key],
            label,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )
        return done

    def move(self, task: TaskView, *, before: str = "", after: str = "") -> TaskView:
        """Move a task right before or after another one; with neither, back to its place in the plan."""
        return service.move_task(
            self.desk.store,
            task.incident,
            task.key,
            before=before,
            after=after,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def areas(self) -> tuple[tuple[str, str], ...]:
        """Return every employment area, slug and name, by name."""
        with self.desk.store.reading() as session:
            return tuple(sorted(area_names(session).items(), key=lambda pair: pair[1]))

    def set_area(self, task: TaskView, area: str, part: AreaPart, contact: str) -> TaskView:
        """Give an employment area a part in a task, or change its part and whom to ask there."""
        return service.set_task_area(
            self.desk.store,
            task.incident,
            task.key,
            area,
            part=part,
            contact=contact,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def finish_area(self, task: TaskView, area: str) -> TaskView:
        """Write down that an area has done its part."""
        return service.finish_task_area(
            self.desk.store,
            task.incident,
            task.key,
            area,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def remove_area(self, task: TaskView, area: str) -> TaskView:
        """Take an area out of a task."""
        return service.remove_task_area(
            self.desk.store,
            task.incident,
            task.key,
            area,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=task.version,
        )

    def escalated(self, incident: str) -> tuple[Escalation, ...]:
        """Return the tasks that somebody has to be told of today."""
        with self.desk.store.reading() as session:
            return of_incident(session, queries.find_incident(session, incident), self.desk.today)

    def told(self, task: TaskView, to: str, at: dt.datetime | None, note: str) -> Escalation:
        """Write down that somebody was told of a task."""
        return service.record_escalation(
            self.desk.store,
            task.incident,
            task.key,
            to=to or None,
            at=at,
            note=note,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def add(self, incident: str, step: str, title: str, role: str, due: dt.date | None) -> TaskView:
        """Add a task the playbook does not have."""
        return service.add_task(
            self.desk.store,
            incident,
            step,
            title=title,
            role=role,
            due=due,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def preview_several(
        self, incident: str, items: Sequence[NewTask], problems: Sequence[Problem]
    ) -> tuple[Judged, ...]:
        """Return what ``add_several`` would add; writes nothing.

        Raises:
            InputError: there is none, or something is wrong; all of it is told.
        """
        return service.preview_tasks(self.desk.store, incident, items, problems)

    def add_several(self, incident: str, items: Sequence[NewTask]) -> tuple[TaskView, ...]:
        """Add several tasks in one act: all of them, or none."""
        return service.add_tasks(self.desk.store, incident, items, actor=self.desk.actor, now=self.desk.now)
