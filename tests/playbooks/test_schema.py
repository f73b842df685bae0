"""The schema is the one declaration: editors, loader and stored texts hang on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from muutosturva.coordination.playbook_words import described, words_of
from muutosturva.playbooks.language.json_schema import FILES, json_schema, json_schema_text, keys, models
from muutosturva.playbooks.language.vocabulary import Model
from muutosturva.playbooks.library import shipped_folder
from muutosturva.playbooks.loading.loader import read_file
from muutosturva.playbooks.loading.source import plain
from tests.golden import assert_golden
from tests.support.json_schema import Validator

COMMITTED = Path(__file__).parents[2] / "docs" / "reference" / "playbook.schema.json"
SHIPPED = sorted(shipped_folder().rglob("*.yaml"))


def data(path: Path) -> Any:
    """Return a file's data as an editor reads it."""
    root = read_file(path).root
    assert root is not None
    return plain(root)


def test_the_committed_schema_is_that_of_the_models() -> None:
    """Editors read the file; ``json_schema_text`` is what belongs in it."""
    assert_golden(COMMITTED, json_schema_text(described).encode())


@pytest.mark.parametrize("model", FILES)
def test_no_part_admits_unknown_keys(model: type[Model]) -> None:
    """A misspelt key that is silently passed over is a step that silently never comes."""
    parts = [model.model_json_schema(), *model.model_json_schema()["$defs"].values()]
    objects = [part for part in parts if "properties" in part]
    assert objects
    assert all(part["additionalProperties"] is False for part in objects)


def test_every_key_is_explained_in_finnish_and_english() -> None:
    """Editors show the description where the cursor stands."""
    parts = json_schema(described)["$defs"]
    for name, model in models().items():
        for key, _ in keys(model):
            words = words_of(model, key)
            assert words is not None
            told = parts[name]["properties"][key]["description"]
            assert words.text["fi"] in told
            assert words.text["en"] in told


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_is_valid_by_the_schema_itself(path: Path) -> None:
    """An editor that underlines a sound file teaches people not to look."""
    assert Validator(json_schema(described)).faults(data(path)) == []


@pytest.mark.parametrize(
    ("file", "place", "wrong"),
    [
        ("large-layoff.yaml", ("extends",), 7),
        ("large-layoff.yaml", ("tasks", "change"), {}),
        ("large-layoff.yaml", ("tasks", "add", "crisis-support", "titel"), {"fi": "Väärä"}),
        ("large-layoff.yaml", ("tasks", "remove"), {"fair": {}}),
        ("base.yaml", ("kind",), "incidents"),
        ("base.yaml", ("version",), 2026.1),
        ("base.yaml", ("valid", "from"), "1.1.2026"),
        ("base.yaml", ("roles", "lead", "count"), 0),
        ("base.yaml", ("use",), ["staff-session"]),
        ("base.yaml", ("tasks", "log-news", "for_each"), "firms"),
        ("base.yaml", ("tasks", "Log"), {}),
        ("bundles/job-fair.yaml", ("suggest",), "level >= M"),
    ],
)
def test_an_editor_underlines_what_the_loader_refuses(
    file: str, place: tuple[str, ...], wrong: object
) -> None:
    broken = data(shipped_folder() / file)
    part = broken
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = wrong
    faults = Validator(json_schema(described)).faults(broken)
    assert faults
    assert any(place[-1] in fault or place[0] in fault for fault in faults)


def test_a_bundle_and_an_overlay_are_told_apart_from_a_playbook() -> None:
    schema = json_schema(described)
    assert schema["if"] == {"required": ["extends"]}
    assert schema["then"]["$ref"].endswith("Overlay")
    assert schema["else"]["then"]["$ref"].endswith("Bundle")
    assert schema["else"]["else"]["$ref"].endswith("Playbook")
