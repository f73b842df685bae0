"""Texts at the edge: catalogues in Finnish, Swedish and English, and dates and numbers in words.

A catalogue is a folder ``locale/<language>/`` with one TOML file per room. Keys are dotted
(``tui.trigger.title``), the file's name being the first part. A value is a string with named
fields (``"{count} tehtävää"``) or, where the number decides the form, a table with ``one`` and
``other`` that is chosen by the parameter ``n``. Why TOML and not gettext: docs/decisions/0003.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from importlib import resources
from string import Formatter
from typing import Final, Literal, get_args

from muutosturva.clock import HELSINKI
from muutosturva.errors import NONE_NEAR, MuutosturvaError, Problem

Language = Literal["fi", "sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "fi"
FALLBACK: Final[tuple[Language, ...]] = ("fi", "sv", "en")
"""Order in which another language is used when a text lacks the wanted one."""

_BABEL_LOCALE: Final[Mapping[Language, str]] = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}

Entry = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Picked:
    """A text found in a language map.

    Attributes:
        text: the words.
        language: the language they are in.
        fallback: True when this is not the language asked for; screens and documents mark it.
    """

    text: str
    language: str
    fallback: bool


def pick(texts: Mapping[str, str] | str, language: str) -> Picked:
    """Choose the text of ``language`` from a map by language tag, falling back in fixed order.

    A plain string counts as Finnish. An empty map gives an empty text.
    """
    if isinstance(texts, str):
        return Picked(texts, DEFAULT_LANGUAGE, language != DEFAULT_LANGUAGE)
    for tag in (language, *FALLBACK, *sorted(texts)):
        if texts.get(tag):
            return Picked(texts[tag], tag, tag != language)
    return Picked("", language, fallback=False)


def _flatten(table: Mapping[str, object], prefix: str) -> Iterable[tuple[str, Entry]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict) and set(value) == {"one", "other"}:
            yield key, {form: str(text) for form, text in value.items()}
        elif isinstance(value, dict):
            yield from _flatten(value, key)
        else:
            message = f"catalogue entry {key} is neither text nor table"
            raise TypeError(message)


@cache
def catalogue(language: Language) -> Mapping[str, Entry]:
    """Return every entry of one language, keyed by its full dotted name.

    Raises:
        TypeError: an entry is neither a text nor a table of texts.
    """
    folder = resources.files("muutosturva") / "locale" / language
    entries: dict[str, Entry] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            entries.update(_flatten(table, file.name.removesuffix(".toml")))
    return entries


_NEAREST: Final = re.compile(r"\s+[^.:{}]*: \{nearest\}\.?")
"""The sentence of a message that names what is near, with its full stop."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Words, dates and numbers in one language; made once per front end and handed down."""

    language: Language

    def __call__(self, key: str, /, **params: object) -> str:
        """Return the text of ``key`` with its named fields filled.

        Raises:
            KeyError: the catalogue has no such key (a test finds this before a user does).
        """
        entry = catalogue(self.language)[key]
        if not isinstance(entry, str):
            entry = entry["one" if params.get("n") == 1 else "other"]
        if params.get("nearest") == NONE_NEAR:
            entry = _NEAREST.sub("", entry)
        return entry.format_map({name: self.spoken(value) for name, value in params.items()})

    def spoken(self, value: object) -> object:
        """Return a parameter as words: dates, times, lists, states and texts in the language's own manner.

        Pure rooms put plain dates, tuples and enum members into the parameters of their
        problems; this is where they become text. Anything else is returned as it is.
        """
        if isinstance(value, StrEnum):
            return self.word(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Mapping):
            return self.pick(value)
        if isinstance(value, (list, tuple)):
            return self.listing(str(self.spoken(item)) for item in value)
        return value

    def has(self, key: str) -> bool:
        """Tell whether the catalogue holds ``key``."""
        return key in catalogue(self.language)

    def fields(self, key: str) -> frozenset[str]:
        """Return the named fields of a text: what whoever fills it in has to give.

        Raises:
            KeyError: the catalogue has no such key.
        """
        entry = catalogue(self.language)[key]
        forms = [entry] if isinstance(entry, str) else list(entry.values())
        return frozenset(name for form in forms for _, name, _, _ in Formatter().parse(form) if name)

    def pick(self, texts: Mapping[str, str] | str) -> str:
        """Return the text of a language map in this language or the nearest fallback."""
        return pick(texts, self.language).text

    def word(self, member: StrEnum) -> str:
        """Return the word for an enum member: ``TaskState.DONE`` is ``words.task_state.done``."""
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(member).__name__).lower()
        return self(f"words.{name}.{member.value}")

    def day(self, day: date | None) -> str:
        """Return a short date: ``1.3.2027`` in Finnish and Swedish, ``1 Mar 2027`` in English."""
        if day is None:
            return self("common.unknown")
        from babel.dates import format_date

        if self.language == "en":
            return format_date(day, "d MMM y", locale=_BABEL_LOCALE["en"])
        return f"{day.day}.{day.month}.{day.year}"

    def weekday_date(self, day: date | None) -> str:
        """Return the short weekday and date: ``ma 1.3.2027``."""
        if day is None:
            return self("common.unknown")
        return f"{_short_weekday(self.language, day.weekday())} {self.day(day)}"

    def long_date(self, day: date | None) -> str:
        """Return the date in words: ``maanantai 1. maaliskuuta 2027``."""
        if day is None:
            return self("common.unknown")
        from babel.dates import format_date

        return format_date(day, "full", locale=_BABEL_LOCALE[self.language])

    def moment(self, moment: datetime | None) -> str:
        """Return date and clock time in Finland: ``1.3.2027 klo 8.30``."""
        if moment is None:
            return self("common.unknown")
        local = moment.astimezone(HELSINKI)
        return self("common.moment", date=self.day(local.date()), time=self.clock_time(local))

    def clock_time(self, moment: datetime | time) -> str:
        """Return a clock time, of an aware datetime the one in Finland: ``8.30`` or ``08:30``."""
        local = moment.astimezone(HELSINKI) if isinstance(moment, datetime) else moment
        if self.language == "fi":
            return f"{local.hour}.{local.minute:02d}"
        return f"{local.hour:02d}:{local.minute:02d}"

    def number(self, value: float | None) -> str:
        """Return a number with the language's own separators; None is "not known", never 0."""
        if value is None:
            return self("common.unknown")
        from babel.numbers import format_decimal

        return format_decimal(value, locale=_BABEL_LOCALE[self.language])

    def listing(self, items: Iterable[str]) -> str:
        """Return ``a, b ja c``."""
        from babel.lists import format_list

        return format_list(list(items), locale=_BABEL_LOCALE[self.language])

    def error(self, error: MuutosturvaError) -> str:
        """Return the message of an error; its key ``store.newer`` is text ``store.error.newer``."""
        room, _, name = error.key.partition(".")
        return self(f"{room}.error.{name}", **error.params)

    def problem(self, problem: Problem) -> str:
        """Return the message of a problem, without its position; code as for ``error``."""
        room, _, name = problem.code.partition(".")
        return self(f"{room}.problem.{name}", **problem.params)

    def hint(self, problem: Problem) -> str:
        """Return how to mend a problem (``<room>.hint.<name>``), or "" where no hint is written."""
        room, _, name = problem.code.partition(".")
        key = f"{room}.hint.{name}"
        return self(key, **problem.params) if self.has(key) else ""


