"""Commands that write something down."""

from __future__ import annotations

from muutosturva.tui.dialogs.asking import NoteDialog
from muutosturva.tui.flows.job import Job


async def add_note(job: Job) -> str:
    """Write a note in the log."""
    note = await job.ask(NoteDialog())
    if note is None:
        return ""
    await job.do(job.backend.records.note, job.incident, note.text, note.at)
    return job.texts("tui.done.noted")
