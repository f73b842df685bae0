"""Words of an expression with their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MOST_DEPTH: Final = 50
"""How deep parentheses and ``not`` may nest: far beyond need, far below Python's own limit."""
MOST_TEXT: Final = 400
"""Longest expression, in characters: a chain of offsets is as deep as it is long."""
MOST_NUMBER: Final = 1_000_000
"""Largest number an expression may hold."""

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<time>\d{1,2}:\d{2})
    |(?P<number>\d+)
    |(?P<name>[a-z_][a-z0-9_]*)
    |(?P<word>[A-Z]+)
    |(?P<string>'[^'\n]*'|"[^"\n]*")
    |(?P<symbol><=|>=|==|!=|[<>=+\-(),\[\]])""",
    re.VERBOSE | re.ASCII,
)


class Kind(StrEnum):
    """What a token is."""

    TIME = "time"
    NUMBER = "number"
    NAME = "name"
    WORD = "word"
    STRING = "string"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression and its 0-based place in the text."""

    kind: Kind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in an expression.

    Attributes:
        code: the problem's code without its room, ``expr_unit``.
        params: values of its message.
        at: 0-based place in the expression.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    at: int = 0


class Stop(Exception):  # noqa: N818 - carries a fault to the parser's edge, never further
    """Reading cannot go on; the fault says why."""

    def __init__(self, code: str, at: int, **params: object) -> None:
        """Make the fault that the parser returns."""
        super().__init__(code)
        self.fault = Fault(code, params, at)


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of an expression, the last one being ``END``.

    Raises:
        Stop: a character belongs to no word, a string is not closed, a number is absurd.
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            code = "expr_string" if text[at] in "'\"" else "expr_character"
            raise Stop(code, at, character=text[at])
        kind = match.lastgroup or ""
        if kind == "number" and int(match[0].lstrip("0")[:9] or "0") > MOST_NUMBER:
            raise Stop("expr_number", at, most=MOST_NUMBER)
        if kind != "space":
            found.append(Token(Kind(kind), match[0], at))
        at = match.end()
    return (*found, Token(Kind.END, "", len(text)))


class Reader:
    """Walks over the words of one expression; both parsers read through it."""

    def __init__(self, text: str) -> None:
        """Split the text.

        Raises:
            Stop: the text is empty, too long, or cannot be split into words.
        """
        if len(text) > MOST_TEXT:
            raise Stop("expr_long", MOST_TEXT, most=MOST_TEXT)
        self._tokens = tokens(text)
        if len(self._tokens) == 1:
            raise Stop("expr_empty", 0)
        self._next = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        """The word that comes next."""
        return self._tokens[self._next]

    def take(self) -> Token:
        """Return the next word and step over it; ``END`` stays."""
        token = self.token
        if token.kind is not Kind.END:
            self._next += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Tell whether the next word is one of these names or symbols."""
        return self.token.kind in {Kind.NAME, Kind.SYMBOL} and self.token.text in texts

    def accept(self, *texts: str) -> Token | None:
        """Step over the next word if it is one of these."""
        return self.take() if self.sees(*texts) else None

    def expect(self, symbol: str) -> Token:
        """Step over a symbol that must come next.

        Raises:
            Stop: something else comes.
        """
        if not self.sees(symbol):
            raise self.refusal("expr_symbol", symbol=symbol)
        return self.take()

    def refusal(self, code: str, **params: object) -> Stop:
        """Return what to raise at the next word: ``code``, or ``expr_ended`` where none is left."""
        token = self.token
        if token.kind is Kind.END:
            return Stop("expr_ended", token.at)
        return Stop(code, token.at, found=token.text, **params)

    def down(self) -> None:
        """Enter one more level.

        Raises:
            Stop: deeper than ``MOST_DEPTH``.
        """
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise Stop("expr_deep", self.token.at, most=MOST_DEPTH)

    def up(self) -> None:
        """Leave a level."""
        self._depth -= 1

    def finish(self) -> None:
        """Make sure that nothing is left.

        Raises:
            Stop: something is.
        """
        if self.token.kind is not Kind.END:
            raise self.refusal("expr_left")
