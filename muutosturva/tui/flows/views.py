"""Commands that change how the plan is looked at; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from muutosturva.tui.dialogs.looking import FilterDialog
from muutosturva.tui.flows.job import Job
from muutosturva.tui.looks import Look
from muutosturva.tui.widgets.log_tab import LogTab
from muutosturva.tui.widgets.plan_tab import PlanTab


async def turn(job: Job) -> str:
    """Turn to the next view: list, board, bars."""
    return _look(job, Look.turned)


async def turn_log(job: Job) -> str:
    """Turn the log from a story into a table, or back."""
    job.place.query_one(LogTab).turn()
    return ""


async def reorder(job: Job) -> str:
    """Put the tasks in the next order."""
    return _look(job, Look.reordered)


async def narrow(job: Job) -> str:
    """List the tasks that somebody wants to see."""
    plan = job.place.query_one(PlanTab)
    wanted = await job.ask(FilterDialog(job.page.tasks, plan.look.wanted))
    return "" if wanted is None else _look(job, lambda look: replace(look, wanted=wanted))


async def nearer(job: Job) -> str:
    """Show less time in the bars."""
    job.place.query_one(PlanTab).nearer()
    return ""


async def whole(job: Job) -> str:
    """Show the whole time in the bars."""
    job.place.query_one(PlanTab).whole()
    return ""


def _look(job: Job, change: Callable[[Look], Look]) -> str:
    plan = job.place.query_one(PlanTab)
    plan.look_at(change(plan.look))
    plan.post_message(PlanTab.Turned())
    return ""
