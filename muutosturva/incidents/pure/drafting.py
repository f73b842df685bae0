"""What a group did in an incident, as changes to its playbook with offsets back from its anchors.

A draft holds what differed: tasks the group added, steps it left out by choice, days it set by hand. What
the law asks for is never taken out, work done early or late is told and changes nothing, and a day that no
one expression gives for every place of a step is told too. A task begun before a date moved keeps its old
day in the incident; that is no choice of the group, and the playbook's own expression stands.

The incident knows no way to add or move a message or a meeting, or to give a task to another role: there
is nothing of them to draft.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from muutosturva.clock import local_date
from muutosturva.incidents.pure.anonymous import Names, TakenOut, without_names
from muutosturva.incidents.pure.laying import Change, laid_over
from muutosturva.incidents.pure.offsets import habit_of, offset_to
from muutosturva.incidents.pure.standpoint import Standpoint
from muutosturva.incidents.pure.views import TaskView
from muutosturva.models.states import Origin, TaskState
from muutosturva.playbooks.checks.order import late_needs
from muutosturva.playbooks.expressions.conditions import replies_read
from muutosturva.playbooks.language.schema import Playbook, Task
from muutosturva.playbooks.language.vocabulary import DEFAULT_TAG
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.ground import lay_ground
from muutosturva.playbooks.planning.readiness import split_need
from muutosturva.rules.plain_ids import plain_id

TASKS: Final = "tasks"
LONGEST_ID: Final = 40
_OWN: Final = "oma"
"""Id of a title without letters, and what stands before one that begins with a digit."""
_BRACES: Final = str.maketrans("{}", "()")
"""Braces in a title would ask for an item's name."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a draft tells in a comment: a code, and plain parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change to the playbook, with what is told of it."""

    change: Change
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What differed.

    Attributes:
        entries: changes to the playbook, in the order of its steps; tasks that are added last.
        remarks: what is told and changes nothing.
        languages: languages in which everything that is added has its words.
        ids: by the key of a task that was added, its id in the draft.
        removed: what was taken out of texts.
        resolved: the pinned playbook with the changes.
    """

    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...]
    languages: tuple[str, ...]
    ids: Mapping[str, str]
    removed: tuple[TakenOut, ...]
    resolved: Resolved

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the changes alone."""
        return tuple(entry.change for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Work:
    """What is drafted from.

    Attributes:
        at: what the plan is computed from.
        tasks: every saved task.
        names: what no text may tell.
        closed: when the incident was closed, or None.
        expected: steps a bundle counts on, which cannot be taken out.
    """

    at: Standpoint
    tasks: Sequence[TaskView]
    names: Names
    closed: dt.datetime | None = None
    expected: frozenset[str] = frozenset()


def read_of(playbook: Playbook) -> frozenset[str]:
    """Return the steps whose decision or form a condition reads; without one, what hangs on it is gone."""
    dated = (*playbook.tasks.values(), *playbook.messages.values(), *playbook.meetings.values())
    return frozenset(key.step for item in dated if item.when for key in replies_read(item.when))


def drafted(work: Work) -> Draft:
    """Return what the group did as changes to the pinned playbook."""
    maker = _Maker(work)
    maker.left_out()
    maker.dated()
    maker.added()
    maker.prove()
    maker.unhook()
    maker.done_otherwise()
    return maker.draft()


class _Maker:
    """Gathers the changes, step by step; each method is one kind of difference."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.playbook: Playbook = work.at.playbook.playbook
        self.plan: Plan = work.at.plan()
        at = work.at
        self.ground = lay_ground(self.playbook, at.facts, at.calendar, at.book, tuple(at.council))
        self.steps: dict[str, list[TaskView]] = {}
        for task in work.tasks:
            if task.origin is Origin.PLAYBOOK and task.state is not TaskState.WITHDRAWN:
                self.steps.setdefault(task.step, []).append(task)
        self.entries: dict[str, Entry] = {}
        self.remarks: list[Remark] = []
        self.ids: dict[str, str] = {}
        self.removed: list[TakenOut] = []
        self.languages: set[str] | None = None
        self.wanted: dict[str, dt.date] = {}

    def draft(self) -> Draft:
        """Return what was gathered."""
        every = tuple(self.playbook.title)
        spoken = tuple(tag for tag in every if self.languages is None or tag in self.languages)
        order = [*(step for step in self.playbook.tasks if step in self.entries), *self.ids.values()]
        entries = tuple(self.entries[step] for step in order)
        removed = tuple(kind for kind in TakenOut if kind in self.removed)
        return Draft(
            entries, tuple(self.remarks), spoken or (DEFAULT_TAG,), self.ids, removed, self._resolved()
        )

    # What the group left out.

    def left_out(self) -> None:
        """Take out the steps nobody wanted to do; what the law asks for, or some of a step, is told."""
        at_closing = 0
        for step, rows in self.steps.items():
            chosen = [row for row in rows if self._by_choice(row)]
            at_closing += sum(self._at_closing(row) for row in rows)
            if not chosen:
                continue
            reason, removed = self._clean(next((row.state_reason for row in chosen if row.state_reason), ""))
            if any(row.by_law for row in rows):
                self._tell("kept_by_law", step=step)
            elif step in self.work.expected or step in read_of(self.playbook):
                self._tell("kept_for_bundle", step=step)
            elif len(chosen) < len(rows):
                self._tell("left_out_partly", step=step, n=len(chosen), of=len(rows))
            else:
                remarks = [Remark("left_out"), *_checked(removed)]
                values = {"reason": {DEFAULT_TAG: reason}} if reason else {}
                self.entries[step] = Entry(Change(TASKS, "remove", step, values), tuple(remarks))
        if at_closing:
            self._tell("left_at_closing", n=at_closing)

    def _by_choice(self, row: TaskView) -> bool:
        # What nobody finished was left out by the program: a time of a series that had passed.
        skipped = row.state is TaskState.SKIPPED and row.finished_at is not None
        return skipped and not self._at_closing(row)

    def _at_closing(self, row: TaskView) -> bool:
        closed = self.work.closed
        return row.state is TaskState.SKIPPED and closed is not None and row.finished_at == closed

    # What the group dated itself.

    def dated(self) -> None:
        """Count the days set by hand back from an anchor."""
        planned = {task.key: task.due_on for task in self.plan.tasks}
        for step, rows in self.steps.items():
            moved = [
                row for row in rows if row.due_by_hand and row.due_on and row.due_on != planned.get(row.key)
            ]
            task = self.playbook.tasks.get(step)
            if not moved or task is None or step in self.entries:
                continue
            if task.every is not None:
                self._tell("moved_in_series", step=step, n=len(moved))
                continue
            used = {row.key: row.due_on if row in moved else planned.get(row.key) for row in rows}
            self._date(step, task, moved[0], {key: day for key, day in used.items() if day is not None})

    def _date(self, step: str, task: Task, row: TaskView, used: Mapping[str, dt.date]) -> None:
        assert row.due_on is not None
        due = self._offset(row.due_on, task.due, row.wave)
        if not due:
            self._tell("moved_beyond", step=step)
            return
        values: dict[str, Any] = {"due": due}
        if task.roll != "none" and not self.work.at.calendar.is_working_day(row.due_on):
            values["roll"] = "none"
        remark = Remark("moved", {"day": row.due_on, "due": due, "old": task.due or "–"})
        self.entries[step] = Entry(Change(TASKS, "replace", step, values), (remark,))
        self.wanted |= used

    def _offset(self, day: dt.date, before: str | None, wave: str) -> str:
        known = self.ground.scope_of(wave if wave in self.ground.dates.by_wave else "")
        given = {anchor.name for anchor in self.plan.anchors if anchor.origin == "given"}
        days = {name: found.value.value for name, found in known.items() if found.value.value is not None}
        first = sorted(days, key=lambda name: name not in given)
        return offset_to(day, {name: days[name] for name in first}, self.work.at.calendar, habit_of(before))

    # What the group added.

    def added(self) -> None:
        """Make steps of the tasks that were added by hand and not left out again."""
        for row in self.work.tasks:
            if row.origin is not Origin.ADDED or row.state in {TaskState.SKIPPED, TaskState.WITHDRAWN}:
                continue
            phase = row.phase if row.phase in self.playbook.phases else next(iter(self.playbook.phases), "")
            role = row.role if row.role in self.playbook.roles else next(iter(self.playbook.roles), "")
            if not phase or not role:
                self._tell("added_homeless", n=1)
                continue
            self._add(row, phase, role)

    def _add(self, row: TaskView, phase: str, role: str) -> None:
        cleaned = {tag: self._clean(text.translate(_BRACES)) for tag, text in row.title.items()}
        title = {tag: text for tag, (text, _) in cleaned.items()}
        removed = tuple(kind for _, kinds in cleaned.values() for kind in kinds)
        step = self._free_id(title[DEFAULT_TAG] if DEFAULT_TAG in title else next(iter(title.values())))
        due = self._offset(row.due_on, None, "") if row.due_on else ""
        values: dict[str, Any] = {"title": title, "phase": phase}
        values |= {"due": due} if due else {}
        values["raci"] = {"r": [role], "a": role}
        needs = [self.ids.get(need, need) for need in row.needs]
        values |= {"needs": needs} if needs else {}
        remark = Remark("added_due", {"day": row.due_on, "due": due}) if due else Remark("added")
        self.entries[step] = Entry(Change(TASKS, "add", step, values), (remark, *_checked(removed)))
        self.ids[row.key] = step
        self.languages = set(title) if self.languages is None else self.languages & set(title)
        if due and row.due_on:
            self.wanted[step] = row.due_on

    def _free_id(self, title: str) -> str:
        bare = plain_id(title, (), longest=LONGEST_ID, nameless=_OWN)
        stem = bare if bare[0].isalpha() else f"{_OWN}-{bare}"
        return plain_id(stem, {*self.playbook.tasks, *self.ids.values()}, longest=LONGEST_ID, nameless=_OWN)

    # What must hold of the whole.

    def prove(self) -> None:
        """Leave out every new day that the plan of the draft does not give: the law's own, or several."""
        found = {task.key: task for task in self.work.at.plan(self._resolved()).tasks}
        wrong = {
            key.partition("[")[0]
            for key, day in self.wanted.items()
            if key not in found or found[key].due_on != day
        }
        for step in [step for step in self.entries if step in wrong]:
            entry = self.entries[step]
            if entry.change.act == "replace":
                by_law = any(row.rule for row in self.steps.get(step, ()))
                self._tell("moved_past_law" if by_law else "moved_apart", step=step)
                del self.entries[step]
            else:
                values = {name: value for name, value in entry.change.values.items() if name != "due"}
                self.entries[step] = Entry(replace(entry.change, values=values), (Remark("added"),))

    def unhook(self) -> None:
        """Let no step wait for one that is taken out, or that is now due after it."""
        gone = {step for step, entry in self.entries.items() if entry.change.act == "remove"}
        tasks = self._resolved().playbook.tasks
        before = self.playbook.tasks
        for step, task in tasks.items():
            late = set(late_needs(tasks, task))
            late -= set(late_needs(before, before[step])) if step in before else set()
            lost = [need for need in task.needs if need in late or self._bare(need, before) in gone]
            if lost:
                self._unhook(step, task, lost)

    def _unhook(self, step: str, task: Task, lost: Sequence[str]) -> None:
        left = [need for need in task.needs if need not in lost]
        values: dict[str, Any] = {"needs": left or None}
        if task.join is not None:
            values["join"] = min(task.join, len(left)) if left else None
        entry = self.entries.get(step) or Entry(Change(TASKS, "replace", step, {}))
        if entry.change.act == "add":
            values = {name: value for name, value in values.items() if value is not None}
        merged = {**entry.change.values, **values}
        if entry.change.act == "add" and not left:
            merged.pop("needs", None)
        remark = Remark("needs_dropped", {"needs": list(lost)})
        self.entries[step] = Entry(replace(entry.change, values=merged), (*entry.remarks, remark))

    @staticmethod
    def _bare(need: str, tasks: Mapping[str, Task]) -> str:
        return need if need in tasks else split_need(need)[0]

    # What was done otherwise than planned.

    def done_otherwise(self) -> None:
        """Tell which steps were done before or after their day, and by how much at most."""
        for step, rows in self.steps.items():
            slips = [days for row in rows if (days := self._slip(row))]
            for code, some in (
                ("done_late", [days for days in slips if days > 0]),
                ("done_early", [-days for days in slips if days < 0]),
            ):
                if some:
                    self._tell(code if len(some) == 1 else f"{code}_most", step=step, n=max(some))

    def _slip(self, row: TaskView) -> int:
        """Return how many working days after its day a task was done; negative before it."""
        if row.state is not TaskState.DONE or row.finished_at is None or row.due_on is None:
            return 0
        return self.work.at.calendar.working_days_between(row.due_on, local_date(row.finished_at))

    def _resolved(self) -> Resolved:
        return laid_over(self.work.at.playbook, [entry.change for entry in self.entries.values()])

    def _tell(self, code: str, **params: object) -> None:
        self.remarks.append(Remark(code, params))

    def _clean(self, text: str) -> tuple[str, tuple[TakenOut, ...]]:
        cleaned, removed = without_names(text, self.work.names)
        self.removed += removed
        return cleaned, removed


def _checked(removed: Iterable[TakenOut]) -> Iterator[Remark]:
    """Yield what is told of a text that people wrote: it is to be read before the draft is used."""
    kinds = [kind for kind in TakenOut if kind in set(removed)]
    yield Remark("check_gaps", {"kinds": kinds}) if kinds else Remark("check")
