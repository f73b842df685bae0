"""Commands about people."""

from __future__ import annotations

from muutosturva.tui import words
from muutosturva.tui.dialogs.people import HolderDialog, RoleDialog
from muutosturva.tui.flows.job import Job


async def assign_role(job: Job) -> str:
    """Name somebody to a role; which one is asked unless it is known."""
    name = job.name or await job.ask(RoleDialog(job.view.roles)) or ""
    role = next((found for found in job.view.roles if found.role == name), None)
    if role is None:
        return ""
    holder = await job.ask(HolderDialog(role, job.page.roster))
    if holder is None:
        return ""
    done = await job.do(
        job.backend.people.assign_role, job.incident, role.role, holder.person, deputy=holder.deputy
    )
    return words.role_line(job.texts, done)
