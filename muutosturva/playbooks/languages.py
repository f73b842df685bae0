"""Names of languages for titles and for what people type: the Unicode CLDR names, by babel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

_LOCALES: Final[Mapping[str, str]] = {"fi": "fi", "sv": "sv", "en": "en"}
"""Language tag of a text, and the locale whose names of languages it uses."""

_SHORT: Final = 2
"""Names are looked up among two-letter tags only: others are variants such as ``en-GB``."""


@cache
def language_names(tag: str) -> Mapping[str, str]:
    """Return what a language is called, by language of the text: ``uk`` is ``ukraina`` in Finnish.

    Empty where CLDR has no name for the tag (``selko``): the tag then stands for itself.
    """
    return {text: names[tag] for text in _LOCALES if tag in (names := _names(text))}


def language_tag(typed: str) -> str:
    """Return the tag of a language typed as a tag or by its name, ``Ukraina`` or ``ukrainska``.

    Returns:
        The tag; what CLDR does not know comes back as typed, without letter case.
    """
    folded = typed.strip().casefold()
    return next((tags[folded] for text in _LOCALES if folded in (tags := _tags(text))), folded)


@cache
def _names(text: str) -> Mapping[str, str]:
    from babel import Locale

    return {str(tag): str(name) for tag, name in Locale.parse(_LOCALES[text]).languages.items()}


@cache
def _tags(text: str) -> Mapping[str, str]:
    return {name.casefold(): tag for tag, name in _names(text).items() if len(tag) == _SHORT}
