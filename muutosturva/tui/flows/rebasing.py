"""Moving the incident to another version of its playbook: compare, pick, look at the days, accept."""

from __future__ import annotations

from typing import NamedTuple

from muutosturva.incidents.told import rebasing
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, Question, SomeOf
from muutosturva.tui.difference import change_lines
from muutosturva.tui.flows.job import Job


class _Picked(NamedTuple):
    items: tuple[str, ...]
    reason: str


async def rebase(job: Job) -> str:
    """Compare with another playbook, let the person pick, show what it does, and take it over."""
    texts, backend = job.texts, job.backend.life
    asked: list[Question] = [Line("to", needed=True, value=job.view.playbook_id)]
    to = await job.ask(FormDialog("rebase", asked, lambda answers: answers["to"]))
    if to is None:
        return ""
    found = await job.do(backend.preview_rebase, job.incident, to, None)
    if not found.items:
        return texts("incidents.rebase.same")
    options = [(item.name, rebasing.item(texts, item)) for item in found.items]
    questions: list[Question] = [SomeOf("items", options, picked=True), Line("reason", needed=True)]
    picked = await job.ask(FormDialog("rebase_items", questions, _picked))
    if picked is None or not picked.items:
        return ""
    made = await job.do(backend.preview_rebase, job.incident, to, picked.items)
    taken = [item for item in made.items if item.name in made.taken]
    first = [*rebasing.items(texts, taken), *rebasing.left(texts, made)]
    if not await job.ask(LinesDialog("difference", change_lines(texts, made.changes, first=first))):
        return ""
    done = await job.do(backend.rebase, job.view, to, picked.items, picked.reason)
    return texts("tui.done.rebased", playbook=rebasing.pinned(done.offered), n=len(done.taken))


def _picked(answers: Answers) -> _Picked:
    return _Picked(answers.several("items"), answers["reason"])
