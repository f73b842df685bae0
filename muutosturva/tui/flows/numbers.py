"""Commands about numbers of people, waves and the level: each shows its difference before it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.acts.waves import WaveChange
from muutosturva.incidents.pure.figures import Figure, likely_stage
from muutosturva.incidents.pure.views import WaveView
from muutosturva.incidents.told import difference
from muutosturva.incidents.typed.counts import people_or_unknown
from muutosturva.incidents.typed.figure_notation import parse_people
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.incidents.typed.notation import format_anchor_value, parse_anchor_value
from muutosturva.models.states import Measure, Stage, TaskState
from muutosturva.playbooks.facts import DEFAULT_WAVE, AnchorValue
from muutosturva.rules.levels import Level
from muutosturva.tui import words
from muutosturva.tui.dialogs.form import (
    Answers,
    FormDialog,
    Line,
    LinesDialog,
    OfferDialog,
    OneOf,
    Question,
    SomeOf,
)
from muutosturva.tui.difference import change_lines
from muutosturva.tui.flows.job import Job

BY_CRITERIA = ""
"""Choice that gives the level back to the criteria."""
NEW_WAVE = ""
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!T)")
OF_WAVES = (Measure.DISMISSAL, Measure.LAYOFF, Measure.PART_TIME)


class _Amending(NamedTuple):
    amendment: Amendment
    reason: str


class _Waving(NamedTuple):
    change: WaveChange
    reason: str


class _Chosen(NamedTuple):
    value: str
    reason: str


class _Picked(NamedTuple):
    tasks: tuple[str, ...]
    reason: str


async def amend(job: Job) -> str:
    """Record a number of people; the difference it makes is shown first."""
    texts, backend = job.texts, job.backend.numbers

    def made(answers: Answers) -> _Amending:
        low, high = parse_people(answers["people"])
        figure = Figure(Stage(answers["stage"]), Measure(answers["measure"]), answers["site"], low, high)
        at = parse_event_time(answers["at"] or None, job.place.backend.desk.now)
        return _Amending(Amendment((figure,), {}, answers["source"], at), answers["reason"])

    days = {anchor.name: anchor.value for anchor in job.view.anchors if not anchor.wave}
    likely = likely_stage(days, job.backend.today)
    questions: list[Question] = [
        OneOf("stage", [(stage.value, texts.word(stage)) for stage in Stage], likely.value),
        OneOf("measure", [(measure.value, texts.word(measure)) for measure in Measure]),
        OneOf("site", _sites(job)),
        Line("people", needed=True, example=texts("tui.dialog.amend.people_example")),
        Line("source", example=texts("tui.dialog.amend.source_example")),
        Line("at", example=texts("tui.dialog.amend.at_example")),
        Line("reason", needed=True),
    ]
    given = await job.ask(FormDialog("amend", questions, made))
    if given is None:
        return ""
    found = await job.do(backend.preview_amendment, job.view, given.amendment)
    lines = change_lines(
        texts,
        found.changes,
        found.warnings,
        first=[difference.numbers(texts, found.before, found.after)],
    )
    accept = await _accepted(job, lines, len(found.changes.offered))
    if accept is None:
        return ""
    done = await job.do(backend.amend, job.view, given.amendment, given.reason, accept=accept)
    return texts("tui.done.amended", n=len(done.changes.offered))


async def _accepted(job: Job, lines: Sequence[str], offered: int) -> bool | None:
    """Show the difference; return whether its offered tasks are taken at once, or None when it is left."""
    if not offered:
        return False if await job.ask(LinesDialog("difference", lines)) else None
    way = await job.ask(OfferDialog(lines, offered))
    return None if way is None else way == OfferDialog.TAKEN


def _sites(job: Job) -> list[tuple[str, str]]:
    """Return all sites together, and each one when there are several."""
    every = ("", job.texts("tui.dialog.amend.every_site"))
    return [every, *((site.id, site.name) for site in job.view.sites if len(job.view.sites) > 1)]


async def accept_offers(job: Job) -> str:
    """Take on tasks that a change called for."""
    if not _offered(job):
        return job.texts("tui.done.none_offered")
    picked = await job.ask(FormDialog("accept", [SomeOf("tasks", _offered(job), picked=True)], _picked))
    if picked is None or not picked.tasks:
        return ""
    done = await job.do(job.backend.numbers.accept, job.incident, picked.tasks)
    return job.texts("tui.done.accepted", n=len(done))


async def decline_offers(job: Job) -> str:
    """Leave offered tasks undone, with a reason."""
    if not _offered(job):
        return job.texts("tui.done.none_offered")
    questions: list[Question] = [SomeOf("tasks", _offered(job)), Line("reason", needed=True)]
    picked = await job.ask(FormDialog("decline", questions, _picked))
    if picked is None or not picked.tasks:
        return ""
    done = await job.do(job.backend.numbers.decline, job.incident, picked.tasks, picked.reason)
    return job.texts("tui.done.declined", n=len(done))


def _picked(answers: Answers) -> _Picked:
    return _Picked(answers.several("tasks"), answers.texts.get("reason", ""))


def _offered(job: Job) -> Sequence[tuple[str, str]]:
    offered = [task for task in job.page.tasks if task.state is TaskState.OFFERED]
    return [(task.key, words.task_title(job.texts, task)) for task in offered]


async def set_wave(job: Job) -> str:
    """Add a wave, or change one; what it does to the plan is shown first."""
    texts, backend = job.texts, job.backend.numbers
    waves = {wave.wave: wave for wave in job.view.waves if wave.wave != DEFAULT_WAVE}
    chosen = await _which_wave(job, list(waves.values()))
    if chosen is None:
        return ""
    present = waves.get(chosen)

    def made(answers: Answers) -> _Waving:
        people = people_or_unknown(answers["count"] or "?")
        change = WaveChange(
            chosen or answers["wave"],
            label=answers["label"],
            site=answers["site"],
            measure=answers["measure"],
            count=people,
            notice=_date(answers["notice"], present.notice if present else None),
            end=_date(answers["end"], present.end if present else None),
        )
        return _Waving(change, answers["reason"])

    day = texts("tui.anchor_placeholder")
    questions: list[Question] = [
        *(() if present else (Line("wave", needed=True, value=_next_wave(list(waves))),)),
        Line("label", value=present.label if present else ""),
        OneOf("site", _sites(job), present.site if present else None),
        OneOf(
            "measure",
            [(measure.value, texts.word(measure)) for measure in OF_WAVES],
            present.measure if present else None,
        ),
        Line("count", value=str(present.count) if present and present.count is not None else ""),
        Line("notice", example=day, value=_typed(present.notice if present else None)),
        Line("end", example=day, value=_typed(present.end if present else None)),
        Line("reason", needed=True),
    ]
    given = await job.ask(FormDialog("wave", questions, made))
    if given is None:
        return ""
    found = await job.do(backend.preview_wave, job.incident, given.change)
    if not await job.ask(LinesDialog("difference", change_lines(job.texts, found.changes, found.warnings))):
        return ""
    await job.do(backend.set_wave, job.view, given.change, given.reason)
    return texts("tui.done.wave", wave=given.change.id)


async def _which_wave(job: Job, waves: Sequence[WaveView]) -> str | None:
    """Return the wave to change, "" for a new one, or None when nothing was chosen."""
    if not waves:
        return NEW_WAVE
    new = (NEW_WAVE, job.texts("tui.dialog.which_wave.new"))
    options = [new, *((wave.wave, f"{wave.wave} {wave.label}".strip()) for wave in waves)]
    return await job.ask(FormDialog("which_wave", [OneOf("wave", options)], lambda got: got["wave"]))


def _typed(date: AnchorValue | None) -> str:
    """Return a date as it is typed, the Finnish way; "" where none was given."""
    if date is None or date.value is None:
        return ""
    return _ISO.sub(lambda day: f"{int(day[3])}.{int(day[2])}.{day[1]}", format_anchor_value(date))


def _date(typed: str, present: AnchorValue | None) -> AnchorValue | None:
    """Return the date typed, or None where it stays as it is, with what is known of its source."""
    return parse_anchor_value(typed) if typed and typed != _typed(present) else None


def _next_wave(taken: Sequence[str]) -> str:
    number = 1
    while f"w{number}" in taken:
        number += 1
    return f"w{number}"


async def remove_wave(job: Job) -> str:
    """Take a wave away; what it does to the plan is shown first."""
    options = [(wave.wave, wave.label or wave.wave) for wave in job.view.waves if wave.wave != DEFAULT_WAVE]
    questions: list[Question] = [OneOf("wave", options), Line("reason", needed=True)]
    given = await job.ask(
        FormDialog("remove_wave", questions, lambda answers: _Chosen(answers["wave"], answers["reason"]))
    )
    if given is None:
        return ""
    found = await job.do(job.backend.numbers.preview_removal, job.incident, given.value)
    if not await job.ask(LinesDialog("difference", change_lines(job.texts, found.changes, found.warnings))):
        return ""
    await job.do(job.backend.numbers.remove_wave, job.view, given.value, given.reason)
    return job.texts("tui.done.wave_removed", wave=given.value)


async def set_level(job: Job) -> str:
    """Set the level by hand, or give it back to the criteria."""
    texts = job.texts
    criteria = (BY_CRITERIA, texts("tui.dialog.level.by_criteria"))
    options = [criteria, *((level.value, level.value) for level in Level)]
    questions: list[Question] = [OneOf("level", options, job.view.level), Line("reason", needed=True)]
    given = await job.ask(
        FormDialog("level", questions, lambda answers: _Chosen(answers["level"], answers["reason"]))
    )
    if given is None:
        return ""
    level = Level(given.value) if given.value else None
    found = await job.do(job.backend.numbers.preview_level, job.incident, level)
    lines = change_lines(texts, found.changes)
    accept = await _accepted(job, lines, len(found.changes.offered))
    if accept is None:
        return ""
    done = await job.do(job.backend.numbers.set_level, job.view, level, given.reason, accept=accept)
    return texts("tui.done.level", level=done.new)
