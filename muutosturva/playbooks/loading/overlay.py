"""Laying a playbook over another: add, replace and remove by id, never by place in a list.

Maps are merged key by key, everything else is replaced whole, and a key set to ``null`` is
taken out. At most three layers: a shared base, a kind of incident, an area's own variant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.language.schema import SECTIONS, Overlay
from muutosturva.playbooks.language.vocabulary import DEFAULT_TAG
from muutosturva.playbooks.loading.loader import MOST_KEPT, Source
from muutosturva.playbooks.loading.resolved import Removed, Resolved, pin
from muutosturva.playbooks.loading.source import Node, plain, problem_at
from muutosturva.playbooks.loading.validation import validate

MOST_LAYERS: Final = 3
_OWN: Final = frozenset({"abstract", "suggest", "tests", "description"})
"""Keys that belong to one layer and are not handed on to those above it."""

Find = Callable[[str, str], Source | None]
"""Finds the playbook of an id for the file that extends it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file: a playbook, or problems; never both empty."""

    resolved: Resolved | None
    problems: tuple[Problem, ...]


def resolve(source: Source, find: Find) -> Loaded:
    """Merge a file with the playbooks it extends and validate the outcome.

    Args:
        source: the topmost file.
        find: finds a base by id; None when there is none.
    """
    problems = list(source.problems)
    chain = _chain(source, find, problems)
    if chain is None or any(layer.root is None for layer in chain):
        return Loaded(None, tuple(problems))
    resolved, found = _merged(tuple(chain))
    problems += found
    return Loaded(None if problems else resolved, tuple(problems))


@lru_cache(maxsize=MOST_KEPT)
def _merged(chain: tuple[Source, ...]) -> tuple[Resolved | None, tuple[Problem, ...]]:
    """Merge layers, the topmost first, and validate the outcome; kept for when it is asked again."""
    merged: Node | None = None
    removed: list[Removed] = []
    problems: list[Problem] = []
    for layer in reversed(chain):
        assert layer.root is not None
        merged = layer.root if merged is None else _merge(merged, layer.root, removed, problems)
    assert merged is not None
    resolved, found = pin(merged, tuple(layer.file for layer in chain), tuple(removed))
    return resolved, (*problems, *found)


def _chain(source: Source, find: Find, problems: list[Problem]) -> list[Source] | None:
    """Return the layers from the top down; None where they cannot all be had."""
    chain, seen = [source], {_text(source.root, "id")}
    while (root := chain[-1].root) is not None and (extends := root.child("extends")) is not None:
        base = str(extends.content)
        if base in seen:
            problems.append(problem_at(extends.place, "extends_cycle", base=base))
            return None
        if len(chain) >= MOST_LAYERS:
            problems.append(problem_at(extends.place, "extends_depth", most=MOST_LAYERS))
            return None
        below = find(base, chain[-1].file)
        if below is None:
            problems.append(problem_at(extends.place, "extends_unknown", base=base))
            return None
        problems.extend(below.problems)
        seen.add(base)
        chain.append(below)
    return chain


def _text(root: Node | None, key: str) -> str:
    node = root.child(key) if root else None
    return "" if node is None else str(node.content)


def _merge(base: Node, over: Node, removed: list[Removed], problems: list[Problem]) -> Node:
    _, wrong = validate(Overlay, over)
    problems.extend(wrong)
    assert isinstance(base.content, dict)
    assert isinstance(over.content, dict)
    merged = {key: node for key, node in base.content.items() if key not in _OWN}
    for key, node in over.content.items():
        if key in SECTIONS:
            section = merged.get(key) or Node({}, node.place, node.key)
            merged[key] = _section(key, section, node, removed, problems)
        elif key != "extends":
            merged[key] = node
    return Node(merged, over.place, over.key)


def _section(key: str, base: Node, change: Node, removed: list[Removed], problems: list[Problem]) -> Node:
    content = dict(base.content) if isinstance(base.content, dict) else {}
    for name, node in _entries(change, "remove"):
        old = content.pop(name, None)
        if old is None:
            problems.append(_no_such(node, key, name, base))
        else:
            removed.append(_removed(key, name, old, node))
    for name, node in _entries(change, "replace"):
        if name not in content:
            problems.append(_no_such(node, key, name, base))
        else:
            content[name] = _laid_over(content[name], node)
    for name, node in _entries(change, "add"):
        if name in content:
            problems.append(problem_at(node.key, "add_exists", section=key, id=name))
        content[name] = node
    return Node(content, base.place, base.key)


def _entries(change: Node, operation: str) -> list[tuple[str, Node]]:
    node = change.child(operation)
    return list(node.content.items()) if node is not None and isinstance(node.content, dict) else []


def _no_such(node: Node, section: str, name: str, base: Node) -> Problem:
    known = base.content if isinstance(base.content, dict) else {}
    return problem_at(node.key, "no_such_id", section=section, id=name, nearest=nearest(name, known))


def _removed(section: str, name: str, old: Node, node: Node) -> Removed:
    reason = plain(node.child("reason") or node)
    if isinstance(reason, str):
        reason = {DEFAULT_TAG: reason}
    law = plain(old.child("law") or Node([], old.place, old.key))
    return Removed(
        section,
        name,
        {str(tag): str(text) for tag, text in reason.items()} if isinstance(reason, Mapping) else {},
        node.key,
        tuple(str(act) for act in law) if isinstance(law, list) else (),
    )


def _laid_over(base: Node, over: Node) -> Node:
    if not isinstance(base.content, dict) or not isinstance(over.content, dict):
        return over
    merged = dict(base.content)
    for key, node in over.content.items():
        if node.content is None:
            merged.pop(key, None)
        else:
            merged[key] = _laid_over(merged[key], node) if key in merged else node
    return Node(merged, base.place, base.key)
