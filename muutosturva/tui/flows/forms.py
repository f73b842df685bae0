"""Commands that fill in a form: a decision, minutes, an update; and what proves it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from muutosturva.incidents.acts.evidence import Examined
from muutosturva.incidents.pure.forms import Decision, Minutes, Update, UpdateState
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.incidents.typed.notation import parse_day
from muutosturva.models.states import EvidenceKind
from muutosturva.settings import expanded
from muutosturva.store.attachments import Finding
from muutosturva.tui import words
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, OneOf, Question
from muutosturva.tui.flows.job import Job

NOTED, AS_TASK = "noted", "task"
COPY, LEAVE = "copy", "leave"


class _Decided(NamedTuple):
    form: Decision
    at: dt.datetime | None
    task: bool


class _Held(NamedTuple):
    form: Minutes
    at: dt.datetime | None


class _File(NamedTuple):
    source: str
    title: str
    copy: bool


class _Off(NamedTuple):
    number: int
    reason: str


def _day(text: str) -> dt.date | None:
    return parse_day(text) if text else None


def _at(job: Job, answers: Answers) -> dt.datetime | None:
    return parse_event_time(answers["at"] or None, job.backend.desk.now)


async def decide(job: Job) -> str:
    """Write down who decided what, on which ground, and who carries it out by when."""

    def made(answers: Answers) -> _Decided:
        form = Decision(
            text=answers["text"],
            decided_by=answers["by"],
            ground=answers["ground"],
            owner=answers["owner"],
            due=_day(answers["due"]),
        )
        return _Decided(form, _at(job, answers), answers["as"] == AS_TASK)

    texts = job.texts
    questions: list[Question] = [
        Line("text", needed=True),
        Line("by"),
        Line("ground"),
        Line("owner"),
        Line("due", example=texts("tui.day_placeholder")),
        OneOf("as", [(NOTED, texts("tui.dialog.decide.noted")), (AS_TASK, texts("tui.dialog.decide.task"))]),
        Line("at", example=texts("tui.dialog.amend.at_example")),
    ]
    given = await job.ask(FormDialog("decide", questions, made))
    if given is None:
        return ""
    done = await job.do(job.backend.records.add, job.incident, given.form, given.at, task=given.task)
    return texts("tui.done.decided", number=done.number)


async def write_minutes(job: Job) -> str:
    """Write the minutes of a meeting; each decision becomes one of its own."""

    def made(answers: Answers) -> _Held:
        decisions = (part.strip() for part in answers["decisions"].split(";"))
        form = Minutes(
            meeting=answers["meeting"],
            attendees=tuple(name.strip() for name in answers["present"].split(",") if name.strip()),
            notes=answers["notes"],
            decisions=tuple(Decision(text) for text in decisions if text),
        )
        return _Held(form, _at(job, answers))

    questions: list[Question] = [
        Line("meeting", needed=True),
        Line("present"),
        Line("notes"),
        Line("decisions"),
        Line("at", example=job.texts("tui.dialog.amend.at_example")),
    ]
    given = await job.ask(FormDialog("minutes", questions, made))
    if given is None:
        return ""
    done = await job.do(job.backend.records.add, job.incident, given.form, given.at)
    return job.texts("tui.done.minutes", number=done.number)


async def update(job: Job) -> str:
    """Fill in the short form that feeds the situation picture."""

    def made(answers: Answers) -> Update:
        return Update(
            UpdateState(answers["state"]),
            summary=answers["summary"],
            done=answers["done"],
            needs=answers["needs"],
            next_update=_day(answers["next"]),
        )

    questions: list[Question] = [
        OneOf("state", [(state.value, job.texts.word(state)) for state in UpdateState]),
        Line("summary"),
        Line("done"),
        Line("needs"),
        Line("next", example=job.texts("tui.day_placeholder")),
    ]
    form = await job.ask(FormDialog("update", questions, made))
    if form is None:
        return ""
    done = await job.do(job.backend.records.add, job.incident, form)
    return job.texts("tui.done.updated", number=done.number)


async def attach(job: Job) -> str:
    """Attach a file or an address."""

    def made(answers: Answers) -> _File:
        source = answers["source"]
        path = source if "://" in source else str(expanded(source))
        return _File(path, answers["name"], answers["how"] == COPY)

    texts = job.texts
    questions: list[Question] = [
        Line("source", needed=True),
        Line("name"),
        OneOf("how", [(COPY, texts("tui.dialog.attach.copy")), (LEAVE, texts("tui.dialog.attach.leave"))]),
    ]
    given = await job.ask(FormDialog("attach", questions, made))
    if given is None:
        return ""
    done = await job.do(job.backend.records.attach, job.incident, given.source, given.title, copy=given.copy)
    return texts("tui.done.attached", number=done.number, title=done.title)


async def detach(job: Job) -> str:
    """Take an attachment off; it stays in the log."""
    found = await job.do(job.backend.records.evidence, job.incident)
    options = [(str(one.number), f"{one.number} {one.title}") for one in found]
    questions: list[Question] = [OneOf("number", options), Line("reason", needed=True)]
    given = await job.ask(
        FormDialog("detach", questions, lambda got: _Off(int(got["number"] or 0), got["reason"]))
    )
    if given is None:
        return ""
    done = await job.do(job.backend.records.detach, job.incident, given.number, given.reason)
    return job.texts("tui.done.detached", title=done.title)


async def check_evidence(job: Job) -> str:
    """Look at every attachment again: what vanished or changed is shown, and then written into the log."""
    found = await job.do(job.backend.records.look, job.incident)
    if not found:
        return job.texts("tui.done.no_evidence")
    broken = [one for one in found if one.found is not Finding.INTACT]
    lines = [_examined(job, one) for one in (*broken, *(one for one in found if one not in broken))]
    name = "evidence_broken" if broken else "evidence_intact"
    if not await job.ask(LinesDialog(name, lines, n=len(broken))):
        return ""
    await job.do(job.backend.records.check, job.incident)
    return job.texts("tui.done.evidence_checked", n=len(broken))


def _examined(job: Job, one: Examined) -> str:
    """Return an attachment with what it looks like now; of several incidents with its own."""
    texts, view = job.texts, one.evidence
    owner = "" if view.incident == job.incident else f"{view.incident}: "
    mark = "" if one.found is Finding.INTACT else f"{words.LATE} "
    place = f" ({view.place})" if mark and view.kind is EvidenceKind.FILE else ""
    return f"{mark}{owner}{view.number} {view.title}, {texts.word(view.kind)}: {texts.word(one.found)}{place}"
