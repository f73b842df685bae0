"""Which value stands on a line of a file: the way from a place in the text back to a path of the playbook."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from muutosturva.playbooks.loading.source import Node, Path


@dataclass(frozen=True, slots=True)
class Located:
    """The values one file wrote, by line.

    Attributes:
        lines: 1-based lines on which keys stand, in order.
        paths: the outermost path that begins on each of them.
    """

    lines: Sequence[int]
    paths: Sequence[Path]

    def at(self, line: int) -> Path | None:
        """Return the value that begins on a line or last before it; None above the first."""
        found = bisect_right(self.lines, line) - 1
        return self.paths[found] if found >= 0 else None


def located(root: Node, file: str) -> Located:
    """Return which values of a merged tree a file wrote, also those an upper layer laid others over.

    Args:
        root: of the playbook.
        file: as its places name it.
    """
    first: dict[int, Path] = {}
    todo: list[tuple[Path, Node]] = [((), root)]
    while todo:
        path, node = todo.pop()
        line = node.key.line
        # Of what stands on one line the outermost is meant: `raci: {r: [lead]}` is asked for by its key.
        if path and node.key.file == file and (line not in first or len(path) < len(first[line])):
            first[line] = path
        if isinstance(node.content, dict):
            todo += [((*path, name), child) for name, child in node.content.items()]
        elif isinstance(node.content, list):
            todo += [((*path, index), child) for index, child in enumerate(node.content)]
        todo += [((*path, name), word) for name, word in (node.gone or {}).items()]
        if node.below is not None:
            todo.append((path, node.below))
    ordered = sorted(first.items())
    return Located([line for line, _ in ordered], [path for _, path in ordered])
