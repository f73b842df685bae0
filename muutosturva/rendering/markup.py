"""Text that came from outside, made inert inside Markdown.

A name, a note or a title is shown exactly as it was written and can never become a heading, a
link, a picture or a table border. Only what CommonMark and its common extensions would read as
markup is escaped, so that the Markdown file itself stays readable.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final


class Md(str):
    """Markdown written by us or already escaped; inserted into a page as it is."""

    __slots__ = ()


_BREAKS: Final = re.compile(r"[ \t\n]+")
_LINE_ENDS: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1f\x85\u2028\u2029]")
_MARKUP: Final = re.compile(r"[\\`*_\[\]<|$~]|&(?=[#A-Za-z])")
_LINE_START: Final = re.compile(r"^(?:[-+=#>:]|(?P<digits>\d{1,9})(?=[.)](?:\s|$)))")
_CLOSING: Final = re.compile(r"(?<= )#+$")
"""At the end of a heading these would be taken for its closing sequence and dropped."""
_BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT_FORMAT: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")


def _drawable(character: str) -> bool:
    if character in "\n\t":
        return True
    category = unicodedata.category(character)
    if category == "Cf":
        return character in _KEPT_FORMAT
    return category not in {"Cc", "Cs", "Co", "Cn"}


def printable(text: str) -> str:
    """Return ``text`` without characters that no document may hold, with LF as line end.

    Control characters are not allowed in XML, private and unassigned code points not in PDF/A, a
    lone surrogate not in UTF-8; a direction override can make ``1.3.`` read as ``.3.1``. Overrides
    are dropped, the others become U+FFFD so that the reader sees that something stood there.
    """
    if text.isprintable():
        return text
    return "".join(
        character if _drawable(character) else "" if character in _BIDI_CONTROLS else "\ufffd"
        for character in _LINE_ENDS.sub("\n", text)
    )


def one_line(text: str) -> str:
    """Return ``text`` as one line of printable characters: runs of white space become one space."""
    return _BREAKS.sub(" ", printable(text)).strip(" ")


def escape(value: object) -> Md:
    """Return ``value`` as Markdown that shows it literally, on one line.

    ``Md`` is returned unchanged. Runs of spaces and line breaks become one space (a no-break space
    stays), because an indent or an empty line is markup too.
    """
    if isinstance(value, Md):
        return value
    text = _MARKUP.sub(r"\\\g<0>", one_line(str(value)))
    return Md(_LINE_START.sub(_escape_start, _CLOSING.sub(r"\\\g<0>", text)))


def _escape_start(match: re.Match[str]) -> str:
    digits = match["digits"]
    return f"\\{match[0]}" if digits is None else f"{digits}\\"
