"""What finishing a task asks for and what was answered, as JSON of its row, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from muutosturva.playbooks.plan import AskedField, Asks

Json = dict[str, Any]


def asks_to_json(asks: Asks | None) -> Json | None:
    """Return what finishing a task asks for as JSON."""
    if asks is None:
        return None
    return {
        "options": {name: dict(words) for name, words in asks.options.items()},
        "by": asks.by,
        "fields": [
            {
                "name": field.name,
                "type": field.type,
                "label": dict(field.label),
                "required": field.required,
                "options": {name: dict(words) for name, words in field.options.items()},
            }
            for field in asks.fields
        ],
    }


def asks_from_json(data: Mapping[str, Any] | None) -> Asks | None:
    """Return what ``asks_to_json`` wrote."""
    if data is None:
        return None
    return Asks(data["options"], data["by"], tuple(AskedField(**field) for field in data["fields"]))
