"""Laying a playbook over another: add, replace and remove by id, never by place in a list.

Maps are merged key by key, everything else is replaced whole, and a key set to ``null`` is
taken out. At most three layers: a shared base, a kind of incident, an area's own variant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.language.bundle import Bundle
from muutosturva.playbooks.language.schema import SECTIONS, Overlay
from muutosturva.playbooks.language.vocabulary import DEFAULT_TAG
from muutosturva.playbooks.loading.bundles import (
    NO_BUNDLES,
    Fetched,
    Shelf,
    alone,
    fetch,
    is_bundle,
    take_in,
    unmet,
)
from muutosturva.playbooks.loading.loader import MOST_KEPT, Source
from muutosturva.playbooks.loading.resolved import Removed, Resolved, Used, pin
from muutosturva.playbooks.loading.source import Node, plain, problem_at, without
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


def resolve(source: Source, find: Find, shelf: Shelf = NO_BUNDLES) -> Loaded:
    """Merge a file with the playbooks it extends and the bundles they use, and validate the outcome.

    Args:
        source: the topmost file.
        find: finds a base by id; None when there is none.
        shelf: where bundles are found.
    """
    if is_bundle(source):
        return _alone(source)
    problems = list(source.problems)
    chain = _chain(source, find, problems)
    if chain is None or any(layer.root is None for layer in chain):
        return Loaded(None, tuple(problems))
    resolved, found = _merged(tuple(chain), fetch(chain, shelf))
    problems += found
    return Loaded(None if problems else resolved, tuple(problems))


@lru_cache(maxsize=MOST_KEPT)
def _merged(chain: tuple[Source, ...], shelf: Fetched) -> tuple[Resolved | None, tuple[Problem, ...]]:
    """Merge layers, the topmost first, and validate the outcome; kept for when it is asked again."""
    merged: Node | None = None
    removed: list[Removed] = []
    used: list[Used] = []
    problems: list[Problem] = []
    for layer in reversed(chain):
        assert layer.root is not None
        host, taken = take_in(merged or layer.root, layer, shelf, problems, overlay=merged is not None)
        merged = host if merged is None else _merge(host, layer.root, removed, problems)
        used += taken
    assert merged is not None
    resolved, found = pin(merged, tuple(layer.file for layer in chain), tuple(removed))
    problems += unmet(used, merged, removed)
    if resolved is not None:
        resolved = replace(resolved, used=tuple(used))
    return resolved, (*problems, *found)


def _alone(source: Source) -> Loaded:
    assert source.root is not None
    bundle, wrong = validate(Bundle, source.root)
    if bundle is None or source.problems:
        return Loaded(None, (*source.problems, *wrong))
    root, expected = alone(source.root)
    resolved, found = pin(root, (source.file,), expected)
    return Loaded(None if resolved is None else replace(resolved, bundle=True), found)


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
        if is_bundle(below):
            problems.append(problem_at(extends.place, "extends_bundle", base=base))
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
        elif key == "use":
            merged[key] = _both(merged.get(key), node)
        elif key != "extends":
            merged[key] = _in_place_of(merged.get(key), node)
    return Node(merged, over.place, over.key)


def _section(key: str, base: Node, change: Node, removed: list[Removed], problems: list[Problem]) -> Node:
    content, gone = dict(base.content) if isinstance(base.content, dict) else {}, base.gone
    for name, node in _entries(change, "remove"):
        old = content.pop(name, None)
        if old is None:
            problems.append(_no_such(node, key, name, base))
        else:
            removed.append(_removed(key, name, old, node))
            gone = without(gone, name, node, old)
    for name, node in _entries(change, "replace"):
        if name not in content:
            problems.append(_no_such(node, key, name, base))
        else:
            content[name] = _laid_over(content[name], node)
    for name, node in _entries(change, "add"):
        if name in content:
            problems.append(problem_at(node.key, "add_exists", section=key, id=name))
        content[name] = _in_place_of((gone or {}).get(name), node)
    return Node(content, base.place, base.key, base.below, gone)


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


def _both(lower: Node | None, upper: Node) -> Node:
    """Return the bundles of two layers in one list: what the merged playbook is made of."""
    if lower is None or not isinstance(lower.content, list) or not isinstance(upper.content, list):
        return upper
    return Node([*lower.content, *upper.content], upper.place, upper.key)


def _in_place_of(old: Node | None, node: Node) -> Node:
    return node if old is None else Node(node.content, node.place, node.key, old)


def _laid_over(base: Node, over: Node) -> Node:
    if not isinstance(base.content, dict) or not isinstance(over.content, dict):
        return _in_place_of(base, over)
    merged, gone = dict(base.content), base.gone
    for key, node in over.content.items():
        old = merged.get(key)
        if node.content is not None:
            merged[key] = (
                _laid_over(old, node) if old is not None else _in_place_of((gone or {}).get(key), node)
            )
        elif old is not None:
            gone = without(gone, key, node, merged.pop(key))
    return Node(merged, base.place, base.key, base.below, gone)
