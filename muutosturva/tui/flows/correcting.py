"""The command that corrects a record: its versions are read first, and the former text stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from muutosturva.incidents.acts.records import RecordView
from muutosturva.incidents.pure.forms import Form, UpdateState
from muutosturva.incidents.told import recorded
from muutosturva.incidents.typed.corrections import DAYS, NAMES, STATE, correctable, corrected
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, OneOf, Question
from muutosturva.tui.flows.job import Job
from muutosturva.tui.rows import record_key


class _Correction(NamedTuple):
    form: Form
    at: dt.datetime | None
    reason: str


async def correct(job: Job) -> str:
    """Correct a decision, minutes, an update or a review; every version stays readable."""
    found = job.page.records
    if not found:
        return job.texts("tui.done.no_records")
    name = job.name
    if not name:
        options = [(record_key(record), _option(job, record, found)) for record in found]
        name = (
            await job.ask(FormDialog("record", [OneOf("record", options)], lambda got: got["record"])) or ""
        )
    record = next((one for one in found if record_key(one) == name), None)
    if record is None:
        return ""
    versions = await job.do(job.backend.records.versions, record)
    named = {"kind": record.kind, "number": record.number}
    if not await job.ask(LinesDialog("versions", _versions(job, versions), **named)):
        return ""
    standing = versions[0]
    given = await job.ask(FormDialog("correct", _questions(job, standing), _made(job, standing), **named))
    if given is None:
        return ""
    await job.do(job.backend.records.correct, standing, given.form, given.reason, given.at)
    return job.texts("tui.done.corrected", **named)


def _option(job: Job, record: RecordView, found: Sequence[RecordView]) -> str:
    """Return a record on one line; of several incidents with its own."""
    several = len({one.incident for one in found} | {job.incident}) > 1
    said = f"{job.texts.word(record.kind)} {record.number}: {recorded.titled(job.texts, record)}"
    return f"{record.incident} {said}" if several else said


def _versions(job: Job, versions: Sequence[RecordView]) -> list[str]:
    lines = []
    for version in versions:
        lines.append(recorded.heading(job.texts, version))
        lines += [f"  {line}" for line in recorded.field_lines(job.texts, version, job.page.names)]
    return lines


def _questions(job: Job, record: RecordView) -> list[Question]:
    """Return a question for each field as it stands, then when it happened and why it changes."""
    texts = job.texts
    questions: list[Question] = []
    for name in correctable(record.form):
        label = texts(f"incidents.record_field.{name}")
        if name == STATE:
            states = [(state.value, texts.word(state)) for state in UpdateState]
            questions.append(OneOf(name, states, _shown(record, name), label))
        else:
            example = texts("tui.day_placeholder") if name in DAYS else ""
            questions.append(Line(name, value=_shown(record, name), example=example, label=label))
    at = texts("tui.dialog.correct.at_now", at=record.event_time)
    return [*questions, Line("at", example=at), Line("reason", needed=True)]


def _shown(record: RecordView, name: str) -> str:
    """Return a field as its line holds it: on one line, a day the Finnish way."""
    value = getattr(record.form, name)
    if name == NAMES:
        return ", ".join(value)
    if name in DAYS:
        return f"{value.day}.{value.month}.{value.year}" if value else ""
    return " ".join(str(value).split())


def _made(job: Job, record: RecordView) -> Callable[[Answers], _Correction]:
    """Return what makes the correction of the answers: a field left as it was shown stays as it was."""

    def made(answers: Answers) -> _Correction:
        typed = {
            name: answers[name] for name in correctable(record.form) if answers[name] != _shown(record, name)
        }
        at = parse_event_time(answers["at"] or None, job.backend.desk.now)
        return _Correction(corrected(record.form, typed), at, answers["reason"])

    return made
