"""A playbook file as a tree that remembers where each value was written.

Positions stand beside the values, so that validation sees plain data and every problem, also one
found after overlays were merged, points at the line of the file that is to blame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muutosturva.errors import Problem
from muutosturva.playbooks.expressions.lexer import Fault

Scalar = str | int | float | bool | None


class WrittenNumber(float):
    """A number that knows how it was written: ``2026.10`` is meant as a version, not as 2026.1."""

    text: str = ""

    @classmethod
    def of(cls, text: str) -> WrittenNumber:
        """Return the number of a text, with the text."""
        number = cls(text)
        number.text = text
        return number


Path = tuple[str | int, ...]
"""Keys and list indexes from the root: ``("tasks", "log-news", "needs", 0)``."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written.

    Attributes:
        file: the file, as it was named.
        line: 1-based line.
        column: 1-based column.
        text_at: column at which the text of a scalar begins (after its quote), or None where
            the text runs over several lines.
    """

    file: str
    line: int
    column: int
    text_at: int | None = None


@dataclass(slots=True)
class Node:
    """A value, its place, and the place of the key it stands under.

    Attributes:
        content: what is written.
        place: where it is written.
        key: where its key is written.
        below: the value this one stands in the place of, written by a lower layer.
        gone: what an upper layer took out of this map: by key, the word that takes it out, with
            the old value ``below`` it.
    """

    content: dict[str, Node] | list[Node] | Scalar
    place: Place
    key: Place
    below: Node | None = None
    gone: dict[str, Node] | None = None

    def child(self, step: str | int) -> Node | None:
        """Return the value under a key or at an index, or None."""
        if isinstance(self.content, dict):
            return self.content.get(str(step))
        if isinstance(self.content, list) and isinstance(step, int) and 0 <= step < len(self.content):
            return self.content[step]
        return None

    def nearest(self, path: Sequence[str | int]) -> Node:
        """Return the value at ``path``, or its nearest ancestor; unknown steps are passed over."""
        node = self
        for step in path:
            node = node.child(step) or node
        return node


def without(gone: dict[str, Node] | None, key: str, word: Node, old: Node) -> dict[str, Node]:
    """Return what was taken out of a map, with one more: ``old``, by ``word``."""
    return {**(gone or {}), key: Node(None, word.place, word.key, old)}


def plain(node: Node) -> object:
    """Return the bare data of a tree: dicts, lists and scalars."""
    if isinstance(node.content, dict):
        return {key: plain(value) for key, value in node.content.items()}
    if isinstance(node.content, list):
        return [plain(value) for value in node.content]
    return node.content


def problem_at(place: Place, code: str, /, **params: object) -> Problem:
    """Return a problem of this room at a place; ``code`` without the room."""
    return Problem(f"playbooks.{code}", params, place.file, place.line, place.column)


def fault_at(place: Place, fault: Fault) -> Problem:
    """Return the problem of an expression written at ``place``, at the very character."""
    column = place.column if place.text_at is None else place.text_at + fault.at
    return Problem(f"playbooks.{fault.code}", fault.params, place.file, place.line, column)
