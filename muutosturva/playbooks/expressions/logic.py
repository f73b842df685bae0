"""The third answer: conditions over facts some of which nobody knows yet.

Unknown and false is false; unknown or true is true; everything else with an unknown in it is
unknown, and names the facts that would decide it. What is asked by a task that is not called for is neither
known nor unknown: nobody will ever say it, and a comparison with it holds only where it denies something.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from muutosturva.playbooks.expressions.conditions import (
    Ask,
    Compare,
    ConditionNode,
    Fact,
    Join,
    Not,
    Several,
    Value,
)
from muutosturva.rules.levels import Level

LEVEL: Final = "level"
"""The one fact that is not asked: computed from the number of people."""

_ORDERED: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class World:
    """What conditions are judged by.

    Attributes:
        facts: values by name, None or missing when not known; ``level`` among them.
        asks: for a fact that is computed, the inputs that would decide it (``level``).
        counts: how many sites, areas …; None when not known.
        known: names of every fact that is known and of every anchor somebody gave.
        never: names of facts nobody will ever tell, because the task that asks for them is not called for.
    """

    facts: Mapping[str, object]
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: Mapping[str, int | None] = field(default_factory=dict)
    known: Collection[str] = ()
    never: Collection[str] = ()


class _Never:
    """The value of a fact nobody will ever tell."""


_NEVER: Final = _Never()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a condition.

    Attributes:
        value: True, False, or None where an unknown fact decides.
        depends_on: the unknown facts that would decide it, sorted; () when it is decided.
    """

    value: bool | None
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Term:
    """A value on the way: anything, or unknown with the names to blame."""

    value: object
    blamed: frozenset[str] = frozenset()

    @property
    def unknown(self) -> bool:
        return self.value is None


def judge(tree: ConditionNode, world: World) -> Verdict:
    """Return the answer of a condition; one that is no truth value is unknown."""
    term = _truth(_term(tree, world))
    if isinstance(term.value, bool):
        return Verdict(term.value)
    return Verdict(None, tuple(sorted(term.blamed)))


def _term(tree: ConditionNode, world: World) -> _Term:
    match tree:
        case Value(value=value):
            term = _Term(value)
        case Fact(name=name):
            term = _fact(name, world)
        case Ask():
            term = _ask(tree, world)
        case Several(items=items):
            term = _several([_term(item, world) for item in items])
        case Not(part=part):
            term = _opposite(_truth(_term(part, world)))
        case Join(op=op, left=left, right=right):
            term = _join(op == "and", _truth(_term(left, world)), _truth(_term(right, world)))
        case Compare(op=op, left=left, right=right):
            term = _compare(op, _term(left, world), _term(right, world))
    return term


def _truth(term: _Term) -> _Term:
    """Return a term as a yes or no: what nobody will ever tell is not so."""
    return _Term(False) if isinstance(term.value, _Never) else term


def _fact(name: str, world: World) -> _Term:
    if name in world.never:
        return _Term(_NEVER)
    value = world.facts.get(name)
    if value is None:
        return _Term(None, frozenset(world.asks.get(name) or (name,)))
    return _Term(tuple(value) if isinstance(value, list) else value)


def _ask(tree: Ask, world: World) -> _Term:
    if tree.function == "known":
        return _Term(tree.name in world.known)
    count = world.counts.get(tree.name)
    return _Term(count, frozenset() if count is not None else frozenset({tree.name}))


def _several(items: list[_Term]) -> _Term:
    blamed = frozenset[str]().union(*(item.blamed for item in items))
    if any(item.unknown for item in items):
        return _Term(None, blamed)
    return _Term(tuple(item.value for item in items))


def _opposite(term: _Term) -> _Term:
    return _Term(not term.value) if isinstance(term.value, bool) else _Term(None, term.blamed)


def _join(both: bool, left: _Term, right: _Term) -> _Term:  # noqa: FBT001 - which of the two words joins
    absorbing = not both
    if left.value is absorbing or right.value is absorbing:
        return _Term(absorbing)
    if left.value is both and right.value is both:
        return _Term(both)
    return _Term(None, left.blamed | right.blamed)


def _compare(op: str, left: _Term, right: _Term) -> _Term:
    if left.unknown or right.unknown:
        return _Term(None, left.blamed | right.blamed)
    if isinstance(left.value, _Never) or isinstance(right.value, _Never):
        return _Term(op in {"!=", "not in"})
    if op in {"in", "not in"}:
        inside = isinstance(right.value, tuple) and left.value in right.value
        return _Term(inside if op == "in" else not inside)
    if op in {"==", "!="}:
        return _Term((left.value == right.value) is (op == "=="))
    one, other = _rank(left.value), _rank(right.value)
    return _Term(None if one is None or other is None else _ORDERED[op](one, other))


def _rank(value: object) -> int | None:
    if isinstance(value, str) and value in set(Level):
        return Level(value).rank
    return value if isinstance(value, int) and not isinstance(value, bool) else None
