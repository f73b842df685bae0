"""Values of a playbook as a person reads them, and the place they stand in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from muutosturva.i18n import Texts

if TYPE_CHECKING:
    from muutosturva.playbooks.loading.source import Place

SHORT = 60
"""Longest value shown in a list, in characters."""


def shown(texts: Texts, value: object) -> str:
    """Return a value on one line: texts in the reader's language, yes and no in words."""
    from muutosturva.playbooks.comparing.difference import is_text

    if value is None:
        return texts("cli.playbook.nothing")
    if isinstance(value, bool):
        return texts("common.yes") if value else texts("common.no")
    if isinstance(value, dict):
        if is_text(value):
            return texts.pick(value)
        return ", ".join(f"{key}: {shown(texts, part)}" for key, part in value.items())
    if isinstance(value, (list, tuple)):
        between = " / " if any(isinstance(part, dict) for part in value) else ", "
        return between.join(shown(texts, part) for part in value) or texts("cli.playbook.nothing")
    return str(value)


def short(texts: Texts, value: object) -> str:
    """Return the beginning of a value, for a list."""
    text = shown(texts, value)
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def file_name(file: str) -> str:
    """Return a file as it is reached from here: relative where it lies in this folder."""
    path = Path(file)
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else file


def place_document(place: Place) -> dict[str, Any]:
    """Return the stable keys of a place."""
    return {"file": place.file, "line": place.line, "column": place.column}


def place_name(texts: Texts, place: Place) -> str:
    """Return file and line in words."""
    return texts("cli.playbook.place", file=file_name(place.file), line=place.line)
