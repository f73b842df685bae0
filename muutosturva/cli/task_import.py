"""``task import``: a task sheet that was edited in Excel or LibreOffice comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from muutosturva.cli import stable
from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.errors import ExitCode
from muutosturva.settings import expanded

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.incidents.acts.sheet_import import ImportedRow, SheetImport


@click.command("import", cls=Command)
@argument("file", text="sheet_file")
@option("--incident", "incident_id", text="sheet_incident", value="incident", required=True)
@option("--reason", text="sheet_reason", value="reason", default="")
@flag("--dry-run", text="sheet_dry_run")
@flag("--strict", text="sheet_strict")
@click.pass_obj
def import_command(
    state: State, *, file: str, incident_id: str, reason: str, dry_run: bool, strict: bool
) -> int:
    """Bring back an edited task sheet, or show what it would change."""
    from muutosturva.coordination.sheet_files import task_sheet_of
    from muutosturva.incidents.acts.sheet_import import import_sheet, preview_import

    path = expanded(file)
    sheet = task_sheet_of(path)
    with state.store() as store:
        done = (
            preview_import(store, incident_id, sheet, reason=reason)
            if dry_run
            else import_sheet(
                store,
                incident_id,
                sheet,
                file=path.name,
                reason=reason,
                strict=strict,
                actor=state.actor(store),
                now=state.now(),
            )
        )
    state.out.show(_document(state, done, saved=not dry_run), _lines(state, done))
    _say(state, done, saved=not dry_run)
    return int(ExitCode.PROBLEMS if done.rejected else ExitCode.DONE)


def _say(state: State, done: SheetImport, *, saved: bool) -> None:
    """Say what is not in the table: what was left out, and whether anything was saved."""
    texts, out = state.texts, state.out
    for warning in done.warnings:
        for line in out.wrapped(texts.problem(warning)):
            out.say(line)
    if done.missing:
        keys = ", ".join(task.key for task in done.missing)
        for line in out.wrapped(texts("incidents.sheet_words.missing", n=len(done.missing), tasks=keys)):
            out.say(line)
    if done.rejected:
        out.say(texts("incidents.sheet_words.rejected", n=len({found.line for found in done.rejected})))
        for line in out.problem_lines(found.problem for found in done.rejected):
            out.say(line)
    name = "imported" if saved else "preview"
    if not done.rows:
        name = "unchanged"
    out.say(texts(f"cli.task.sheet_{name}", n=len(done.rows), incident=done.incident))


def _lines(state: State, done: SheetImport) -> list[str]:
    texts = state.texts
    rows = [
        (
            str(row.line),
            row.incident if row.incident != done.incident else "",
            row.key,
            texts("incidents.sheet_words.new") if row.new and place == 0 else told[0],
            told[1],
            told[2],
            row.title if place == 0 else "",
            row.reason if place == 0 else "",
        )
        for row in done.rows
        for place, told in enumerate(_changes(state, row))
    ]
    names = ("^line", "incident", "~task", "what", "~old", "~new", "_title", "=reason")
    return state.out.table(columns(state, *names), rows)


def _changes(state: State, row: ImportedRow) -> list[tuple[str, str, str]]:
    """Return field, old and new value of each change in words."""
    from muutosturva.incidents.told.sheet_words import change_words

    found = [change_words(state.texts, change) for change in row.changes]
    return [("", "", ""), *found] if row.new else found


def _document(state: State, done: SheetImport, *, saved: bool) -> dict[str, Any]:
    texts = state.texts
    return {
        "incident": done.incident,
        "saved": saved and bool(done.rows),
        "rows": done.lines,
        "accepted": len(done.rows),
        "updated": sum(not row.new for row in done.rows),
        "added": sum(row.new for row in done.rows),
        "missing": len(done.missing),
        "rejected": [
            {
                "row": found.line,
                "column": found.column or None,
                "code": found.problem.code,
                "message": texts.problem(found.problem),
            }
            for found in done.rejected
        ],
        "duplicates": [
            {"row": found.line, "of": found.problem.params["row"]}
            for found in done.rejected
            if found.problem.code == "incidents.sheet_twice"
        ],
        "warnings": [texts.problem(warning) for warning in done.warnings],
        "changes": [
            {
                "row": row.line,
                "incident": row.incident,
                "id": row.key,
                "title": row.title,
                "new": row.new,
                "reason": row.reason or None,
                "fields": {
                    change.field: {
                        "old": stable.plain(change.old) or None,
                        "new": stable.plain(change.new) or None,
                    }
                    for change in row.changes
                },
            }
            for row in done.rows
        ],
        "not_in_sheet": [{"incident": task.incident, "id": task.key} for task in done.missing],
        "columns": dict(done.columns),
        "sheet": done.sheet or None,
        "heading_row": done.heading_row,
        "language": done.language,
    }
