r"""Text as iCalendar can hold it: without control characters, escaped by RFC 5545 3.3.11.

``icalendar`` reads the two letters ``\N`` of a title (``C:\Nurmi``) as a line break while
writing, so values are escaped here and handed over ready.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from icalendar import vText

_BREAKS: Final = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Everything that some reader takes for the end of a line."""
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def many_lines(text: str) -> str:
    """Return ``text`` with plain line breaks and without characters a calendar cannot hold."""
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return ``text`` on one line, runs of white space made one space."""
    return " ".join(many_lines(text).split())


def email_of(address: str) -> str:
    """Return an address without white space and without a ``mailto:`` of its own."""
    return "".join(many_lines(address).split()).removeprefix("mailto:")


def escaped(text: str) -> str:
    """Return ``text`` escaped as a TEXT value."""
    return text.translate(_ESCAPES)


@cache
def _written_class() -> type[vText]:
    from icalendar import vText

    class Written(vText):
        """A text that escapes itself."""

        def to_ical(self) -> bytes:
            return escaped(str(self)).encode()

    return Written


def written(text: str) -> vText:
    """Return a TEXT value whose bytes are exactly :func:`escaped`."""
    return _written_class()(text)
