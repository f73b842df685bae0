"""Views in words: dates with their certainty, states with their symbols, lines of the log.

Pure functions over ``Texts`` and views, used by the screens and by the plain listing alike. A
symbol never stands alone where there is room for its word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Final

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import (
    AnchorView,
    AreaView,
    IncidentSummary,
    IncidentView,
    RoleView,
    TaskAreaView,
    TaskView,
)
from muutosturva.incidents.reading.task_lines import TaskLine
from muutosturva.incidents.told import wording
from muutosturva.incidents.told.statutes import statute
from muutosturva.incidents.told.wording import missing_date
from muutosturva.models.states import TaskState
from muutosturva.playbooks.facts import DEFAULT_WAVE, AnchorValue, Certainty
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.rules.case import RuleKind
from muutosturva.rules.registry import RULES
from muutosturva.rules.results import LawRow, StatutoryDate
from muutosturva.tui.backend.pages import IncidentPage

SYMBOLS: Final[Mapping[TaskState, str]] = {
    TaskState.WAITING: "○",
    TaskState.READY: "●",
    TaskState.STARTED: "►",
    TaskState.DONE: "✓",
    TaskState.SKIPPED: "–",
    TaskState.WITHDRAWN: "×",
    TaskState.QUESTION: "?",
    TaskState.OFFERED: "+",
}
ESTIMATED: Final = "~"
RANGED: Final = "…"
UNKNOWN: Final = "?"
STATUTORY: Final = "§"
WAITS: Final = "date.unknown_anchor"
"""Reason of a date that hangs on others nobody knows yet; which ones is told by their names."""
LATE: Final = "!"


def state(texts: Texts, task: TaskView, today: dt.date) -> str:
    """Return symbol and word of a task's state; a late one says so beside its symbol."""
    word = texts("tui.late") if task.late(today) else texts(f"tui.task_state.{task.state.value}")
    word = texts("tui.resting") if task.open and task.resting else word
    return f"{SYMBOLS[task.state]} {word}"


def planned(texts: Texts, date: PlannedDate | None) -> str:
    """Return a computed date for a table cell: ``~1.3.2027``, ``1.3.2027…``, ``?``; "" for none."""
    if date is None:
        return ""
    if date.value is None:
        return UNKNOWN
    if date.certainty is Certainty.ESTIMATED:
        return f"{ESTIMATED}{texts.day(date.value)}"
    if date.certainty is Certainty.RANGE:
        return f"{texts.day(date.value)}{RANGED}"
    if date.certainty is Certainty.UNKNOWN:
        return f"{texts.day(date.value)}{UNKNOWN}"
    return texts.day(date.value)


def planned_clock(texts: Texts, date: PlannedDate | None) -> str:
    """Return a computed date for a table cell, with its clock time where it has one."""
    day = planned(texts, date)
    if date is None or date.value is None or date.at is None:
        return day
    return f"{day} {texts.clock_time(date.at)}"


def planned_long(texts: Texts, date: PlannedDate | None, view: IncidentView | None = None) -> str:
    """Return a computed date with weekday, clock time, bounds and certainty in words.

    One that is missing says why; ``view`` has the words for the dates it waits for.
    """
    if date is None:
        return texts("tui.no_date")
    if date.value is None:
        return _no_value(texts, date, view)
    day = texts.weekday_date(date.value)
    if date.at is not None:
        day = texts("common.moment", date=day, time=texts.clock_time(date.at))
    if date.certainty is Certainty.RANGE and date.latest is not None and date.latest != date.value:
        day = f"{day} – {texts.weekday_date(date.latest)}"
    if date.certainty is Certainty.CONFIRMED:
        return day
    return f"{day} ({texts(f'words.certainty.{date.certainty.value}')})"


def _no_value(texts: Texts, date: PlannedDate, view: IncidentView | None) -> str:
    why = missing_date(texts, date.reason_code)
    if date.reason_code != WAITS and why:
        return f"{UNKNOWN} {why}"
    if date.anchors:
        labels = {found.key: anchor_label(texts, found) for found in view.anchors} if view else {}
        waits = [f"”{labels[name]}”" if name in labels else name for name in date.anchors]
        return f"{UNKNOWN} {texts('tui.hangs_on', anchors=waits)}"
    return f"{UNKNOWN} {why or texts('common.unknown')}"


