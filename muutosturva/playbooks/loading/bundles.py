"""Taking bundles into a playbook: their sections lie under those of the file that uses them.

The host's own inputs, anchors, waves, phases and roles win where both declare one; any other id
both have is a problem. What a bundle brings remembers the bundle's file, so that problems and
``explain`` point there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.language.bundle import BUNDLE, Bundle
from muutosturva.playbooks.language.schema import SECTIONS
from muutosturva.playbooks.language.using import FACTS, MOST_BUNDLES
from muutosturva.playbooks.loading.loader import Source
from muutosturva.playbooks.loading.resolved import Removed, Used
from muutosturva.playbooks.loading.source import Node, plain, problem_at
from muutosturva.playbooks.loading.validation import validate


class Shelf(Protocol):
    """Where bundles are found."""

    def find(self, name: str, for_file: str) -> Source | None:
        """Return the bundle of an id for the file that uses it; None where there is none."""

    def names(self, for_file: str) -> Sequence[str]:
        """Return the ids of the bundles at hand for a file."""


@dataclass(frozen=True, slots=True)
class _Empty:
    """A shelf without bundles."""

    def find(self, name: str, for_file: str) -> Source | None:  # noqa: ARG002 - as the protocol says
        return None

    def names(self, for_file: str) -> Sequence[str]:  # noqa: ARG002 - as the protocol says
        return ()


NO_BUNDLES: Final[Shelf] = _Empty()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bundles some files use, as they were found: a shelf that a merge can be kept by.

    Attributes:
        found: name, file that uses it, and the bundle or None.
        near: file, and the ids at hand for it; only where one was not found.
    """

    found: tuple[tuple[str, str, Source | None], ...]
    near: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def find(self, name: str, for_file: str) -> Source | None:
        """Return the bundle of an id for the file that uses it; None where there is none."""
        return next((source for one, file, source in self.found if (one, file) == (name, for_file)), None)

    def names(self, for_file: str) -> tuple[str, ...]:
        """Return the ids of the bundles at hand for a file."""
        return next((names for file, names in self.near if file == for_file), ())


@dataclass(frozen=True, slots=True)
class _Brought:
    """A bundle that was found, its tree, and what its entries come after."""

    used: Used
    root: Node
    after: Node | None


def is_bundle(source: Source) -> bool:
    """Tell whether a file says of itself that it is a bundle."""
    return source.root is not None and _text(source.root.child("kind")) == BUNDLE


def fetch(chain: Sequence[Source], shelf: Shelf) -> Fetched:
    """Return the bundles that the files of a chain use."""
    found = tuple(
        (name, layer.file, shelf.find(name, layer.file)) for layer in chain for name in _named(layer.root)
    )
    missing = dict.fromkeys(file for _, file, source in found if source is None)
    return Fetched(found, tuple((file, tuple(shelf.names(file))) for file in missing))


def _named(root: Node | None) -> Iterator[str]:
    uses = root.child("use") if root is not None else None
    for entry in _entries(uses):
        name, _, version = _text(entry.child("bundle") or entry).partition("@")
        if version:
            yield name


def _entries(uses: Node | None) -> list[Node]:
    """Return the bundles a file names; beyond the most there may be, the schema tells."""
    return uses.content[:MOST_BUNDLES] if uses is not None and isinstance(uses.content, list) else []


def take_in(
    host: Node, user: Source, shelf: Shelf, problems: list[Problem], *, overlay: bool
) -> tuple[Node, tuple[Used, ...]]:
    """Return a host with the bundles a file uses, and which they are.

    Args:
        host: the tree that takes them in: the file's own, or what the overlay lies over.
        user: the file whose ``use`` is read.
        shelf: where bundles are found.
        problems: what is wrong is added here.
        overlay: True when the file is laid over the host; its own facts then win as well.
    """
    root = user.root
    uses = root.child("use") if root is not None else None
    if root is None:
        return host, ()
    used: list[Used] = []
    for entry in _entries(uses):
        brought = _brought(entry, user.file, shelf, problems)
        if brought is not None:
            used.append(brought.used)
            own = root if overlay else Node({}, root.place, root.key)
            host = _joined(host, brought, own, problems)
    return host, tuple(used)


def unmet(used: Sequence[Used], root: Node, removed: Sequence[Removed]) -> Iterator[Problem]:
    """Yield a problem for each task that a bundle counts on and the whole playbook lacks."""
    tasks = root.child("tasks")
    known = tasks.content if tasks is not None and isinstance(tasks.content, dict) else {}
    gone = {entry.id for entry in removed if entry.section == "tasks"}
    for bundle in used:
        for task in bundle.expects:
            if task not in known and task not in gone:
                near = nearest(task, known)
                yield problem_at(bundle.place, "use_expects", bundle=bundle.id, task=task, nearest=near)


