"""The shipped playbooks as written: plain text by path, without the program's own loader."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

LIBRARY: Final = Path(__file__).parents[2] / "playbooks"
PLAYBOOKS: Final = ("base", "large-layoff", "small-layoff", "bankruptcy")
LANGUAGES: Final = ("fi", "sv", "en")


@cache
def raw(name: str) -> dict[str, Any]:
    """Return one playbook file, every scalar as the text it is written with."""
    loaded = yaml.load((LIBRARY / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every map by language under ``value`` with the path it stands at."""
    if isinstance(value, dict):
        if value.keys() & set(LANGUAGES):
            yield path, value
            return
        for key, child in value.items():
            yield from texts(child, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from texts(child, f"{path}[{index}]")


def all_texts() -> list[tuple[str, dict[str, str]]]:
    """Return every text of every shipped playbook with its path, the file's name first."""
    return [found for name in PLAYBOOKS for found in texts(raw(name), name)]
