"""``roster load``: the roster from the file an office really has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from muutosturva.cli.framework import Command, argument, flag
from muutosturva.cli.incident_pages import columns
from muutosturva.errors import ExitCode
from muutosturva.settings import expanded

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.i18n import Texts
    from muutosturva.preparedness.loading import RosterLoad


@click.command("load", cls=Command)
@argument("file", text="roster_file")
@flag("--dry-run", text="sheet_dry_run")
@flag("--strict", text="sheet_strict")
@flag("--retire-missing", text="retire_missing")
@click.pass_obj
def load_command(state: State, *, file: str, dry_run: bool, strict: bool, retire_missing: bool) -> int:
    """Load the roster from a file, or show what it would change."""
    from muutosturva.coordination.roster_files import roles_of_playbooks, roster_of
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.preparedness.service import load_roster, preview_roster

    sheet = roster_of(expanded(file))
    roles = roles_of_playbooks(at_hand())
    language = state.texts.language
    with state.store() as store:
        done = (
            preview_roster(store, sheet, roles, retire_missing=retire_missing, language=language)
            if dry_run
            else load_roster(
                store,
                sheet,
                roles,
                retire_missing=retire_missing,
                strict=strict,
                language=language,
                actor=state.actor(store),
                now=state.now(),
            )
        )
    state.out.show(_document(state, done, saved=not dry_run), _lines(state, done))
    _say(state, done, saved=not dry_run)
    return int(ExitCode.PROBLEMS if done.rejected else ExitCode.DONE)


def _lines(state: State, done: RosterLoad) -> list[str]:
    texts = state.texts
    rows = [(name, texts("cli.roster.read_new")) for name in done.added]
    rows += [
        (
            change.person,
            texts(
                "cli.roster.read_fields",
                field=texts(f"preparedness.heading.{change.field}").split("|")[0],
                old=_cell(state, change.old),
                new=_cell(state, change.new),
            ),
        )
        for change in done.changes
    ]
    rows += [(name, texts("cli.roster.inactive")) for name in done.retired]
    return state.out.table(columns(state, "~who", "~changed"), rows)


def _cell(state: State, value: object) -> str:
    if isinstance(value, bool):
        return state.texts("common.yes" if value else "common.no")
    return str(state.texts.spoken(value)) if value else "–"


def _say(state: State, done: RosterLoad, *, saved: bool) -> None:
    """Say what is not in the table: who is missing, what was left out, whether anything was saved."""
    texts, out = state.texts, state.out
    lines = [line for sentence in _remarks(texts, done) for line in out.wrapped(sentence)]
    lines += out.problem_lines(warning.problem for warning in done.warnings)
    if done.rejected:
        lines.append(texts("cli.roster.read_rejected", n=len(done.rejected)))
        lines += out.problem_lines(found.problem for found in done.rejected)
    name = "nothing" if done.empty else "saved" if saved else "preview"
    counts = {"added": len(done.added), "altered": len(done.altered), "unchanged": done.unchanged}
    lines += out.wrapped(texts(f"cli.roster.read_{name}", **counts))
    for line in lines:
        out.say(line)


def _remarks(texts: Texts, done: RosterLoad) -> Iterator[str]:
    if done.sheet.unknown:
        yield texts("cli.roster.read_unknown", headings=done.sheet.unknown)
    if done.retired:
        yield texts("cli.roster.read_retired", n=len(done.retired), people=done.retired)
    elif done.missing:
        yield texts("cli.roster.read_missing", n=len(done.missing), people=done.missing)
    if done.holding:
        yield texts("cli.roster.read_holding", people=done.holding)


def _document(state: State, done: RosterLoad, *, saved: bool) -> dict[str, Any]:
    texts = state.texts
    return {
        "saved": saved and not done.empty,
        "rows": len(done.sheet.rows),
        "accepted": len(done.added) + len(done.altered) + done.unchanged,
        "updated": len(done.altered),
        "missing": len(done.missing),
        "rejected": [
            {
                "row": found.number,
                "column": found.column or None,
                "code": found.problem.code,
                "message": texts.problem(found.problem),
            }
            for found in done.rejected
        ],
        "duplicates": [
            {"row": found.number, "of": found.problem.params["row"]}
            for found in done.rejected
            if found.problem.code == "preparedness.row_twice"
        ],
        "warnings": [texts.problem(found.problem) for found in done.warnings],
        "columns": dict(done.sheet.columns),
        "sheet": done.sheet.sheet or None,
        "encoding": None,
        "heading_row": done.sheet.heading_row or None,
        "added": list(done.added),
        "changes": [
            {"person": each.person, "field": each.field, "old": each.old, "new": each.new}
            for each in done.changes
        ],
        "missing_people": list(done.missing),
        "retired": list(done.retired),
    }
