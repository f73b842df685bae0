"""Commands that write files, each in a thread of its own, so that other work goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from muutosturva.tui.dialogs.exporting import CalendarDialog, ExportDialog
from muutosturva.tui.flows.job import Job


async def export_document(job: Job) -> str:
    """Write out the briefing."""
    export = await job.ask(ExportDialog(job.incident))
    if export is None:
        return ""
    job.place.tell(job.texts("tui.exporting"))
    write(job, lambda: job.backend.files.document(job.incident, export))
    return ""


async def export_calendar(job: Job) -> str:
    """Write out the calendar file."""
    wanted = await job.ask(CalendarDialog(job.incident, job.view.roles))
    if wanted is None:
        return ""
    calendar = job.backend.files.calendar
    write(job, lambda: (calendar(job.incident, wanted.out, wanted.role, wanted.tasks_as),))
    return ""


def write(job: Job, work: Callable[[], Iterable[Path]]) -> None:
    """Write files in a thread of their own, and tell where they are."""

    def told(paths: Iterable[Path]) -> str:
        return job.texts("tui.done.exported", paths="\n".join(str(path) for path in paths))

    job.place.in_thread("export", work, lambda paths: job.place.Finished(told(paths)))
