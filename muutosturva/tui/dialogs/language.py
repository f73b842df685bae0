"""The language of the screens, each option in its own language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from textual.widget import Widget

from muutosturva.i18n import LANGUAGES, Language
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.widgets.choice import Choice

OWN_NAMES: Final = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


class LanguageDialog(Dialog[Language]):
    """Asks for the language."""

    NAME = "language"

    def fields(self) -> Iterable[Widget]:
        """Return the languages."""
        options = [(language, OWN_NAMES[language]) for language in LANGUAGES]
        yield Choice(options, value=self.texts.language, id="language")

    def read(self) -> Language:
        """Return the language."""
        return cast("Language", self.query_one(Choice).value)
