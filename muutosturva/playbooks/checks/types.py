"""Do conditions make sense: known facts, comparable kinds, a yes or no at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.checks.parts import condition_texts
from muutosturva.playbooks.expressions.conditions import (
    Ask,
    Compare,
    ConditionNode,
    Fact,
    Join,
    Not,
    Several,
    Value,
    parse_condition,
)
from muutosturva.playbooks.expressions.lexer import Fault
from muutosturva.playbooks.expressions.logic import LEVEL
from muutosturva.playbooks.facts import ReplyKey
from muutosturva.playbooks.language.replying import Asked, repeated, replies
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import fault_at
from muutosturva.playbooks.planning.repeat import SINGULAR
from muutosturva.rules.levels import Level

Sort = Literal["number", "truth", "text", "date", "level", "list", "?"]
"""What a part of a condition is; ``?`` where a fault was told already."""

_SORTS: Final[Mapping[str, Sort]] = {
    "int": "number",
    "bool": "truth",
    "text": "text",
    "enum": "text",
    "date": "date",
    "list": "list",
    "sites": "list",
}


def conditions(resolved: Resolved) -> Iterator[Problem]:
    """Every condition can be read, names facts that exist, and is a yes or no."""
    names = Names(resolved.playbook)
    for path, text in condition_texts(resolved.playbook):
        for fault in names.faults(text):
            yield fault_at(resolved.place(path), fault)


@dataclass(frozen=True)
class Names:
    """What the conditions of one playbook may name."""

    playbook: Playbook

    def faults(self, text: str) -> list[Fault]:
        """Return what is wrong in a condition: its grammar, its names, the kinds it compares."""
        parsed = parse_condition(text)
        if parsed.tree is None:
            return [parsed.fault] if parsed.fault else []
        return check_types(parsed.tree, self.sorts, self.known, self.options, self.missing)

    def missing(self, key: ReplyKey, at: int) -> Fault:
        """Return what is wrong with reading an answer no task gives."""
        tasks = self.playbook.tasks
        task = tasks.get(key.step)
        if task is None:
            return Fault("unknown_task", {"name": key.step, "nearest": nearest(key.step, tasks)}, at)
        if not key.field:
            return Fault("asked_often" if task.decision else "asks_no_decision", {"task": key.step}, at)
        fields = task.form.fields if task.form else {}
        if fields and key.field not in fields:
            near = nearest(key.field, fields)
            return Fault("unknown_field", {"name": key.field, "task": key.step, "nearest": near}, at)
        return Fault("asked_often" if fields else "asks_no_form", {"task": key.step}, at)

    @cached_property
    def sorts(self) -> dict[str, Sort]:
        """What each fact is."""
        return {
            **{name: _SORTS[declared.type] for name, declared in self.playbook.inputs.items()},
            **{str(key): _SORTS[asked.type] for key, asked in self._read_once},
            LEVEL: "level",
        }

    @cached_property
    def options(self) -> dict[str, Mapping[str, object]]:
        """What can be chosen, of each fact that is a choice."""
        return {
            **{name: declared.options for name, declared in self.playbook.inputs.items() if declared.options},
            **{str(key): asked.options for key, asked in self._read_once if asked.options},
        }

    @cached_property
    def _read_once(self) -> list[tuple[ReplyKey, Asked]]:
        return [(key, asked) for key, asked in replies(self.playbook) if not repeated(asked.task)]

    @cached_property
    def known(self) -> set[str]:
        """What ``known(…)`` may ask for."""
        return {*self.sorts, *self.playbook.anchors}


Missing = Callable[[ReplyKey, int], Fault]
"""Says what is wrong with reading an answer no task gives, and where."""


def check_types(
    tree: ConditionNode,
    sorts: Mapping[str, Sort],
    askable: set[str],
    options: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
    missing: Missing | None = None,
) -> list[Fault]:
    """Return what is wrong in a condition beyond its grammar.

    Args:
        tree: the condition.
        sorts: what each fact is.
        askable: names ``known(…)`` may ask for: facts and anchors.
        options: what can be chosen, of each fact that is a choice.
        missing: asked what is wrong with an answer that no task gives.
    """
    typing = _Typing(sorts, askable, options, missing)
    typing.truth(tree)
    return typing.faults


@dataclass(slots=True)
class _Typing:
    sorts: Mapping[str, Sort]
    askable: set[str]
    options: Mapping[str, Mapping[str, object]]
    missing: Missing | None
    faults: list[Fault] = field(default_factory=list)

    def truth(self, tree: ConditionNode) -> None:
        """Note a fault where a part that must be a yes or no is none."""
        sort = self.sort(tree)
        if sort not in {"truth", "?"}:
            self._fault("type_truth", tree.at, sort=sort)

    def sort(self, tree: ConditionNode) -> Sort:
        """Return what a part is, noting its faults."""
        match tree:
            case Value():
                return self._value(tree)
            case Fact(name=name, at=at):
                return self._fact(name, at)
            case Ask():
                return self._ask(tree)
            case Several(items=items):
                return self._list(items)
            case Not(part=part):
                self.truth(part)
            case Join(left=left, right=right):
                self.truth(left)
                self.truth(right)
            case Compare():
                self._compare(tree)
        return "truth"

    def _value(self, tree: Value) -> Sort:
        if tree.level:
            if tree.value not in set(Level):
                self._fault("unknown_level", tree.at, found=tree.value, levels=", ".join(Level))
                return "?"
            return "level"
        if isinstance(tree.value, bool):
            return "truth"
        return "number" if isinstance(tree.value, int) else "text"

    def _fact(self, name: str, at: int) -> Sort:
        sort = self.sorts.get(name)
        if sort is None and not self._unanswered(name, at):
            self._fault("unknown_input", at, name=name, nearest=nearest(name, self._inputs))
        return sort or "?"

    def _unanswered(self, name: str, at: int) -> bool:
        """Note what is wrong with an answer no task gives; tell whether the name is one."""
        key = ReplyKey.parse(name)
        if key is None or self.missing is None:
            return False
        self.faults.append(self.missing(key, at))
        return True

    @property
    def _inputs(self) -> list[str]:
        return [name for name in self.sorts if ReplyKey.parse(name) is None]

    def _ask(self, tree: Ask) -> Sort:
        if tree.function == "known":
            if tree.name not in self.askable and not self._unanswered(tree.name, tree.at):
                near = nearest(tree.name, sorted(self.askable))
                self._fault("unknown_fact", tree.at, name=tree.name, nearest=near)
            return "truth"
        if tree.name not in SINGULAR:
            near = nearest(tree.name, SINGULAR)
            self._fault("unknown_collection", tree.at, name=tree.name, nearest=near)
        return "number"

    def _list(self, items: tuple[ConditionNode, ...]) -> Sort:
        for item in items:
            self.sort(item)
        return "list"

    def _compare(self, tree: Compare) -> None:
        if self._chosen(tree.left, tree.right) or self._chosen(tree.right, tree.left):
            return
        left, right = self.sort(tree.left), self.sort(tree.right)
        if "?" in {left, right}:
            return
        if tree.op in {"in", "not in"}:
            if right != "list":
                self._fault("type_in", tree.at, sort=right)
            elif isinstance(tree.right, Several):
                self._same_sort(left, tree.right)
        elif left != right:
            self._fault("type_compare", tree.at, left=left, right=right)
        elif tree.op not in {"==", "!="} and left not in {"number", "level", "date"}:
            self._fault("type_order", tree.at, sort=left, op=tree.op)

    def _chosen(self, fact: ConditionNode, other: ConditionNode) -> bool:
        """Note what is compared with a choice and is none of its options; tell whether there was any."""
        options = self.options.get(fact.name, {}) if isinstance(fact, Fact) else {}
        before = len(self.faults)
        for item in (other.items if isinstance(other, Several) else (other,)) if options else ():
            known = ", ".join(options)
            if isinstance(item, Fact) and item.name in options and item.name not in self.sorts:
                self._fault("option_quotes", item.at, option=item.name)
            elif isinstance(item, Value) and isinstance(item.value, str) and item.value not in options:
                near = nearest(item.value, options)
                self._fault("unknown_option", item.at, option=item.value, options=known, nearest=near)
        return len(self.faults) > before

    def _same_sort(self, left: Sort, several: Several) -> None:
        for item in several.items:
            sort = _Typing(self.sorts, self.askable, self.options, self.missing).sort(item)
            if sort not in {left, "?"}:
                self._fault("type_compare", item.at, left=left, right=sort)

    def _fault(self, code: str, at: int, **params: object) -> None:
        self.faults.append(Fault(code, params, at))
