"""What the keys of the playbook language are called and what they do, in three languages.

The words stand beside each other in ``data/playbook_keys.toml``, with an example of each key. The
JSON Schema, the reference pages and the commands that speak of keys all read them there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from muutosturva.i18n import Texts
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.language.vocabulary import Model
from muutosturva.playbooks.loading.source import Path
from muutosturva.playbooks.loading.validation import model_at

WHOLE = "*"
"""Stands for a part of the language as a whole, among its keys."""


@dataclass(frozen=True, slots=True)
class KeyWords:
    """A key in words.

    Attributes:
        name: what it is called, by language.
        text: what it does, by language.
        example: one line of YAML that is valid as it stands; "" for a part as a whole.
    """

    name: Mapping[str, str]
    text: Mapping[str, str]
    example: str = ""


@cache
def all_words() -> Mapping[tuple[str, str], KeyWords]:
    """Return the words of every key, by part and key."""
    file = resources.files("muutosturva") / "data" / "playbook_keys.toml"
    parts = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        (part, key): KeyWords(entry["name"], entry["text"], entry.get("example", ""))
        for part, keys in parts.items()
        for key, entry in keys.items()
    }


def words_of(model: type[Model], key: str = WHOLE) -> KeyWords | None:
    """Return the words of a key of a part, found at the part or at one it builds on.

    An overlay has the keys of a playbook and calls them the same.
    """
    names = [base.__name__.removeprefix("_") for base in model.__mro__]
    found = (all_words().get((name, key)) for name in (*names, Playbook.__name__))
    return next((words for words in found if words is not None), None)


def described(model: type[Model], key: str) -> str:
    """Return what an editor shows of a key, or of a part as a whole for "": Finnish, then English.

    Raises:
        KeyError: the key has no words (a test finds this first).
    """
    words = words_of(model, key or WHOLE)
    if words is None:
        raise KeyError(model.__name__, key)
    return "\n\n".join(f"{words.name[tag]}: {words.text[tag]}" for tag in ("fi", "en"))


def words_at(path: Path) -> KeyWords | None:
    """Return the words of the key at the end of a path; None where it is an id, a name or an index."""
    model = model_at(Playbook, path[:-1]) if path else None
    return None if model is None or not issubclass(model, Model) else words_of(model, str(path[-1]))


def key_name(texts: Texts, section: str, key: str) -> str:
    """Return what a key is called, with the key itself: ``Due (due)``.

    Args:
        texts: words of the reader's language.
        section: the section it stands in, ``tasks``; "" for a key of the playbook itself.
        key: keys from the entry on, ``due`` or ``raci.r``.
    """
    steps = tuple(key.split("."))
    words = words_at((section, "id", *steps) if section else steps)
    return key if words is None else f"{texts.pick(words.name)} ({key})"
