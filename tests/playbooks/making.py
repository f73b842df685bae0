"""Small playbooks for tests, and plans made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from textwrap import dedent, indent
from typing import Final

from muutosturva.playbooks.checks.groups import is_error
from muutosturva.playbooks.checks.lint import check
from muutosturva.playbooks.facts import AnchorValue, Facts
from muutosturva.playbooks.loading.loader import Source, read_text
from muutosturva.playbooks.loading.overlay import Loaded, resolve
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan, PlannedTask
from muutosturva.playbooks.planning.expand import expand
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import WorkCalendar

HEAD: Final = """\
schema: muutosturva/playbook/1
id: small
version: "2026.1"
kind: incident
title: Pieni
phases: {alarm: Hälytys}
roles: {lead: {title: Vetäjä}}
inputs:
  headcount: {type: int, min: 1, required: true, label: Henkilöitä}
  dismissals: {type: int, min: 0, label: Irtisanottavia}
  employer_size: {type: int, label: Työntekijöitä}
  bankruptcy: {type: bool, default: false, label: Konkurssi}
  restructuring: {type: bool, default: false, label: Saneeraus}
  critical: {type: bool, default: false, label: Raskas}
  listed: {type: bool, label: Pörssissä}
  languages: {type: list, default: [fi], label: Kielet}
anchors:
  heard: {required: true, label: Kuultu}
  proposal: {label: Esitys}
  decision: {estimate: heard + 6 w, label: Päätös}
waves:
  notice: {estimate: decision, label: Ilmoitus}
  end: {from: {rule: notice_period_range}, label: Päättyy}
"""
"""A playbook without tasks; every text in Finnish only, so that tests stay short."""

STEP: Final = "{title: Askel, phase: alarm, raci: {r: [lead], a: lead}"

Days = Mapping[str, str | AnchorValue]


def source(text: str, name: str = "small.yaml") -> Source:
    """Return a text as a read file."""
    return read_text(text, name)


def load(body: str, head: str = HEAD) -> Loaded:
    """Return what comes of ``head`` and a dedented ``body``, unchecked."""
    return resolve(source(head + dedent(body)), lambda _name, _file: None)


def playbook(body: str = "", head: str = HEAD) -> Resolved:
    """Return a playbook that must be valid and have no errors; small as it is, it may have warnings."""
    loaded = load(body, head)
    assert loaded.resolved is not None, loaded.problems
    assert [problem for problem in check(loaded.resolved) if is_error(problem)] == []
    return loaded.resolved


def with_tasks(**tasks: str) -> Resolved:
    """Return a playbook with tasks, each given by the keys beyond title, phase and raci."""
    lines = [
        f"{name.replace('_', '-')}: {STEP}{', ' + keys if keys else ''}}}" for name, keys in tasks.items()
    ]
    return playbook("tasks:\n" + indent("\n".join(lines), "  ") + "\n")


def day(text: str) -> dt.date:
    """Return a date from its ISO form."""
    return dt.date.fromisoformat(text)


def on(text: str) -> AnchorValue:
    """Return a confirmed date, with a clock time after ``T``."""
    date, _, time = text.partition("T")
    return AnchorValue.confirmed(day(date), at=dt.time.fromisoformat(time) if time else None)


def facts(anchors: Days | None = None, /, **inputs: object) -> Facts:
    """Return facts: anchors as ISO text or values, 100 people unless told otherwise."""
    dates = {"heard": "2027-03-01", **(anchors or {})}
    return Facts(
        inputs={"headcount": 100, **inputs},
        anchors={name: on(value) if isinstance(value, str) else value for name, value in dates.items()},
    )


def plan(resolved: Resolved, known: Facts | None = None, council: tuple[dt.date, ...] = ()) -> Plan:
    """Return a plan by the shipped rule book and the national calendar."""
    return expand(resolved, known or facts(), WorkCalendar(), shipped_book(), council=council)


def task(made: Plan, key: str) -> PlannedTask:
    """Return the task of a key."""
    return next(found for found in made.tasks if found.key == key)


def due(made: Plan, key: str) -> str:
    """Return a task's due day as text, with its clock time after ``T``; ``unknown`` if not known."""
    date = task(made, key).due
    if date is None or date.value is None:
        return "unknown"
    return date.value.isoformat() + (f"T{date.at:%H:%M}" if date.at else "")
