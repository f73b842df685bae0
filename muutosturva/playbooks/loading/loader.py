"""YAML 1.2 as playbooks use it, read with positions. The one place that knows YAML.

PyYAML's own reading is that of YAML 1.1: ``no`` is false, ``16:30`` is 990, ``010`` is 8 and of
two equal keys the last one wins without a word. Here only ``true``/``false``, plain decimal
numbers and ``null`` are anything but text; equal keys, aliases and tags are problems. Broken
YAML is a problem like any other. The tree is built from events, without recursion, so that no
nesting can exhaust the stack.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, Final

import yaml

from muutosturva.errors import Problem
from muutosturva.playbooks.loading.marks import WORD, Mark, Span, marks
from muutosturva.playbooks.loading.source import Node, Place, Scalar, WrittenNumber, problem_at

MOST_BYTES: Final = 2_000_000
"""Largest file read: ten times the largest playbook anybody has shown."""
MOST_DEPTH: Final = 30
"""Deepest nesting read; a playbook needs eight."""
MOST_VALUES: Final = 40_000
"""Most values read from one file: ten times the largest playbook with everything it is laid over."""
MOST_KEPT: Final = 16
"""Texts kept as they were read: every shipped playbook and its base."""

_BREAKS: Final = {0x85: " ", 0x2028: " ", 0x2029: " "}
"""What YAML 1.1 takes for the end of a line, and YAML 1.2 and every editor do not."""
_INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"[-+]?([0-9]{1,18}\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
_WORDS: Final[dict[str, Scalar]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FAULTS: Final = (
    ("mapping values are not allowed", "yaml_colon"),
    ("\\t", "yaml_tab"),
    ("tab character", "yaml_tab"),
    ("quoted scalar", "yaml_quote"),
    ("unexpected end of stream", "yaml_quote"),
    ("flow sequence", "yaml_bracket"),
    ("flow mapping", "yaml_bracket"),
    ("cannot start any token", "yaml_character"),
    ("block", "yaml_indent"),
    ("simple key", "yaml_indent"),
    ("special characters", "yaml_character"),
    ("control characters", "yaml_character"),
)
"""What the reader's English complaints mean, the first that fits."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file that was read; the same as no other, so that what is made of it can be kept.

    Attributes:
        file: the file, as it was named.
        root: its tree; None when nothing sensible could be read.
        problems: what is wrong with it as YAML.
        marks: which problems it says are known.
    """

    file: str
    root: Node | None
    problems: tuple[Problem, ...]
    marks: tuple[Mark, ...] = ()


def read_file(path: FilePath) -> Source:
    """Read a playbook file; what is wrong with it is told in the result."""
    name = str(path)
    try:
        if path.exists() and not path.is_file():
            return Source(name, None, (Problem("playbooks.no_regular_file", {}, name),))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return Source(name, None, (Problem("playbooks.unreadable", {"reason": error.strerror or ""}, name),))
    if len(data) > MOST_BYTES:
        return Source(name, None, (Problem("playbooks.too_large", {"most": MOST_BYTES}, name),))
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Source:
    """Read a playbook from its bytes, which must be UTF-8 (with or without a mark)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The place is counted in what stands after the mark.
        before = _lined(error.object[: error.start].decode("utf-8"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Source(name, None, (Problem("playbooks.not_utf8", {}, name, line, column),))
    return read_text(text, name)


@lru_cache(maxsize=MOST_KEPT)
def read_text(text: str, name: str) -> Source:
    """Read a playbook from text; ä written as two characters is made one.

    A text that was read shortly before is not read anew: the same file is asked for by the list, the
    preview and the opening, and the base by every playbook.
    """
    text = unicodedata.normalize("NFC", _lined(text.translate(_BREAKS)))
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.YAMLError as error:
        builder.problems.append(_broken(error, text, name))
        return Source(name, None, tuple(builder.problems))
    root = None if builder.stopped else builder.root
    if root is None or not isinstance(root.content, dict):
        if not builder.problems:
            builder.problems.append(Problem("playbooks.not_a_map", {}, name, 1, 1))
        root = None
    return Source(name, root, tuple(builder.problems), marks(text, name, builder.holding_mark))


def _lined(text: str) -> str:
    """Return a text with its lines as every system but Windows ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _broken(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        before = text[: getattr(error, "position", 0) or 0]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    else:
        line, column = mark.line, mark.column
    lines = text.split("\n")
    code = next((code for words, code in _FAULTS if words in str(error)), "yaml_broken")
    if line < len(lines) and lines[line][column : column + 1] == "\t":
        code = "yaml_tab"
    elif code != "yaml_character" and (found := _open_quote(lines[: line + 1])):
        # A quote left open swallows lines up to the next one: the reader stumbles far below.
        code, (line, column) = "yaml_quote", found
    if line >= len(lines):
        # The reader stumbles after the last line: the end of that line is a place one can go to.
        line, column = len(lines) - 1, len(lines[-1])
    return Problem(f"playbooks.{code}", {}, name, line + 1, column + 1)


def _open_quote(lines: list[str]) -> tuple[int, int] | None:
    """Return line and column, from 0, of the last quote on the first line with an odd number."""
    for number, line in enumerate(lines):
        if line.replace('\\"', "").count('"') % 2:
            return number, line.rindex('"')
    return None


def _resolved(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return WrittenNumber.of(text) if _FLOAT.fullmatch(text) else text


@dataclass(slots=True)
class _Open:
    """A map or list whose end has not come yet."""

    node: Node
    key: str | None = None
    key_place: Place | None = None


@dataclass(slots=True)
class _Builder:
    """Takes YAML events one by one and builds the tree."""

    file: str
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    stopped: bool = False
    holding_mark: list[Span] = field(default_factory=list)
    """Texts that hold the word of a mark: it says nothing there."""
    _open: list[_Open] = field(default_factory=list)
    _documents: int = 0
    _values: int = 0

    def take(self, event: Any) -> None:
        """Take the next event; ``stopped`` tells that the rest is of no use."""
        self._values += isinstance(event, yaml.NodeEvent) and not self._awaits_key()
        if self._values > MOST_VALUES:
            self._stop(event, "too_much", most=MOST_VALUES)
            return
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
            case yaml.AliasEvent():
                self._stop(event, "alias")
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._stop(event, "documents")
            case _:
                pass

    def _stop(self, event: Any, code: str, **params: object) -> None:
        self.problems.append(problem_at(self._place(event), code, **params))
        self.stopped = True

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        style = getattr(event, "style", None) or ""
        text_at = start.column + 1 + (style in {"'", '"'}) if start.line == end.line else None
        return Place(self.file, start.line + 1, start.column + 1, text_at)

    def _begin(self, event: Any) -> None:
        if event.anchor is not None:
            self._stop(event, "alias")
        elif self._awaits_key():
            self._stop(event, "complex_key")
        elif len(self._open) >= MOST_DEPTH:
            self._stop(event, "too_deep", most=MOST_DEPTH)
        else:
            self._refuse_tag(event)
            content: dict[str, Node] | list[Node] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._open.append(_Open(self._put(content, self._place(event))))

    def _scalar(self, event: Any) -> None:
        place = self._place(event)
        if WORD in event.value:
            start, end = event.start_mark, event.end_mark
            self.holding_mark.append(((start.line, start.column), (end.line, end.column)))
        if event.anchor is not None:
            self._stop(event, "alias")
        elif self._awaits_key():
            self._key(event.value, place)
        else:
            self._refuse_tag(event)
            plain_style = event.implicit[0] and (event.style or "") == ""
            self._put(_resolved(event.value) if plain_style else event.value, place)

    def _refuse_tag(self, event: Any) -> None:
        if event.tag not in {None, "!"}:
            self.problems.append(problem_at(self._place(event), "tag", tag=event.tag))

    def _awaits_key(self) -> bool:
        return (
            bool(self._open) and isinstance(self._open[-1].node.content, dict) and self._open[-1].key is None
        )

    def _key(self, key: str, place: Place) -> None:
        parent = self._open[-1]
        content = parent.node.content
        if isinstance(content, dict) and key in content:
            first = content[key].key.line
            self.problems.append(problem_at(place, "duplicate_key", key=key, first_line=first))
        parent.key, parent.key_place = key, place

    def _put(self, value: Any, place: Place) -> Node:
        if not self._open:
            self.root = Node(value, place, place)
            return self.root
        parent = self._open[-1]
        node = Node(value, place, parent.key_place or place)
        if isinstance(parent.node.content, list):
            parent.node.content.append(node)
        elif isinstance(parent.node.content, dict) and parent.key is not None:
            # Of two equal keys the first stands: the second was reported with both lines.
            parent.node.content.setdefault(parent.key, node)
        parent.key, parent.key_place = None, None
        return node
