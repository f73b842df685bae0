"""What the schema finds wrong, told in this room's own codes and at the right line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.loading.source import Node, Path, WrittenNumber, plain, problem_at

MOST_TOLD: Final = 300
"""Most problems told at once: nobody reads further, and each is compared with everything near it."""

ModelT = TypeVar("ModelT", bound=BaseModel)

_EXPECTED: Final[Mapping[str, str]] = {
    "int_type": "expected_number",
    "int_parsing": "expected_number",
    "int_from_float": "expected_number",
    "bool_type": "expected_true_false",
    "bool_parsing": "expected_true_false",
    "tuple_type": "expected_list",
    "list_type": "expected_list",
    "dict_type": "expected_map",
    "mapping_type": "expected_map",
    "model_type": "expected_map",
    "model_attributes_type": "expected_map",
    "date_type": "bad_date",
    "date_parsing": "bad_date",
    "date_from_datetime_parsing": "bad_date",
    "date_from_datetime_inexact": "bad_date",
    "string_too_short": "text_empty",
    "string_too_long": "text_long",
    "greater_than_equal": "out_of_bounds",
    "less_than_equal": "out_of_bounds",
    "too_long": "too_many",
}
_OF_VALUE: Final = frozenset(f"playbooks.{code}" for code in ("not_one_of", *_EXPECTED.values()))
"""Codes of a value of the wrong kind: where one of several kinds may stand, each kind complains."""
_LANGUAGES: Final = frozenset({"fi", "sv", "en"})
_PATTERNS: Final = (
    ("@", "bad_use"),
    ("(d|wd|w|m)", "bad_length"),
    ("selko", "bad_language"),
    ("[0-9]{4}", "bad_version"),
    ("(document|message", "bad_produce"),
    ("[A-Z]", "bad_code"),
)
"""Parts that tell the patterns of the schema apart; any other is that of an id."""


def canonical(node: Node) -> str:
    """Return the text a playbook is pinned by: JSON in the order written, one value a line."""
    return json.dumps(plain(node), ensure_ascii=False, indent=1) + "\n"


def validate(model: type[ModelT], root: Node) -> tuple[ModelT | None, tuple[Problem, ...]]:
    """Return the validated model, or what is wrong, each problem at its line."""
    return validate_text(model, json.dumps(plain(root), ensure_ascii=False), root)


def validate_text(model: type[ModelT], text: str, root: Node) -> tuple[ModelT | None, tuple[Problem, ...]]:
    """As ``validate``, of a tree whose JSON text is at hand already."""
    try:
        return model.model_validate_json(text), ()
    except ValidationError as error:
        found = error.errors(include_url=False)[: MOST_TOLD + 1]
    problems = {
        (problem.code, problem.path, problem.line, problem.column): problem
        for problem in (_problem(model, root, dict(detail)) for detail in found)
    }
    return None, tuple(_one_of_a_choice(list(problems.values())))


def _one_of_a_choice(problems: list[Problem]) -> Iterator[Problem]:
    """Yield problems, one for each value: where a word or a list may stand, the list is asked for."""
    seen = set[tuple[str, int | None, int | None]]()
    for problem in sorted(problems, key=lambda found: found.code == "playbooks.not_one_of"):
        place = (problem.path, problem.line, problem.column)
        if problem.code in _OF_VALUE:
            if place in seen:
                continue
            seen.add(place)
        yield problem


def _problem(model: type[BaseModel], root: Node, detail: dict[str, Any]) -> Problem:
    loc: Path = tuple(detail["loc"])
    kind, shown = detail["type"], _shown(detail["input"])
    if loc and loc[-1] == "[key]":
        node = root.nearest(loc[:-1])
        code = "unquoted_comma" if _is_rest_of_text(root, loc[:-1]) else _pattern(detail)
        return problem_at(node.key, code, value=shown)
    node, name = root.nearest(loc), _name(root, loc)
    if kind == "extra_forbidden":
        return problem_at(node.key, "unknown_key", key=name, nearest=nearest(name, keys_at(model, loc[:-1])))
    if kind == "missing":
        return problem_at(node.key, "missing_key", key=str(loc[-1]))
    if kind == "value_error":
        return problem_at(node.key, str(detail["ctx"]["error"]))
    if _is_rest_of_text(root, loc):
        return problem_at(node.key, "unquoted_comma", value=shown)
    if isinstance(node.content, WrittenNumber):
        shown = node.content.text
    return problem_at(node.place, _of_value(detail), key=name, value=shown, **_context(detail))


def _name(root: Node, loc: Path) -> str:
    """Return the last key of a path that stands in the file: unions add steps of their own."""
    node, name = root, ""
    for step in loc:
        child = node.child(step)
        if child is not None:
            node, name = child, step if isinstance(step, str) else name
    return name


def _is_rest_of_text(root: Node, loc: Path) -> bool:
    """Tell whether a key without a value is what YAML made of the text after a comma.

    ``{fi: text, more text}`` is two keys for YAML, the second without a value.
    """
    parent, node = root.nearest(loc[:-1]), root.nearest(loc)
    in_texts = isinstance(parent.content, dict) and bool(parent.content.keys() & _LANGUAGES)
    return in_texts and node is not parent and node.content is None and loc[-1] not in _LANGUAGES


def _of_value(detail: dict[str, Any]) -> str:
    kind, value = detail["type"], detail["input"]
    if value is None:
        return "empty_value"
    if kind == "string_type":
        return "quote_it" if isinstance(value, (int, float)) else "expected_text"
    if kind == "string_pattern_mismatch":
        return _pattern(detail)
    return "not_one_of" if kind == "literal_error" else _EXPECTED.get(kind, "invalid")


def _pattern(detail: dict[str, Any]) -> str:
    pattern = str(detail.get("ctx", {}).get("pattern", ""))
    return next((code for part, code in _PATTERNS if part in pattern), "bad_id")


def _context(detail: dict[str, Any]) -> dict[str, object]:
    context = detail.get("ctx", {})
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    limit = next((context[name] for name in ("ge", "le", "max_length", "min_length") if name in context), "")
    return {
        "expected": expected,
        "nearest": nearest(str(detail["input"]), expected.split(", ")),
        "limit": limit,
        "detail": detail["msg"],
    }


def _shown(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys the schema knows at a path."""
    found = model_at(model, path)
    return [] if found is None else [field.alias or name for name, field in found.model_fields.items()]