def alone(root: Node) -> tuple[Node, tuple[Removed, ...]]:
    """Return a bundle as a playbook nobody can trigger, to be checked by itself.

    The tasks it expects count as known, as those an overlay took out do.
    """
    assert isinstance(root.content, dict)
    kind = root.content["kind"]
    expects = root.content.get("expects")
    content = {key: node for key, node in root.content.items() if key != "expects"}
    content["kind"] = Node("incident", kind.place, kind.key)
    content["abstract"] = Node(True, kind.place, kind.key)
    return Node(content, root.place, root.key), tuple(
        Removed("tasks", task, {}, root.place) for task in _texts(expects)
    )


def _brought(entry: Node, for_file: str, shelf: Shelf, problems: list[Problem]) -> _Brought | None:
    """Return the bundle a line of ``use`` names; None when it cannot be had, which is told."""
    node = entry.child("bundle") or entry
    name, _, version = _text(node).partition("@")
    if not version:
        return None  # the schema tells
    source = shelf.find(name, for_file)
    if source is None:
        near = nearest(name, shelf.names(for_file))
        problems.append(problem_at(node.place, "use_unknown", bundle=name, nearest=near))
        return None
    problems.extend(source.problems)
    if source.root is None:
        return None
    bundle: Bundle | None = None
    if is_bundle(source):
        bundle, wrong = validate(Bundle, source.root)
        problems.extend(wrong)
    else:
        problems.append(problem_at(node.place, "use_no_bundle", bundle=name))
    if bundle is not None and bundle.version != version:
        there = {"bundle": name, "wanted": version, "found": bundle.version}
        problems.append(problem_at(node.place, "use_version", **there))
        return None
    if bundle is None:
        return None
    used = Used(bundle.id, version, dict(bundle.title), source.file, node.place, tuple(bundle.expects))
    return _Brought(used, source.root, entry.child("after"))


def _joined(host: Node, brought: _Brought, own: Node, problems: list[Problem]) -> Node:
    """Return a host with a bundle's entries; ``own`` is the overlay whose added facts win."""
    assert isinstance(host.content, dict)
    merged, wanted = dict(host.content), _texts(brought.after)
    for section in SECTIONS:
        news = brought.root.child(section)
        there = merged.get(section) or (news and Node({}, news.place, news.key))
        if news is None or there is None:
            continue
        if not isinstance(news.content, dict) or not isinstance(there.content, dict):
            continue  # the schema tells
        taken = {*there.content, *(_added(own, section) if section in FACTS else ())}
        new = {name: node for name, node in news.content.items() if name not in taken}
        if section not in FACTS:
            problems.extend(
                problem_at(
                    there.content[name].key,
                    "use_twice",
                    section=section,
                    id=name,
                    bundle=brought.used.id,
                    file=brought.used.file,
                )
                for name in news.content
                if name in taken
            )
        placed = _placed(there.content, new, wanted)
        merged[section] = Node(placed, there.place, there.key, there.below, there.gone)
    problems.extend(_unplaced(host.content, brought.after, wanted))
    return Node(merged, host.place, host.key, host.below, host.gone)


def _unplaced(host: dict[str, Node], after: Node | None, wanted: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each id that no section of the host has."""
    known = [key for part in host.values() if isinstance(part.content, dict) for key in part.content]
    for index, name in enumerate(wanted):
        if name not in known and after is not None:
            place = (after.child(index) or after).place
            yield problem_at(place, "use_after", id=name, nearest=nearest(name, known))


def _placed(there: dict[str, Node], new: dict[str, Node], wanted: Sequence[str]) -> dict[str, Node]:
    """Return entries with the new ones after the first wanted id that stands there, else at the end."""
    after = next((name for name in wanted if name in there), None)
    if after is None:
        return {**there, **new}
    placed: dict[str, Node] = {}
    for name, node in there.items():
        placed[name] = node
        if name == after:
            placed.update(new)
    return placed


def _added(overlay: Node, section: str) -> list[str]:
    change = overlay.child(section)
    added = change.child("add") if change is not None else None
    return list(added.content) if added is not None and isinstance(added.content, dict) else []


def _text(node: Node | None) -> str:
    return "" if node is None or node.content is None else str(plain(node))


def _texts(node: Node | None) -> list[str]:
    if node is None:
        return []
    return [_text(item) for item in node.content] if isinstance(node.content, list) else [_text(node)]
