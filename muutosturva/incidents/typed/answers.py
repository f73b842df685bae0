"""Answers as people type them, made into the type the question asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Final

from muutosturva.errors import UsageError
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.typed.counts import whole_number
from muutosturva.incidents.typed.notation import parse_day
from muutosturva.playbooks.facts import most_of

_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "int": (int,),
    "bool": (bool,),
    "enum": (str,),
    "date": (dt.date,),
    "text": (str,),
    "list": (list, tuple),
}


def typed_answer(
    name: str, kind: str, options: tuple[str, ...], value: object, label: Mapping[str, str] | None = None
) -> object:
    """Return an answer in the type of its question.

    Args:
        name: name of the question.
        kind: ``int``, ``bool``, ``enum``, ``date``, ``text`` or ``list``.
        options: permitted values of an enum.
        value: typed already, or text as a person writes it in Finnish, Swedish or English.
        label: the playbook's words for the question by language, for the message.

    Raises:
        UsageError: the value is not of that type, or a number larger than the question takes
            (``incidents.answer_large``).
    """
    typed = _from_text(kind, value.strip()) if isinstance(value, str) else value
    fits = isinstance(typed, _TYPES.get(kind, (object,)))
    if isinstance(typed, bool) and kind != "bool":
        fits = False
    if kind == "enum" and fits:
        fits = typed in options
    if fits and kind == "int" and isinstance(typed, int) and typed > most_of(name):
        raise UsageError(
            "incidents.answer_large", name=name, question=asked_in_words(name, label), limit=most_of(name)
        )
    if not fits:
        raise UsageError(
            f"incidents.answer_{kind}",
            name=name,
            question=asked_in_words(name, label),
            value=value,
            options=options,
        )
    return typed


def asked_in_words(name: str, label: Mapping[str, str] | None = None) -> Mapping[str, str] | str:
    """Return a question by language: the playbook's words, or those of a fact a rule or the language asks."""
    if label:
        return label
    for key in (f"playbooks.question.{name}", f"rules.fact.{name}"):
        if Texts(LANGUAGES[0]).has(key):
            return {language: Texts(language)(key) for language in LANGUAGES}
    return name


def _from_text(kind: str, text: str) -> object:
    if kind == "int":
        return whole_number(text)
    if kind == "bool":
        folded = text.casefold()
        return True if folded in _words("yes") else False if folded in _words("no") else None
    if kind == "date":
        return parse_day(text)
    if kind == "list":
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


@cache
def _words(answer: str) -> frozenset[str]:
    """Return what counts as yes or no: the catalogues' words in every language, and ``true``/``false``."""
    words = {"true", "1"} if answer == "yes" else {"false", "0"}
    for language in LANGUAGES:
        words |= {word.strip() for word in Texts(language)(f"incidents.typed.{answer}").split(",")}
    return frozenset(words)
