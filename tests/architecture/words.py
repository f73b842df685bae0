"""Which texts the code asks for, read from its syntax trees."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from muutosturva import errors
from muutosturva.i18n import Entry, Language, catalogue
from tests.architecture.source import ROOT, code, docstrings, shown, tracked, tree

ERRORS: Final = frozenset(
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.MuutosturvaError)
)
SPEAKERS: Final = frozenset({"t", "texts", "_t", "_texts"})
"""Names under which ``i18n.Texts`` is called; a template calls it ``t`` too."""

ANYTHING: Final = ".+"
NAMED_PART: Final = re.compile(r"^[a-z_]+\\\.|\\\.[a-z_]+\\\.")
"""A part of a built key that is written out: its room, or its section."""
CHARACTER_CLASS: Final = re.compile(r"\[[^\]]*\]")
"""``[A-ZÅÄÖ]`` of a regular expression: letters, but no word."""
TEMPLATE_CALL: Final = re.compile(r"""\bt\(\s*["']([a-z_]+\.[\w.-]+)["']\s*(~)?""")

SOURCES: Final = (".j2", ".yaml", ".tcss", ".typ", ".md", ".html", ".csv")
"""Files of the package and the playbooks, beside code, that may name a text."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place that asks for a text.

    Attributes:
        where: file and line.
        pattern: regular expression of the key.
        given: names of the parameters, or None where they cannot be read from the code.
    """

    where: str
    pattern: str
    given: frozenset[str] | None


def placeholders(entry: Entry) -> set[str]:
    """Return the named fields of a text, and ``n`` where the number chooses the form."""
    forms = [entry] if isinstance(entry, str) else list(entry.values())
    fields = {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}
    return fields | ({"n"} if not isinstance(entry, str) else set())


def pattern_of(node: ast.expr | None) -> Iterator[str]:
    """Yield a regular expression for each string an expression may be, where that can be read."""
    match node:
        case ast.Constant(value=str() as text):
            yield re.escape(text)
        case ast.IfExp(body=body, orelse=orelse):
            yield from pattern_of(body)
            yield from pattern_of(orelse)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ANYTHING for p in parts)
        case ast.BinOp(left=ast.Constant(value=str() as text), op=ast.Add()):
            yield re.escape(text) + ANYTHING
        case _:
            return


def called(node: ast.Call) -> str:
    """Return the last part of the name that is called."""
    return ast.unparse(node.func).rpartition(".")[2]


def _given(node: ast.Call, *, ignored: frozenset[str] = frozenset()) -> frozenset[str] | None:
    names = [keyword.arg for keyword in node.keywords]
    return None if None in names else frozenset(name for name in names if name) - ignored


def _problem_params(node: ast.Call) -> frozenset[str] | None:
    params = node.args[1] if len(node.args) > 1 else None
    for keyword in node.keywords:
        params = keyword.value if keyword.arg == "params" else params
    if params is None:
        return frozenset()
    if isinstance(params, ast.Dict) and all(isinstance(key, ast.Constant) for key in params.keys):
        return frozenset(str(key.value) for key in params.keys if isinstance(key, ast.Constant))
    return None


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in code():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args:
                yield f"{shown(path)}:{node.lineno}", node


def _placed(pattern: str, section: str) -> str:
    """Return ``room.name`` as the key ``room.section.name``."""
    room, _, name = pattern.partition(r"\.")
    return rf"{room}\.{section}\.{name}"


def uses() -> Iterator[Use]:
    """Yield every call that asks for a text by a key that can be read from the code."""
    for where, node in _calls():
        name = called(node)
        for pattern in pattern_of(node.args[0]):
            if name in SPEAKERS and r"\." in pattern:
                yield Use(where, pattern, _given(node))
            elif name in ERRORS and r"\." in pattern:
                yield Use(where, _placed(pattern, "error"), _given(node, ignored=frozenset({"problems"})))
            elif name == "Problem" and r"\." in pattern:
                yield Use(where, _placed(pattern, "problem"), _problem_params(node))


def template_uses() -> Iterator[Use]:
    """Yield every text a template asks for: ``t("key"``, or ``t("beginning_" ~ rest``."""
    for path in tracked():
        if path.suffix == ".j2":
            for line, content in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for key, more in TEMPLATE_CALL.findall(content):
                    yield Use(f"{shown(path)}:{line}", re.escape(key) + (ANYTHING if more else ""), None)


@cache
def literals() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return every string of the code, and a pattern for every string put together there."""
    plain: set[str] = set()
    built: set[str] = {use.pattern for use in template_uses()}
    for path in code():
        if path.name == "i18n.py":  # it turns any code into a key, so it says nothing of which
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, (ast.JoinedStr, ast.BinOp)):
                built.update(pattern for pattern in pattern_of(node) if NAMED_PART.search(pattern))
            elif isinstance(node, ast.ClassDef):
                plain.update(_member_words(node))
    return frozenset(plain), tuple(re.compile(pattern) for pattern in sorted(built))


def _member_words(node: ast.ClassDef) -> Iterator[str]:
    """Yield the keys that ``Texts.word`` asks for the members of an enum; nothing for another class."""
    if "StrEnum" not in {ast.unparse(base) for base in node.bases}:
        return
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower()
    for line in node.body:
        value = (
            line.value.value
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
            else None
        )
        if isinstance(value, str):
            yield f"words.{name}.{value}"


@cache
def other_sources() -> str:
    """Return the text of templates, playbooks and data, joined."""
    folders = (ROOT / "muutosturva", ROOT / "playbooks")
    files = (path for path in tracked() if path.suffix in SOURCES and set(folders) & set(path.parents))
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def names_of(key: str) -> Iterator[str]:
    """Yield the ways code may name a key: whole, as a code, or by its tail."""
    parts = key.split(".")
    yield key
    if len(parts) > 2 and parts[1] in {"problem", "error", "hint"}:
        yield ".".join([parts[0], *parts[2:]])
    yield from (".".join(parts[start:]) for start in range(1, len(parts) - 1))


def named(key: str) -> bool:
    """Tell whether anything in the project could ask for a key."""
    plain, built = literals()
    return any(
        name in plain or any(pattern.fullmatch(name) for pattern in built) or name in other_sources()
        for name in names_of(key)
    )


def foreign_letters(letters: Iterable[str]) -> list[str]:
    """Return every string of the code, docstrings left out, that holds one of ``letters``."""
    wanted = set(letters)
    return [
        f"{shown(path)}:{node.lineno} {node.value!r}"
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and wanted & set(CHARACTER_CLASS.sub("", node.value))
        and id(node) not in docstrings(tree(path))
    ]


def entry(language: Language, key: str) -> Entry:
    """Return one entry of a catalogue."""
    return catalogue(language)[key]
