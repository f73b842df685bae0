"""When two names are one firm. Pure."""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = frozenset(
    {"oy", "ab", "oyj", "abp", "ky", "kb", "ay", "tmi", "fa", "osk", "osuuskunta", "ltd", "plc", "inc"}
)
"""Company forms as they stand in names, in Finnish, Swedish and English; they tell no two firms apart."""
_WORD: Final = re.compile(r"\w+")


def folded(name: str) -> str:
    """Return a firm's name for comparing: no case, no punctuation, no company form.

    ``Mallikone Oy``, ``mallikone`` and ``Oy Mallikone Ab`` are one firm. A name that is nothing but
    company forms stays as it is.
    """
    words = _WORD.findall(name.casefold())
    return " ".join([word for word in words if word not in _FORMS] or words)


def same_firm(one: str, other: str) -> bool:
    """Tell whether two names are one firm."""
    return folded(one) == folded(other)
