"""Ids made of words: small letters a–z, digits and hyphens, as they stand in keys and on the command line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_OTHER: Final = re.compile(r"[^a-z0-9]+")


def plain_id(text: str, taken: Iterable[str], *, longest: int, nameless: str) -> str:
    """Return a free id made of a text: ``Äänitä tiedote!`` is ``aanita-tiedote``, a second one …-2.

    It never begins or ends with a hyphen, also where it was cut.

    Args:
        text: a name or a title.
        taken: ids that exist.
        longest: most characters before the number.
        nameless: the id of a text without a letter a–z and without a digit.
    """
    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    stem = _OTHER.sub("-", bare).strip("-")[:longest].rstrip("-") or nameless
    known = set(taken)
    found, number = stem, 1
    while found in known:
        number += 1
        found = f"{stem}-{number}"
    return found
