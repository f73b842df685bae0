"""A playbook ready for use: its overlays merged, its text pinned."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from muutosturva.errors import InputError, Problem
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.loading.source import Node, Path, Place
from muutosturva.playbooks.loading.validation import canonical, validate_text

MOST_KEPT: Final = 8
"""Stored playbooks kept in memory: a use case and the screens ask for the same one again and again."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Something an overlay took out.

    Attributes:
        section: ``tasks``, ``messages`` …
        id: its id.
        reason: why, by language.
        place: where the overlay says so.
        law: the acts it rested on: a statutory step was taken out when there are any.
    """

    section: str
    id: str
    reason: dict[str, str]
    place: Place
    law: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Used:
    """A bundle that was taken in.

    Attributes:
        id: its id.
        version: its version.
        title: what it is called, by language.
        file: its file.
        place: where the playbook says that it uses it.
        expects: ids of tasks it counts on.
    """

    id: str
    version: str
    title: dict[str, str]
    file: str
    place: Place
    expects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """A valid playbook and where each of its values was written; compared by ``sha256``.

    Attributes:
        playbook: the playbook, overlays merged.
        text: the merged text, canonical: what an incident stores, to be read in ten years.
        sha256: of ``text`` in UTF-8, lower-case hexadecimal.
        root: the merged tree with its places.
        layers: files it was put together from, the topmost first.
        removed: what overlays took out.
        used: bundles its layers took in.
        bundle: True for a bundle read by itself: to be looked at, never to be triggered.
    """

    playbook: Playbook
    text: str
    sha256: str
    root: Node
    layers: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    used: tuple[Used, ...] = ()
    bundle: bool = False

    def place(self, path: Path) -> Place:
        """Return where the value at ``path`` was written, or its nearest ancestor."""
        return self.root.nearest(path).place

    def key_place(self, path: Path) -> Place:
        """Return where the key of ``path`` was written, or that of its nearest ancestor."""
        return self.root.nearest(path).key


def pin(
    root: Node, layers: tuple[str, ...] = (), removed: tuple[Removed, ...] = ()
) -> tuple[Resolved | None, tuple[Problem, ...]]:
    """Validate a merged tree and pin its text."""
    return _pinned(canonical(root), root, layers, removed)


def _pinned(
    text: str, root: Node, layers: tuple[str, ...], removed: tuple[Removed, ...] = ()
) -> tuple[Resolved | None, tuple[Problem, ...]]:
    playbook, problems = validate_text(Playbook, text, root)
    if playbook is None:
        return None, problems
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Resolved(playbook, text, digest, root, layers, removed), ()


@lru_cache(maxsize=MOST_KEPT)
def from_stored(text: str, name: str = "resolved") -> Resolved:
    """Return the playbook of a stored ``Resolved.text``; its hash is that of the text given.

    Args:
        text: the text as it was stored.
        name: what to call it in messages.

    Raises:
        InputError: the text is no playbook of a language version this program reads
            (``playbooks.stored_unreadable``).
    """
    try:
        root = _tree(json.loads(text), Place(name, 1, 1))
    except (ValueError, RecursionError):
        text, root = "null", _tree(None, Place(name, 1, 1))
    resolved, problems = _pinned(text, root, (name,))
    if resolved is None:
        raise InputError("playbooks.stored_unreadable", problems=problems, name=name)
    return resolved


def _tree(data: object, place: Place) -> Node:
    if isinstance(data, dict):
        return Node({str(key): _tree(value, place) for key, value in data.items()}, place, place)
    if isinstance(data, list):
        return Node([_tree(value, place) for value in data], place, place)
    assert data is None or isinstance(data, (str, int, float, bool))
    return Node(data, place, place)
