"""Commands about people."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.standing_in import Acting
from muutosturva.incidents.typed.notation import parse_day
from muutosturva.preparedness.queries import AbsenceView
from muutosturva.tui import words
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, OneOf, Question
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
    """Hand a role to somebody, or let them stand in while its holder is away; which role is asked.

    Nothing is asked about the role when it is known.
    """
    name = job.name or await job.ask(RoleDialog(job.view.roles)) or ""
    role = next((found for found in job.view.roles if found.role == name), None)
    if role is None:
        return ""
    new = await job.ask(HolderDialog(role, job.page.roster))
    if new is None:
        return ""
    if new.away:
        return await _stand_in(job, new.away, new.person, new.at)
    done = await job.do(
        job.backend.people.assign_role,
        job.incident,
        role.role,
        new.person,
        deputy=new.deputy,
        at=new.moment,
        note=new.note,
    )
    warnings = await job.do(job.backend.people.away_warnings, job.incident, role.role, new.person)
    told = words.role_line(job.texts, done)
    return "\n".join([told, *(f"! {job.texts.problem(warning)}" for warning in warnings)])


async def show_roles(job: Job) -> str:
    """Show who held each role from when to when, and who acts today."""
    texts, lines = job.texts, []
    for found in await job.do(job.backend.people.histories, job.incident):
        title = texts.pick(found.role.title) or found.role.role
        lines.append(texts("tui.roles.title", role=title, person=_today(texts, found.role.acting)))
        for tenure in found.tenures:
            until = texts.moment(tenure.until) if tenure.until else texts("tui.roles.still")
            part = "deputy" if tenure.deputy else "first"
            said = texts(f"tui.roles.{part}", person=tenure.person, since=tenure.since, until=until)
            lines.append(f"  {said}")
    await job.ask(LinesDialog("roles", lines))
    return ""


def _today(texts: Texts, acting: Acting | None) -> str:
    """Return who acts today, for whom; or that nobody does."""
    if acting is None or not (acting.person or acting.stands_in_for):
        return texts("tui.nobody")
    if not acting.person:
        return texts("tui.roles.all_away", absent=acting.stands_in_for)
    if not acting.stands_in_for:
        return acting.person
    return f"{acting.person} ({texts('tui.detail.stands_in', absent=acting.stands_in_for)})"


async def add_absence(job: Job) -> str:
    """Say that somebody is away, and who stands in."""
    people = [(one.name, one.name) for one in job.page.roster if one.active]
    deputies = [(NOBODY, job.texts("tui.dialog.away.by_role")), *people]

    def made(answers: Answers) -> _Away:
        return _Away(answers["person"], *_days(answers), answers["deputy"])

    questions = [OneOf("person", people), *_day_lines(job), OneOf("deputy", deputies)]
    given = await job.ask(FormDialog("away", questions, made))
    return await _record(job, given)


async def _stand_in(job: Job, person: str, deputy: str, first: str) -> str:
    """Ask from which day to which a deputy stands in for somebody who is away."""
    form = FormDialog(
        "stand_in",
        _day_lines(job, first),
        lambda answers: _Away(person, *_days(answers), deputy),
        person=person,
        deputy=deputy,
    )
    given = await job.ask(form)
    return await _record(job, given)


def _day_lines(job: Job, first: str = "") -> list[Question]:
    example = job.texts("tui.day_placeholder")
    return [Line("first", needed=True, value=first, example=example), Line("last", example=example)]


def _days(answers: Answers) -> tuple[dt.date, dt.date]:
    first = parse_day(answers["first"])
    return first, parse_day(answers["last"]) if answers["last"] else first


async def _record(job: Job, away: _Away | None) -> str:
    if away is None:
        return ""
    done = await job.do(job.backend.people.add_absence, away.person, away.first, away.last, away.deputy)
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