def anchor_value(texts: Texts, value: AnchorValue) -> str:
    """Return the value of an anchor with its certainty: ``~1.3.2027``, ``1.3.2027–10.4.2027``, ``?``."""
    if value.value is None:
        return UNKNOWN
    if value.latest is not None and value.latest != value.value:
        return f"{texts.day(value.value)}–{texts.day(value.latest)}"
    clock = ""
    if value.at is not None:
        clock = f" {texts.clock_time(value.at)}"
    mark = ESTIMATED if value.certainty is Certainty.ESTIMATED else ""
    return f"{mark}{texts.day(value.value)}{clock}"


def anchor(texts: Texts, view: AnchorView) -> str:
    """Return an anchor with its label, the day first: ``1.3.2027 Esitys annettu``."""
    return f"{anchor_value(texts, view.value)} {anchor_label(texts, view)}"


def anchor_long(texts: Texts, value: AnchorValue) -> str:
    """Return the value of an anchor with its certainty in words: ``1.3.2027 (arvio)``."""
    if value.value is None:
        return texts("common.unknown")
    shown = anchor_value(texts, value).removeprefix(ESTIMATED)
    if value.certainty is Certainty.CONFIRMED:
        return shown
    return f"{shown} ({texts(f'words.certainty.{value.certainty.value}')})"


def origin(texts: Texts, name: str, value: AnchorValue) -> str:
    """Return where the value of a date comes from; one nobody knows comes from nowhere."""
    return texts(f"tui.origin.{'unknown' if value.value is None else name}")


def in_order(anchors: Iterable[AnchorView]) -> list[AnchorView]:
    """Return anchors in order of time, those without a day last."""
    return sorted(anchors, key=lambda view: view.value.value or dt.date.max)


def next_anchors(texts: Texts, view: IncidentView, today: dt.date) -> str:
    """Return the dates of an incident on one line: those ahead, then those past, then the unknown."""

    def rank(found: AnchorView) -> int:
        day = found.value.latest or found.value.value
        return 2 if day is None else 0 if day > today else 1

    return " · ".join(anchor(texts, found) for found in sorted(in_order(view.anchors), key=rank))


def anchor_label(texts: Texts, view: AnchorView) -> str:
    """Return the label of an anchor, with its wave where it has one."""
    label = texts.pick(view.label) or view.name
    if view.rest:
        return f"{label} ({texts('incidents.counted.rest')})"
    return f"{label} ({view.wave})" if view.wave and view.wave != DEFAULT_WAVE else label


def days_late(task: TaskView | TaskLine, today: dt.date) -> int:
    """Return by how many calendar days a task is late; 0 when it is not."""
    return (today - task.due_on).days if task.due_on is not None and task.late(today) else 0


def when(texts: Texts, task: TaskView | TaskLine, today: dt.date) -> str:
    """Return when a task is due as seen from today: late by days, today, or the day."""
    if task.late(today):
        return f"{LATE} {texts('tui.late_short', n=days_late(task, today))}"
    if task.due_on == today:
        return f"{SYMBOLS[TaskState.STARTED]} {texts('tui.today')}"
    mark = ESTIMATED if task.due is not None and task.due.certainty is not Certainty.CONFIRMED else ""
    return f"{mark}{texts.weekday_date(task.due_on)}"


def who(texts: Texts, task: TaskView | TaskLine) -> str:
    """Return the person who answers for a task, else its role in parentheses."""
    if task.person:
        return task.person
    role = texts.pick(task.role_title) or task.role
    return f"({role})" if role else ""


def people_short(texts: Texts, tally: Tally) -> str:
    """Return the number of affected people for a table cell: ``375``, ``väh. 350`` or ``?``."""
    if tally.complete or not tally.known:
        return UNKNOWN if tally.number is None else texts.number(tally.number)
    return texts("tui.at_least_short", number=tally.known)


def people_of(texts: Texts, tally: Tally) -> str:
    """Return the number of affected people in words: a lower bound says so, not known is never 0."""
    if not tally.complete and not tally.known:
        return texts("tui.people_unknown")
    return texts("tui.people", n=tally.known or 0, count=wording.people(texts, tally))


def facts(texts: Texts, view: IncidentView) -> str:
    """Return an incident's facts on one line: place, people, level, state, secrecy."""
    parts = [part for part in (view.municipality, view.sector) if part]
    parts.append(people_of(texts, view.people))
    if view.level:
        parts.append(texts("tui.level", level=view.level))
    parts.append(texts(f"words.incident_state.{view.state.value}"))
    parts.append(texts(f"words.secrecy.{view.secrecy.value}"))
    return " · ".join(parts)


