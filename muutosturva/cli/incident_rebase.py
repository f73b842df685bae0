"""``incident rebase``: compare the pinned playbook with another one, and take items of it over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from muutosturva.cli import stable
from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.state import State
from muutosturva.cli.values import pairs
from muutosturva.incidents.typed.notation import parse_anchor_value

if TYPE_CHECKING:
    from muutosturva.cli.stable import Document
    from muutosturva.incidents.acts.rebasing import Pinned, Rebased, Wanted
    from muutosturva.incidents.pure.rebase import RebaseItem
    from muutosturva.playbooks.loading.resolved import Resolved
    from muutosturva.store.store import Store

ALL = "all"
"""What is typed to take everything over."""


@click.command("rebase", cls=Command)
@argument("incident_id", text="incident")
@option("--to", "to", text="rebase_to", value="playbook")
@option("--accept", "accept", text="rebase_accept", value="items", multiple=True)
@option("--input", "inputs", text="rebase_input", value="input", multiple=True)
@option("--anchor", "anchors", text="rebase_anchor", value="anchor", multiple=True)
@option("--reason", value="reason", default="")
@flag("--preview", text="rebase_preview")
@click.pass_obj
def rebase_command(
    state: State,
    *,
    incident_id: str,
    to: str | None,
    accept: tuple[str, ...],
    inputs: tuple[str, ...],
    anchors: tuple[str, ...],
    reason: str,
    preview: bool,
) -> None:
    """Compare an incident with another version of its playbook, and take items over."""
    from muutosturva.incidents.acts.rebasing import preview_rebase, rebase

    wanted = _wanted(accept, inputs, anchors)
    # Without a word on what to take, nothing is taken: the comparison is shown.
    preview = preview or not accept
    with state.store() as store:
        new = _library_text(state, store, incident_id, to)
        if preview:
            made = preview_rebase(store, incident_id, new, wanted=wanted, now=state.now())
        else:
            actor, now = state.actor(store), state.now()
            made = rebase(store, incident_id, new, wanted=wanted, reason=reason, actor=actor, now=now)
    state.out.show(_document(state, made), _lines(state, made, preview=preview))
    if preview and made.items:
        state.out.say(state.texts("cli.rebase.next", incident=made.incident))


def _wanted(accept: tuple[str, ...], inputs: tuple[str, ...], anchors: tuple[str, ...]) -> Wanted:
    from muutosturva.incidents.acts.rebasing import Wanted

    names = [name.strip() for text in accept for name in text.split(",") if name.strip()]
    dates = {name: parse_anchor_value(text) for name, text in pairs(anchors, "--anchor").items()}
    return Wanted(None if not names or ALL in names else names, pairs(inputs, "--input"), dates)


def _library_text(state: State, store: Store, incident: str, to: str | None) -> Resolved:
    from muutosturva.cli.amend_pages import warning_lines
    from muutosturva.coordination.playbook_checks import outside
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.incidents.reading import queries

    with store.reading() as session:
        own = queries.incident_view(session, incident).playbook_id
    # A regional situation has no playbook of its own: what is to be done with it is refused later.
    resolved, warnings = at_hand().usable(to or own or "base", outside(store, state.now()))
    for line in warning_lines(state, warnings):
        state.out.say(line)
    return resolved


def _lines(state: State, made: Rebased, *, preview: bool) -> list[str]:
    from muutosturva.cli.amend_pages import told_lines
    from muutosturva.incidents.told import difference, rebasing

    texts = state.texts
    lines = state.out.wrapped(rebasing.heading(texts, made))
    if not made.items:
        return [*lines, texts("incidents.rebase.same")]
    if not preview:
        lines += state.out.wrapped(
            texts("incidents.rebase.done", n=len(made.taken), of=len(made.items), sha256=made.after.sha256)
        )
    taken = [item for item in made.items if item.name in made.taken]
    lines += ["", *(line for item in taken for line in _item_lines(state, item)), ""]
    lines += told_lines(state, rebasing.left(texts, made))
    if made.missing:
        return [*lines, *told_lines(state, rebasing.missing(texts, made))]
    changes = made.changes
    told = [*difference.difference(texts, changes, keys=True), *difference.days_listed(texts, changes)]
    lines += [texts("cli.amend.preview")] if preview else []
    return [*lines, *told_lines(state, told or [difference.nothing(texts)])]


def _item_lines(state: State, item: RebaseItem) -> Iterator[str]:
    """Yield an item, what it meets in the incident, and key by key what changes."""
    from muutosturva.cli.amend_pages import told_lines
    from muutosturva.cli.playbook_diff import changed_lines
    from muutosturva.incidents.told import rebasing
    from muutosturva.playbooks.comparing.difference import Change
    from muutosturva.playbooks.comparing.three_way import HEAD

    yield from told_lines(state, rebasing.items(state.texts, [item]))
    section = "" if item.section == HEAD else item.section
    for key, old, new in item.changes:
        yield from changed_lines(state, section, Change(key, old, new))


def _document(state: State, made: Rebased) -> Document:
    return {
        "incident": made.incident,
        "before": _pinned(made.before),
        "after": _pinned(made.after),
        "offered": _pinned(made.offered),
        "items": [_item(item) for item in made.items],
        "taken": list(made.taken),
        "set_aside": list(made.set_aside),
        "missing": [
            {"section": one.section, "name": one.asked.name, "label": dict(one.asked.label)}
            for one in made.missing
        ],
        **stable.changes(made.changes, state.texts),
        "stays": list(made.changes.stays),
    }


def _pinned(text: Pinned) -> Document:
    return {"id": text.id, "version": text.version, "sha256": text.sha256}


def _item(item: RebaseItem) -> Document:
    return {
        "item": item.name,
        "act": item.act,
        "title": dict(item.title),
        "statutory": item.statutory,
        "was": item.was or None,
        "reason": dict(item.reason) or None,
        "changes": [{"key": key, "old": old, "new": new} for key, old, new in item.changes],
        "conflict": item.conflict,
        "notes": [{"note": note.value, "of": list(keys)} for note, keys in item.notes],
    }
