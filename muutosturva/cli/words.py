"""Values of the incident in the words of a table: dates with their certainty, states, people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from muutosturva.cli.tables import TIED
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.told import wording
from muutosturva.incidents.told.wording import missing_date
from muutosturva.models.states import StoreKind
from muutosturva.playbooks.facts import AnchorValue, Certainty
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.rules.results import LawRow

if TYPE_CHECKING:
    from muutosturva.incidents.reading.task_lines import TaskLine

WAITS: Final = "date.unknown_anchor"
"""Reason code of a date that hangs on an anchor nobody knows yet."""
SECTION: Final = "§"
"""Marks a task that rests on a statute."""


def day(texts: Texts, date: PlannedDate | None) -> str:
    """Return a computed date in words, in one piece; what is not known says so and why."""
    return _day(texts, date).replace(" ", TIED)


def _day(texts: Texts, date: PlannedDate | None) -> str:
    if date is None:
        return texts("cli.date.none")
    if date.value is None:
        return _missing(texts, date.reason_code, date.anchors)
    shown = texts.weekday_date(date.value)
    if date.at is not None:
        shown = texts("common.moment", date=shown, time=texts.clock_time(date.at))
    if date.certainty is Certainty.RANGE and date.latest not in {None, date.value}:
        return texts("cli.date.range", earliest=shown, latest=texts.day(date.latest))
    mark = {Certainty.ESTIMATED: "~", Certainty.UNKNOWN: "?"}.get(date.certainty, "")
    return f"{mark}{shown}"


def _missing(texts: Texts, reason_code: str, anchors: Sequence[str] = ()) -> str:
    """Return why a date is not known; for a date that waits for anchors, which they are."""
    if reason_code == WAITS:
        return texts("cli.date.waits", anchors=", ".join(anchors)) if anchors else texts("common.unknown")
    return missing_date(texts, reason_code) or texts("common.unknown")


def anchor(texts: Texts, value: AnchorValue, reason_code: str = "") -> str:
    """Return an anchor's value in words; one that is not known says why, where there is a reason."""
    if value.value is None:
        return _missing(texts, reason_code)
    shown = texts.weekday_date(value.value)
    if value.at is not None:
        shown = texts("common.moment", date=shown, time=texts.clock_time(value.at))
    if value.certainty is Certainty.RANGE and value.latest != value.value:
        return texts("cli.date.range", earliest=shown, latest=texts.day(value.latest))
    return shown


def people(texts: Texts, tally: Tally) -> str:
    """Return a sum as far as it is known: ``375``, ``vähintään 350``, or that it is not known."""
    return wording.people(texts, tally)


def doer(texts: Texts, task: TaskView | TaskLine) -> str:
    """Return who does a task, and for whom where somebody is away; "" for nobody."""
    if not task.person or not task.stands_in_for:
        return task.person
    return texts("cli.task.stands_in", person=task.person, absent=task.stands_in_for)


def shared(texts: Texts, task: TaskView | TaskLine) -> str:
    """Return the areas that share a task, each with its part; "" where it is one area's alone."""
    return wording.shared_areas(texts, task.areas)


def title(texts: Texts, task: TaskView | TaskLine) -> str:
    """Return a task's title, with the marks of a statute and of what is unsure."""
    marks = [SECTION] if task.by_law else []
    marks += [texts("cli.task.unsure")] if task.unsure else []
    return " ".join([texts.pick(task.title), *marks])


def state(texts: Texts, task: TaskView | TaskLine, at: dt.date) -> str:
    """Return a task's state in words; one that is late or rests says that too."""
    words = texts.word(task.state)
    if task.open and task.resting:
        return texts("cli.task.resting", state=words)
    return texts("cli.task.late", state=words) if task.late(at) else words


def mark(texts: Texts, kind: StoreKind) -> list[str]:
    """Return the line that marks an example or a drill; nothing for the real thing."""
    return [] if kind is StoreKind.REAL else [texts(f"common.mark.{kind.value}")]


def name(view: IncidentView, texts: Texts) -> str:
    """Return what an incident is called: firm and place, or the situation's own name."""
    if view.situation:
        return texts("cli.incident.situation", name=view.employer)
    return f"{view.employer}, {view.municipality}" if view.municipality else view.employer


def rule(texts: Texts, rule_name: str) -> str:
    """Return the words of a rule of the law."""
    return _or(texts, f"rules.rule.{rule_name}", rule_name)


def law_name(texts: Texts, key: str) -> str:
    """Return the words of a row of the rule book; its key where an office has added one of its own."""
    return _or(texts, f"rules.law.{key}", key)


def law_value(texts: Texts, row: LawRow) -> str:
    """Return a row's value with its unit in words; a plain yes or no needs no unit."""
    if row.value in {"yes", "no"}:
        return texts(f"common.{row.value}")
    return f"{row.value} {_or(texts, f'rules.unit.{row.unit}', row.unit)}".strip()


def _or(texts: Texts, key: str, otherwise: str) -> str:
    return texts(key) if texts.has(key) else otherwise
