"""What one playbook adds to another, takes out and changes, as data; the words are made elsewhere.

Compared is what was written, after overlays and bundles: dates and conditions as they stand in the
files. Keys left at what holds without them count as not written, and a bare text as a Finnish one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from muutosturva.playbooks.language.schema import SECTIONS
from muutosturva.playbooks.language.vocabulary import DEFAULT_TAG
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import TextMap

Act = Literal["added", "removed", "changed"]
ORDER: Final = (
    "tasks",
    "messages",
    "meetings",
    "documents",
    "training",
    "roles",
    "inputs",
    "anchors",
    "waves",
    "phases",
)
"""Sections in the order they are read: what is done first, what it is made of last."""
_ASIDE: Final = frozenset({"schema", "id", "version", "tests", "use", *SECTIONS})
"""Keys of the file as such, and what is compared entry by entry."""
_TAGS: Final = frozenset({"fi", "sv", "en", "selko"})


@dataclass(frozen=True, slots=True)
class Change:
    """A key whose value differs.

    Attributes:
        key: the keys from the entry on, ``due`` or ``raci.r``.
        old: the value before; None where nothing was written.
        new: the value after; None where nothing is written any more.
    """

    key: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Entry:
    """A task, message, role … that differs.

    Attributes:
        section: ``tasks``, ``messages`` …
        id: its id in the second playbook, of a removed one that in the first.
        act: what the second playbook does to it.
        phase: id of a task's phase; "" elsewhere.
        title: what it is called, by language.
        statutory: True when the law sets its date or it names an act.
        reason: why it was taken out, by language; empty where nobody says.
        was: its id in the first playbook where it bears another name now, else "".
        changes: what differs.
    """

    section: str
    id: str
    act: Act
    phase: str = ""
    title: TextMap = field(default_factory=dict)
    statutory: bool = False
    reason: TextMap = field(default_factory=dict)
    was: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes from one playbook to the other.

    Attributes:
        head: changes to the playbook as a whole.
        entries: what is added, taken out and changed, by section in reading order and then by phase.
        phases: titles of the phases of both, by id, in order.
    """

    head: tuple[Change, ...]
    entries: tuple[Entry, ...]
    phases: Mapping[str, TextMap]


def difference(first: Resolved, second: Resolved) -> Difference:
    """Return what the second playbook does to the first."""
    old, new = _dumped(first), _dumped(second)
    phases = {**first.playbook.phases, **second.playbook.phases}
    reasons = {(entry.section, entry.id): entry.reason for entry in second.removed}
    entries = [
        entry
        for section in ORDER
        for entry in sorted(
            _entries(section, old.get(section, {}), new.get(section, {}), reasons), key=_rank(list(phases))
        )
    ]
    head = _changes(
        {key: value for key, value in old.items() if key not in _ASIDE},
        {key: value for key, value in new.items() if key not in _ASIDE},
    )
    return Difference(tuple(head), tuple(entries), phases)


def _dumped(resolved: Resolved) -> dict[str, Any]:
    return resolved.playbook.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _rank(phases: list[str]) -> Any:
    def rank(entry: Entry) -> int:
        return phases.index(entry.phase) if entry.phase in phases else len(phases)

    return rank


def _entries(
    section: str, old: dict[str, Any], new: dict[str, Any], reasons: Mapping[tuple[str, str], TextMap]
) -> Iterator[Entry]:
    renamed = dict(_renamed(old, new))
    for name, item in new.items():
        was = name if name in old else renamed.get(name)
        if was is None:
            yield Entry(section, name, "added", *_told(section, item))
            continue
        changes = tuple(_changes(_of(old[was]), _of(item)))
        if changes or was != name:
            other = "" if was == name else was
            yield Entry(section, name, "changed", *_told(section, item), was=other, changes=changes)
    for name, item in old.items():
        if name not in new and name not in renamed.values():
            yield Entry(
                section, name, "removed", *_told(section, item), reason=reasons.get((section, name), {})
            )


def _renamed(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield new and old id of what bears another name now."""
    for name, item in new.items():
        former = item.get("renamed_from") if name not in old and isinstance(item, dict) else None
        for was in [former] if isinstance(former, str) else former or ():
            if was in old and was not in new:
                yield name, was
                break
    # On the way back to an earlier version it is the old entry that remembers the name.
    for was, item in old.items():
        former = item.get("renamed_from") if was not in new and isinstance(item, dict) else None
        if isinstance(former, str) and former in new and former not in old:
            yield former, was


def _of(item: Any) -> dict[str, Any]:
    """Return the keys of an entry; a phase is nothing but its title."""
    if is_text(item):
        return {"title": item}
    return {key: value for key, value in item.items() if key != "renamed_from"}


def _told(section: str, item: dict[str, Any]) -> tuple[str, TextMap, bool]:
    """Return phase, title and whether the law stands behind an entry."""
    if is_text(item):
        return "", item, False
    phase = item.get("phase", "") if section == "tasks" else ""
    return phase, item.get("title") or item.get("label") or {}, bool(item.get("statutory") or item.get("law"))


def _changes(old: dict[str, Any], new: dict[str, Any], before: str = "") -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        parts = [value for value in (was, now) if value is not None]
        if all(isinstance(value, dict) and not is_text(value) for value in parts):
            yield from _changes(was or {}, now or {}, f"{before}{key}.")
        else:
            yield Change(f"{before}{key}", was, now)


def is_text(value: object) -> bool:
    """Tell whether a value is a text by language."""
    if not isinstance(value, dict) or not value:
        return False
    return (DEFAULT_TAG in value or value.keys() <= _TAGS) and all(
        isinstance(part, str) for part in value.values()
    )
