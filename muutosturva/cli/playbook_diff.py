"""``playbook diff``: what one playbook adds to another, takes out and changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import click

from muutosturva.cli.framework import Command, argument
from muutosturva.cli.playbook_values import shown

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.playbooks.comparing.difference import Change, Difference, Entry
    from muutosturva.playbooks.loading.resolved import Resolved

SIGNS: Final = {"added": "+", "removed": "-", "changed": "~"}


@click.command("diff", cls=Command)
@argument("first", text="first_playbook")
@argument("second", text="second_playbook")
@click.pass_obj
def diff_command(state: State, first: str, second: str) -> None:
    """Tell what the second playbook does to the first."""
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.playbooks.comparing.difference import difference

    library = at_hand()
    old, new = (library.load(name, bundles=True) for name in (first, second))
    found = difference(old, new)
    state.out.show(_document(old, new, found), _lines(state, old, new, found))


def _document(old: Resolved, new: Resolved, found: Difference) -> dict[str, Any]:
    return {
        "from": _named(old),
        "to": _named(new),
        "playbook": [_change(change) for change in found.head],
        "entries": [
            {
                "section": entry.section,
                "id": entry.id,
                "act": entry.act,
                "phase": entry.phase or None,
                "title": dict(entry.title),
                "statutory": entry.statutory,
                "reason": dict(entry.reason) or None,
                "was": entry.was or None,
                "changes": [_change(change) for change in entry.changes],
            }
            for entry in found.entries
        ],
    }


def _named(resolved: Resolved) -> dict[str, str]:
    playbook = resolved.playbook
    return {"id": playbook.id, "version": playbook.version, "sha256": resolved.sha256}


def _change(change: Change) -> dict[str, object]:
    return {"key": change.key, "old": change.old, "new": change.new}


def _lines(state: State, old: Resolved, new: Resolved, found: Difference) -> Iterator[str]:
    texts = state.texts
    names = [
        f"{texts.pick(one.playbook.title)} ({one.playbook.id} {one.playbook.version})" for one in (old, new)
    ]
    yield from state.out.wrapped(f"{names[0]} → {names[1]}")
    if not found.head and not found.entries:
        yield texts("cli.playbook.same")
        return
    yield from state.out.wrapped(_counts(state, found))
    if found.head:
        yield ""
        yield texts("cli.playbook.whole")
        for change in found.head:
            yield from changed_lines(state, "", change)
    for (section, phase), entries in groupby(found.entries, key=lambda entry: (entry.section, entry.phase)):
        yield ""
        heading = texts(f"cli.playbook.part.{section}")
        yield f"{heading}: {texts.pick(found.phases[phase])}" if phase in found.phases else heading
        for entry in entries:
            yield from _entry(state, entry)


def _counts(state: State, found: Difference) -> str:
    acts = [entry.act for entry in found.entries]
    lost = sum(entry.act == "removed" and entry.statutory for entry in found.entries)
    key = "cli.playbook.difference_statutory" if lost else "cli.playbook.difference"
    counts = {act: acts.count(act) for act in ("added", "removed", "changed")}
    return state.texts(key, lost=lost, **counts)


def _entry(state: State, entry: Entry) -> Iterator[str]:
    texts, mark = state.texts, ""
    if entry.act == "removed" and entry.statutory:
        mark = f"  [{texts('cli.playbook.statutory_removed')}]"
    yield from state.out.wrapped(
        f"{SIGNS[entry.act]} {entry.id}  {texts.pick(entry.title)}{mark}", "  ", "    "
    )
    if entry.was:
        yield f"      {texts('cli.playbook.was', id=entry.was)}"
    if entry.act == "removed":
        reason = texts.pick(entry.reason) if entry.reason else texts("cli.playbook.no_reason")
        yield from state.out.wrapped(texts("cli.playbook.reason", reason=reason), "      ", "  ")
    for change in entry.changes:
        yield from changed_lines(state, entry.section, change)


def changed_lines(state: State, section: str, change: Change) -> Iterator[str]:
    """Yield a change: old and new on one line, of a list only what comes and goes."""
    from muutosturva.coordination.playbook_words import key_name

    texts, name = state.texts, key_name(state.texts, section, change.key)
    old, new = change.old, change.new
    if isinstance(old, list) and isinstance(new, list):
        gone = [item for item in old if item not in new]
        come = [item for item in new if item not in old]
        if gone or come:
            yield f"      {name}:"
            for sign, items in (("-", gone), ("+", come)):
                for item in items:
                    yield from state.out.wrapped(f"{sign} {shown(texts, item)}", "        ", "  ")
            return
    was, now = shown(texts, old), shown(texts, new)
    if was == now:
        now = texts("cli.playbook.other_language")
    yield from state.out.wrapped(f"{name}: {was} → {now}", "      ", "  ")
