"""Commands about who may know, and about the news becoming public."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.models.states import Secrecy
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, OneOf, Question
from muutosturva.tui.flows.job import Job

MOVABLE = (Secrecy.RESTRICTED, Secrecy.GROUP)
"""Classes that are set by word; public is what the news becomes by being published."""


class _Person(NamedTuple):
    name: str
    reason: str
    at: dt.datetime | None


class _News(NamedTuple):
    at: dt.datetime | None
    source: str
    reason: str


class _Class(NamedTuple):
    secrecy: Secrecy
    reason: str


async def grant_access(job: Job) -> str:
    """Let a person into a restricted incident."""
    inside = {
        one.name for one in await job.do(job.backend.secrecy.access, job.incident) if one.ended_at is None
    }
    people = [(one.name, one.name) for one in job.page.roster if one.active and one.name not in inside]
    given = await job.ask(FormDialog("grant", _questions(job, people), lambda answers: _person(job, answers)))
    if given is None:
        return ""
    done = await job.do(job.backend.secrecy.grant, job.incident, given.name, given.reason, given.at)
    return job.texts("tui.done.granted", person=done.name, at=done.granted_at)


async def end_access(job: Job) -> str:
    """Say that a person is not told any more; the list keeps that they were."""
    found = await job.do(job.backend.secrecy.access, job.incident)
    inside = [(one.name, one.name) for one in found if one.ended_at is None]
    given = await job.ask(
        FormDialog("end_access", _questions(job, inside), lambda answers: _person(job, answers))
    )
    if given is None:
        return ""
    done = await job.do(job.backend.secrecy.end, job.incident, given.name, given.reason, given.at)
    return job.texts("tui.done.access_ended", person=done.name)


def _questions(job: Job, people: list[tuple[str, str]]) -> list[Question]:
    return [
        OneOf("person", people),
        Line("reason", needed=True),
        Line("at", example=job.texts("tui.dialog.amend.at_example")),
    ]


def _person(job: Job, answers: Answers) -> _Person:
    at = parse_event_time(answers["at"] or None, job.backend.desk.now)
    return _Person(answers["person"], answers["reason"], at)


async def set_secrecy(job: Job) -> str:
    """Move the incident to another class of secrecy."""
    options = [(one.value, job.texts.word(one)) for one in MOVABLE if one is not job.view.secrecy]
    questions: list[Question] = [OneOf("class", options), Line("reason", needed=True)]
    given = await job.ask(
        FormDialog(
            "secrecy",
            questions,
            lambda answers: _Class(Secrecy(answers["class"]), answers["reason"]),
            now=job.texts.word(job.view.secrecy),
        )
    )
    if given is None:
        return ""
    view = await job.do(job.backend.secrecy.set_class, job.view, given.secrecy, given.reason)
    return job.texts("tui.done.secrecy", secrecy=job.texts.word(view.secrecy))


async def publish(job: Job) -> str:
    """Say that the news is public: by the company, or by somebody else."""

    def made(answers: Answers) -> _News:
        at = parse_event_time(answers["at"] or None, job.backend.desk.now)
        return _News(at, answers["source"], answers["reason"])

    questions: list[Question] = [
        Line("at", example=job.texts("tui.dialog.amend.at_example")),
        Line("source", example=job.texts("tui.dialog.publish.source_example")),
        Line("reason", needed=True),
    ]
    given = await job.ask(FormDialog("publish", questions, made))
    if given is None:
        return ""
    await job.do(job.backend.secrecy.publish, job.view, given.at, given.source, given.reason)
    return job.texts("tui.done.published")
