"""Date expressions: ``max(decision + 5 wd, last_end - 14 d) at 09:00``.

An anchor with offsets, ``max``, ``min`` and ``next mon(…)``; one clock time at the very end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from muutosturva.errors import nearest
from muutosturva.playbooks.expressions.lexer import Fault, Kind, Reader, Stop

Unit = Literal["h", "d", "wd", "w", "m"]
UNITS: Final[tuple[Unit, ...]] = ("h", "d", "wd", "w", "m")
"""Elapsed hours, calendar days, working days, weeks, months."""
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RESERVED: Final = frozenset({"max", "min", "next", "at"})
"""Words of the language, which no anchor may bear."""


@dataclass(frozen=True, slots=True)
class AnchorRef:
    """An anchor by name, at its place in the text."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A date so many units later, or earlier where negative."""

    base: DateNode
    count: int
    unit: Unit
    at: int


@dataclass(frozen=True, slots=True)
class Extreme:
    """The latest (``max``) or the earliest (``min``) of several dates."""

    kind: Literal["max", "min"]
    parts: tuple[DateNode, ...]
    at: int


@dataclass(frozen=True, slots=True)
class NextWeekday:
    """The next such weekday after a date; ``weekday`` is 1 (Monday) to 7."""

    base: DateNode
    weekday: int
    at: int


@dataclass(frozen=True, slots=True)
class AtTime:
    """A date with a clock time in Finland; only ever the outermost node."""

    base: DateNode
    time: dt.time
    at: int


DateNode = AnchorRef | Shift | Extreme | NextWeekday | AtTime


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A tree, or the fault that kept it from being read."""

    tree: DateNode | None
    fault: Fault | None


@lru_cache(maxsize=4096)
def parse_date(text: str) -> ParsedDate:
    """Read a date expression; never raises."""
    try:
        reader = Reader(text)
        tree = _with_time(reader)
        reader.finish()
    except Stop as stop:
        return ParsedDate(None, stop.fault)
    return ParsedDate(tree, None)


def anchor_refs(tree: DateNode) -> Iterator[AnchorRef]:
    """Yield every mention of an anchor, in the order of the text."""
    match tree:
        case AnchorRef():
            yield tree
        case Extreme(parts=parts):
            for part in parts:
                yield from anchor_refs(part)
        case Shift(base=base) | NextWeekday(base=base) | AtTime(base=base):
            yield from anchor_refs(base)


def _with_time(reader: Reader) -> DateNode:
    tree = _sum(reader)
    at = reader.accept("at")
    if at is None:
        return tree
    token = reader.token
    if token.kind is not Kind.TIME:
        raise reader.refusal("expr_time")
    hour, minute = (int(part) for part in reader.take().text.split(":"))
    if hour > 23 or minute > 59:
        raise Stop("expr_time", token.at, found=token.text)
    return AtTime(tree, dt.time(hour, minute), at.at)


def _sum(reader: Reader) -> DateNode:
    reader.down()
    tree = _primary(reader)
    while sign := reader.accept("+", "-"):
        if reader.token.kind is not Kind.NUMBER:
            raise reader.refusal("expr_offset")
        number = int(reader.take().text)
        tree = Shift(tree, number if sign.text == "+" else -number, _unit(reader), sign.at)
    reader.up()
    return tree


def _unit(reader: Reader) -> Unit:
    for unit in UNITS:
        if reader.accept(unit):
            return unit
    raise reader.refusal("expr_unit", nearest=nearest(reader.token.text, UNITS), units=", ".join(UNITS))


def _primary(reader: Reader) -> DateNode:
    token = reader.token
    if reader.accept("("):
        tree = _sum(reader)
        _close(reader)
        return tree
    if reader.accept("next"):
        return _next_weekday(reader, token.at)
    if reader.accept("max", "min"):
        return _extreme(reader, "max" if token.text == "max" else "min", token.at)
    if token.kind is not Kind.NAME or token.text in RESERVED:
        raise reader.refusal("expr_date")
    return AnchorRef(reader.take().text, token.at)


def _extreme(reader: Reader, kind: Literal["max", "min"], at: int) -> Extreme:
    reader.expect("(")
    parts = [_sum(reader)]
    while reader.accept(","):
        parts.append(_sum(reader))
    _close(reader)
    return Extreme(kind, tuple(parts), at)


def _next_weekday(reader: Reader, at: int) -> NextWeekday:
    if not reader.sees(*WEEKDAYS):
        near = nearest(reader.token.text, WEEKDAYS)
        raise reader.refusal("expr_weekday", nearest=near, weekdays=", ".join(WEEKDAYS))
    weekday = WEEKDAYS.index(reader.take().text) + 1
    reader.expect("(")
    base = _sum(reader)
    _close(reader)
    return NextWeekday(base, weekday, at)


def _close(reader: Reader) -> None:
    if reader.sees("at"):
        raise reader.refusal("expr_at_inside")
    reader.expect(")")
