"""Words the schema is written in: ids, names, texts by language, lengths of time, and their base.

They are apart from the schema so that its parts can stand in files of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from muutosturva.playbooks.expressions.lexer import MOST_TEXT

DEFAULT_TAG: Final = "fi"
"""Language of a text that is written without a language map."""

ID_PATTERN: Final = r"^[a-z][a-z0-9_-]{0,59}$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""Stable id of a task, role, message …: small letters, digits, ``-`` and ``_``."""
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""Name usable in expressions (anchors, inputs): as ``Id`` without ``-``, which means minus."""
Tag = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}(-[A-Z]{2})?|selko)$")]
"""Language tag (``fi``, ``sv``, ``en``, ``uk`` …); ``selko`` is easy Finnish."""
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]{1,3}(\.[0-9]{1,3})?$")]
"""Version of a playbook or bundle, year first: ``2026.1``."""
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=MOST_TEXT)]
"""A date (``heard + 1 wd``) or a condition (``level >= M``), as text."""
Length = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,2} (d|wd|w|m)$")]
"""A length of time: ``3 d``, ``5 wd`` (working days), ``1 w``, ``12 m``."""
Produce = Annotated[
    str, StringConstraints(pattern=r"^(document|message|form|meeting):[a-z][a-z0-9_-]{0,59}$")
]
"""What a task leaves behind, by kind and id: ``document:situation``, ``form:contact``."""
Collection = Literal["sites", "areas", "languages", "cohorts", "waves"]
"""What a task, message, meeting or document can be repeated over."""
RollWord = Literal["none", "forward", "back", "nearest"]


def _by_language(value: object) -> object:
    return {DEFAULT_TAG: value} if isinstance(value, str) else value


def _as_tuple(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str) else value


Texts = Annotated[
    Mapping[Tag, Words], BeforeValidator(_by_language, json_schema_input_type=Words | Mapping[Tag, Words])
]
"""A text by language; a bare string is Finnish."""
Ids = Annotated[tuple[Id, ...], BeforeValidator(_as_tuple, json_schema_input_type=Id | tuple[Id, ...])]
"""One id or a list of them."""
Facts = Annotated[tuple[str, ...], BeforeValidator(_as_tuple, json_schema_input_type=str | tuple[str, ...])]
"""One fact or a list of them, as conditions call it: ``listed``, ``decided(employer-calls)``."""
Repeat = Annotated[
    tuple[Collection, ...],
    Field(max_length=2),
    BeforeValidator(_as_tuple, json_schema_input_type=Collection | tuple[Collection, ...]),
]
Languages = Literal["languages"] | tuple[Tag, ...]
"""Language tags, or the word ``languages``: those of the incident."""


class Model(BaseModel):
    """Base of every part: unknown keys refused, values never coerced, instances frozen."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        validate_by_name=True,
        validate_by_alias=True,
    )
