"""Commands about the life of the incident."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from muutosturva.errors import InputError, Problem
from muutosturva.incidents.acts.closing import grouped
from muutosturva.incidents.pure.forms import ModelChange, Review
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.models.states import IncidentState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.tui import words
from muutosturva.tui.dialogs.deciding import StateDialog
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, Question
from muutosturva.tui.difference import change_lines
from muutosturva.tui.flows.job import Job

SKIPPABLE: Final = "incidents.closing_task"
"""What stands in the way of closing and may be left undone: an open task that no law asks for."""
HEARD: Final = "heard"
"""The date that says when the office was told: it does not change."""


class _Resuming(NamedTuple):
    anchors: Mapping[str, AnchorValue]
    reason: str


async def change_state(job: Job) -> str:
    """Move the incident to another state; closing lists what is still missing."""
    new = await job.ask(StateDialog(job.view))
    if new is None:
        return ""
    if new.state is IncidentState.CLOSED:
        return await _closed(job, new.reason)
    view = await job.do(job.backend.life.move_state, job.view, new.state, new.reason)
    return job.texts("tui.done.state", state=job.texts(f"words.incident_state.{view.state.value}"))


async def close(job: Job) -> str:
    """Close the incident; open tasks that no law asks for are left undone when the person says so."""
    questions: list[Question] = [Line("reason", needed=True)]
    reason = await job.ask(
        FormDialog("close", questions, lambda answers: answers["reason"], incident=job.incident)
    )
    return "" if reason is None else await _closed(job, reason)


async def _closed(job: Job, reason: str) -> str:
    """Close the incident; open tasks are shown first, and skipped for the same reason."""
    left = await job.do(job.backend.life.closing, job.incident)
    tasks = [problem for problem in left if problem.code == SKIPPABLE]
    if len(tasks) < len(left):
        others = grouped(problem for problem in left if problem.code != SKIPPABLE)
        waiting = (Problem("tui.closing_tasks", {"n": len(tasks)}),) if tasks else ()
        raise InputError("incidents.not_closable", problems=(*others, *waiting), incident=job.incident)
    if tasks:
        first = job.texts("tui.dialog.skip_open.same_reason", reason=reason)
        lines = [first, *(f"○ {_title(job, problem)}" for problem in tasks)]
        if not await job.ask(LinesDialog("skip_open", lines, n=len(tasks))):
            return ""
    await job.do(job.backend.life.move_state, job.view, IncidentState.CLOSED, reason, skip=bool(tasks))
    if tasks:
        return job.texts("tui.done.closed_skipping", incident=job.incident, n=len(tasks))
    return job.texts("tui.done.closed", incident=job.incident)


def _title(job: Job, problem: Problem) -> str:
    return str(job.texts.spoken(problem.params["title"]))


async def resume(job: Job) -> str:
    """Take up a dormant or watched incident with its new dates; what they move is shown first."""
    dates = [anchor for anchor in words.in_order(job.view.anchors) if anchor.name != HEARD]
    fields = {f"date-{number}": anchor.key for number, anchor in enumerate(dates)}

    def made(answers: Answers) -> _Resuming:
        typed = {key: answers[field] for field, key in fields.items() if answers[field]}
        return _Resuming({key: parse_anchor_value(text) for key, text in typed.items()}, answers["reason"])

    questions: list[Question] = [
        Line(
            field,
            example=job.texts("tui.dialog.resume.now", date=words.anchor_long(job.texts, anchor.value)),
            label=words.anchor_label(job.texts, anchor),
        )
        for field, anchor in zip(fields, dates, strict=True)
    ]
    given = await job.ask(FormDialog("resume", [Line("reason", needed=True), *questions], made))
    if given is None:
        return ""
    changes = await job.do(job.backend.life.preview_resume, job.incident, given.anchors)
    if not await job.ask(LinesDialog("difference", change_lines(job.texts, changes))):
        return ""
    await job.do(job.backend.life.resume, job.view, given.anchors, given.reason)
    return job.texts("tui.done.resumed")


async def write_review(job: Job) -> str:
    """Write down what is learnt of a closed incident, so that it may be marked as reviewed."""

    def made(answers: Answers) -> Review:
        changes = (part.strip() for part in answers["changes"].split(";"))
        return Review(
            answers["happened"],
            worked=answers["worked"],
            failed=answers["failed"],
            changes=tuple(ModelChange(text) for text in changes if text),
        )

    questions: list[Question] = [
        Line("happened", needed=True),
        Line("worked"),
        Line("failed"),
        Line("changes"),
    ]
    form = await job.ask(FormDialog("review", questions, made))
    if form is None:
        return ""
    done = await job.do(job.backend.records.add, job.incident, form)
    return job.texts("tui.done.reviewed", number=done.number)


async def skip_review(job: Job) -> str:
    """End a closed incident without a review, and say why there is none."""
    questions: list[Question] = [Line("reason", needed=True)]
    reason = await job.ask(FormDialog("skip_review", questions, lambda answers: answers["reason"]))
    if reason is None:
        return ""
    await job.do(job.backend.life.skip_review, job.view, reason)
    return job.texts("tui.done.review_skipped")
