"""Commands about people."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from muutosturva.incidents.typed.notation import parse_day
from muutosturva.preparedness.queries import AbsenceView
from muutosturva.tui import words
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, OneOf, Question
from muutosturva.tui.dialogs.people import HolderDialog, RoleDialog
from muutosturva.tui.flows.job import Job

NOBODY: Final = ""
"""Choice that leaves it to each role's own deputy."""


class _Away(NamedTuple):
    person: str
    first: dt.date
    last: dt.date
    deputy: str


async def assign_role(job: Job) -> str:
    """Name somebody to a role; which one is asked unless it is known."""
    name = job.name or await job.ask(RoleDialog(job.view.roles)) or ""
    role = next((found for found in job.view.roles if found.role == name), None)
    if role is None:
        return ""
    holder = await job.ask(HolderDialog(role, job.page.roster))
    if holder is None:
        return ""
    done = await job.do(
        job.backend.people.assign_role, job.incident, role.role, holder.person, deputy=holder.deputy
    )
    warnings = await job.do(job.backend.people.away_warnings, job.incident, role.role, holder.person)
    told = words.role_line(job.texts, done)
    return "\n".join([told, *(f"! {job.texts.problem(warning)}" for warning in warnings)])


async def add_absence(job: Job) -> str:
    """Say that somebody is away, and who stands in."""
    people = [(one.name, one.name) for one in job.page.roster if one.active]
    deputies = [(NOBODY, job.texts("tui.dialog.away.by_role")), *people]

    def made(answers: Answers) -> _Away:
        first = parse_day(answers["first"])
        last = parse_day(answers["last"]) if answers["last"] else first
        return _Away(answers["person"], first, last, answers["deputy"])

    questions: list[Question] = [
        OneOf("person", people),
        Line("first", needed=True, example=job.texts("tui.day_placeholder")),
        Line("last", example=job.texts("tui.day_placeholder")),
        OneOf("deputy", deputies),
    ]
    given = await job.ask(FormDialog("away", questions, made))
    if given is None:
        return ""
    done = await job.do(job.backend.people.add_absence, given.person, given.first, given.last, given.deputy)
    told = _told(job, "away", done.absence)
    return "\n".join([told, *(f"! {job.texts.problem(problem)}" for problem in done.warnings)])


async def remove_absence(job: Job) -> str:
    """Take back an absence that was written down."""
    found = await job.do(job.backend.people.absences)
    if not found:
        return job.texts("tui.done.none_away")
    options = [(str(number), _told(job, "away", one)) for number, one in enumerate(found)]
    number = await job.ask(
        FormDialog("back", [OneOf("absence", options)], lambda answers: answers["absence"])
    )
    if number is None:
        return ""
    chosen = found[int(number)]
    done = await job.do(job.backend.people.remove_absence, chosen.person, chosen.first_day)
    return _told(job, "back", done)


def _told(job: Job, name: str, absence: AbsenceView) -> str:
    return job.texts(
        f"tui.done.{name}", person=absence.person, first=absence.first_day, last=absence.last_day
    )
