"""The Markdown file: the source itself, with mark and foot line where the page formats have theirs."""

from __future__ import annotations

import re
from typing import Final

from muutosturva.rendering.markup import escape, printable
from muutosturva.rendering.meta import DocumentMeta

_MANY_EMPTY: Final = re.compile(r"\n{3,}")
_TRAILING: Final = re.compile(r"[ \t]+\n")


def write(markdown: str, meta: DocumentMeta) -> bytes:
    """Return the file as UTF-8 with LF line ends."""
    mark = f"**{escape(meta.mark)}**" if meta.mark else ""
    foot = " · ".join(part for part in (mark, str(escape(meta.footer))) if part)
    body = _TRAILING.sub("\n", printable(markdown))
    text = f"{mark}\n\n{body}\n\n---\n\n{foot}\n" if foot else f"{mark}\n\n{body}\n"
    return _MANY_EMPTY.sub("\n\n", text).strip("\n").encode() + b"\n"
