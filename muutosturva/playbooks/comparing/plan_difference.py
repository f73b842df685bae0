"""What differs between two plans: of two playbooks, two versions, or one playbook on other dates.

Compared by readable id; ``renamed_from`` does not count here: a plan is what would be done, and a step
under another name is another line of it. Roles, messages, meetings and documents are compared like tasks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from muutosturva.playbooks.plan import (
    Plan,
    PlannedDate,
    PlannedDocument,
    PlannedMeeting,
    PlannedMessage,
    PlannedRole,
    PlannedTask,
    TextMap,
)

Act = Literal["added", "gone", "moved", "changed"]
SECTIONS: Final = ("anchors", "tasks", "messages", "meetings", "documents", "roles", "questions")
"""Sections in the order they are told: what sets the days first."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, with its clock time where it has one; None where it is not known or none is set."""

    day: dt.date | None
    at: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that differs.

    Attributes:
        section: ``tasks``, ``messages`` …
        key: readable id.
        act: added, gone, moved (its day differs) or changed (only other things do).
        title: what it is called, by language; in the plan that has it, the second one where both do.
        old, new: its day in the first and in the second plan; None where it is not there.
        keys: what else differs: ``title``, ``role``, ``state``, ``needs`` …
        by_law: True when the law asks for it.
    """

    section: str
    key: str
    act: Act
    title: TextMap
    old: When | None
    new: When | None
    keys: tuple[str, ...] = ()
    by_law: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    title: TextMap
    when: When
    rest: Mapping[str, object]
    by_law: bool = False


def plan_difference(first: Plan, second: Plan) -> tuple[Difference, ...]:
    """Return what is added, gone, moved and changed from the first plan to the second."""
    old, new = _lines(first), _lines(second)
    return tuple(line for section in SECTIONS for line in _section(section, old[section], new[section]))


def _section(section: str, old: Mapping[str, _Line], new: Mapping[str, _Line]) -> Iterator[Difference]:
    found = []
    for key, line in new.items():
        before = old.get(key)
        if before is None:
            found.append(Difference(section, key, "added", line.title, None, line.when, (), line.by_law))
            continue
        keys = tuple(name for name in line.rest if before.rest.get(name) != line.rest[name])
        if before.title != line.title:
            keys = ("title", *keys)
        if before.when != line.when or keys:
            act: Act = "changed" if before.when == line.when else "moved"
            found.append(Difference(section, key, act, line.title, before.when, line.when, keys, line.by_law))
    for key, line in old.items():
        if key not in new:
            found.append(Difference(section, key, "gone", line.title, line.when, None, (), line.by_law))
    # By the day in force, what has none last: the order in which the work comes.
    yield from sorted(found, key=lambda line: (line.new or line.old or When(None)).day or dt.date.max)


def _lines(plan: Plan) -> Mapping[str, Mapping[str, _Line]]:
    return {
        "anchors": {
            item.name: _Line(
                item.label, When(item.value.value, item.value.at), {"certainty": item.value.certainty}
            )
            for item in plan.anchors
        },
        "tasks": {item.key: _task(item) for item in plan.tasks},
        "messages": {item.key: _message(item) for item in plan.messages},
        "meetings": {item.key: _meeting(item) for item in plan.meetings},
        "documents": {item.key: _document(item) for item in plan.documents},
        "roles": {item.id: _role(item) for item in plan.roles},
        "questions": {item.name: _Line(item.label, When(None), {}) for item in plan.questions},
    }


def _when(planned: PlannedDate | None) -> When:
    return When(None) if planned is None else When(planned.value, planned.at)


def _task(item: PlannedTask) -> _Line:
    rest = {
        "role": item.raci.doer,
        "raci": item.raci,
        "state": item.state,
        "needs": item.needs,
        "join": item.join,
        "asks": item.asks,
        "law": item.law,
    }
    return _Line(item.title, _when(item.due), {**rest, "start": _when(item.start)}, item.by_law)


def _message(item: PlannedMessage) -> _Line:
    rest = {
        "audience": item.audience,
        "channel": item.channel,
        "languages": item.languages,
        "owner": item.owner,
        "approvers": item.approvers,
        "state": item.state,
    }
    return _Line(item.title, _when(item.due), rest)


def _meeting(item: PlannedMeeting) -> _Line:
    rest: dict[str, object] = {"minutes": item.minutes, "place": item.place, "invitees": item.invitees}
    return _Line(item.title, _when(item.starts), {**rest, "owner": item.owner, "state": item.state})


def _document(item: PlannedDocument) -> _Line:
    rest = {"audience": item.audience, "languages": item.languages, "formats": item.formats}
    return _Line(item.title, _when(item.due), {**rest, "state": item.state})


def _role(item: PlannedRole) -> _Line:
    rest = {"count": item.count, "deputy": item.deputy, "skills": item.skills, "fill": item.fill}
    return _Line(item.title, When(None), rest)
