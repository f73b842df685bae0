"""``playbook list``: the playbooks at hand, their bundles, and how fresh each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from muutosturva.cli.framework import Command
from muutosturva.cli.incident_pages import columns

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.coordination.freshness import Freshness
    from muutosturva.playbooks.comparing.describe import Summary
    from muutosturva.playbooks.library import Library
    from muutosturva.playbooks.loading.resolved import Resolved


@click.command("list", cls=Command)
@click.pass_obj
def list_command(state: State) -> None:
    """List the playbooks at hand."""
    from muutosturva.coordination.freshness import everything
    from muutosturva.coordination.shelf import at_hand

    texts, library = state.texts, at_hand()
    with state.store_or_shipped() as store:
        shelf, read = everything(library, store, state.now())
    lines = [*_lines(state, read), *_fresh_lines(state, read), *_own_lines(state, library, read)]
    state.out.show([_document(state, each) for each in read], lines)
    for folder, reason in shelf.unreadable.items():
        state.out.say(texts("cli.playbook.folder_unreadable", folder=folder, reason=reason))
    for each in read:
        if not each.usable:
            state.out.say(texts("cli.playbook.broken", playbook=each.volume.id, n=each.errors))
    state.out.say(texts("cli.playbook.list_next"))


def _lines(state: State, read: Sequence[Freshness]) -> list[str]:
    """Return what can be used: playbooks, then the bundles they take tasks from."""
    from muutosturva.playbooks.comparing.describe import describe

    texts = state.texts
    usable = [each.resolved for each in read if each.usable and each.resolved is not None]
    rows = [
        (
            summary.id,
            summary.version,
            texts.pick(summary.title),
            str(summary.tasks),
            str(summary.statutory),
            texts("cli.playbook.abstract") if summary.abstract else texts.pick(summary.description),
        )
        for summary in (describe(resolved) for resolved in usable if not resolved.bundle)
    ]
    names = ("playbook", "version", "~title", "^tasks", "^statutory", "_description")
    bundles = [describe(resolved) for resolved in usable if resolved.bundle]
    return [*state.out.table(columns(state, *names), rows), *_bundle_lines(state, bundles, usable)]


def _fresh_lines(state: State, read: Sequence[Freshness]) -> list[str]:
    """Return how fresh each playbook and bundle is, also of those that are broken."""
    from muutosturva.coordination import freshness_words as words

    texts = state.texts
    rows = [
        (
            each.volume.id,
            words.used(texts, each),
            words.rehearsed(texts, each),
            words.checked(texts, each),
            words.check_due(texts, each),
            words.findings(texts, each),
        )
        for each in read
    ]
    names = ("playbook", "used", "rehearsed", "law_checked", "check_due", "findings")
    return ["", texts("cli.playbook.fresh"), *state.out.table(columns(state, *names), rows)]


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


def _own_lines(state: State, library: Library, read: Sequence[Freshness]) -> list[str]:
    """Return where the office's own ones lie, which they are, and which stand in a shipped one's place."""
    texts, wrapped = state.texts, state.out.wrapped
    own = sorted(each.volume.id for each in read if each.volume.own)
    hiding = sorted(each.volume.id for each in read if each.volume.takes_place)
    # A path is not folded: it is copied from the screen.
    lines = ["", texts("cli.playbook.own_folder"), f"  {library.user_folder}"]
    lines += wrapped(texts("cli.playbook.own", playbooks=own) if own else texts("cli.playbook.own_none"))
    if hiding:
        lines += wrapped(texts("cli.playbook.hiding", playbooks=hiding))
    return lines


def _document(state: State, each: Freshness) -> dict[str, Any]:
    """Return a playbook with its freshness; of a broken one its numbers are null."""
    from muutosturva.playbooks.comparing.describe import describe

    if each.resolved is None:
        document = dict.fromkeys(_NUMBERS) | {
            "id": each.volume.id,
            "version": each.version or None,
            "title": state.texts.pick(each.title) or None,
        }
    else:
        document = summary_document(describe(each.resolved), state)
    use = each.volume.use
    return {
        **document,
        "own": each.volume.own,
        "usable": each.usable,
        "last_used": use.used.isoformat() if use.used else None,
        "last_rehearsed": use.rehearsed.isoformat() if use.rehearsed else None,
        "law_checked": each.checked.isoformat() if each.checked else None,
        "check_due": each.check_due.isoformat() if each.check_due else None,
        "check_overdue": each.overdue,
        "errors": each.errors,
        "warnings": each.warnings,
    }


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


_NUMBERS: Final = (
    "id",
    "version",
    "kind",
    "title",
    "description",
    "abstract",
    "tasks",
    "statutory",
    "messages",
    "meetings",
    "documents",
    "roles",
    "tests",
    "languages",
)
"""Keys of ``summary_document``, in their order."""
