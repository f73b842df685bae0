"""Bars and milestones of a plan, saved or only planned. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.chain import Link, Task, deciding, deciding_of
from muutosturva.incidents.pure.views import AnchorView, TaskView
from muutosturva.incidents.told.gantt import Bar, Milestone
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import Plan, PlannedAnchor, PlannedDate, PlannedTask, TextMap


def saved_bars(
    texts: Texts,
    tasks: Iterable[TaskView],
    phases: Mapping[str, TextMap],
    *,
    label: Callable[[TaskView], str],
    mark: Callable[[TaskView], str],
    by_firm: bool = False,
) -> list[Bar]:
    """Return a bar for each task, by phase and there by due day.

    Args:
        texts: the words.
        tasks: what is drawn.
        phases: titles of the phases, in their order.
        label: what stands before the bar.
        mark: one character before the label.
        by_firm: the tasks of each firm of a situation stand together, under its name.
    """
    found = list(tasks)
    chained = {(link.task.incident, link.task.key) for link in deciding_of(found)}
    order = list(phases)

    def place(task: TaskView) -> tuple[str, int, dt.date, int]:
        phase = order.index(task.phase) if task.phase in order else len(order)
        firm = task.incident if by_firm else ""
        return firm, phase, task.due_on or dt.date.max, task.position

    def group(task: TaskView) -> str:
        phase = texts.pick(phases[task.phase]) if task.phase in phases else ""
        return ": ".join(part for part in (task.employer if by_firm else "", phase) if part)

    return [
        _bar(
            f"{task.incident} {task.key}",
            label(task),
            group(task),
            task,
            mark=mark(task),
            chained=(task.incident, task.key) in chained,
        )
        for task in sorted(found, key=place)
    ]


def planned_bars(texts: Texts, plan: Plan, tasks: Sequence[PlannedTask]) -> list[Bar]:
    """Return a bar for each task of a plan nobody has saved, in the order given."""
    chained = {link.task.key for link in deciding(tasks)}
    titles = dict(plan.phases)
    order = [phase for phase, _ in plan.phases]
    placed = sorted(tasks, key=lambda task: order.index(task.phase) if task.phase in order else len(order))
    return [
        _bar(
            task.key,
            task.key,
            texts.pick(titles[task.phase]) if task.phase in titles else "",
            task,
            chained=task.key in chained,
        )
        for task in placed
    ]


def _bar(
    key: str, label: str, group: str, task: TaskView | PlannedTask, *, chained: bool, mark: str = ""
) -> Bar:
    due, start = task.due, task.start
    return Bar(
        key=key,
        label=label,
        group=group,
        begin=start.value if start is not None else None,
        due=due.value if due is not None else None,
        latest=due.latest if due is not None else None,
        sure=_sure(due),
        law=task.statutory.date if task.statutory is not None else None,
        mark=mark,
        chained=chained,
    )


def _sure(date: PlannedDate | None) -> bool:
    return date is None or date.certainty is Certainty.CONFIRMED


def milestones(texts: Texts, anchors: Iterable[AnchorView | PlannedAnchor]) -> list[Milestone]:
    """Return the dates a plan hangs on, those that are known."""
    return [
        Milestone(
            texts.pick(found.label) or found.name,
            found.value.value,
            found.value.certainty is Certainty.CONFIRMED,
        )
        for found in anchors
        if found.value.value is not None
    ]


def chain_line(texts: Texts, chain: Sequence[Link[Task]], label: Callable[[Task], str]) -> str:
    """Return in one sentence what decides the end of a plan; "" when nothing has a date."""
    if not chain:
        return ""
    last = chain[-1].task.due
    assert last is not None, "a chain holds dated tasks"
    said = " → ".join(label(link.task) for link in chain)
    if len(chain) == 1:
        return texts("incidents.gantt.alone", date=last.value, chain=said)
    slack = sum(link.slack or 0 for link in chain)
    return texts("incidents.gantt.chain", date=last.value, chain=said, n=slack)
