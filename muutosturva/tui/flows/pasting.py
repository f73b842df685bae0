"""Lines copied from Excel, Word or an e-mail become tasks, after they are shown as such."""

from __future__ import annotations

from collections.abc import Iterable

from muutosturva.errors import InputError, Problem
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.acts.adding import Judged
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.typed.pasting import pasted
from muutosturva.tui.dialogs.form import LinesDialog
from muutosturva.tui.dialogs.pasting import PasteDialog
from muutosturva.tui.flows.job import Job


async def paste(job: Job) -> str:
    """Show what the lines would add, and add it; what is wrong goes back to the lines with its reasons."""
    headings = [Texts(language)("incidents.sheet.title") for language in LANGUAGES]
    text: str | None = job.name
    while (text := await job.ask(PasteDialog(text or ""))) is not None:
        items, problems = pasted(text, headings)
        try:
            judged = await job.do(job.backend.tasks.preview_several, job.incident, items, problems)
        except InputError as error:
            lines = _wrong(job.texts, error.problems)
            if not await job.ask(LinesDialog("paste_wrong", lines, n=len(lines))):
                return ""
            continue
        lines = [_line(job.texts, job.view, one) for one in judged]
        if await job.ask(LinesDialog("paste_preview", lines, n=len(lines))):
            done = await job.do(job.backend.tasks.add_several, job.incident, items)
            return job.texts("tui.done.pasted", n=len(done))
    return ""


def _wrong(texts: Texts, problems: Iterable[Problem]) -> list[str]:
    """Return what is wrong with each line."""
    return [
        texts("tui.paste.line", line=problem.path, told=texts.problem(problem))
        if problem.path
        else texts.problem(problem)
        for problem in problems
    ]


def _line(texts: Texts, view: IncidentView, judged: Judged) -> str:
    """Return a task as it would be added: its words, its day and who does it."""
    title = next((texts.pick(role.title) for role in view.roles if role.role == judged.role), "")
    who = judged.person.name if judged.person else title or judged.role
    due = texts.weekday_date(judged.item.due) if judged.item.due else texts("tui.no_date")
    return f"• {judged.item.title}\n  {due} · {who}"
