"""Conditions: ``level >= M and not bankruptcy``, read by binding power.

``or`` binds loosest, then ``and``, ``not``, and the comparisons. ``known(x)`` asks whether a
fact or a date has been given, ``count(sites)`` how many there are. ``decided(step)`` is the option that was
chosen when a task was done, ``answered(step, field)`` what its form says: facts like any other, by that name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from muutosturva.playbooks.expressions.lexer import Fault, Kind, Reader, Stop, Token
from muutosturva.playbooks.facts import ANSWERED, DECIDED, ReplyKey

Comparison = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]
_COMPARISONS: Final[dict[str, Comparison]] = {
    "==": "==",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "in": "in",
}
_OR, _AND, _NOT, _COMPARE = 10, 20, 30, 40
FUNCTIONS: Final = ("known", "count", DECIDED, ANSWERED)
RESERVED: Final = frozenset({"and", "or", "not", "in", "true", "false", *FUNCTIONS})
"""Words of the language, which no input may bear."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number, text, truth value, or a level (``level`` is True) written out."""

    value: int | str | bool
    at: int
    level: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """An input, ``level``, or what was answered when a task was done, by name."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Several:
    """A list written out."""

    items: tuple[ConditionNode, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values."""

    op: Comparison
    left: ConditionNode
    right: ConditionNode
    at: int


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: ConditionNode
    at: int


@dataclass(frozen=True, slots=True)
class Join:
    """Both (``and``) or either (``or``)."""

    op: Literal["and", "or"]
    left: ConditionNode
    right: ConditionNode
    at: int


@dataclass(frozen=True, slots=True)
class Ask:
    """``known(name)`` or ``count(name)``."""

    function: Literal["known", "count"]
    name: str
    at: int


ConditionNode = Value | Fact | Several | Compare | Not | Join | Ask


@dataclass(frozen=True, slots=True)
class ParsedCondition:
    """A tree, or the fault that kept it from being read."""

    tree: ConditionNode | None
    fault: Fault | None


@lru_cache(maxsize=4096)
def parse_condition(text: str) -> ParsedCondition:
    """Read a condition; never raises."""
    try:
        reader = Reader(text)
        tree = _parse(reader, 0)
        reader.finish()
    except Stop as stop:
        return ParsedCondition(None, stop.fault)
    return ParsedCondition(tree, None)


def walk(tree: ConditionNode) -> Iterator[ConditionNode]:
    """Yield every node, the outer before the inner, left to right."""
    yield tree
    match tree:
        case Several(items=items):
            for item in items:
                yield from walk(item)
        case Compare(left=left, right=right) | Join(left=left, right=right):
            yield from walk(left)
            yield from walk(right)
        case Not(part=part):
            yield from walk(part)
        case _:
            pass


def facts_named(tree: ConditionNode) -> Iterator[str]:
    """Yield the name of every fact whose value is read or asked after."""
    for node in walk(tree):
        if isinstance(node, Fact) or (isinstance(node, Ask) and node.function == "known"):
            yield node.name


def replies_read(text: str) -> tuple[ReplyKey, ...]:
    """Return what a condition reads of tasks that were done, each once; () for one that cannot be read."""
    tree = parse_condition(text).tree
    found = (ReplyKey.parse(name) for name in facts_named(tree)) if tree is not None else ()
    return tuple(dict.fromkeys(key for key in found if key is not None))


def _parse(reader: Reader, binding: int) -> ConditionNode:
    reader.down()
    left = _prefix(reader)
    while True:
        power, token = _infix_power(reader), reader.token
        if power <= binding:
            reader.up()
            return left
        left = _infix(reader, token, left)


def _infix_power(reader: Reader) -> int:
    if reader.sees("or"):
        return _OR
    if reader.sees("and"):
        return _AND
    return _COMPARE if reader.sees(*_COMPARISONS, "not", "=") else 0


