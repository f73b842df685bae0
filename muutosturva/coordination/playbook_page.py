"""The reference page of the playbook language, in one language, as Markdown.

Everything on it comes from where the program itself reads it: the models (which keys there are),
``data/playbook_keys.toml`` (what they mean), the parsers' own words (units, weekdays, comparisons),
the table of problem codes and their messages.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from muutosturva.coordination.playbook_words import WHOLE, KeyWords, words_of
from muutosturva.i18n import Texts, catalogue
from muutosturva.playbooks.checks.groups import KINDS, ROOM, LintGroup, Severity
from muutosturva.playbooks.expressions import conditions, dates
from muutosturva.playbooks.language.json_schema import FILES, keys, models, part_of
from muutosturva.playbooks.language.schema import Playbook, TaskChange
from muutosturva.playbooks.language.vocabulary import Collection, Expression, Length, Model, Tag
from muutosturva.rules.levels import Level

ONE_CHANGE: Final = TaskChange
"""Stands on the page for every section's add, replace and remove."""
DATES: Final = (
    "heard",
    "heard + 1 wd",
    "decision - 7 d",
    "next tue(heard + 2 wd)",
    "max(heard + 1 wd, release)",
    "min(last_notice + 8 w, decision + 12 m)",
    "heard + 1 wd at 09:00",
)
"""Dates written as examples."""
CONDITIONS: Final = (
    "listed",
    "level >= M and not bankruptcy",
    "dismissals >= 10",
    "employer_size >= 20 and employer_size < 50",
    "'sv' in languages",
    "level in [L, XL]",
    "known(egf_met) or dismissals >= 200",
    "count(sites) > 1",
    "decided(state-analysis) == 'structural'",
    "answered(first-contact, employees) >= 100",
)
"""Conditions written as examples."""
_FIELD: Final = re.compile(r"\{[a-z_0-9]+\}")


def reference_page(texts: Texts) -> str:
    """Return the page in the language of ``texts``."""
    parts = [*_opening(texts), *_files(texts), *_parts(texts), *_expressions(texts), *_problems(texts)]
    return "\n".join(parts) + "\n"


def _say(texts: Texts, key: str, **params: object) -> str:
    return texts(f"coordination.page.{key}", **params).strip()


def _opening(texts: Texts) -> Iterator[str]:
    yield f"# {_say(texts, 'title')}"
    yield ""
    yield _say(texts, "intro")


def _files(texts: Texts) -> Iterator[str]:
    """Yield what a file can be: a playbook, what lies over one, a bundle."""
    for model in FILES:
        yield from _part(texts, model, 2)
    yield from ("", f"## {_say(texts, 'parts')}", "", _say(texts, "parts_text"))


def _parts(texts: Texts) -> Iterator[str]:
    for model in models().values():
        if model in FILES or (_is_change(model) and model is not ONE_CHANGE):
            continue
        yield from _part(texts, model, 3)


def _is_change(model: type[Model]) -> bool:
    return issubclass(model, ONE_CHANGE.__bases__[0])


def _part(texts: Texts, model: type[Model], depth: int) -> Iterator[str]:
    """Yield a part of the language: what it is, an example, its keys."""
    words = _words(model, WHOLE)
    told = f"**{texts.pick(words.name)}.** {texts.pick(words.text)}"
    yield from ("", f"{'#' * depth} {model.__name__}", "", told)
    example = _example(model)
    if example:
        yield from ("", "```yaml", example, "```")
    shared = {key for key, _ in keys(Playbook)} if model in FILES and model is not Playbook else set()
    if shared:
        same = ", ".join(f"`{key}`" for key, _ in keys(model) if key in shared)
        yield from ("", _say(texts, model.__name__.lower(), same=same))
    rows = [_row(texts, model, key, field) for key, field in keys(model) if key not in shared]
    yield from _table(texts, ("key", "needed_key", "value", "meaning", "example"), rows)


def _row(texts: Texts, model: type[Model], key: str, field: Any) -> tuple[str, ...]:
    told = _words(model, key)
    needed = _say(texts, "needed") if field.is_required() else ""
    meaning = f"**{texts.pick(told.name)}.** {texts.pick(told.text)}"
    return f"`{key}`", needed, _value(texts, field), meaning, f"`{told.example}`"


def _words(model: type[Model], key: str) -> KeyWords:
    words = words_of(model, key)
    if words is None:
        raise KeyError(model.__name__, key)
    return words


def _example(model: type[Model]) -> str:
    """Return how a part is written where it stands: the example of the key that holds it."""
    for holder in models().values():
        for key, field in keys(holder):
            if part_of(field.annotation) is model and not _is_change(model):
                return _words(holder, key).example
    return f"tasks: {{{_words(ONE_CHANGE, 'replace').example}}}" if model is ONE_CHANGE else ""


