"""What a document says about itself, beside its text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final

from muutosturva.i18n import Language
from muutosturva.rendering.markup import one_line

_TEXTS: Final = ("title", "author", "subject", "mark", "footer")


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """Properties of a document, shown in its header, footer and file properties.

    Attributes:
        title: title of the document, without its mark.
        language: language of the text.
        author: who made it: a name or an office, or "".
        subject: what it is about: incident and employer, or "".
        mark: mark of an example or a drill, on every page; "" for the real thing.
        footer: line at the foot of every page: incident, playbook, revision.
        date: the moment it was made, aware; the same moment gives the same bytes.
    """

    title: str
    language: Language
    author: str
    subject: str
    mark: str
    footer: str
    date: dt.datetime

    def printable(self) -> DocumentMeta:
        """Return it with each text on one line that every format can hold.

        The texts name firms and people as somebody wrote them; none of them passes through Markdown.
        """
        texts: dict[str, Any] = {name: one_line(getattr(self, name)) for name in _TEXTS}
        return replace(self, **texts)

    @property
    def full_title(self) -> str:
        """Return the title with its mark before it, so that a window's title shows it too."""
        return f"{self.mark}: {self.title}" if self.mark else self.title

    @property
    def tag(self) -> str:
        """Return the language tag as used in Finland: ``fi-FI``, ``sv-FI``, ``en-GB``."""
        return {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[self.language]
