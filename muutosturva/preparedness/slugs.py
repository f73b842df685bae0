"""Ids of people in the roster: ``aino-esimerkki``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection


def free_slug(taken: Collection[str], name: str) -> str:
    """Return an id made of a name, with a number behind it where that is taken."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:56] or "person"
    number = 2
    slug = stem
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
