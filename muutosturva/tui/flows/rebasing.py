"""Moving the incident to another version of its playbook: compare, pick, look at the days, accept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from muutosturva.incidents.acts.rebasing import Missing, Wanted
from muutosturva.incidents.told import rebasing
from muutosturva.incidents.typed.answers import typed_answer
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, Question, SomeOf
from muutosturva.tui.difference import change_lines
from muutosturva.tui.flows.job import Job
from muutosturva.tui.flows.tasks import asked_field


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
    found = await job.do(backend.preview_rebase, job.incident, to, Wanted())
    if not found.items:
        return texts("incidents.rebase.same")
    options = [(item.name, rebasing.item(texts, item)) for item in found.items]
    questions: list[Question] = [SomeOf("items", options, picked=True), Line("reason", needed=True)]
    picked = await job.ask(FormDialog("rebase_items", questions, _picked))
    if picked is None or not picked.items:
        return ""
    wanted = Wanted(picked.items)
    made = await job.do(backend.preview_rebase, job.incident, to, wanted)
    if made.missing:
        given = await job.ask(_demanded(job, made.missing, picked.items))
        if given is None:
            return ""
        wanted = given
        made = await job.do(backend.preview_rebase, job.incident, to, wanted)
    taken = [item for item in made.items if item.name in made.taken]
    first = [*rebasing.items(texts, taken), *rebasing.left(texts, made)]
    if not await job.ask(LinesDialog("difference", change_lines(texts, made.changes, first=first))):
        return ""
    done = await job.do(backend.rebase, job.view, to, wanted, picked.reason)
    return texts("tui.done.rebased", playbook=rebasing.pinned(done.offered), n=len(done.taken))


def _picked(answers: Answers) -> _Picked:
    return _Picked(answers.several("items"), answers["reason"])


def _demanded(job: Job, missing: Sequence[Missing], items: tuple[str, ...]) -> FormDialog[Wanted]:
    """Return the dialog that asks what the new playbook demands and nobody has given."""
    inputs = [one.asked for one in missing if one.section == "inputs"]
    dates = [one.asked for one in missing if one.section == "anchors"]
    questions: list[Question] = [asked_field(job.texts, field) for field in inputs]
    questions += [Line(f"date-{d.name}", needed=True, label=job.texts.pick(d.label)) for d in dates]

    def made(got: Answers) -> Wanted:
        answers = {
            field.name: typed_answer(
                field.name, field.type, tuple(field.options), got[f"field-{field.name}"], field.label
            )
            for field in inputs
        }
        return Wanted(items, answers, {d.name: parse_anchor_value(got[f"date-{d.name}"]) for d in dates})

    return FormDialog("rebase_missing", questions, made)
