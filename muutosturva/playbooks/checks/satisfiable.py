"""Can a condition ever be true? Decided, not guessed, over what its facts may be.

Every fact has finitely many cases that a condition can tell apart. A yes-or-no, a choice and the level
have their values; a number has the numbers written beside it, those between them, and those outside,
cut to its bounds; a text has the texts compared with it, and any other. Each fact may also be not known.
Whatever else is compared (a list, two facts) is one case for yes and one for no: it may be true, though
never together with its own opposite.

A condition becomes the list of *boxes* in which it is true: for each fact the cases it may be in. ``and``
cuts boxes with each other, ``or`` puts lists together, ``not`` is pushed inwards first. Where there are no
boxes left, the condition is never true. Beyond ``MOST_BOXES`` and ``MOST_CUTS`` nothing is claimed: it may
be true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from muutosturva.playbooks.expressions.conditions import (
    Ask,
    Compare,
    Comparison,
    ConditionNode,
    Fact,
    Join,
    Not,
    Several,
    Value,
    walk,
)
from muutosturva.playbooks.expressions.logic import LEVEL, World, judge
from muutosturva.playbooks.language.replying import replies
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.rules.levels import Level

MOST_BOXES: Final = 2000
"""Most boxes held at a time; a condition a person wrote makes a handful."""
MOST_CUTS: Final = 100_000
"""Most boxes cut with each other for all conditions of a playbook: half a second of work."""

Case = bool | int | str | None
"""A value a fact may have; None stands for "not known"."""
Box = Mapping[str, frozenset[Case]]
"""What each fact that matters may be; any other may be anything."""

_OPPOSITE: Final[Mapping[Comparison, Comparison]] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "in": "not in",
    "not in": "in",
}
_COUNT: Final = "count("
"""Beginning of the name under which it is kept how many there are of something."""
_OTHER: Final = "\x00"
"""Stands for any text that is not written out; no YAML file can hold it."""


class _TooMany(Exception):  # noqa: N818 - the limit on its way to the edge, where it means "may be"
    """There are more boxes than anybody wants to look into."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a fact may be.

    Attributes:
        sort: ``number``, or ``values`` where they can all be told, ``text``, or ``other``.
        least: smallest number, or None.
        most: largest number, or None.
        values: every value, where they can all be told.
        sure: True where it is always known.
    """

    sort: Literal["number", "values", "text", "other"]
    least: int | None = None
    most: int | None = None
    values: tuple[Case, ...] = ()
    sure: bool = False


def bounds_of(playbook: Playbook) -> dict[str, Bounds]:
    """Return what each fact of a playbook may be; the level hangs on no other fact here.

    An anchor can only be asked for (``known(heard)``); a required one, like a required input, always is.
    """
    found = {name: Bounds("other", sure=anchor.required) for name, anchor in playbook.anchors.items()}
    for name, declared in playbook.inputs.items():
        sure = declared.required or declared.default is not None
        found[name] = _bounds(declared.type, declared.options, declared.min, declared.max, sure=sure)
    for key, asked in replies(playbook):
        found[str(key)] = _bounds(asked.type, asked.options)
    return {**found, LEVEL: Bounds("values", values=tuple(level.value for level in Level))}


def _bounds(
    kind: str,
    options: Iterable[str],
    least: int | None = None,
    most: int | None = None,
    *,
    sure: bool = False,
) -> Bounds:
    match kind:
        case "int":
            return Bounds("number", least, most, sure=sure)
        case "bool":
            return Bounds("values", values=(True, False), sure=sure)
        case "enum":
            return Bounds("values", values=tuple(options), sure=sure)
        case "text":
            return Bounds("text", sure=sure)
        case _:
            return Bounds("other", sure=sure)


@dataclass(slots=True)
class Effort:
    """How many boxes may still be cut; shared by the questions of one playbook, so that it has an end."""

    left: int = MOST_CUTS

    def spend(self, cuts: int) -> None:
        """Take from what is left.

        Raises:
            _TooMany: nothing is left.
        """
        self.left -= cuts
        if self.left < 0:
            raise _TooMany


def may_be_true(
    trees: Sequence[ConditionNode], bounds: Mapping[str, Bounds], effort: Effort | None = None
) -> bool:
    """Tell whether conditions can all be true at once; True also where that is too much to decide."""
    cases = _Cases(trees, bounds, effort or Effort())
    boxes: list[Box] = [{}]
    try:
        for tree in trees:
            boxes = _both(boxes, _boxes(tree, cases, wanted=True), cases.effort)
    except _TooMany:
        return True
    return bool(boxes)


def may_be_false(tree: ConditionNode, bounds: Mapping[str, Bounds], effort: Effort | None = None) -> bool:
    """Tell whether a condition can be false; True also where that is too much to decide."""
    try:
        return bool(_boxes(tree, _Cases((tree,), bounds, effort or Effort()), wanted=False))
    except _TooMany:
        return True


@dataclass(slots=True)
class _Cases:
    """The cases of every fact that some conditions name."""

    trees: Iterable[ConditionNode]
    bounds: Mapping[str, Bounds]
    effort: Effort
    _written: dict[str, set[int | str]] = field(init=False)
    _known: dict[str, frozenset[Case]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._written = defaultdict(set)
        for tree in self.trees:
            for node in walk(tree):
                if isinstance(node, Compare):
                    self._note(node.left, node.right)
                    self._note(node.right, node.left)

    def _note(self, one: ConditionNode, other: ConditionNode) -> None:
        name = name_of(one)
        for value in other.items if isinstance(other, Several) else (other,):
            if name is not None and isinstance(value, Value) and not isinstance(value.value, bool):
                self._written[name].add(value.value)

    def known(self, name: str) -> frozenset[Case]:
        """Return the cases in which a fact is known."""
        if name not in self._known:
            self._known[name] = frozenset(self._of(name))
        return self._known[name]

    def every(self, name: str) -> frozenset[Case]:
        """Return all cases of a fact, that it is not known among them."""
        return self.known(name) if self.of(name).sure else self.known(name) | {None}

    def of(self, name: str) -> Bounds:
        """Return what a fact may be."""
        counted = name.startswith(_COUNT)
        return Bounds("number", 0) if counted else self.bounds.get(name, Bounds("other"))

    def _of(self, name: str) -> Iterable[Case]:
        bounds = self.of(name)
        match bounds.sort:
            case "values":
                return bounds.values
            case "text":
                return (*(text for text in self._written[name] if isinstance(text, str)), _OTHER)
            case "number":
                return self._numbers(bounds, [each for each in self._written[name] if isinstance(each, int)])
            case _:
                return (True, False)

    def _numbers(self, bounds: Bounds, written: list[int]) -> Iterable[Case]:
        """Return a number for each stretch between those written, so that every stretch has one."""
        near = {number + step for number in (*written, *self._ends(bounds)) for step in (-1, 0, 1)} or {0}
        return [
            number
            for number in near
            if (bounds.least is None or number >= bounds.least)
            and (bounds.most is None or number <= bounds.most)
        ]

    @staticmethod
    def _ends(bounds: Bounds) -> tuple[int, ...]:
        return tuple(end for end in (bounds.least, bounds.most) if end is not None)


def name_of(tree: ConditionNode) -> str | None:
    """Return the name of what can be compared with a value: a fact, or how many there are of something."""
    match tree:
        case Fact(name=name):
            return name
        case Ask(function="count", name=name):
            return f"{_COUNT}{name})"
        case _:
            return None


def _boxes(tree: ConditionNode, cases: _Cases, *, wanted: bool) -> list[Box]:
    """Return the boxes in which a condition is true, or with ``wanted`` False, in which it is false."""
    match tree:
        case Not(part=part):
            boxes = _boxes(part, cases, wanted=not wanted)
        case Join(op=op, left=left, right=right):
            join = _both if (op == "and") is wanted else _either
            one, other = (_boxes(part, cases, wanted=wanted) for part in (left, right))
            boxes = join(one, other, cases.effort)
        case Value(value=value):
            boxes = [{}] if value is wanted else []
        case Fact(name=name):
            boxes = _box(name, cases.known(name) & {wanted})
        case Ask(function="known", name=name):
            boxes = _box(name, cases.known(name) if wanted else cases.every(name) - cases.known(name))
        case Compare():
            boxes = _compared(tree, cases, wanted=wanted)
        case _:
            boxes = [{}]
    return boxes


def _compared(tree: Compare, cases: _Cases, *, wanted: bool) -> list[Box]:
    name, other = name_of(tree.left), tree.right
    if name is None and not isinstance(tree.right, Several):
        name, other = name_of(tree.right), tree.left
    if name is None and _written_out(tree.left) and _written_out(tree.right):
        return [{}] if judge(tree, World({})).value is wanted else []
    if name is None or not _written_out(other) or cases.of(name).sort == "other":
        return _opaque(tree, cases, wanted=wanted)
    return _box(name, frozenset(case for case in cases.known(name) if _holds(tree, name, case) is wanted))


def _holds(tree: Compare, name: str, case: Case) -> bool | None:
    """Return the answer of a comparison in one case, by the same judge that plans are made with."""
    if not name.startswith(_COUNT):
        return judge(tree, World({name: case})).value
    count = case if isinstance(case, int) else None
    return judge(tree, World({}, counts={name[len(_COUNT) : -1]: count})).value


def _written_out(tree: ConditionNode) -> bool:
    return isinstance(tree, Value) or (
        isinstance(tree, Several) and all(isinstance(item, Value) for item in tree.items)
    )


def _opaque(tree: Compare, cases: _Cases, *, wanted: bool) -> list[Box]:
    """Return the boxes of a comparison that is not looked into: yes or no, with its facts known."""
    said, positive = _said(tree)
    facts = {name: cases.known(name) for node in walk(tree) if (name := name_of(node)) is not None}
    return [{**facts, said: frozenset({positive is wanted})}]


def _said(tree: Compare) -> tuple[str, bool]:
    """Return a comparison as a name, and whether it says it or its opposite: ``not in`` is ``in`` denied."""
    positive = tree.op in {"==", "in", "<", "<="}
    op = tree.op if positive else _OPPOSITE[tree.op]
    return f"{_text(tree.left)} {op} {_text(tree.right)}", positive


def _text(tree: ConditionNode) -> str:
    match tree:
        case Value(value=value):
            return repr(value)
        case Several(items=items):
            return f"[{', '.join(_text(item) for item in items)}]"
        case _:
            return name_of(tree) or repr(tree)


def _box(name: str, cases: frozenset[Case]) -> list[Box]:
    return [{name: cases}] if cases else []


def _either(one: list[Box], other: list[Box], effort: Effort) -> list[Box]:
    effort.spend(len(one) * len(other))
    return _few([*one, *(box for box in other if box not in one)])


def _both(one: list[Box], other: list[Box], effort: Effort) -> list[Box]:
    effort.spend(len(one) * len(other))
    cut = (_cut(left, right) for left in one for right in other)
    return _few([box for box in cut if all(box.values())])


def _cut(left: Box, right: Box) -> Box:
    return {**left, **{name: cases & left.get(name, cases) for name, cases in right.items()}}


def _few(boxes: list[Box]) -> list[Box]:
    if len(boxes) > MOST_BOXES:
        raise _TooMany
    return boxes
