"""Commands that go to Excel and back: the tables, the edited task sheet, the checklist of a role."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from muutosturva.errors import UsageError
from muutosturva.incidents.told.sheet_words import import_lines
from muutosturva.settings import expanded
from muutosturva.tui.backend.files import Export
from muutosturva.tui.dialogs.exporting import FORMATS, default_folder
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, OneOf, Question, SomeOf
from muutosturva.tui.flows.files import write
from muutosturva.tui.flows.job import Job

TABLE_FORMATS = ("xlsx", "csv")


class _Tables(NamedTuple):
    fmt: str
    out: Path


class _Sheet(NamedTuple):
    path: Path
    reason: str


async def export_tables(job: Job) -> str:
    """Write out every table of the incident."""
    texts = job.texts
    formats = [(fmt, texts(f"tui.dialog.export_tables.{fmt}")) for fmt in TABLE_FORMATS]
    questions: list[Question] = [
        OneOf("format", formats, TABLE_FORMATS[0]),
        Line("folder", needed=True, value=str(default_folder(job.incident))),
    ]
    wanted = await job.ask(
        FormDialog("export_tables", questions, lambda got: _Tables(got["format"], expanded(got["folder"])))
    )
    if wanted is None:
        return ""
    job.place.tell(texts("tui.exporting"))
    tables = job.backend.files.tables
    write(job, lambda: tables(job.incident, wanted.fmt, wanted.out, texts.language))
    return ""


async def export_checklist(job: Job) -> str:
    """Write out the checklist of one role."""
    texts = job.texts

    def made(answers: Answers) -> Export:
        formats = answers.several("formats") or ()
        if not formats:
            raise UsageError("tui.format_missing")
        out = expanded(answers["folder"])
        return Export("checklist", "group", formats, (texts.language,), out, answers["role"])

    roles = [(role.role, texts.pick(role.title) or role.role) for role in job.view.roles]
    questions: list[Question] = [
        OneOf("role", roles, roles[0][0]),
        SomeOf("formats", [(name, texts(f"tui.format.{name}")) for name in FORMATS], picked=True),
        Line("folder", needed=True, value=str(default_folder(job.incident))),
    ]
    export = await job.ask(FormDialog("export_checklist", questions, made))
    if export is None:
        return ""
    job.place.tell(texts("tui.exporting"))
    write(job, lambda: job.backend.files.document(job.incident, export))
    return ""


async def import_sheet(job: Job) -> str:
    """Show what an edited task sheet changes, and take it when the person says so."""
    questions: list[Question] = [Line("file", needed=True), Line("reason")]
    wanted = await job.ask(
        FormDialog(
            "import_sheet",
            questions,
            lambda got: _Sheet(expanded(got["file"].strip("\"'")), got["reason"]),
        )
    )
    if wanted is None:
        return ""
    sheet = await job.do(job.backend.files.sheet, wanted.path)
    shown = await job.do(job.backend.files.preview, job.incident, sheet, wanted.reason)
    lines = import_lines(job.texts, shown)
    if not shown.rows:
        await job.ask(LinesDialog("import_nothing", lines))
        return ""
    if not await job.ask(LinesDialog("import_changes", lines, n=len(shown.rows))):
        return ""
    done = await job.do(job.backend.files.bring, job.incident, sheet, wanted.path.name, wanted.reason)
    return job.texts("tui.done.imported", n=len(done.rows))
