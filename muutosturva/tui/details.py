"""What is known of one task, in sections: for the pane beside the plan and for the plain listing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import AnchorView, IncidentView, TaskView
from muutosturva.incidents.told.asked import answer_lines, asked_lines
from muutosturva.incidents.told.statutes import statute
from muutosturva.incidents.told.wording import form, question_label
from muutosturva.models.states import TaskState
from muutosturva.playbooks.plan import TextMap
from muutosturva.playbooks.planning.readiness import STARTED, TASK_QUALITIES, split_need
from muutosturva.tui import words


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it; a section of one line may be written beside its heading."""

    heading: str
    lines: tuple[str, ...]


def sections(
    texts: Texts, view: IncidentView, task: TaskView, today: dt.date, titles: Mapping[str, str]
) -> tuple[Section, ...]:
    """Return what is known of a task, the most urgent first; empty sections are left out.

    Args:
        texts: the words.
        view: the incident.
        task: the task.
        today: the present day in Finland.
        titles: titles of the incident's tasks by step, for what the task waits for, and of its documents
            and messages as tasks name them, for what comes of it.
    """
    found = (
        Section(texts("tui.detail.state"), tuple(_state(texts, task, today))),
        Section(texts("tui.detail.due"), tuple(_due(texts, view, task))),
        Section(texts("tui.detail.who"), tuple(_who(texts, task))),
        Section(texts("tui.detail.label"), _lines(task.label)),
        Section(texts("tui.detail.areas"), tuple(words.area_part(texts, area) for area in task.areas)),
        Section(texts("tui.detail.question"), tuple(_questions(texts, view, task))),
        Section(texts("tui.detail.asks"), () if task.answer else tuple(asked_lines(texts, task.asks))),
        Section(texts("tui.detail.answer"), tuple(answer_lines(texts, task))),
        Section(texts("tui.detail.law"), tuple(_law(texts, task))),
        Section(texts("tui.detail.howto"), _lines(texts.pick(task.howto))),
        Section(texts("tui.detail.checklist"), tuple(f"□ {texts.pick(point)}" for point in task.checklist)),
        Section(texts("tui.detail.needs"), tuple(_needs(texts, task, titles))),
        Section(
            texts("tui.detail.produces"), tuple(_product(texts, product, titles) for product in task.produces)
        ),
        Section(texts("tui.detail.condition"), _lines(task.condition)),
        Section(texts("tui.detail.key"), (task.key,)),
    )
    return tuple(section for section in found if section.lines)


def step_titles(texts: Texts, tasks: Iterable[TaskView]) -> dict[str, str]:
    """Return the titles of tasks by step."""
    return {task.step: words.task_title(texts, task) for task in tasks}


def product_titles(texts: Texts, products: Mapping[str, TextMap]) -> dict[str, str]:
    """Return the titles of documents and messages in words, as tasks name them."""
    return {name: texts.pick(title) for name, title in products.items()}


def _product(texts: Texts, product: str, titles: Mapping[str, str]) -> str:
    kind, _, name = product.partition(":")
    title = form(texts, name) if kind == "form" else titles.get(product) or name
    return f"{texts(f'tui.kind.{kind}')}: {title}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.strip().splitlines() if line.strip())


def _state(texts: Texts, task: TaskView, today: dt.date) -> Iterator[str]:
    state = texts(f"words.task_state.{task.state.value}")
    yield f"{words.SYMBOLS[task.state]} {state}"
    if task.state_reason:
        yield texts("tui.detail.why", reason=task.state_reason)
    if task.late(today):
        yield f"{words.LATE} {texts('tui.late_by', n=words.days_late(task, today))}"
    if task.finished_at is not None:
        yield texts("tui.finished_by", moment=texts.moment(task.finished_at), name=task.finished_by)
    if task.unsure:
        yield texts("tui.detail.unsure")


def _due(texts: Texts, view: IncidentView, task: TaskView) -> Iterator[str]:
    yield words.planned_long(texts, task.due, view)
    if task.due_by_hand:
        yield texts("tui.detail.by_hand")
    elif task.due is not None and task.due.expression:
        yield texts("tui.detail.computed", expression=words.expression(texts, task.due.expression, view))
    if task.start is not None:
        yield texts("tui.detail.start", date=words.planned_long(texts, task.start, view))


def _who(texts: Texts, task: TaskView) -> Iterator[str]:
    role = texts.pick(task.role_title) or task.role
    absent = task.stands_in_for
    if task.person:
        yield f"{task.person} ({role})"
        if absent:
            yield texts("tui.detail.stands_in", absent=absent)
    else:
        yield (
            texts("tui.detail.all_away", role=role, absent=absent)
            if absent
            else texts("tui.detail.nobody", role=role)
        )
    if task.employer:
        yield f"{task.employer} · {task.incident}"


def _questions(texts: Texts, view: IncidentView, task: TaskView) -> Iterator[str]:
    if task.state is not TaskState.QUESTION:
        return
    labels = {question.name: texts.pick(question.label) for question in view.questions}
    for name in task.depends_on:
        yield f"{words.UNKNOWN} {labels.get(name) or name}"
    yield texts("tui.detail.answer_it")


def _needs(texts: Texts, task: TaskView, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield what comes before a task: how many of them suffice, and where one need only be begun."""
    if task.join is not None and task.join < len(task.needs):
        yield texts("tui.detail.needs_some", n=task.join)
    for need in task.needs:
        name, quality = split_need(need)
        title = titles.get(name if quality in TASK_QUALITIES else need, need)
        yield texts("tui.detail.need_begun", task=title) if quality == STARTED else title


def _law(texts: Texts, task: TaskView) -> Iterator[str]:
    if task.statutory is not None:
        yield from words.statutory(texts, task.rule, task.statutory)
        due = task.due_on
        if words.is_deadline(task.rule) and due is not None and due > task.statutory.date:
            yield texts("tui.law.past", date=texts.weekday_date(task.statutory.date))
    shown = {row.statute for row in task.statutory.law} if task.statutory is not None else set()
    yield from (f"{words.STATUTORY} {statute(texts, act)}" for act in task.law if act not in shown)


def incident_sections(texts: Texts, view: IncidentView) -> Iterable[Section]:
    """Return anchors, waves, roles and questions of an incident, for the plain listing."""
    yield Section(
        texts("tui.incident.anchors"),
        tuple(_anchor(texts, anchor) for anchor in words.in_order(view.anchors)),
    )
    yield Section(texts("tui.incident.roles"), tuple(words.role_line(texts, role) for role in view.roles))
    yield Section(
        texts("tui.incident.questions"),
        tuple(question_label(texts, question.name, question.label) for question in view.questions),
    )


def _anchor(texts: Texts, anchor: AnchorView) -> str:
    said = f"{words.anchor_label(texts, anchor)}: {words.anchor_long(texts, anchor.value)}"
    if anchor.origin in {"given", "rule"} and anchor.value.value is not None:
        return f"{said}, {texts(f'tui.origin.{anchor.origin}')}"
    return said