def page_facts(texts: Texts, page: IncidentPage) -> str:
    """Return an incident's facts on one line; a newer or changed playbook is told first."""
    told = facts(texts, page.view)
    if not page.newer:
        return told
    key = "tui.changed_playbook" if page.newer == page.view.playbook_version else "tui.newer_playbook"
    return f"{texts(key, version=page.newer)} · {told}"


def firm(texts: Texts, view: IncidentView) -> str:
    """Return a firm of a situation: name, place and people."""
    place = f", {view.municipality}" if view.municipality else ""
    return f"{view.employer}{place}: {people_of(texts, view.people)}"


def incident_state(texts: Texts, line: IncidentSummary) -> str:
    """Return an incident's state; near its end what is next: the closing, or the review."""
    if line.finished:
        return texts("tui.finished")
    return texts("tui.unreviewed" if line.unreviewed else f"words.incident_state.{line.state.value}")


def incident_name(texts: Texts, line: IncidentSummary) -> str:
    """Return the firm of an incident, or the title of a situation marked as such."""
    return f"{texts('tui.situation_mark')} {line.employer}" if line.situation else line.employer


def role_line(texts: Texts, role: RoleView) -> str:
    """Return a role with those who hold it and their deputies."""
    return f"{texts.pick(role.title) or role.role}: {holders(texts, role)}"


def holders(texts: Texts, role: RoleView) -> str:
    """Return those who hold a role, and their deputies."""
    held = ", ".join(role.holders) or texts("tui.nobody")
    if role.deputies:
        return f"{held} ({texts('tui.deputies', names=', '.join(role.deputies))})"
    return held


def share(texts: Texts, area: AreaView) -> str:
    """Return what part of the people is expected to live in an area, and whether it leads."""
    parts = [texts("tui.area_leads")] if area.lead else []
    if area.share is not None:
        parts.append(texts("tui.area_share", percent=texts.number(round(100 * area.share))))
    return ", ".join(parts)


def area_part(texts: Texts, area: TaskAreaView) -> str:
    """Return what an area does in a task, whom to ask there, and when its part was done."""
    parts = [f"{area.name}: {texts.word(area.part)}", area.contact]
    if area.done_at is not None:
        parts.append(texts("tui.finished_by", moment=texts.moment(area.done_at), name=area.done_by))
    return " · ".join(part for part in parts if part)


_UNITS: Final = re.compile(r"\b(\d+) (wd|d|h|w|m)\b")
_NAMES: Final = re.compile(r"\b[a-z][a-z0-9_]*\b(?!\s*\()")


def expression(texts: Texts, written: str, view: IncidentView) -> str:
    """Return a date expression with its dates by their labels and its units in words."""
    labels = {found.name: texts.pick(found.label) for found in view.anchors if texts.pick(found.label)}

    def unit(match: re.Match[str]) -> str:
        return texts(f"tui.unit.{match[2]}", n=int(match[1]))

    named = _NAMES.sub(lambda match: f"”{labels[match[0]]}”" if match[0] in labels else match[0], written)
    return _UNITS.sub(unit, named)


def law_row(texts: Texts, row: LawRow) -> str:
    """Return a row of the rule book with its statute; an unsure one says so."""
    unsure = f" ({texts('common.unsure')})" if row.confidence.value == "unsure" else ""
    return f"{STATUTORY} {statute(texts, row.statute)}{unsure}"


def statutory(texts: Texts, rule: str, date: StatutoryDate) -> tuple[str, ...]:
    """Return the dates of the law, each on a line of its own, and the rows behind them.

    Args:
        texts: the words.
        rule: name of the rule, whose own words say what the day is.
        date: its three dates; an earliest day has no last one.
    """
    lines = [texts("tui.law.date", rule=texts(f"rules.rule.{rule}"), date=texts.weekday_date(date.date))]
    lines.append(texts("tui.law.safe_date", date=texts.weekday_date(date.safe_date)))
    if is_deadline(rule):
        last = texts.weekday_date(date.last_date) if date.last_date else texts("common.unsure")
        lines.append(texts("tui.law.last_date", date=last))
    lines += dict.fromkeys(law_row(texts, row) for row in date.law)
    lines.append(texts("tui.law.revision", revision=date.revision))
    if date.carried_on:
        lines.append(texts("tui.law.carried_on"))
    return tuple(lines)


def is_deadline(rule: str) -> bool:
    """Tell whether a rule gives a day by which something must be done."""
    return rule in RULES and RULES[rule].kind is RuleKind.DEADLINE


def task_title(texts: Texts, task: TaskView | TaskLine) -> str:
    """Return code and title of a task."""
    title = texts.pick(task.title) or task.key
    return f"{task.code} {title}" if task.code else title
