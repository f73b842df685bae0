"""What moving a running incident to another playbook meets in its own work: pure, item by item.

Three things are compared: the pinned playbook, the new one, and what the group has made of the
plan since. The rule of the house holds here too: what is done stays, what has begun stays, a day set
by hand stays, and nobody loses a role.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from muutosturva.playbooks.comparing.three_way import HEAD, RENAMING, Offered
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.plan import TextMap

Act = Literal["added", "removed", "changed", "renamed"]
_OF_DAY: Final = frozenset({"due", "start", "every", "until", "roll", "statutory"})
"""Keys of a task that set its day."""


class Note(StrEnum):
    """What an item meets in the incident."""

    DONE = "done"
    """It is done, and stays as it was done."""
    BEGUN = "begun"
    """It has begun, and stays."""
    WITHDRAWN = "withdrawn"
    """It is open, and is withdrawn with a reason."""
    HAND_DATED = "hand_dated"
    """The group set its day by hand, and that day stays."""
    OWN_TASK = "own_task"
    """The group has a task of its own under that id, which stays."""
    HELD = "held"
    """Somebody holds the role, and keeps it."""
    ANSWERED = "answered"
    """The question was answered; the answer is set aside, as it is no longer asked or fits no more."""
    GIVEN = "given"
    """Somebody gave the date; it is set aside, as the playbook does not know it any more."""
    GIVEN_STAYS = "given_stays"
    """Somebody gave the date, and it stays."""


CONFLICTS: Final = frozenset({Note.HAND_DATED, Note.OWN_TASK, Note.ANSWERED, Note.GIVEN})
"""Notes that say that both the playbook and the group changed the same thing."""


@dataclass(frozen=True, slots=True)
class LiveRow:
    """A task, message, meeting or document of the incident, as far as the comparison is concerned.

    Attributes:
        section: ``tasks`` …
        key: readable id, ``session[lahti,sv]``.
        state: ``open``, ``begun``, ``done`` or ``gone`` (withdrawn).
        by_hand: True where the group set the day.
        own: True for what the group added itself.
    """

    section: str
    key: str
    state: Literal["open", "begun", "done", "gone"]
    by_hand: bool = False
    own: bool = False

    @property
    def name(self) -> str:
        """Return the id of its entry in the playbook."""
        return self.key.partition("[")[0]


@dataclass(frozen=True, slots=True)
class Live:
    """What the group has made of the plan.

    Attributes:
        rows: tasks, messages, meetings and documents.
        answers: answers given, by input.
        dates: names of the dates somebody gave, those of waves too.
        held: roles somebody holds.
    """

    rows: tuple[LiveRow, ...] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RebaseItem:
    """One item that can be taken over, with what it meets.

    Attributes:
        name: ``tasks.contact``, or ``playbook``.
        section: ``tasks`` …; ``playbook`` for the head.
        act: what the new playbook does.
        title: what it is called, by language.
        statutory: True when the law stands behind it.
        was: its id until now where it bears another one, else "".
        reason: why it was taken out, by language; {} where nobody says.
        changes: keys that differ, with old and new value.
        notes: what it meets in the incident, each with the keys it is true of.
    """

    name: str
    section: str
    act: Act
    title: TextMap
    statutory: bool
    was: str
    reason: TextMap
    changes: tuple[tuple[str, object, object], ...]
    notes: tuple[tuple[Note, tuple[str, ...]], ...]

    @property
    def conflict(self) -> bool:
        """Tell whether both the playbook and the group changed it."""
        return any(note in CONFLICTS for note, _ in self.notes)


def judged(items: Sequence[Offered], live: Live, new: Playbook) -> tuple[RebaseItem, ...]:
    """Return the items of a comparison of playbooks with what each meets in the incident."""
    return tuple(_judged(item, live, new) for item in items)


def renames(items: Sequence[RebaseItem], taken: Collection[str]) -> Mapping[tuple[str, str], str]:
    """Return new ids by section and old id, of the renamed items that are taken."""
    return {
        (item.section, item.was): item.name.partition(".")[2]
        for item in items
        if item.was and item.name in taken
    }


def renamed_key(key: str, section: str, names: Mapping[tuple[str, str], str]) -> str:
    """Return a readable id after renaming: ``session[lahti]`` follows ``session``."""
    name, bracket, rest = key.partition("[")
    return f"{names.get((section, name), name)}{bracket}{rest}"


def fitting(playbook: Playbook, answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers a playbook still asks for and that still have the type it asks."""
    return {
        name: value
        for name, value in answers.items()
        if name in playbook.inputs and (value is None or playbook.inputs[name].admits(value))
    }


def _judged(item: Offered, live: Live, new: Playbook) -> RebaseItem:
    entry = item.entry
    changes = tuple((change.key, change.old, change.new) for change in item.changes)
    if entry is None:
        return RebaseItem(HEAD, HEAD, "changed", new.title, False, "", {}, changes, ())
    found: dict[Note, list[str]] = {}
    for note, key in _notes(item, live, new):
        found.setdefault(note, []).append(key)
    return RebaseItem(
        item.name,
        entry.section,
        "renamed" if entry.was else entry.act,
        entry.title,
        entry.statutory,
        entry.was,
        entry.reason,
        changes,
        tuple((note, tuple(keys)) for note, keys in found.items()),
    )


def _notes(item: Offered, live: Live, new: Playbook) -> Iterator[tuple[Note, str]]:
    entry = item.entry
    assert entry is not None
    if entry.section in RENAMING:
        yield from _of_rows(item, live)
    elif entry.section == "roles" and entry.act == "removed" and entry.id in live.held:
        yield Note.HELD, entry.id
    elif entry.section == "inputs" and entry.id in live.answers:
        asked = new.inputs.get(entry.id)
        if entry.act == "removed" or (asked is not None and not asked.admits(live.answers[entry.id])):
            yield Note.ANSWERED, entry.id
    elif entry.section in {"anchors", "waves"} and entry.id in live.dates:
        yield (Note.GIVEN if entry.act == "removed" else Note.GIVEN_STAYS), entry.id


def _of_rows(item: Offered, live: Live) -> Iterator[tuple[Note, str]]:
    entry = item.entry
    assert entry is not None
    dated = any(change.key.partition(".")[0] in _OF_DAY for change in item.changes)
    for row in live.rows:
        if row.section != entry.section or row.name != (entry.was or entry.id):
            continue
        if row.own:
            if entry.act == "added":
                yield Note.OWN_TASK, row.key
        elif row.state == "done":
            yield Note.DONE, row.key
        elif row.state == "begun":
            yield Note.BEGUN, row.key
        elif row.state == "open" and entry.act == "removed":
            yield Note.WITHDRAWN, row.key
        if row.by_hand and row.state in {"open", "begun"} and (dated or entry.act == "removed"):
            yield Note.HAND_DATED, row.key
