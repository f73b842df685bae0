"""Commands that take an act back, or do it again."""

from __future__ import annotations

from muutosturva.incidents.told.wording import act_words
from muutosturva.tui.dialogs.undoing import UndoDialog
from muutosturva.tui.flows.job import Job


async def undo(job: Job) -> str:
    """Undo one's own latest act, after showing what comes back."""
    found = await job.do(job.backend.undoing.preview, job.incident)
    reason = await job.ask(UndoDialog(found))
    if reason is None:
        return ""
    done = await job.do(job.backend.undoing.undo, job.incident, found.event.seq, reason)
    return job.texts("tui.done.undone", what=act_words(job.texts, done.event.kind))


async def redo(job: Job) -> str:
    """Do again what the person undid last."""
    await job.do(job.backend.undoing.redo, job.incident)
    return job.texts("tui.done.redone")
