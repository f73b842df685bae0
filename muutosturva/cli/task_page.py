"""The page of one task: when, who, by which law, and how it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from muutosturva.cli import words
from muutosturva.cli.state import State
from muutosturva.cli.tables import TIED
from muutosturva.clock import local_date
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.told.asked import answer_lines, asked_lines
from muutosturva.incidents.told.statutes import statute
from muutosturva.rules.results import StatutoryDate

BOX: Final = "[ ] "
"""Before a point of the checklist."""


def page_lines(state: State, task: TaskView, view: IncidentView) -> list[str]:
    """Return the page of a task; what is empty is left out."""
    texts, today = state.texts, local_date(state.now())
    who = words.doer(texts, task) or texts("cli.nobody")
    lines = [
        *words.mark(texts, view.kind),
        f"{task.incident} {task.key}  {texts.pick(task.title)}",
        texts("cli.page.state", state=words.state(texts, task, today)),
        texts("cli.page.due", due=words.day(texts, task.due).replace(TIED, " ")),
        texts("cli.page.who", person=who, role=texts.pick(task.role_title)),
    ]
    if task.state_reason:
        lines.append(texts("cli.page.why", reason=task.state_reason))
    if task.finished_at is not None:
        lines.append(texts("cli.page.finished", at=task.finished_at, person=task.finished_by))
    if task.needs:
        several = task.join is not None and task.join < len(task.needs)
        key = "cli.page.needs_some" if several else "cli.page.needs"
        lines.append(texts(key, keys=task.needs, n=task.join or 0))
    if task.depends_on:
        lines.append(texts("cli.page.depends", names=task.depends_on))
    lines += _section(state, "asks", list(asked_lines(texts, task.asks)) if task.answer is None else [])
    lines += _section(state, "answer", list(answer_lines(texts, task)))
    lines += _law(state, task)
    lines += _section(state, "areas", list(_areas(state, task)))
    lines += _section(state, "howto", [texts.pick(task.howto)])
    lines += _section(state, "checklist", [f"{BOX}{texts.pick(point)}" for point in task.checklist])
    return [line for text in lines for line in _wrapped(state, text)]


def _wrapped(state: State, text: str) -> list[str]:
    marks = [mark for mark in (BOX, f"{words.SECTION} ") if text.startswith(mark)]
    return state.out.wrapped(text, hanging=" " * len(marks[0]) if marks else "") or [""]


def _section(state: State, name: str, lines: Sequence[str]) -> list[str]:
    told = [line for line in lines if line.strip()]
    return ["", state.texts(f"cli.section.{name}"), *told] if told else []


def _areas(state: State, task: TaskView) -> Iterator[str]:
    texts = state.texts
    for area in task.areas:
        line = texts("incidents.shared.part", area=area.name, part=area.part)
        if area.contact:
            line = texts("cli.task_area.contact", line=line, contact=area.contact)
        if area.done_at is not None:
            line = texts("cli.task_area.done_at", line=line, at=area.done_at, person=area.done_by)
        yield line


def _law(state: State, task: TaskView) -> list[str]:
    lines = list(_dates(state, task.rule, task.statutory)) if task.statutory is not None else []
    shown = {row.statute for row in task.statutory.law} if task.statutory is not None else set()
    lines += [f"{words.SECTION} {statute(state.texts, act)}" for act in task.law if act not in shown]
    if task.unsure:
        lines.append(state.texts("cli.task.unsure"))
    return _section(state, "law", lines)


def _dates(state: State, rule: str, dates: StatutoryDate) -> Iterator[str]:
    texts = state.texts
    yield texts("cli.page.statutory", rule=words.rule(texts, rule), day=texts.weekday_date(dates.date))
    yield texts("cli.page.safe", day=texts.weekday_date(dates.safe_date))
    if dates.last_date is not None and dates.last_date != dates.date:
        yield texts("cli.page.last", day=texts.weekday_date(dates.last_date))
    for row in dates.law:
        name, value = words.law_name(texts, row.key), words.law_value(texts, row)
        confidence = texts.word(row.confidence)
        named = statute(texts, row.statute)
        yield texts("cli.page.row", statute=named, name=name, value=value, confidence=confidence)
