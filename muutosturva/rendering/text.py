"""The Markdown file: the source itself, with mark and foot line where the page formats have theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from muutosturva.rendering.charts import Picture
from muutosturva.rendering.markup import escape, printable
from muutosturva.rendering.meta import DocumentMeta

_MANY_EMPTY: Final = re.compile(r"\n{3,}")
_FIGURE: Final = re.compile(r"^!\[(?P<words>.+)\]\((?P<name>[^()\s]+)\)$", re.MULTILINE)
_TRAILING: Final = re.compile(r"[ \t]+\n")


def write(markdown: str, meta: DocumentMeta, pictures: Mapping[str, Picture]) -> bytes:
    """Return the file as UTF-8 with LF line ends; a picture, which has no file of its own, is its words."""
    mark = f"**{escape(meta.mark)}**" if meta.mark else ""
    foot = " · ".join(part for part in (mark, str(escape(meta.footer))) if part)
    body = _FIGURE.sub(
        lambda match: f"*{match['words']}*" if match["name"] in pictures else match[0],
        _TRAILING.sub("\n", printable(markdown)),
    )
    text = f"{mark}\n\n{body}\n\n---\n\n{foot}\n" if foot else f"{mark}\n\n{body}\n"
    return _MANY_EMPTY.sub("\n\n", text).strip("\n").encode() + b"\n"
