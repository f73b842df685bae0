"""A JSON Schema validator for tests: draft 2020-12, as far as the schema of playbooks goes.

It knows nothing of the models the schema was made from, so that a schema which says something else
than the loader is found. A keyword it does not know is an error, never passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

Found = Iterator[str]

_TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
}
_SAID: Final = frozenset({"$schema", "$defs", "title", "description", "default", "then", "else", "examples"})
"""Keywords that judge nothing by themselves."""
_HOLDS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "type": lambda wanted, value: any(
        _TYPES[kind](value) for kind in (wanted if isinstance(wanted, list) else [wanted])
    ),
    "const": lambda wanted, value: bool(value == wanted),
    "enum": lambda wanted, value: value in wanted,
    "required": lambda wanted, value: not isinstance(value, dict) or set(wanted) <= set(value),
    "pattern": lambda wanted, value: not isinstance(value, str) or re.search(wanted, value) is not None,
    "format": lambda wanted, value: not isinstance(value, str) or wanted != "date" or _is_date(value),
    "minLength": lambda wanted, value: not isinstance(value, str) or len(value) >= wanted,
    "maxLength": lambda wanted, value: not isinstance(value, str) or len(value) <= wanted,
    "maxItems": lambda wanted, value: not isinstance(value, list) or len(value) <= wanted,
    "maxProperties": lambda wanted, value: not isinstance(value, dict) or len(value) <= wanted,
    "minProperties": lambda wanted, value: not isinstance(value, dict) or len(value) >= wanted,
    "minimum": lambda wanted, value: not _TYPES["number"](value) or value >= wanted,
    "maximum": lambda wanted, value: not _TYPES["number"](value) or value <= wanted,
}
"""Keywords that judge a value by itself; each holds for a value of another kind."""


class Validator:
    """Judges values by one schema."""

    def __init__(self, schema: dict[str, Any]) -> None:
        """Remember the schema, in which references are looked up."""
        self._schema = schema
        self._deep: dict[str, Callable[[dict[str, Any], Any, str], Found]] = {
            "$ref": self._reference,
            "if": self._branch,
            "anyOf": self._any_of,
            "properties": self._properties,
            "patternProperties": self._pattern_properties,
            "propertyNames": self._property_names,
            "additionalProperties": self._others,
            "items": self._items,
        }

    def faults(self, value: Any) -> list[str]:
        """Return what is wrong with a value, each with its place; [] when it is valid.

        Raises:
            KeyError: the schema has a keyword this validator does not know.
        """
        return list(self._judged(self._schema, value, "$"))

    def _judged(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        for keyword in schema.keys() - _SAID:
            if keyword in self._deep:
                yield from self._deep[keyword](schema, value, at)
            elif not _HOLDS[keyword](schema[keyword], value):
                yield f"{at}: {value!r} against {keyword} {schema[keyword]!r}"

    def _reference(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        found: Any = self._schema
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        yield from self._judged(found, value, at)

    def _branch(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        branch = "else" if list(self._judged(schema["if"], value, at)) else "then"
        yield from self._judged(schema.get(branch, {}), value, at)

    def _any_of(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        tried = [list(self._judged(option, value, at)) for option in schema["anyOf"]]
        if all(tried):
            yield f"{min(tried, key=len)[0]} (anyOf)"

    def _properties(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        for key, below in schema["properties"].items():
            if isinstance(value, dict) and key in value:
                yield from self._judged(below, value[key], f"{at}.{key}")

    def _pattern_properties(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        for pattern, below in schema["patternProperties"].items():
            for key in value if isinstance(value, dict) else ():
                if re.search(pattern, key):
                    yield from self._judged(below, value[key], f"{at}.{key}")

    def _property_names(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        for key in value if isinstance(value, dict) else ():
            yield from self._judged(schema["propertyNames"], key, f"{at}.{key} (name)")

    def _others(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        wanted = schema["additionalProperties"]
        for key in value if isinstance(value, dict) else ():
            if key in schema.get("properties", {}):
                continue
            if any(re.search(pattern, key) for pattern in schema.get("patternProperties", {})):
                continue
            if wanted is False:
                yield f"{at}.{key}: no such key"
            elif isinstance(wanted, dict):
                yield from self._judged(wanted, value[key], f"{at}.{key}")

    def _items(self, schema: dict[str, Any], value: Any, at: str) -> Found:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from self._judged(schema["items"], item, f"{at}[{index}]")


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
