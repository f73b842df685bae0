"""Writing a playbook as YAML that officials read: maps in blocks, short lists in a line, comments above."""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

Path = tuple[str, ...]
Comments = Mapping[Path, Sequence[str]]
"""Comments by the path of the key they stand above; those of ``()`` stand at the top of the file."""

_STEP: Final = 2
_WIDTH: Final = 100
_PLAIN: Final = re.compile(r"[a-z][a-z0-9_-]*")
_POINT: Final = re.compile(r"- |\d+\. ")
"""What a point of a list begins with; its further lines stand below its words."""
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Plain words that some reader of YAML takes for something else than text."""


def yaml_text(data: Mapping[str, Any], comments: Comments | None = None) -> str:
    """Return data as YAML: what ``read_text`` makes of it is the data again.

    Args:
        data: maps, lists, texts, numbers, truth values, dates; None where a key is taken out.
        comments: paragraphs by path; long ones are wrapped, "" is an empty line.
    """
    told = comments or {}
    head = [*_comment(told[()], 0), ""] if told.get(()) else []
    return "\n".join([*head, *_map(data, told, (), 0)]) + "\n"


def _map(data: Mapping[str, Any], comments: Comments, path: Path, indent: int) -> Iterator[str]:
    for key, value in data.items():
        here = (*path, str(key))
        yield from _comment(comments.get(here, ()), indent)
        yield from _entry(f"{' ' * indent}{_scalar(str(key))}:", value, comments, here, indent)


def _entry(name: str, value: Any, comments: Comments, path: Path, indent: int) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield name
        yield from _map(value, comments, path, indent + _STEP)
    elif isinstance(value, (list, tuple)) and any(isinstance(item, (Mapping, list)) for item in value):
        yield name
        for item in value:
            yield f"{' ' * (indent + _STEP)}- {_flow(item)}"
    else:
        yield f"{name} {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(str(key))}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, dt.date)):
        return str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text not in _WORDS:
        return text
    return "".join(
        sign if sign.isprintable() else json.dumps(sign)[1:-1]
        for sign in json.dumps(text, ensure_ascii=False)
    )


def _comment(paragraphs: Sequence[str], indent: int) -> Iterator[str]:
    mark = f"{' ' * indent}# "
    for paragraph in paragraphs:
        if paragraph:
            yield from textwrap.wrap(
                " ".join(paragraph.split()),
                _WIDTH,
                initial_indent=mark,
                subsequent_indent=mark + " " * _hanging(paragraph),
                break_on_hyphens=False,
            )
        else:
            yield mark.rstrip()


def _hanging(paragraph: str) -> int:
    point = _POINT.match(paragraph)
    return 0 if point is None else len(point[0])
