"""Rows of the preview: every date a trigger would save, in order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from muutosturva.coordination.trigger import Preview
from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.incidents.told.wording import year_slip
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.plan import Plan, PlannedDate, PlannedState
from muutosturva.tui import words
from muutosturva.tui.rows import ASKS, Column, Row
from muutosturva.tui.trigger_form import ASKED, ASKED_LAST

PREVIEW: Final = (
    Column("date", 15),
    Column("kind", 9),
    Column("code", 3),
    Column("what", apart=True),
    Column("role", 26, wide=True),
    Column("statute", 1),
)
_When = tuple[dt.date, dt.time]
"""What rows are ordered by; a day without a clock time comes before its hours, no day comes last."""


def preview(texts: Texts, plan: Plan) -> list[Row]:
    """Return anchors, tasks, meetings, messages and documents of a plan by their day."""
    found = [*_anchors(texts, plan), *_tasks(texts, plan), *_rest(texts, plan)]
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _anchors(texts: Texts, plan: Plan) -> Iterator[tuple[_When, Row]]:
    for anchor in plan.anchors:
        value = words.anchor_value(texts, anchor.value)
        label = texts.pick(anchor.label) or anchor.name
        origin = words.origin(texts, anchor.origin, anchor.value)
        cells = (value, _kind(texts, "anchor"), "", label, origin, words.STATUTORY if anchor.law else "")
        yield _when(anchor.value), Row(f"anchor {anchor.name}", cells)


def _tasks(texts: Texts, plan: Plan) -> Iterator[tuple[_When, Row]]:
    roles = {role.id: texts.pick(role.title) for role in plan.roles}
    for task in plan.tasks:
        asks = task.state is PlannedState.QUESTION
        law = words.STATUTORY if task.law or task.statutory else ""
        role = roles.get(task.raci.doer) or task.raci.doer
        title = texts.pick(task.title)
        cells = (
            words.planned_clock(texts, task.due),
            _kind(texts, "task"),
            task.code,
            f"{words.UNKNOWN} {title}" if asks else title,
            role,
            law,
        )
        yield _when(task.due), Row(f"task {task.key}", cells, ASKS if asks else "")


def _rest(texts: Texts, plan: Plan) -> Iterator[tuple[_When, Row]]:
    roles = {role.id: texts.pick(role.title) for role in plan.roles}
    items: Iterable[tuple[str, str, str, PlannedDate | None, str]] = (
        *(("meeting", item.key, texts.pick(item.title), item.starts, item.owner) for item in plan.meetings),
        *(("message", item.key, texts.pick(item.title), item.due, item.owner) for item in plan.messages),
        *(("document", item.key, texts.pick(item.title), item.due, "") for item in plan.documents),
    )
    for kind, key, title, date, owner in items:
        cells = (words.planned_clock(texts, date), _kind(texts, kind), "", title, roles.get(owner, owner), "")
        yield _when(date), Row(f"{kind} {key}", cells)


def _when(date: PlannedDate | AnchorValue | None) -> _When:
    if date is None or date.value is None:
        return dt.date.max, dt.time.max
    return date.value, date.at or dt.time.min


def _kind(texts: Texts, kind: str) -> str:
    return texts(f"tui.kind.{kind}")


def summary(texts: Texts, plan: Plan) -> str:
    """Return what a trigger would save, in one sentence."""
    return texts(
        "tui.trigger.summary",
        playbook=texts.pick(plan.playbook_title),
        level=plan.level or words.UNKNOWN,
        tasks=len(plan.tasks),
        meetings=len(plan.meetings),
        messages=len(plan.messages),
        questions=len(plan.questions),
    )


def who_may_know(texts: Texts, secrecy: Secrecy, *, unsaid: bool) -> str:
    """Return who will see the incident.

    Args:
        texts: the words.
        secrecy: the class it opens in.
        unsaid: nobody has said whether the firm is listed, and the class hangs on it.
    """
    name = "unsaid" if unsaid else secrecy.value
    return texts(f"tui.trigger.may_know.{name}")


def preview_problems(texts: Texts, preview: Preview, employer: str, steps: Sequence[str]) -> list[str]:
    """Return each problem of a plan in the words of the dialog, with the question that mends it.

    After them what stands in nobody's way and wants somebody's eyes: the firm is open already, a year
    may be a slip, the playbook should have been read through.

    Args:
        texts: the words.
        preview: what a trigger would save.
        employer: the firm's name.
        steps: the questions that were asked, in their order.
    """
    declared = preview.resolved.playbook
    labels = {
        name: texts.pick(spec.label)
        for group in (declared.inputs, declared.anchors, declared.waves)
        for name, spec in group.items()
    }
    lines = [f"! {_problem(texts, problem, labels, steps)}" for problem in preview.plan.problems]
    if preview.same_firm:
        names = [line.readable_id for line in preview.same_firm]
        lines.append(f"! {texts('tui.trigger.same_firm', employer=employer, incidents=names)}")
    for name, day in preview.slips.items():
        told = year_slip(texts, labels.get(name) or name, day)
        lines.append(f"! {told} {texts('tui.trigger.see_question', number=_number(steps, 'dates'))}")
    return [*lines, *(f"! {texts.problem(warning)}" for warning in preview.warnings)]


def _problem(texts: Texts, problem: Problem, labels: Mapping[str, str], steps: Sequence[str]) -> str:
    name = str(problem.params.get("name", ""))
    option = problem.path.partition(" ")[0]
    if option not in {"--input", "--anchor"} or not labels.get(name):
        return f"{texts.problem(problem)} {texts.hint(problem)}".strip()
    said = texts.problem(replace(problem, params={**problem.params, "name": f"”{labels[name]}”"}))
    asked: tuple[str, ...] = ("dates",)
    if option == "--input" and name in ASKED:
        asked = ("numbers", "trial")
    elif option == "--input" and name in ASKED_LAST:
        asked = ("lead", "trial")
    return f"{said} {texts('tui.trigger.see_question', number=_number(steps, *asked))}"


def _number(steps: Sequence[str], *names: str) -> int:
    """Return the number of the first question of one of these names, counted from 1."""
    return next(number for number, step in enumerate(steps, 1) if step in names)


def problems(texts: Texts, found: Iterable[Problem]) -> list[str]:
    """Return each problem with how to mend it."""
    return [f"! {texts.problem(problem)} {texts.hint(problem)}".rstrip() for problem in found]
