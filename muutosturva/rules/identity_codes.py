"""Finding Finnish personal identity codes in free text, where none may stand."""

from __future__ import annotations

import re
from typing import Final

from muutosturva.errors import Problem

PATTERN: Final = re.compile(
    r"(?<!\w)\d{6}[-\u2010-\u2015\u2212+A-FU-Y]\d{3}[0-9A-Y](?!\w)", re.IGNORECASE | re.ASCII
)
"""Date, sign of the century (all that are in use from 2023 on), individual number, check character.

The hyphen may be what Word and mail make of it. The codes of invented people (individual numbers
900–999) are found too: no program can tell a test from a slip. The check character is not computed: a
code with one letter wrong is still somebody's.
"""

FOUND: Final = "rules.text_identity_code"
"""Code of the problem."""
_HIDDEN: Final = "******-****"
_AROUND: Final = 20


def holds_identity_code(text: str) -> bool:
    """Tell whether ``text`` holds what looks like a personal identity code."""
    return PATTERN.search(text) is not None


def identity_codes(text: str) -> frozenset[str]:
    """Return what looks like a personal identity code in ``text``, in capitals."""
    return frozenset(match[0].upper() for match in PATTERN.finditer(text))


def identity_code_problems(text: str, path: str) -> list[Problem]:
    """Return the problem of a text that holds a personal identity code; [] for none.

    The message shows the words around the code, the code itself hidden.

    Args:
        text: as typed.
        path: the field, for the message.
    """
    match = PATTERN.search(text)
    if match is None:
        return []
    before, after = (PATTERN.sub(_HIDDEN, part) for part in (text[: match.start()], text[match.end() :]))
    left = before if len(before) <= _AROUND else "…" + before[-_AROUND:]
    right = after if len(after) <= _AROUND else after[:_AROUND] + "…"
    shown = " ".join(f"{left}{_HIDDEN}{right}".split())
    return [Problem(FOUND, {"text": shown}, path)]
