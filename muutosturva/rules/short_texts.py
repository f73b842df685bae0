"""What a short text may be: a name, a title, a reason. One line, without signs that command a screen.

Notes, minutes, summaries and the text of a decision are long texts: they may have lines of their own.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from muutosturva.errors import Problem
from muutosturva.rules.identity_codes import identity_code_problems

NAME: Final = 200
"""Characters of a name: a firm, a person, a meeting, who said something."""
TITLE: Final = 300
"""Characters of a title; what is longer is a text, and belongs in a note."""
REASON: Final = 1000
"""Characters of a reason: a few sentences."""

TOLD: Final = ("rules.text_lines", "rules.text_long")
"""Codes of the problems: broken lines, and too long."""
_SHOWN: Final = 40
_BREAKING: Final = frozenset({"Cc", "Zl", "Zp", "Cs"})
"""Unicode categories: control characters, line and paragraph separators, bytes that are no text."""


def short_text_problems(
    text: str,
    path: str,
    longest: int = NAME,
    *,
    codes: tuple[str, str] = TOLD,
    identity_codes: bool = True,
) -> list[Problem]:
    """Return what is wrong with a short text; what stands around it does not count.

    Args:
        text: as typed; "" is a matter of whoever asks for it.
        path: the field, for the message.
        longest: most characters.
        codes: the problems' codes where a form has its own.
        identity_codes: whether to look for personal identity codes; not where the form does itself.
    """
    stripped = text.strip()
    shown = stripped if len(stripped) <= _SHOWN else stripped[: _SHOWN - 1] + "…"
    if any(unicodedata.category(sign) in _BREAKING for sign in stripped):
        return [Problem(codes[0], {"text": one_line(shown)}, path)]
    if len(stripped) > longest:
        return [Problem(codes[1], {"text": shown, "longest": longest}, path)]
    return identity_code_problems(stripped, path) if identity_codes else []


def one_line(text: str) -> str:
    """Return a text on one line: what breaks it becomes a space."""
    plain = "".join(" " if unicodedata.category(sign) in _BREAKING else sign for sign in text)
    return " ".join(plain.split())
