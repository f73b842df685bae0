"""What an edited row of the task sheet changes, field by field. Pure.

Three values are compared: what stands in the sheet, what stands in the store now, and the fingerprint
of what stood there when the sheet was written. A field nobody edited is left as the store has it; an
edited one is a change; one that was changed on both sides is a conflict, told with both values. A row
in which anything is wrong changes nothing at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from muutosturva.errors import Problem, nearest
from muutosturva.i18n import Texts
from muutosturva.incidents.acts.labels import label_problems
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading.selecting import state_named
from muutosturva.incidents.reading.sheet_reading import SheetLine, cell_day, cell_number, comparable
from muutosturva.incidents.reading.task_sheet import (
    EDITABLE,
    Stamp,
    field_values,
    fingerprint,
    identity,
)
from muutosturva.incidents.typed.pasting import title_problems
from muutosturva.models.states import NOT_STARTED, OPEN_TASKS, TaskState

Value = str | dt.date | TaskState | int | None

_ENDED: Final = frozenset({TaskState.DONE, TaskState.SKIPPED})


def settable(state: TaskState | None) -> bool:
    """Tell whether somebody puts a task into a state; the program works out the others."""
    return state is TaskState.STARTED or state in _ENDED


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that the sheet changes; an order is told by the task's number in the sheet."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row of the sheet that is not taken, and why.

    Attributes:
        line: number of the row on the screen.
        column: letters of the column, or "" where the whole row is meant.
        key: what the row says its task is.
        problem: what is wrong; its path is the cell, ``D5``.
    """

    line: int
    column: str
    key: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class SheetGround:
    """What rows are judged against.

    Attributes:
        texts: in the language of the sheet.
        columns: letters by the key of the column.
        people: names of the roster by what people may write for them, folded.
        reason: why, for the rows that do not say so themselves.
    """

    texts: Texts
    columns: Mapping[str, str]
    people: Mapping[str, str]
    reason: str = ""

    def rejected(self, line: SheetLine, field: str, code: str, /, **params: object) -> Rejected:
        """Return a row that is not taken because of one of its cells."""
        letters = self.columns.get(field, "")
        problem = Problem(code, params, f"{letters}{line.number}")
        return Rejected(line.number, letters, line.text("key"), problem)

    def named(self, field: str) -> str:
        """Return what a column is called."""
        return self.texts(f"incidents.sheet.{field}")

    def known_states(self) -> str:
        """Return the words of the states that somebody may put a task into."""
        return ", ".join(self.texts.word(state) for state in TaskState if settable(state))


@dataclass(frozen=True, slots=True)
class Judged:
    """A row that was compared with its task.

    Attributes:
        changes: what it changes, its order left out.
        reason: why, as the row says, or the whole import.
        number: the number in its order column, where somebody changed it.
        stamp: what it says of the task it was written from; None where that is gone.
        rejected: what is wrong with it; the rest counts only when there is nothing.
    """

    changes: tuple[FieldChange, ...]
    reason: str
    number: float | None
    stamp: Stamp | None
    rejected: tuple[Rejected, ...]


def judge_line(line: SheetLine, task: TaskView, order: int, ground: SheetGround) -> Judged:
    """Return what a row changes in its task.

    Args:
        line: the row.
        task: as it stands now.
        order: its number in the sheet, were it written now.
        ground: what the row is judged against.
    """
    stamp = Stamp.read(line.text("version"))
    now = field_values(task, order, ground.texts)
    edits = {}
    rejected: list[Rejected] = []
    for field in EDITABLE:
        if field not in line.cells:
            continue
        shown = comparable(field, line.cells[field], ground.people)
        if field == "order":
            if shown != now[field] and (stamp is None or not _as_written(task, field, shown, stamp)):
                edits[field] = shown
        elif shown == now[field] or (stamp is not None and _as_written(task, field, shown, stamp)):
            continue
        elif stamp is not None and stamp.fingerprints and not _untouched(task, field, now[field], stamp):
            rejected.append(_conflict(line, task, field, ground))
        else:
            edits[field] = shown
    reason = line.text("reason") or ground.reason.strip()
    changes = tuple(
        FieldChange(field, _stands(task, field, ground.texts), _meant(field, line, ground))
        for field in edits
        if field != "order"
    )
    open_then = task.state in OPEN_TASKS or any(change.new is TaskState.STARTED for change in changes)
    for change in changes:
        rejected += _wrong(_Edit(line, task, change, reason, open_then, ground))
    number = cell_number(line.cells["order"]) if "order" in edits else None
    if "order" in edits and number is None:
        rejected.append(ground.rejected(line, "order", "incidents.sheet_order", text=line.text("order")))
    return Judged(changes, reason, number, stamp, tuple(_once(rejected)))


