"""Every key of the playbook language has words, and every word a key: neither drifts from the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
import yaml
from pydantic import TypeAdapter

from muutosturva.coordination.playbook_words import WHOLE, all_words, key_name, words_at, words_of
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.language.schema import SECTIONS
from muutosturva.playbooks.language.vocabulary import Model


def models(model: type[Model] = Model) -> Iterator[type[Model]]:
    """Yield every part of the language."""
    for below in model.__subclasses__():
        if below.__module__.startswith("muutosturva.playbooks.language"):
            yield below
            yield from models(below)


def fields() -> list[tuple[type[Model], str]]:
    return [(model, field.alias or name) for model in models() for name, field in model.model_fields.items()]


@pytest.mark.parametrize(("model", "key"), fields(), ids=lambda part: getattr(part, "__name__", part))
def test_every_key_is_explained_in_every_language(model: type[Model], key: str) -> None:
    """A key without words is a key whose meaning one person knows."""
    words = words_of(model, key)
    assert words is not None
    assert set(words.name) == set(words.text) == set(LANGUAGES)
    assert all([*words.name.values(), *words.text.values()])


@pytest.mark.parametrize("model", [*models()], ids=lambda model: model.__name__)
def test_every_part_is_explained_as_a_whole(model: type[Model]) -> None:
    assert words_of(model) is not None


def test_no_words_stand_for_a_key_that_is_gone() -> None:
    known = {(base.__name__.removeprefix("_"), key) for model, key in fields() for base in model.__mro__}
    known |= {(model.__name__.removeprefix("_"), WHOLE) for model in models()}
    assert set(all_words()) <= known


@pytest.mark.parametrize(("model", "key"), fields(), ids=lambda part: getattr(part, "__name__", part))
def test_every_example_is_valid(model: type[Model], key: str) -> None:
    """People copy examples: one that the loader refuses teaches a mistake."""
    words = words_of(model, key)
    assert words is not None
    written: dict[str, Any] = yaml.load(words.example, Loader=yaml.BaseLoader)
    assert list(written) == [key]
    if key == "add" and model.__name__ != "TaskChange":
        return  # one example for every section: it adds a task
    if model.__name__ == "Overlay" and isinstance(written[key], dict) and key in SECTIONS:
        return  # the example shows the section of a playbook; an overlay has add, replace and remove
    field = next(field for name, field in model.model_fields.items() if (field.alias or name) == key)
    kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    _read(TypeAdapter(kind), words.example)


def _read(adapter: TypeAdapter[Any], example: str) -> None:
    from muutosturva.playbooks.loading.loader import read_text
    from muutosturva.playbooks.loading.source import plain

    root = read_text(example, "example.yaml").root
    assert root is not None
    assert isinstance(root.content, dict)
    (value,) = root.content.values()
    adapter.validate_json(json.dumps(plain(value)))


def test_a_key_is_named_with_the_key_itself() -> None:
    """Whoever reads a difference mends the file next and needs the word that stands there."""
    assert key_name(Texts("fi"), "tasks", "due") == "Määräaika (due)"
    assert key_name(Texts("en"), "", "valid.from") == "First day (valid.from)"
    assert key_name(Texts("fi"), "tasks", "nothing") == "nothing"


def test_an_id_is_no_key() -> None:
    assert words_at(("tasks", "first-contact")) is None
    assert words_at(("roles", "lead", "title")) is not None
