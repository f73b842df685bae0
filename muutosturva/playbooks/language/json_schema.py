"""The JSON Schema of the language: what editors complete and show where the cursor stands.

Structure comes from the models, words from whoever calls: this room has none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, get_args

from muutosturva.playbooks.language.bundle import BUNDLE, Bundle
from muutosturva.playbooks.language.schema import Overlay, Playbook
from muutosturva.playbooks.language.vocabulary import Model

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
FILES: Final[tuple[type[Model], ...]] = (Playbook, Overlay, Bundle)
"""What a file can be: each is a part of the language that stands in no other."""
WHOLE: Final = ""
"""Stands for a part as a whole where its words are asked for."""

Describe = Callable[[type[Model], str], str]
"""Returns the words of a key of a part, or of the part itself for ``WHOLE``."""


def models() -> Mapping[str, type[Model]]:
    """Return every part of the language by its name in the schema: the files, then what they are made of."""
    found: dict[str, type[Model]] = {model.__name__: model for model in FILES}
    todo = list(FILES)
    while todo:
        for below in _inside(todo.pop(0)):
            if below.__name__ not in found:
                found[below.__name__] = below
                todo.append(below)
    return found


def keys(model: type[Model]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a part as they are written, each with its field."""
    for name, field in model.model_fields.items():
        yield field.alias or name, field


def part_of(annotation: Any) -> type[Model] | None:
    """Return the part of the language a key holds, also in a list or by id; None for a plain value."""
    return next(_models(annotation), None)


def _inside(model: type[Model]) -> Iterator[type[Model]]:
    for _, field in keys(model):
        yield from _models(field.annotation)


def _models(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def json_schema(describe: Describe) -> dict[str, Any]:
    """Return the schema: a bundle by its kind, an overlay where ``extends`` stands, else a playbook."""
    parts: dict[str, Any] = {}
    for model in FILES:
        schema = model.model_json_schema(by_alias=True)
        parts.update(schema.pop("$defs", {}))
        parts[model.__name__] = schema
    _closed(parts)
    for name, model in models().items():
        _described(parts[name], model, describe)
    return {
        "$schema": DRAFT,
        "title": "muutosturva playbook",
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/Overlay"},
        "else": {
            "if": {"properties": {"kind": {"const": BUNDLE}}, "required": ["kind"]},
            "then": {"$ref": "#/$defs/Bundle"},
            "else": {"$ref": "#/$defs/Playbook"},
        },
        "$defs": dict(sorted(parts.items())),
    }


def json_schema_text(describe: Describe) -> str:
    """Return the schema as the text of ``docs/reference/playbook.schema.json``."""
    return json.dumps(json_schema(describe), ensure_ascii=False, indent=2) + "\n"


def _closed(part: Any) -> None:
    """Refuse ids that are none: by itself a pattern says nothing of keys it does not fit."""
    if isinstance(part, dict):
        if "patternProperties" in part:
            part.setdefault("additionalProperties", False)
        for below in part.values():
            _closed(below)
    elif isinstance(part, list):
        for below in part:
            _closed(below)


def _described(part: dict[str, Any], model: type[Model], describe: Describe) -> None:
    part["description"] = describe(model, WHOLE)
    for key, schema in part["properties"].items():
        schema.pop("title", None)
        schema["description"] = describe(model, key)
