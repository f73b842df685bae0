"""``playbook new``: begin a playbook of the office's own."""

from __future__ import annotations

from pathlib import Path

import click

from muutosturva.cli.framework import Command, argument, option
from muutosturva.cli.state import State
from muutosturva.errors import UsageError


@click.command("new", cls=Command)
@argument("name", text="new_playbook")
@option("--extends", "base", text="new_extends", value="playbook")
@option("--copy", "of", text="new_copy", value="playbook")
@option("--out", text="new_out", value="file_or_folder")
@click.pass_obj
def new_command(state: State, *, name: str, base: str | None, of: str | None, out: str | None) -> None:
    """Begin a playbook of the office's own."""
    from muutosturva.coordination.new_playbook import DEFAULT_BASE, begin_copy, begin_variant
    from muutosturva.coordination.playbook_checks import of_day
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.rules.book import shipped_book

    if base is not None and of is not None:
        raise UsageError("cli.new_one")
    texts, now, place = state.texts, state.now(), None if out is None else Path(out)
    library, told = at_hand(), of_day(shipped_book(), now)
    if of is None:
        begun = begin_variant(library, name, base or DEFAULT_BASE, out=place, told=told, texts=texts, now=now)
    else:
        begun = begin_copy(library, name, of, out=place, told=told, texts=texts)
    problems = len(begun.checked.problems)
    document = {"id": begun.identity, "path": str(begun.path), "problems": problems}
    document |= {"extends": None, "copied": begun.base} if of else {"extends": begun.base, "copied": None}
    state.out.show(document, [str(begun.path)])
    if problems:
        state.out.say(texts("cli.playbook.new_found", n=problems))
    state.out.say(texts("cli.playbook.new_next"))
    # Elsewhere than in the office's folder the playbook is known by its path alone.
    shown = begun.identity if out is None else str(begun.path)
    for command in ("lint", "test"):
        state.out.say(f"  muutosturva playbook {command} {shown}")
