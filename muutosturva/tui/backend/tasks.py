"""What is done to tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.pure.views import TaskView
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Tasks:
    """Begins, finishes, skips, gives away, moves and adds tasks.

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

    def finish(self, task: TaskView) -> TaskView:
        """Mark a task done."""
        return service.finish_task(
            self.desk.store,
            task.incident,
            task.key,
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