def _once(rejected: Iterable[Rejected]) -> Iterable[Rejected]:
    """Return what is wrong, the same thing once: one reason is missing for all edits of a row."""
    return {(found.column, found.problem.code): found for found in rejected}.values()


def _as_written(task: TaskView, field: str, shown: str, stamp: Stamp) -> bool:
    """Tell whether a cell holds what was written into it."""
    return stamp.fingerprints.get(field) == fingerprint(identity(task.incident, task.key), field, shown)


def _untouched(task: TaskView, field: str, now: str, stamp: Stamp) -> bool:
    """Tell whether the store holds what it held when the sheet was written.

    Which of the states before the beginning a task is in, the program works out: no one's edit.
    """
    same = [now]
    if field == "state" and task.state in NOT_STARTED:
        same = [state.value for state in NOT_STARTED]
    return any(_as_written(task, field, value, stamp) for value in same)


def _conflict(line: SheetLine, task: TaskView, field: str, ground: SheetGround) -> Rejected:
    ours, theirs = _meant(field, line, ground), _stands(task, field, ground.texts)
    heading = ground.named(field)
    return ground.rejected(
        line, field, "incidents.sheet_conflict", heading=heading, ours=ours or "–", theirs=theirs or "–"
    )


def _stands(task: TaskView, field: str, texts: Texts) -> Value:
    values: dict[str, Value] = {
        "title": texts.pick(task.title),
        "state": task.state,
        "due": task.due_on,
        "person": task.appointed,
        "label": task.label,
    }
    return values[field]


def _meant(field: str, line: SheetLine, ground: SheetGround) -> Value:
    """Return what a cell means; the text that stands there, where it cannot be meant."""
    text = line.text(field)
    if field == "state":
        return state_named(text) or text
    if field == "due":
        return cell_day(line.cells[field]) or text
    return ground.people.get(text.casefold(), text) if field == "person" else text


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change with all that decides whether it may be made."""

    line: SheetLine
    task: TaskView
    change: FieldChange
    reason: str
    open_then: bool
    ground: SheetGround

    def wrong(self, code: str, /, **params: object) -> Rejected:
        """Return that the change may not be made."""
        return self.ground.rejected(self.line, self.change.field, code, **params)

    def unreasoned(self) -> list[Rejected]:
        """Return that the reason is missing, unless somebody gave one."""
        if self.reason:
            return []
        heading = self.ground.named(self.change.field)
        return [self.ground.rejected(self.line, "reason", "incidents.sheet_reason", heading=heading)]


def _wrong(edit: _Edit) -> list[Rejected]:
    """Return why a change may not be made, as the use cases of one task would refuse it."""
    field, new = edit.change.field, edit.change.new
    if field in {"title", "label"}:
        found = title_problems(str(new), "") if field == "title" else label_problems(str(new))
        return [edit.wrong(problem.code, **problem.params) for problem in found]
    if field == "state":
        return _wrong_state(edit)
    if not edit.open_then:
        return [edit.wrong("incidents.sheet_task_ended", state=edit.task.state)]
    return _wrong_day(edit) if field == "due" else _wrong_person(edit)


def _wrong_state(edit: _Edit) -> list[Rejected]:
    old, new = edit.task.state, edit.change.new
    if not isinstance(new, TaskState):
        return [edit.wrong("incidents.sheet_state", text=str(new), known=edit.ground.known_states())]
    if not settable(new):
        return [edit.wrong("incidents.sheet_state_worked_out", state=new)]
    if old is TaskState.WITHDRAWN:
        return [edit.wrong("incidents.sheet_task_withdrawn")]
    if new in _ENDED and old not in OPEN_TASKS:
        return [edit.wrong("incidents.sheet_task_ended", state=old)]
    if new is TaskState.DONE and edit.task.asks is not None and edit.task.asks.needed:
        return [edit.wrong("incidents.sheet_task_asks")]
    reopens = new is TaskState.STARTED and old not in OPEN_TASKS
    return edit.unreasoned() if reopens or new is TaskState.SKIPPED else []


def _wrong_day(edit: _Edit) -> list[Rejected]:
    new = edit.change.new
    if not new:
        return [edit.wrong("incidents.sheet_due_empty")]
    if not isinstance(new, dt.date):
        return [edit.wrong("incidents.line_date", text=str(new))]
    return edit.unreasoned()


def _wrong_person(edit: _Edit) -> list[Rejected]:
    new, people = str(edit.change.new), edit.ground.people
    if not new:
        return (
            []
            if edit.task.assigned
            else [edit.wrong("incidents.sheet_person_empty", person=edit.task.appointed)]
        )
    if new in people.values():
        return []
    near = nearest(new, sorted(set(people.values())))
    return [edit.wrong("incidents.who_unknown", who=new, nearest=near)]