def _infix(reader: Reader, token: Token, left: ConditionNode) -> ConditionNode:
    reader.take()
    if token.text == "or":
        return Join("or", left, _parse(reader, _OR), token.at)
    if token.text == "and":
        return Join("and", left, _parse(reader, _AND), token.at)
    if token.text == "=":
        raise Stop("expr_equals", token.at)
    if isinstance(left, Compare):
        raise Stop("expr_chain", token.at)
    if token.text == "not":
        if not reader.accept("in"):
            raise reader.refusal("expr_symbol", symbol="in")
        return Compare("not in", left, _parse(reader, _COMPARE), token.at)
    return Compare(_COMPARISONS[token.text], left, _parse(reader, _COMPARE), token.at)


def _prefix(reader: Reader) -> ConditionNode:
    token = reader.token
    if reader.accept("not"):
        return Not(_parse(reader, _NOT), token.at)
    if reader.accept("("):
        return _parenthesis(reader, token.at)
    if reader.accept("["):
        return Several(_items(reader, "]"), token.at)
    if reader.accept("-"):
        if reader.token.kind is not Kind.NUMBER:
            raise reader.refusal("expr_value")
        return Value(-int(reader.take().text), token.at)
    return _word(reader)


def _parenthesis(reader: Reader, at: int) -> ConditionNode:
    first = _parse(reader, 0)
    if reader.accept(")"):
        return first
    reader.expect(",")
    return Several((first, *_items(reader, ")")), at)


def _items(reader: Reader, closing: str) -> tuple[ConditionNode, ...]:
    items: list[ConditionNode] = []
    while not reader.sees(closing):
        items.append(_parse(reader, 0))
        if not reader.accept(","):
            break
    reader.expect(closing)
    return tuple(items)


def _word(reader: Reader) -> ConditionNode:
    token = reader.token
    match token.kind:
        case Kind.NUMBER:
            return Value(int(reader.take().text), token.at)
        case Kind.STRING:
            return Value(reader.take().text[1:-1], token.at)
        case Kind.WORD:
            return Value(reader.take().text, token.at, level=True)
        case Kind.NAME:
            return _name(reader, token)
        case _:
            raise reader.refusal("expr_value")


def _name(reader: Reader, token: Token) -> ConditionNode:
    if reader.accept("true", "false"):
        return Value(token.text == "true", token.at)
    if token.text in RESERVED - set(FUNCTIONS):
        raise reader.refusal("expr_value")
    reader.take()
    if not reader.sees("("):
        return Fact(token.text, token.at)
    if token.text not in FUNCTIONS:
        raise Stop("expr_function", token.at, found=token.text)
    if token.text in {DECIDED, ANSWERED}:
        return _reply(reader, token)
    reader.expect("(")
    name = _plain_name(reader)
    if token.text == "known" and name.text in {DECIDED, ANSWERED} and reader.sees("("):
        asked = _reply(reader, name)
        name = Token(Kind.NAME, asked.name, asked.at)
    reader.expect(")")
    return Ask("known" if token.text == "known" else "count", name.text, name.at)


def _reply(reader: Reader, function: Token) -> Fact:
    """Return what was answered when a task was done, the parenthesis after its function read."""
    reader.expect("(")
    step, field = _id(reader), ""
    if function.text == ANSWERED:
        reader.expect(",")
        field = _plain_name(reader).text
    reader.expect(")")
    return Fact(str(ReplyKey(step, field)), function.at)


def _plain_name(reader: Reader) -> Token:
    if reader.token.kind is not Kind.NAME:
        raise reader.refusal("expr_name")
    return reader.take()


def _id(reader: Reader) -> str:
    """Return the id of a task: names and numbers with hyphens between them, and no space."""
    first = _plain_name(reader)
    found = first.text
    while reader.token.at == first.at + len(found) and (
        reader.sees("-") or reader.token.kind in {Kind.NAME, Kind.NUMBER}
    ):
        found += reader.take().text
    return found
