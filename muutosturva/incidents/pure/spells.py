"""The times in which an incident was not active: what recurs on such days is not in its plan. Pure.

A group that did not work for a year has held no weekly meetings in it and owes none. What is done
once stays, however late; so does what the law sets a date for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from muutosturva.playbooks.language.schema import Item, Playbook, Task
from muutosturva.playbooks.plan import Plan, PlannedTask


@dataclass(frozen=True, slots=True)
class Spell:
    """A time of rest.

    Attributes:
        first: its first whole day.
        until: the day the work went on, no longer part of it; None while it lasts.
    """

    first: dt.date
    until: dt.date | None = None

    def covers(self, day: dt.date | None) -> bool:
        """Tell whether a day lies in it."""
        return day is not None and self.first <= day and (self.until is None or day < self.until)


def from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Spell, ...]:
    """Return the spells that ``to_json`` wrote."""
    return tuple(
        Spell(
            dt.date.fromisoformat(spell["first"]),
            dt.date.fromisoformat(spell["until"]) if spell["until"] else None,
        )
        for spell in stored
    )


def to_json(spells: Sequence[Spell]) -> list[dict[str, Any]]:
    """Return spells as they are stored."""
    return [
        {"first": spell.first.isoformat(), "until": spell.until.isoformat() if spell.until else None}
        for spell in spells
    ]


def begun(spells: Sequence[Spell], today: dt.date) -> tuple[Spell, ...]:
    """Return the spells with one that begins after a day: what stands on the day itself may be over."""
    return (*spells, Spell(today + dt.timedelta(days=1)))


def ended(spells: Sequence[Spell], today: dt.date) -> tuple[Spell, ...]:
    """Return the spells with the one that lasts ended on a day; one without a whole day is none."""
    closed = [spell if spell.until else replace(spell, until=today) for spell in spells]
    return tuple(spell for spell in closed if spell.until is None or spell.first < spell.until)


def without_rested(plan: Plan, playbook: Playbook, spells: Sequence[Spell]) -> Plan:
    """Return a plan without what recurs on the days of the spells."""
    if not spells:
        return plan

    def rested(items: Mapping[str, Item | Task], key: str, day: dt.date | None) -> bool:
        item = items.get(key.partition("[")[0])
        return item is not None and item.every is not None and any(spell.covers(day) for spell in spells)

    return replace(
        plan,
        tasks=tuple(
            task for task in plan.tasks if _by_law(task) or not rested(playbook.tasks, task.key, _day(task))
        ),
        messages=tuple(
            item
            for item in plan.messages
            if not rested(playbook.messages, item.key, item.due.value if item.due else None)
        ),
        meetings=tuple(
            item for item in plan.meetings if not rested(playbook.meetings, item.key, item.starts.value)
        ),
        documents=tuple(
            item
            for item in plan.documents
            if not rested(playbook.documents, item.key, item.due.value if item.due else None)
        ),
    )


def _by_law(task: PlannedTask) -> bool:
    return bool(task.statutory or task.rule)


def _day(task: PlannedTask) -> dt.date | None:
    date = task.due or task.start
    return date.value if date else None
