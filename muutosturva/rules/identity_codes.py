"""Finding Finnish personal identity codes in free text, where none may stand."""

from __future__ import annotations

import re
from typing import Final

PATTERN: Final = re.compile(r"(?<!\w)\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?!\w)", re.IGNORECASE)
"""Date, sign of the century (all that are in use from 2023 on), individual number, check character.

The codes of invented people (individual numbers 900–999) are found too: no program can tell a test
from a slip. The check character is not computed: a code with one letter wrong is still somebody's.
"""


def holds_identity_code(text: str) -> bool:
    """Tell whether ``text`` holds what looks like a personal identity code."""
    return PATTERN.search(text) is not None
