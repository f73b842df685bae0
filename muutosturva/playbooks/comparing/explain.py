"""Where a value of a playbook comes from: which file and line wrote it, and what lay beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from muutosturva.errors import NotFoundError, nearest
from muutosturva.playbooks.language.schema import SECTIONS, Playbook
from muutosturva.playbooks.language.vocabulary import DEFAULT_TAG
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import Node, Path, Place, plain
from muutosturva.playbooks.loading.validation import default_at, keys_at

_SEARCHED: Final = ("tasks", *(name for name in SECTIONS if name != "tasks"))
"""Sections in the order in which an id without one is looked for."""
_TAGS: Final = frozenset({"fi", "sv", "en", "selko"})


@dataclass(frozen=True, slots=True)
class Written:
    """One layer's word on a value.

    Attributes:
        value: plain data; None where the layer takes the value out.
        place: where the layer says so.
        removed: True when it takes the value out.
        reason: why, by language, where a whole item is taken out.
    """

    value: object
    place: Place
    removed: bool = False
    reason: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A value inside the one that was asked for, and every layer's word on it, topmost first."""

    path: Path
    written: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What is known of a place in a playbook.

    Attributes:
        path: keys from the root.
        exact: False when the nearest spelling was taken for what was typed.
        written: every layer's word on the value, topmost first; empty for a map put together from
            its parts, and where no layer writes it.
        default: what holds where no layer writes it; None for nothing.
        parts: the values inside, where it is a map.
    """

    path: Path
    exact: bool
    written: tuple[Written, ...]
    default: object
    parts: tuple[Part, ...]


def explain(resolved: Resolved, asked: str, language: str = DEFAULT_TAG) -> Explained:
    """Return where the value at a place comes from.

    Args:
        resolved: the playbook.
        asked: keys with points between them, ``tasks.first-contact.due``; the section may be left
            out before an id, a task may be named by its code, and items of a list are counted from 1.
        language: tag of the language in which texts are shown.

    Raises:
        NotFoundError: there is no such place and none is spelt nearly so (``playbooks.no_such_key``).
    """
    steps = [step for step in asked.strip().split(".") if step]
    path, exact = _found(resolved, steps, asked)
    node = _at(resolved.root, path)
    written = tuple(_history(resolved, path, node))
    parts: tuple[Part, ...] = ()
    if node is not None and isinstance(node.content, dict):
        if _is_text(node):
            spoken = _spoken(node, language)
            written = tuple(_history(resolved, path, node.content[spoken])) if node.below is None else written
        else:
            parts = tuple(_parts(resolved, path, node, language))
            written = () if node.below is None else written
    return Explained(path, exact, written, None if written or parts else default_at(Playbook, path), parts)


def _found(resolved: Resolved, steps: list[str], asked: str) -> tuple[Path, bool]:
    """Return the path that is meant, and whether it is the one that was typed."""
    root, exact = resolved.root, True
    path: Path = ()
    if steps and steps[0] not in keys_at(Playbook, ()):
        steps = [*_section_of(resolved, steps[0]), *steps]
    for step in steps:
        known = _known(root, path)
        meant = _meant(resolved, path, step, known)
        if meant is None:
            near = next(iter(get_close_matches(step.casefold(), [str(key) for key in known], n=1)), None)
            if near is None:
                raise NotFoundError(
                    "playbooks.no_such_key", path=asked, nearest=nearest(step, map(str, known))
                )
            meant, exact = near, False
        path = (*path, meant)
    if not path:
        raise NotFoundError("playbooks.no_such_key", path=asked, nearest=", ".join(SECTIONS))
    return path, exact


def _section_of(resolved: Resolved, step: str) -> tuple[str, ...]:
    """Return the section of an id, code or nearly spelt id whose section was left out; () for none."""
    known = {name: _known(resolved.root, (name,)) for name in _SEARCHED}
    for name in _SEARCHED:
        if _meant(resolved, (name,), step, known[name]) is not None:
            return (name,)
    if get_close_matches(step.casefold(), keys_at(Playbook, ()), n=1):
        return ()
    near = get_close_matches(step.casefold(), [str(key) for keys in known.values() for key in keys], n=1)
    return tuple(name for name in _SEARCHED if near and near[0] in known[name])[:1]


def _meant(resolved: Resolved, path: Path, step: str, known: tuple[str | int, ...]) -> str | int | None:
    if step in known:
        return step
    if step.isdigit() and int(step) - 1 in known:
        return int(step) - 1
    if path == ("tasks",):
        coded = [name for name, task in resolved.playbook.tasks.items() if task.code == step.upper()]
        return coded[0] if len(coded) == 1 else None
    return None


def _known(root: Node, path: Path) -> tuple[str | int, ...]:
    """Return the keys that stand at a path, were taken out of it, or might be written there."""
    node = _at(root, path)
    if node is not None and isinstance(node.content, list):
        return tuple(range(len(node.content)))
    content = node.content if node is not None and isinstance(node.content, dict) else {}
    gone = (node.gone if node is not None else None) or {}
    return tuple(dict.fromkeys((*content, *gone, *keys_at(Playbook, path))))


def _at(root: Node, path: Path) -> Node | None:
    """Return the node at a path, also of what was taken out; None where nothing was ever written."""
    node: Node | None = root
    for step in path:
        if node is None:
            return None
        found = node.child(step)
        if found is None and (node.gone is None or step not in node.gone) and node.below is not None:
            node = node.below
            found = node.child(step)
        node = found if found is not None else (node.gone or {}).get(str(step))
    return node


def _history(resolved: Resolved, path: Path, node: Node | None) -> Iterator[Written]:
    removal = next((entry for entry in resolved.removed if (entry.section, entry.id) == path), None)
    while node is not None:
        removed = node.content is None
        reason = removal.reason if removed and removal is not None and removal.place == node.key else None
        yield Written(plain(node), node.key, removed, reason)
        node = node.below


def _parts(resolved: Resolved, path: Path, node: Node, language: str) -> Iterator[Part]:
    """Yield the values inside a map: of a section its items, of an item all that is written in it."""
    content = node.content if isinstance(node.content, dict) else {}
    for name, child in content.items():
        here = (*path, name)
        if not isinstance(child.content, dict):
            yield Part(here, tuple(_history(resolved, here, child)))
        elif _is_text(child):
            chosen = child.content[_spoken(child, language)]
            yield Part(here, tuple(_history(resolved, here, chosen)))
        elif len(path) == 1 and path[0] in SECTIONS:
            yield Part(here, tuple(_layers_in(resolved, child)))
        else:
            yield from _parts(resolved, here, child, language)
    for name, word in (node.gone or {}).items():
        if name not in content:
            yield Part((*path, name), tuple(_history(resolved, (*path, name), word)))


def _layers_in(resolved: Resolved, item: Node) -> Iterator[Written]:
    """Yield each layer that wrote something of an item, topmost first, and where it begins."""
    first: dict[str, Place] = {}
    todo = [item]
    while todo:
        node = todo.pop()
        known = first.get(node.key.file)
        if known is None or node.key.line < known.line:
            first[node.key.file] = node.key
        content = node.content
        todo += (
            content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
        )
        todo += [below for below in (node.below, *(node.gone or {}).values()) if below is not None]
    ranks = {file: rank for rank, file in enumerate(resolved.layers)}
    for file in sorted(first, key=lambda name: ranks.get(name, len(ranks))):
        yield Written(plain(item), first[file])


def _is_text(node: Node) -> bool:
    return isinstance(node.content, dict) and bool(node.content) and node.content.keys() <= _TAGS


def _spoken(node: Node, language: str) -> str:
    assert isinstance(node.content, dict)
    return next(tag for tag in (language, DEFAULT_TAG, *node.content) if tag in node.content)
