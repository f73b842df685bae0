"""Tasks that somebody above has to be told of: the draft of the message, and that it was sent.

The program sends nothing: the draft is copied or saved, and whoever sent it says so.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from muutosturva.errors import RefusedError
from muutosturva.i18n import Texts
from muutosturva.incidents.reading.escalations import Escalation
from muutosturva.incidents.told.escalation_draft import draft_of
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.settings import expanded
from muutosturva.tui import rows, words
from muutosturva.tui.dialogs.exporting import default_folder
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, OneOf, Question
from muutosturva.tui.flows.job import Job
from muutosturva.tui.widgets.plan_tab import PlanTab

COPY, SAVE, SENT = "copy", "save", "sent"
UNSAFE: Final = str.maketrans(dict.fromkeys('<>:"/\\|?*[], ', "-"))
"""Signs of a task's id that some system does not take in a file name."""


class _Sending(NamedTuple):
    to: str
    at: dt.datetime | None
    note: str


async def escalate(job: Job) -> str:
    """Show the message about a task that is late, not begun or not answered, and what to do with it."""
    found = await job.do(job.backend.tasks.escalated, job.incident)
    if not found:
        return job.texts("tui.done.nothing_to_tell")
    chosen = job.place.query_one(PlanTab).chosen
    options = [(rows.task_key(each.task), _line(job.texts, each)) for each in found]
    key = await job.ask(
        FormDialog(
            "tell",
            [OneOf("task", options, rows.task_key(chosen) if chosen else None)],
            lambda got: got["task"],
        )
    )
    each = next((each for each in found if rows.task_key(each.task) == key), None)
    if each is None:
        return ""
    if each.outside:
        why = RefusedError(
            "incidents.escalation_outsider", person=each.to.person, incident=each.task.incident
        )
        if await job.ask(LinesDialog("tell_outside", [job.texts.error(why)])):
            return await _sent(job, each)
        return ""
    return await _use(job, each)


def _line(texts: Texts, each: Escalation) -> str:
    """Return what is to be told to whom, and whether somebody was told already."""
    told = texts("tui.tell.told", person=each.sent[0].to or "–", at=each.sent[0].at) if each.sent else ""
    return texts(
        "tui.tell.line",
        task=words.task_title(texts, each.task),
        why=texts.word(each.kind),
        since=each.since,
        person=each.to.person or texts("tui.tell.nobody"),
    ) + (f" · {told}" if told else "")


async def _use(job: Job, each: Escalation) -> str:
    """Show the draft, and copy it, save it, or write down that it was sent."""
    texts = job.texts
    draft = draft_of(texts, each, job.backend.actor)
    lines = [
        texts("tui.tell.to", to=draft.to or texts("tui.tell.nobody")),
        texts("tui.tell.subject", subject=draft.subject),
        "",
        *draft.text.splitlines(),
    ]
    if not await job.ask(LinesDialog("draft", lines)):
        return ""
    ways = [(name, texts(f"tui.dialog.draft_use.{name}")) for name in (COPY, SAVE, SENT)]
    how = await job.ask(FormDialog("draft_use", [OneOf("how", ways)], lambda got: got["how"]))
    text = "\n".join(lines) + "\n"
    if how == COPY:
        job.place.app.copy_to_clipboard(text)
        return texts("tui.done.copied")
    if how == SAVE:
        return await _save(job, each, text)
    return await _sent(job, each) if how == SENT else ""


async def _save(job: Job, each: Escalation, text: str) -> str:
    task = (each.task.code or each.task.key).translate(UNSAFE)
    name = f"{each.task.incident}-{task}-{job.backend.today.isoformat()}.txt"
    questions: list[Question] = [
        Line("file", needed=True, value=str(default_folder(each.task.incident) / name))
    ]
    path = await job.ask(FormDialog("draft_save", questions, lambda got: expanded(got["file"])))
    if path is None:
        return ""
    await job.do(job.backend.files.text, path, text)
    return job.texts("tui.done.draft_saved", path=str(path))


async def _sent(job: Job, each: Escalation) -> str:
    """Write down who was told, when, and what is to be remembered of it."""
    others = [one.name for one in job.page.roster if one.active and one.name != each.to.person]
    first = [each.to.person] if each.to.person and not each.outside else []

    def made(answers: Answers) -> _Sending:
        at = parse_event_time(answers["at"] or None, job.backend.desk.now)
        return _Sending(answers["to"], at, answers["note"])

    questions: list[Question] = [
        OneOf("to", [(name, name) for name in (*first, *others)]),
        Line("at", example=job.texts("tui.dialog.amend.at_example")),
        Line("note"),
    ]
    title = words.task_title(job.texts, each.task)
    new = await job.ask(FormDialog("told", questions, made, subject=title))
    if new is None:
        return ""
    done = await job.do(job.backend.tasks.told, each.task, new.to, new.at, new.note)
    sent = done.sent[0]
    return job.texts("tui.done.told", task=title, person=sent.to, at=sent.at)
