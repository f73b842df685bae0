"""``playbook list``: the playbooks at hand, shipped and own, and the bundles they are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from muutosturva.cli.framework import Command
from muutosturva.cli.incident_pages import columns
from muutosturva.errors import InputError

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.playbooks.comparing.describe import Summary
    from muutosturva.playbooks.library import Library
    from muutosturva.playbooks.loading.resolved import Resolved


@dataclass(slots=True)
class _Read:
    """Everything at hand, read.

    Attributes:
        playbooks: what can be triggered, or built on.
        bundles: what playbooks take tasks from.
        broken: ids of those that have errors, with how many.
    """

    playbooks: list[Resolved] = field(default_factory=list)
    bundles: list[Resolved] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)


@click.command("list", cls=Command)
@click.pass_obj
def list_command(state: State) -> None:
    """List the playbooks at hand."""
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.playbooks.comparing.describe import describe

    texts, library = state.texts, at_hand()
    read = _read(library)
    found = [describe(resolved) for resolved in read.playbooks]
    bundles = [describe(resolved) for resolved in read.bundles]
    rows = [
        (
            summary.id,
            summary.version,
            texts.pick(summary.title),
            str(summary.tasks),
            str(summary.statutory),
            texts("cli.playbook.abstract") if summary.abstract else texts.pick(summary.description),
        )
        for summary in found
    ]
    names = ("playbook", "version", "~title", "^tasks", "^statutory", "_description")
    lines = [
        *state.out.table(columns(state, *names), rows),
        *_bundle_lines(state, bundles, read.playbooks),
        *_own_lines(state, library, read),
    ]
    documents = [
        {**summary_document(item, state), "own": library.is_own(item.id)} for item in (*found, *bundles)
    ]
    state.out.show(documents, lines)
    for name, errors in read.broken.items():
        state.out.say(texts("cli.playbook.broken", playbook=name, n=errors))
    state.out.say(texts("cli.playbook.list_next"))


def _read(library: Library) -> _Read:
    """Read what is at hand; a file that is broken hides none of the others."""
    read = _Read()
    for name in dict.fromkeys((*library.names(), *library.bundle_names())):
        try:
            resolved = library.load(name, bundles=True)
        except InputError as error:
            read.broken[name] = len(error.problems)
            continue
        (read.bundles if resolved.bundle else read.playbooks).append(resolved)
    return read


def _bundle_lines(state: State, bundles: list[Summary], loaded: list[Resolved]) -> list[str]:
    """Return the bundles that playbooks take tasks from, apart from what can be triggered."""
    if not bundles:
        return []
    rows = [
        (
            f"{bundle.id}@{bundle.version}",
            state.texts.pick(bundle.title),
            str(bundle.tasks),
            ", ".join(one.playbook.id for one in loaded if bundle.id in {used.id for used in one.used}),
            state.texts.pick(bundle.description),
        )
        for bundle in bundles
    ]
    names = ("bundle", "~title", "^tasks", "~used_by", "_description")
    return ["", state.texts("cli.playbook.bundles"), *state.out.table(columns(state, *names), rows)]


def _own_lines(state: State, library: Library, read: _Read) -> list[str]:
    """Return where the office's own ones lie, which they are, and which stand in a shipped one's place."""
    texts, wrapped = state.texts, state.out.wrapped
    names = sorted(resolved.playbook.id for resolved in (*read.playbooks, *read.bundles))
    own = [name for name in names if library.is_own(name)]
    hiding = [name for name in own if library.takes_place(name)]
    # A path is not folded: it is copied from the screen.
    lines = ["", texts("cli.playbook.own_folder"), f"  {library.user_folder}"]
    lines += wrapped(texts("cli.playbook.own", playbooks=own) if own else texts("cli.playbook.own_none"))
    if hiding:
        lines += wrapped(texts("cli.playbook.hiding", playbooks=hiding))
    return lines


def summary_document(summary: Summary, state: State) -> dict[str, Any]:
    """Return a playbook in numbers with stable keys."""
    return {
        "id": summary.id,
        "version": summary.version,
        "kind": summary.kind,
        "title": state.texts.pick(summary.title),
        "description": state.texts.pick(summary.description) or None,
        "abstract": summary.abstract,
        "tasks": summary.tasks,
        "statutory": summary.statutory,
        "messages": summary.messages,
        "meetings": summary.meetings,
        "documents": summary.documents,
        "roles": summary.roles,
        "tests": summary.tests,
        "languages": list(summary.languages),
    }
