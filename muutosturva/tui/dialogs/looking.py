"""Which tasks the plan lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget
from textual.widgets import Input

from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading.selecting import Wanted
from muutosturva.models.states import TaskState
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.widgets.choice import Choice


class FilterDialog(Dialog[Wanted]):
    """Asks what a task must be to be listed; everything as it stands lists all."""

    NAME = "filter"

    def __init__(self, tasks: Sequence[TaskView], wanted: Wanted) -> None:
        super().__init__()
        self.tasks = tuple(tasks)
        self.wanted = wanted

    def fields(self) -> Iterable[Widget]:
        """Return text, part, role, person and state."""
        t = self.texts
        every = ("", self.words("every"))
        yield self.label("text")
        yield Input(self.wanted.text, id="text", placeholder=self.words("text_placeholder"), compact=True)
        yield self.label("only")
        parts = [("", self.words("every")), ("open", self.words("open")), ("late", self.words("late"))]
        present = "late" if self.wanted.late else "open" if self.wanted.open else ""
        yield Choice(parts, value=present, id="only")
        yield self.label("person")
        people = sorted({task.person for task in self.tasks if task.person})
        yield Choice([every, *((name, name) for name in people)], value=self.wanted.person, id="person")
        yield self.label("role")
        roles = {task.role: t.pick(task.role_title) or task.role for task in self.tasks if task.role}
        by_title = sorted(roles.items(), key=lambda pair: pair[1])
        yield Choice([every, *by_title], value=self.wanted.role, id="role")
        yield self.label("state")
        found = {task.state for task in self.tasks}
        states = [state for state in TaskState if state in found]
        present_state = next((state.value for state in self.wanted.states), "")
        yield Choice([every, *self._states(states)], value=present_state, id="state")
        labels = sorted({task.label for task in self.tasks if task.label})
        if labels:
            yield self.label("mark")
            yield Choice([every, *((name, name) for name in labels)], value=self.wanted.label, id="mark")

    def _states(self, states: Iterable[TaskState]) -> Iterable[tuple[str, str]]:
        return ((state.value, self.texts(f"tui.task_state.{state.value}")) for state in states)

    def read(self) -> Wanted:
        """Return what a task must be."""
        state = self._chosen("state")
        return Wanted(
            open=self._chosen("only") == "open",
            late=self._chosen("only") == "late",
            states=(TaskState(state),) if state else (),
            role=self._chosen("role"),
            person=self._chosen("person"),
            label=self._chosen("mark"),
            text=self.text("text"),
        )

    def _chosen(self, field: str) -> str:
        """Return what was chosen in a field; "" for everything, or where there is no such field."""
        return next((found.value or "" for found in self.query(f"#{field}").results(Choice)), "")
