"""The three invented firms of spring 2027, and plans made of the shipped playbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Final

from muutosturva.playbooks.facts import AnchorValue, Facts, Site
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan, PlannedState, PlannedTask
from muutosturva.playbooks.planning.expand import expand
from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.rules.workdays import WorkCalendar

MONDAY: Final = dt.date(2027, 3, 1)
"""The day of firm A's proposal: its plan crosses a weekend, Easter and the change to summer time."""


def on(text: str) -> AnchorValue:
    """Return a confirmed date, ``2027-03-01`` or ``2027-03-01T08:10``."""
    day, _, time = text.partition("T")
    return AnchorValue.confirmed(dt.date.fromisoformat(day), at=dt.time.fromisoformat(time) if time else None)


@cache
def playbook(name: str) -> Resolved:
    """Return a shipped playbook; its problems would end the test."""
    return Library().load(name)


@cache
def book() -> LawBook:
    """Return the shipped rule book."""
    return shipped_book()


def plan(name: str, facts: Facts, council: tuple[dt.date, ...] = ()) -> Plan:
    """Return the plan of a shipped playbook."""
    return expand(playbook(name), facts, WorkCalendar(), book(), council=council)


def _firm(site: Site, inputs: Mapping[str, object], anchors: Mapping[str, str]) -> Facts:
    return Facts(
        inputs={"dismissals": site.headcount, "headcount": site.headcount, **inputs},
        anchors={name: on(text) for name, text in anchors.items()},
        sites=(site,),
    )


FIRMS: Final[Mapping[str, tuple[str, Facts]]] = {
    "A": (
        "large-layoff",
        _firm(
            Site("lahti", "Lahden koritehdas", "Lahti", 260),
            {"employer_size": 342, "listed": True, "languages": ("fi", "en")},
            {"heard": "2027-03-01T08:10", "proposal": "2027-03-01", "release": "2027-03-01"},
        ),
    ),
    "B": (
        "bankruptcy",
        _firm(
            Site("heinola", "Heinolan kalustetehdas", "Heinola", 90),
            {"employer_size": 90, "listed": False},
            {"heard": "2027-03-04T13:00", "bankruptcy_day": "2027-03-04"},
        ),
    ),
    "C": (
        "small-layoff",
        _firm(
            Site("hollola", "Hollolan konepaja", "Hollola", 25),
            {"employer_size": 45, "listed": False},
            {"heard": "2027-03-05T09:00", "proposal": "2027-03-05"},
        ),
    ),
}
"""Playbook and facts by firm: bus bodies in Lahti, furniture in Heinola, metal in Hollola."""


def firm_plan(firm: str) -> Plan:
    """Return the plan of one of the three firms."""
    name, facts = FIRMS[firm]
    return plan(name, facts)


def listed(task: PlannedTask) -> str:
    """Return a task as a line of the golden lists.

    Row, key, who does it, due day or what it waits for, date of the law, question, statutes.
    """
    law = task.statutory.date.isoformat() if task.statutory else ""
    question = f"?{','.join(task.depends_on)}" if task.state is PlannedState.QUESTION else ""
    cells = (
        f"{task.code or '-':3}",
        f"{task.key:28}",
        f"{','.join(task.raci.responsible):34}",
        f"{_due(task):19}",
        f"{law:10}",
        f"{question:20}",
        "; ".join(task.law),
    )
    return " | ".join(cells).rstrip()


def _due(task: PlannedTask) -> str:
    if task.due is None:
        return "none"
    return task.due.value.isoformat() if task.due.value else f"unknown({','.join(task.due.anchors)})"