def default_at(model: type[BaseModel], path: Path) -> object:
    """Return what holds where nothing is written at a path; None for nothing, and for a required key."""
    found = model_at(model, path[:-1])
    fields = {} if found is None else {f.alias or name: f for name, f in found.model_fields.items()}
    field = fields.get(str(path[-1]))
    return None if field is None or field.is_required() else (field.default or None)


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the part of the schema that stands at a path."""
    annotation: Any = model
    for step in path:
        annotation = _below(annotation, step)
    return next(_models(annotation), None)


def _below(annotation: Any, step: str | int) -> Any:
    found = next(_models(annotation), None)
    if found is not None:
        for name, field in found.model_fields.items():
            if step in {field.alias, name}:
                return field.annotation
        return None
    return annotation if annotation is None else _item(annotation)


def _item(annotation: Any) -> Any:
    """Return what a list or a map by id holds; an option of several is passed through."""
    for part in (annotation, *get_args(annotation)):
        arguments = get_args(part)
        if get_origin(part) is tuple and arguments:
            return arguments[0]
        if arguments and isinstance(get_origin(part), type) and issubclass(get_origin(part), Mapping):
            return arguments[1]
    return None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    origin = get_origin(annotation)
    if origin is tuple or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return
    for argument in get_args(annotation):
        yield from _models(argument)
