"""Commands about the life of the incident."""

from __future__ import annotations

from muutosturva.tui.dialogs.deciding import StateDialog
from muutosturva.tui.flows.job import Job


async def change_state(job: Job) -> str:
    """Move the incident to another state; closing lists what is still missing."""
    new = await job.ask(StateDialog(job.view))
    if new is None:
        return ""
    view = await job.do(job.backend.life.move_state, job.view, new.state, new.reason)
    return job.texts("tui.done.state", state=job.texts(f"words.incident_state.{view.state.value}"))
