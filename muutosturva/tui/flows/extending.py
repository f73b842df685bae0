"""Workplaces, areas and languages that come later: what they add is shown first."""

from __future__ import annotations

from typing import NamedTuple

from muutosturva.incidents.acts.widening import Widening
from muutosturva.incidents.typed.places import one_name, sites_from_words
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, Question
from muutosturva.tui.difference import change_lines
from muutosturva.tui.flows.job import Job


class _Wanted(NamedTuple):
    widening: Widening
    reason: str


async def extend(job: Job) -> str:
    """Ask for workplaces, areas and languages, show what they add, and add them."""
    backend = job.backend.numbers
    questions: list[Question] = [Line("sites"), Line("areas"), Line("languages"), Line("reason", needed=True)]
    wanted = await job.ask(FormDialog("extend", questions, _wanted))
    if wanted is None:
        return ""
    found = await job.do(backend.preview_widening, job.incident, wanted.widening)
    if not await job.ask(LinesDialog("difference", change_lines(job.texts, found.changes))):
        return ""
    done = await job.do(backend.widen, job.view, wanted.widening, wanted.reason)
    return job.texts("tui.done.extended", what=done.added)


def _wanted(answers: Answers) -> _Wanted:
    areas, languages = (
        tuple(one_name(part) for part in answers[name].split(",") if part.strip())
        for name in ("areas", "languages")
    )
    return _Wanted(Widening(sites_from_words(answers["sites"]), areas, languages), answers["reason"])
