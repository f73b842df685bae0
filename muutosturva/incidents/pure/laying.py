"""Changes to a pinned playbook: laid over its text, or written as an overlay says them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from muutosturva.playbooks.planning.readiness import CONFIRMED, MESSAGE_QUALITIES, split_need

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
    return from_stored(json.dumps(_laid(pinned, changes), ensure_ascii=False), pinned.playbook.id)


def whole(pinned: Resolved, changes: Iterable[Change]) -> dict[str, Any]:
    """Return the pinned playbook with changes as data; keys of its own layer alone are left out.

    What a layer or a change took out is nobody's need any more: a file without layers cannot say that it
    was taken out, so the needs and products that name it are cut.
    """
    data = _laid(pinned, changes)
    for task in data.get("tasks", {}).values():
        _cut(task, data)
    return data


def _laid(pinned: Resolved, changes: Iterable[Change]) -> dict[str, Any]:
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
    return data


def overlay(changes: Iterable[Change]) -> dict[str, Any]:
    """Return changes as the sections of an overlay."""
    sections: dict[str, Any] = {}
    for change in changes:
        acts = sections.setdefault(change.section, {})
        acts.setdefault(change.act, {})[change.id] = dict(change.values)
    return sections


def _cut(task: dict[str, Any], data: Mapping[str, Any]) -> None:
    """Take the needs and products out of a task that name what is not there."""
    for key, there in (("needs", _needed), ("produces", _produced)):
        named = task.get(key)
        if not isinstance(named, list):
            continue
        left = [text for text in named if there(text, data)]
        if len(left) == len(named):
            continue
        task[key] = left
        if not left:
            del task[key]
        if key == "needs" and task.get("join") is not None:
            task["join"] = min(task["join"], len(left))
            if not left:
                del task["join"]


def _needed(need: str, data: Mapping[str, Any]) -> bool:
    target, quality = split_need(need)
    if quality == CONFIRMED:
        return True
    # A message is done, too, when it has been approved.
    sections = ("messages",) if quality in MESSAGE_QUALITIES else ("tasks", "messages")
    return any(target in data.get(section, {}) for section in sections)


def _produced(product: str, data: Mapping[str, Any]) -> bool:
    kind, _, target = product.partition(":")
    return kind not in ("message", "meeting", "document") or target in data.get(f"{kind}s", {})


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