@cache
def _short_weekday(language: Language, weekday: int) -> str:
    """Return the short name of a weekday, 0 for Monday; a long list asks for it on every line."""
    from babel.dates import get_day_names

    return str(get_day_names("abbreviated", "stand-alone", _BABEL_LOCALE[language])[weekday])


@cache
def language_names(tag: str) -> Mapping[str, str]:
    """Return what a language is called, by language of the text: ``uk`` is ``ukraina`` in Finnish.

    The names are those of Unicode CLDR; empty where it has none for the tag (``selko``), which then
    stands for itself.
    """
    return {language: names[tag] for language in LANGUAGES if tag in (names := _names(language))}


def language_tag(typed: str) -> str:
    """Return the tag of a language typed as a tag or by its name, ``Ukraina`` or ``ukrainska``.

    Returns:
        The tag; what CLDR does not know comes back as typed, without letter case.
    """
    folded = typed.strip().casefold()
    return next((tags[folded] for language in LANGUAGES if folded in (tags := _tags(language))), folded)


def named_languages() -> frozenset[str]:
    """Return the tags of the languages that have a name."""
    return frozenset(_names(DEFAULT_LANGUAGE))


@cache
def _names(language: Language) -> Mapping[str, str]:
    from babel import Locale

    return {str(tag): str(name) for tag, name in Locale.parse(language).languages.items()}


@cache
def _tags(language: Language) -> Mapping[str, str]:
    """Names are looked up among two-letter tags only: others are variants such as ``en-GB``."""
    return {name.casefold(): tag for tag, name in _names(language).items() if len(tag) == len(language)}
