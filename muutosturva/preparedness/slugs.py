"""Ids of people in the roster: ``aino-esimerkki``."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from muutosturva.rules.plain_ids import plain_id

_LONGEST: Final = 56
"""Characters of an id; the column holds 64, and a number may follow."""


def free_slug(taken: Collection[str], name: str) -> str:
    """Return an id made of a name, with a number behind it where that is taken."""
    return plain_id(name, taken, longest=_LONGEST, nameless="person")
