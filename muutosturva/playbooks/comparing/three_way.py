"""From a pinned playbook towards another one, item by item: what is offered, and the text of what is taken.

An *item* is an entry of a section (``tasks.contact``) or ``playbook`` for the head of the file. What is
taken stands as in the new text, what is not stays as pinned, and the mixture is a playbook of its own
with its own hash. Taking everything gives the new text itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from muutosturva.playbooks.comparing.difference import Change, Entry, difference
from muutosturva.playbooks.language.schema import SECTIONS
from muutosturva.playbooks.loading.resolved import Resolved, from_stored

HEAD: Final = "playbook"
"""Name of the item that holds the head of the file: title, version, law, review …"""
RENAMING: Final = ("tasks", "messages", "meetings", "documents")
"""Sections whose entries may follow ``renamed_from``."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One item that can be taken over.

    Attributes:
        name: ``tasks.contact``, or ``playbook``.
        entry: what differs; None for the head.
        changes: keys that differ.
    """

    name: str
    entry: Entry | None
    changes: tuple[Change, ...]


def item_name(section: str, name: str) -> str:
    """Return the name of an item of a section."""
    return f"{section}.{name}"


def offered(pinned: Resolved, new: Resolved) -> tuple[Offered, ...]:
    """Return everything in which a new playbook differs from the pinned one, in reading order."""
    found = difference(pinned, new)
    old, now = pinned.playbook, new.playbook
    named = [
        Change(key, was, is_now)
        for key, was, is_now in (("id", old.id, now.id), ("version", old.version, now.version))
        if was != is_now
    ]
    head = (*named, *found.head)
    items = [Offered(item_name(entry.section, entry.id), entry, entry.changes) for entry in found.entries]
    return (*([Offered(HEAD, None, head)] if head else ()), *items)


def merged(pinned: Resolved, new: Resolved, taken: Collection[str]) -> Resolved:
    """Return the playbook in which the items taken stand as in the new text, all others as pinned.

    Raises:
        InputError: the mixture is no playbook (``playbooks.stored_unreadable``); references are
            judged by the checks, not here.
    """
    items = offered(pinned, new)
    if all(item.name in taken for item in items):
        return new if items else pinned
    chosen = [item.entry for item in items if item.name in taken and item.entry is not None]
    old, now = json.loads(pinned.text), json.loads(new.text)
    head = now if HEAD in taken else old
    mixed = {key: value for key, value in head.items() if key not in SECTIONS}
    # Worked cases speak of one of the two texts, never of the mixture.
    mixed.pop("tests", None)
    for section in SECTIONS:
        entries = [entry for entry in chosen if entry.section == section]
        found = _section(old.get(section) or {}, now.get(section) or {}, entries)
        if found:
            mixed[section] = found
    _follow_names(mixed, chosen)
    name = str(mixed["id"])
    return from_stored(json.dumps(mixed, ensure_ascii=False), name)


def _section(old: Mapping[str, Any], new: Mapping[str, Any], entries: Iterable[Entry]) -> dict[str, Any]:
    """Return a section with its changes; what is added stands after what goes before it in the new text."""
    by_old = {entry.was or entry.id: entry for entry in entries if entry.act != "added"}
    rows: list[tuple[str, Any]] = []
    for name, value in old.items():
        entry = by_old.get(name)
        if entry is None:
            rows.append((name, value))
        elif entry.act == "changed":
            rows.append((entry.id, new[entry.id]))
    added = {entry.id for entry in entries if entry.act == "added"}
    order = list(new)
    for place, name in enumerate(order):
        if name in added:
            present = [key for key, _ in rows]
            before = next((key for key in reversed(order[:place]) if key in present), None)
            rows.insert(present.index(before) + 1 if before is not None else 0, (name, new[name]))
    return dict(rows)


def _follow_names(mixed: dict[str, Any], chosen: Iterable[Entry]) -> None:
    """Let tasks that were not taken over wait for, and produce, what bears another name now."""
    renamed = {(entry.section, entry.was): entry.id for entry in chosen if entry.was}
    if not renamed:
        return
    kinds = {"document": "documents", "message": "messages", "meeting": "meetings"}

    def need(text: str) -> str:
        name, dot, state = text.partition(".")
        for section in RENAMING:
            if (section, name) in renamed:
                return f"{renamed[section, name]}{dot}{state}"
        return text

    def product(text: str) -> str:
        kind, colon, name = text.partition(":")
        return f"{kind}{colon}{renamed.get((kinds.get(kind, ''), name), name)}"

    for task in mixed.get("tasks", {}).values():
        for key, follow in (("needs", need), ("produces", product)):
            if key in task:
                task[key] = _mapped(task[key], follow)


def _mapped(value: Any, follow: Any) -> Any:
    if isinstance(value, str):
        return follow(value)
    if isinstance(value, list):
        return [_mapped(part, follow) for part in value]
    if isinstance(value, dict):
        return {key: _mapped(part, follow) for key, part in value.items()}
    return value