def _value(texts: Texts, field: Any) -> str:
    """Return what sort of value a key takes."""
    annotation = field.annotation
    part, several = part_of(annotation), _several(annotation)
    if part is not None:
        shown = ONE_CHANGE if _is_change(part) else part
        link = f"[{shown.__name__}](#{shown.__name__.lower()})"
        return _say(texts, f"kind.{several}_of", part=link) if several else link
    if several == "map" and Tag in _within(annotation):
        words = _say(texts, "kind.texts")
        by_id = get_args(annotation)[0] is not Tag
        return _say(texts, "kind.map_of", part=words) if by_id else words
    if several:
        return _say(texts, f"kind.{several}")
    choices = [f"`{word}`" for word in _literals(annotation) if word]
    if choices:
        lists = [_say(texts, "kind.list") for kind in _kinds(annotation) if get_origin(kind) is tuple]
        return ", ".join((*choices, *lists))
    for alias, name in ((Expression, "expression"), (Length, "length")):
        if alias in _within(annotation) or get_args(alias)[1] in field.metadata:
            return _say(texts, f"kind.{name}")
    names = [_say(texts, f"kind.{_plain(kind)}") for kind in _kinds(annotation)]
    return ", ".join(dict.fromkeys(names))


def _within(annotation: Any) -> list[Any]:
    """Return an annotation and everything in it."""
    return [annotation, *(below for inner in get_args(annotation) for below in _within(inner))]


def _several(annotation: Any) -> str:
    """Tell whether a key holds a ``map`` or a ``list``; "" for one value."""
    kinds = _kinds(annotation)
    if len(kinds) == 1:
        origin = get_origin(kinds[0])
        if origin is tuple:
            return "list"
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return "map"
    return ""


def _kinds(annotation: Any) -> list[Any]:
    """Return what a key may hold, one kind beside the other; nothing at all is none."""
    union = get_origin(annotation) in {Union, UnionType}
    return [kind for kind in (get_args(annotation) if union else (annotation,)) if kind is not NoneType]


def _literals(annotation: Any) -> Iterator[object]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for argument in get_args(annotation):
        if get_origin(argument) is Literal:
            yield from get_args(argument)


def _plain(kind: Any) -> str:
    names: Mapping[Any, str] = {bool: "truth", int: "number", dt.date: "day"}
    return "list" if get_origin(kind) is tuple else names.get(kind, "text")


def _expressions(texts: Texts) -> Iterator[str]:
    units = [(f"`{unit}`", _say(texts, f"unit.{unit}")) for unit in dates.UNITS]
    yield from ("", f"## {_say(texts, 'dates')}", "", _say(texts, "dates_text"))
    yield from _table(texts, ("unit", "meaning"), units)
    yield from ("", "```text", *date_grammar(), "```")
    yield from _examples(DATES, texts)
    yield from ("", f"## {_say(texts, 'conditions')}", "", _say(texts, "conditions_text"))
    yield from ("", "```text", *condition_grammar(), "```")
    yield from _examples(CONDITIONS, texts)


def _examples(examples: Sequence[str], texts: Texts) -> Iterator[str]:
    yield from ("", f"{_say(texts, 'examples')}:", "", "```text", *examples, "```")


def date_grammar() -> tuple[str, ...]:
    """Return how a date is written, with the words the parser knows."""
    return (
        'date     = sum [ "at" HH:MM ]',
        'sum      = part { ("+" | "-") number unit }',
        'part     = anchor | "(" sum ")"',
        '         | ("max" | "min") "(" sum { "," sum } ")"',
        '         | "next" weekday "(" sum ")"',
        f"unit     = {_either(dates.UNITS)}",
        f"weekday  = {_either(dates.WEEKDAYS)}",
    )


def condition_grammar() -> tuple[str, ...]:
    """Return how a condition is written, with the words the parser knows."""
    return (
        'condition = both { "or" both }',
        'both      = one { "and" one }',
        'one       = "not" one | value [ compare value ]',
        f"compare   = {_either(get_args(conditions.Comparison))}",
        'value     = input | number | \'text\' | level | list | "true" | "false"',
        '          | "known" "(" name ")" | "count" "(" collection ")"',
        '          | "decided" "(" task ")" | "answered" "(" task "," field ")"',
        '          | "(" condition ")"',
        'list      = "[" value { "," value } "]"',
        f"level     = {_either(level.value for level in Level)}",
        f"collection = {_either(get_args(Collection))}",
    )


def _either(words: Any) -> str:
    return " | ".join(f'"{word}"' for word in words)


def _problems(texts: Texts) -> Iterator[str]:
    yield from ("", f"## {_say(texts, 'problems')}", "", _say(texts, "problems_text"))
    for group in LintGroup:
        yield from ("", f"### {texts.word(group).capitalize()}")
        rows = []
        for code, kind in sorted(KINDS.items()):
            if kind.group is not group:
                continue
            severity = _say(texts, "error" if kind.severity is Severity.ERROR else "warning")
            passed = "" if kind.firm else _say(texts, "passed")
            rows.append(
                (
                    f"`{code}`",
                    severity,
                    passed,
                    _message(texts, "problem", code),
                    _message(texts, "hint", code),
                )
            )
        yield from _table(texts, ("code", "severity", "passed_key", "message", "hint"), rows)


def _message(texts: Texts, sort: str, code: str) -> str:
    """Return a message with … for what it is about; "" where none is written."""
    entry = catalogue(texts.language).get(f"{ROOM}{sort}.{code}", "")
    text = entry if isinstance(entry, str) else entry["other"]
    return _FIELD.sub("…", text).replace("{{", "{").replace("}}", "}")


def _table(texts: Texts, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(_say(texts, f'column.{head}') for head in heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in row)} |"
