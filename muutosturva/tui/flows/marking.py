"""Commands that put the group's own mark on the plan: the label of a task, its place in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from muutosturva.i18n import Texts
from muutosturva.incidents.acts.labels import colour_of
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading.selecting import ordered
from muutosturva.tui import words
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, OneOf, OneOfMany, Question
from muutosturva.tui.flows.job import Job
from muutosturva.tui.widgets.plan_tab import PlanTab

NO_LABEL: Final = ""
BEFORE, AFTER, RESET = "before", "after", "reset"
OWN_ORDER: Final = "own"


class _Place(NamedTuple):
    where: str
    other: str


async def label(job: Job, task: TaskView) -> str:
    """Put a label on a task, or take it away; a word of one's own goes before the one chosen."""
    texts = job.texts
    used = sorted({other.label for other in job.page.tasks if other.label} - {*job.page.labels})

    def told(word: str) -> str:
        colour = colour_of(word, job.page.labels)
        return f"{word} ({texts(f'incidents.colour.{colour}')})" if colour else word

    options = [(word, told(word)) for word in (*job.page.labels, *used)]
    questions: list[Question] = [
        OneOf("label", [*options, (NO_LABEL, texts("tui.dialog.label.none"))], task.label or None),
        Line("other", example=texts("tui.dialog.label.example")),
    ]
    title = words.task_title(texts, task)
    word = await job.ask(
        FormDialog("label", questions, lambda got: got["other"] or got["label"], subject=title)
    )
    if word is None:
        return ""
    done = await job.do(job.backend.tasks.label, task, word)
    if not done.label:
        return texts("tui.done.unlabelled", task=title)
    return texts("tui.done.labelled", task=title, label=done.label)


async def move(job: Job, task: TaskView) -> str:
    """Move a task in the group's own order, which is the one listed afterwards."""
    texts = job.texts
    own = ordered((other for other in job.page.tasks if other.incident == task.incident), OWN_ORDER, texts)
    place = [other.key for other in own].index(task.key)
    others = [other for other in own if other.key != task.key]

    def made(answers: Answers) -> _Place:
        return _Place(answers["where"], answers["other"])

    questions: list[Question] = [
        OneOf("where", [(name, texts(f"tui.dialog.move.{name}")) for name in (BEFORE, AFTER, RESET)]),
        OneOfMany(
            "other",
            [(other.key, _with_day(texts, other)) for other in others],
            others[max(0, place - 1)].key if others else None,
            example=texts("tui.find_example"),
        ),
    ]
    title = words.task_title(texts, task)
    new = await job.ask(FormDialog("move", questions, made, subject=title))
    if new is None:
        return ""
    neighbour = {} if new.where == RESET else {new.where: new.other}
    await job.do(job.backend.tasks.move, task, **neighbour)
    if new.where == RESET:
        return texts("tui.done.moved_reset", task=title)
    plan = job.place.query_one(PlanTab)
    plan.look_at(replace(plan.look, order=OWN_ORDER))
    other = next(found for found in others if found.key == new.other)
    return texts(f"tui.done.moved_{new.where}", task=title, other=words.task_title(texts, other))


def _with_day(texts: Texts, task: TaskView) -> str:
    """Return a task with its day, which tells those apart that come again every week."""
    day = words.planned(texts, task.due)
    title = words.task_title(texts, task)
    return f"{title} ({day})" if day else title
