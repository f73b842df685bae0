"""What the schema finds wrong, told in this room's own codes and at the right line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.source import Node, Path, plain, problem_at

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
_PATTERNS: Final = (
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
    try:
        return model.model_validate_json(json.dumps(plain(root), ensure_ascii=False)), ()
    except ValidationError as error:
        found = error.errors(include_url=False)
    problems = {
        (problem.code, problem.path, problem.line, problem.column): problem
        for problem in (_problem(model, root, dict(detail)) for detail in found)
    }
    return None, tuple(problems.values())


def _problem(model: type[BaseModel], root: Node, detail: dict[str, Any]) -> Problem:
    loc: Path = tuple(detail["loc"])
    kind, value = detail["type"], detail["input"]
    if loc and loc[-1] == "[key]":
        place = root.nearest(loc[:-1]).key
        return problem_at(place, _pattern(detail, key=True), key="", value=_shown(value))
    node = root.nearest(loc)
    name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    if kind == "extra_forbidden":
        return problem_at(node.key, "unknown_key", key=name, nearest=nearest(name, _keys_at(model, loc[:-1])))
    if kind == "missing":
        return problem_at(node.key, "missing_key", key=name)
    if kind == "value_error":
        return problem_at(node.key, str(detail["ctx"]["error"]))
    code = _of_value(detail, loc)
    place = node.key if code == "unquoted_comma" else node.place
    return problem_at(place, code, key=name, value=_shown(value), **_context(detail))


def _of_value(detail: dict[str, Any], loc: Path) -> str:
    kind, value = detail["type"], detail["input"]
    if value is None:
        # `{fi: Joukkovähennys, yli 50}` is two keys for YAML, the second without a value.
        in_flow = bool(loc) and isinstance(loc[-1], str) and " " in loc[-1]
        return "unquoted_comma" if in_flow else "empty_value"
    if kind == "string_type" and isinstance(value, (int, float)):
        return "quote_it"
    if kind == "string_type":
        return "expected_text"
    if kind == "string_pattern_mismatch":
        return _pattern(detail, key=False)
    if kind == "literal_error":
        return "not_one_of"
    return _EXPECTED.get(kind, "invalid")


def _pattern(detail: dict[str, Any], *, key: bool) -> str:
    if key and " " in str(detail["input"]):
        return "unquoted_comma"
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


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys the schema knows at a path."""
    annotation: Any = model
    for step in path:
        annotation = _below(annotation, step)
    found = next(_models(annotation), None)
    return [] if found is None else [field.alias or name for name, field in found.model_fields.items()]


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
