"""Changes to a pinned playbook: laid over its text, or written as an overlay says them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from muutosturva.playbooks.planning.readiness import CONFIRMED, split_need

OF_ONE_LAYER: Final = ("abstract", "suggest", "use", "tests", "description")
"""Keys of the pinned text that do not pass to a playbook made of it."""

Act = Literal["add", "replace", "remove"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as an overlay says it.

    Attributes:
        section: ``tasks`` …
        act: add, replace or remove.
        id: of what is changed.
        values: its keys; of a ``replace`` a None takes the key out, of a ``remove`` they are the reason.
    """

    section: str
    act: Act
    id: str
    values: Mapping[str, Any] = field(default_factory=dict)


def laid_over(pinned: Resolved, changes: Iterable[Change]) -> Resolved:
    """Return the pinned playbook with changes, ready to be expanded."""
    return from_stored(json.dumps(whole(pinned, changes), ensure_ascii=False), pinned.playbook.id)


def whole(pinned: Resolved, changes: Iterable[Change]) -> dict[str, Any]:
    """Return the pinned playbook with changes as data; keys of its own layer alone are left out."""
    data: dict[str, Any] = json.loads(pinned.text)
    for key in OF_ONE_LAYER:
        data.pop(key, None)
    for change in changes:
        section = data.setdefault(change.section, {})
        if change.act == "remove":
            section.pop(change.id)
        elif change.act == "add":
            section[change.id] = dict(change.values)
        else:
            section[change.id] = _merged(section[change.id], change.values)
    for task in data.get("tasks", {}).values():
        _unhook(task, data)
    return data


def overlay(changes: Iterable[Change]) -> dict[str, Any]:
    """Return changes as the sections of an overlay."""
    sections: dict[str, Any] = {}
    for change in changes:
        acts = sections.setdefault(change.section, {})
        acts.setdefault(change.act, {})[change.id] = dict(change.values)
    return sections


def _unhook(task: dict[str, Any], data: Mapping[str, Any]) -> None:
    """Let a task not wait for a step or message that is not there.

    A layer of the pinned playbook may have taken it out; a text without layers does not remember that.
    """
    needs = task.get("needs") or ()
    left = [need for need in needs if _stands(need, data)]
    if len(left) == len(needs):
        return
    _set(task, "needs", left)
    if task.get("join") is not None:
        _set(task, "join", min(task["join"], len(left)))


def _stands(need: str, data: Mapping[str, Any]) -> bool:
    name, quality = split_need(need)
    tasks, messages = data.get("tasks", {}), data.get("messages", {})
    bare = name.partition("[")[0]
    return quality == CONFIRMED or need.partition("[")[0] in tasks or bare in tasks or bare in messages


def _set(task: dict[str, Any], key: str, value: list[str] | int) -> None:
    if value:
        task[key] = value
    else:
        task.pop(key)


def _merged(base: Any, over: Any) -> Any:
    if not isinstance(base, dict) or not isinstance(over, Mapping):
        return over
    merged = dict(base)
    for key, value in over.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _merged(merged.get(key), value)
    return merged
