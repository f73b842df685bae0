"""The schema is the one declaration: editors, loader and stored texts hang on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.playbooks.language.schema import Overlay, Playbook, json_schema, json_schema_text

COMMITTED = Path(__file__).parents[2] / "docs" / "reference" / "playbook.schema.json"


def test_the_committed_schema_is_that_of_the_models() -> None:
    """Editors read the file; ``json_schema_text`` is what belongs in it."""
    assert COMMITTED.read_text(encoding="utf-8") == json_schema_text()


@pytest.mark.parametrize("model", [Playbook, Overlay])
def test_no_part_admits_unknown_keys(model: type[Playbook | Overlay]) -> None:
    """A misspelt key that is silently passed over is a step that silently never comes."""
    parts = [model.model_json_schema(), *model.model_json_schema()["$defs"].values()]
    objects = [part for part in parts if "properties" in part]
    assert objects
    assert all(part["additionalProperties"] is False for part in objects)


def test_the_keys_of_a_task_that_need_it_are_explained() -> None:
    """Editors show the description where the cursor stands."""
    properties = json_schema()["$defs"]["Task"]["properties"]
    for key in ("due", "start", "raci", "needs", "when", "until", "roll", "howto"):
        assert properties[key]["description"]


def test_an_overlay_is_told_apart_by_extends() -> None:
    schema = json_schema()
    assert schema["if"] == {"required": ["extends"]}
    assert schema["then"]["$ref"].endswith("Overlay")
