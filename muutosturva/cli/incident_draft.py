"""``incident as-playbook``: save what a group did as a draft of a playbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.state import State

if TYPE_CHECKING:
    from muutosturva.cli.stable import Document
    from muutosturva.coordination.as_playbook import Drafted


@click.command("as-playbook", cls=Command)
@argument("incident_id", text="incident")
@argument("draft", text="draft_id")
@option("--out", text="draft_out", value="file_or_folder")
@flag("--confirm", text="draft_confirm")
@click.pass_obj
def as_playbook_command(
    state: State, *, incident_id: str, draft: str, out: str | None, confirm: bool
) -> None:
    """Save what the group did as a draft of a playbook."""
    from muutosturva.coordination.as_playbook import save_as_playbook

    with state.store() as store:
        made = save_as_playbook(
            store,
            incident_id,
            draft,
            out=None if out is None else Path(out),
            confirm=confirm,
            language=state.texts.language,
            actor=state.actor(store),
            now=state.now(),
        )
    state.out.show(_document(made, draft), _lines(state, made))
    state.out.say(state.texts("cli.draft.next", path=str(made.path)))


def _document(made: Drafted, playbook: str) -> Document:
    changes = made.draft.changes
    return {
        "path": str(made.path),
        "playbook": playbook,
        "extends": made.base or None,
        **{
            act: [change.id for change in changes if change.act == act]
            for act in ("add", "replace", "remove")
        },
        "told": [remark.code for remark in made.draft.remarks],
        "taken_out": [kind.value for kind in made.draft.removed],
        "findings": [problem.code for problem in made.findings],
    }


def _lines(state: State, made: Drafted) -> list[str]:
    from muutosturva.cli.lint_pages import lint_lines

    texts, wrapped = state.texts, state.out.wrapped
    lines = [str(made.path)]
    for act in ("add", "replace", "remove"):
        steps = [change.id for change in made.draft.changes if change.act == act]
        if steps:
            lines += wrapped(texts(f"cli.draft.{act}", n=len(steps), steps=steps), "  ", "  ")
    if made.draft.remarks:
        lines += wrapped(texts("cli.draft.told", n=len(made.draft.remarks)), "  ", "  ")
    if made.draft.removed:
        lines += wrapped(texts("cli.draft.taken_out", kinds=made.draft.removed), "  ", "  ")
    return [*lines, *(["", *lint_lines(texts, made.findings, (), 1)] if made.findings else [])]
