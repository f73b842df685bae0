"""Whole numbers as people type them: one reader for every question, option, field and file.

Thousands may stand apart (``1 000``), also with the no-break spaces that Word and Excel put there. Words
(``n. 200``), powers (``1e3``), commas and points are refused: the same text means different numbers to
different people.
"""

from __future__ import annotations

import re
from typing import Final

from muutosturva.errors import UsageError
from muutosturva.playbooks.facts import MOST_PEOPLE

_SPACE: Final = "[ \\t\u00a0\u2007\u2009\u202f]"
_WHOLE: Final = re.compile(rf"[+-]?(?:[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+)")
_DIGITS: Final = 18
_ENDLESS: Final = 10**_DIGITS
"""Stands for every number of more digits: it lies beyond every limit, and Python reads no endless ones."""
_SHOWN: Final = 40


def whole_number(text: str) -> int | None:
    """Return the whole number a person typed, or None where it is none.

    A number of more than 18 digits comes back as 10**18: too large for everything, and told as such.
    """
    stripped = text.strip()
    if not _WHOLE.fullmatch(stripped):
        return None
    digits = re.sub(_SPACE, "", stripped)
    bare = digits.lstrip("+-0") or "0"
    value = _ENDLESS if len(bare) > _DIGITS else int(bare)
    return -value if digits.startswith("-") else value


def people_count(text: str) -> int:
    """Return a number of people.

    Raises:
        UsageError: no whole number (``incidents.people_number``), or more than ``MOST_PEOPLE``
            (``incidents.figure_large``).
    """
    count = whole_number(text)
    if count is None or count < 0:
        raise UsageError("incidents.people_number", text=shown(text))
    return within_limit(count, text)


def people_or_unknown(text: str) -> int | None:
    """Return a number of people, or None for ``?``.

    Raises:
        UsageError: as ``people_count``.
    """
    return None if text.strip() == "?" else people_count(text)


def within_limit(count: int, text: str) -> int:
    """Return a number of people that is not too large.

    Raises:
        UsageError: it is (``incidents.figure_large``).
    """
    if count > MOST_PEOPLE:
        raise UsageError("incidents.figure_large", text=shown(text), limit=MOST_PEOPLE)
    return count


def shown(text: str) -> str:
    """Return what was typed as a message repeats it: the beginning is enough to know it again."""
    stripped = text.strip()
    return stripped if len(stripped) <= _SHOWN else stripped[: _SHOWN - 1] + "…"
