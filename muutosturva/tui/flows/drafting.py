"""Saving what the group did as a draft of a playbook."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from muutosturva.models.states import Secrecy
from muutosturva.settings import expanded
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, Question
from muutosturva.tui.flows.job import Job


class _Wanted(NamedTuple):
    playbook: str
    folder: Path


async def save_as_playbook(job: Job) -> str:
    """Ask for the id and the folder, of a restricted incident for a yes, and write the draft."""
    texts, backend = job.texts, job.backend.files
    folder = await job.do(backend.own_playbooks)
    questions: list[Question] = [
        Line("playbook", needed=True, example=texts("tui.dialog.save_as_playbook.example")),
        Line("folder", needed=True, value=str(folder)),
    ]
    wanted = await job.ask(FormDialog("save_as_playbook", questions, _wanted))
    if wanted is None:
        return ""
    if job.view.secrecy is Secrecy.RESTRICTED:
        lines = [texts("tui.dialog.draft_restricted.told")]
        if not await job.ask(LinesDialog("draft_restricted", lines, incident=job.incident)):
            return ""
    draft, folder = wanted
    made = await job.do(backend.as_playbook, job.incident, draft, folder, texts.language)
    return texts("tui.done.drafted", path=str(made.path), n=len(made.draft.entries))


def _wanted(answers: Answers) -> _Wanted:
    return _Wanted(answers["playbook"], expanded(answers["folder"]))
