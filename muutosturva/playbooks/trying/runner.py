"""Holding a playbook to the worked cases in its own ``tests``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from muutosturva.errors import Problem
from muutosturva.playbooks.facts import AnchorValue, AreaFact, Facts, Site, Wave
from muutosturva.playbooks.language.worked_cases import Expect, Given, GivenWave
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import Path, problem_at
from muutosturva.playbooks.plan import Plan, PlannedDate
from muutosturva.playbooks.planning.expand import expand
from muutosturva.rules.book import LawBook
from muutosturva.rules.workdays import WorkCalendar

UNKNOWN: Final = "unknown"
"""What a test writes for a date the plan must not know."""

_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The outcome of one worked case; it held when there are no failures."""

    name: str
    failures: tuple[Problem, ...]
    plan: Plan


def run_tests(resolved: Resolved, calendar: WorkCalendar, book: LawBook) -> tuple[CaseResult, ...]:
    """Run every worked case of a playbook, in the order written; an abstract base's too.

    Args:
        resolved: the playbook.
        calendar: working days.
        book: the rule book.
    """
    concrete = replace(resolved, playbook=resolved.playbook.model_copy(update={"abstract": False}))
    results = []
    for index, case in enumerate(resolved.playbook.tests):
        facts, wrong = _facts(case.given)
        plan = expand(concrete, facts, calendar, book, council=case.given.council)
        path: Path = ("tests", index)
        failures = [
            problem_at(resolved.place((*path, "given")), "test_anchor_text", name=name, text=text)
            for name, text in wrong.items()
        ]
        failures += _judged(resolved, path, case.expect, plan)
        results.append(CaseResult(case.name, tuple(failures), plan))
    return tuple(results)


def parse_anchor(text: str) -> AnchorValue | None:
    """Return the date a test writes: ISO, ``~`` estimated, ``..`` a range, ``?`` unknown; None if none."""
    if text == "?":
        return AnchorValue.unknown()
    try:
        if ".." in text:
            first, _, last = text.partition("..")
            return AnchorValue.between(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        match = _DAY.fullmatch(text.removeprefix("~"))
        if match is None:
            return None
        day = dt.date.fromisoformat(match[1])
        at = dt.time.fromisoformat(match[2]) if match[2] else None
    except ValueError:
        return None
    return AnchorValue.estimated(day) if text.startswith("~") else AnchorValue.confirmed(day, at=at)


def _facts(given: Given) -> tuple[Facts, dict[str, str]]:
    anchors, wrong = _anchors(given.anchors)
    waves = []
    for wave in given.waves:
        own, bad = _anchors(_wave_dates(wave))
        wrong.update({f"{wave.id} {name}": text for name, text in bad.items()})
        waves.append(Wave(wave.id, wave.label, wave.site, wave.measure, wave.count, own))
    return (
        Facts(
            inputs=given.inputs,
            anchors=anchors,
            waves=tuple(waves),
            sites=tuple(Site(site.id, site.name, site.municipality, site.headcount) for site in given.sites),
            areas=tuple(AreaFact(area.id, area.name, area.lead) for area in given.areas),
            languages=given.languages,
            cohorts=given.cohorts,
        ),
        wrong,
    )


def _wave_dates(wave: GivenWave) -> dict[str, str]:
    return {name: text for name, text in (("notice", wave.notice), ("end", wave.end)) if text is not None}


def _anchors(texts: Mapping[str, str]) -> tuple[dict[str, AnchorValue], dict[str, str]]:
    read = {name: parse_anchor(text) for name, text in texts.items()}
    return (
        {name: value for name, value in read.items() if value is not None},
        {name: texts[name] for name, value in read.items() if value is None},
    )


def _judged(resolved: Resolved, path: Path, expect: Expect, plan: Plan) -> Iterator[Problem]:
    for key, code, params in (
        *_presence(expect, plan),
        *_dates(expect, plan),
        *_questions(expect, plan),
        *_problems(expect, plan),
    ):
        yield problem_at(resolved.place((*path, "expect", key)), code, **params)


_Failure = tuple[str, str, dict[str, object]]


def _presence(expect: Expect, plan: Plan) -> Iterator[_Failure]:
    steps = {task.step for task in plan.tasks} | {task.key for task in plan.tasks}
    sections: tuple[tuple[str, Collection[str], set[str]], ...] = (
        ("tasks", expect.tasks, steps),
        ("messages", expect.messages, _named(message.key for message in plan.messages)),
        ("meetings", expect.meetings, _named(meeting.key for meeting in plan.meetings)),
        ("documents", expect.documents, _named(document.key for document in plan.documents)),
    )
    everything: set[str] = set()
    for section, wanted, present in sections:
        everything |= present
        for name in wanted:
            if name not in present:
                yield section, "test_missing", {"name": name}
    for name in expect.absent:
        if name in everything:
            yield "absent", "test_present", {"name": name}


def _named(keys: Iterator[str]) -> set[str]:
    return {name for key in keys for name in (key, key.partition("[")[0])}


def _dates(expect: Expect, plan: Plan) -> Iterator[_Failure]:
    by_key = {task.key: task for task in plan.tasks}
    for section, wanted in (("due", expect.due), ("start", expect.start)):
        for key, text in wanted.items():
            task = by_key.get(key)
            if task is None:
                yield section, "test_missing", {"name": key}
                continue
            found = _written(task.due if section == "due" else task.start, with_time="T" in text)
            if found != text:
                yield section, "test_date", {"name": key, "expected": text, "found": found}
    values = {anchor.name: anchor.value for anchor in plan.anchors}
    for name, text in expect.anchors.items():
        found = _anchor_text(values[name]) if name in values else "–"
        if found != text:
            yield "anchors", "test_date", {"name": name, "expected": text, "found": found}


def _written(date: PlannedDate | None, *, with_time: bool) -> str:
    if date is None or date.value is None:
        return UNKNOWN
    clock = f"T{date.at:%H:%M}" if date.at is not None and with_time else ""
    return f"{date.value.isoformat()}{clock}"


def _anchor_text(value: AnchorValue) -> str:
    if value.value is None:
        return "?"
    if value.earliest != value.latest:
        return f"{value.earliest}..{value.latest}"
    return f"{'~' if value.certainty.value == 'estimated' else ''}{value.value}"


def _questions(expect: Expect, plan: Plan) -> Iterator[_Failure]:
    asked = {question.name for question in plan.questions}
    for name in expect.questions:
        if name not in asked:
            yield "questions", "test_question", {"name": name}
    by_key = {task.key: task.depends_on for task in plan.tasks}
    for key, names in expect.depends.items():
        found = by_key.get(key, ())
        if set(found) != set(names):
            yield "depends", "test_depends", {"name": key, "expected": names, "found": found}


def _problems(expect: Expect, plan: Plan) -> Iterator[_Failure]:
    found = sorted({problem.code.removeprefix("playbooks.") for problem in plan.problems})
    wanted = sorted({code.removeprefix("playbooks.") for code in expect.problems})
    if found != wanted:
        yield "problems", "test_problems", {"expected": tuple(wanted), "found": tuple(found)}
    if expect.level is not None and expect.level != plan.level:
        yield "level", "test_level", {"expected": expect.level, "found": plan.level}
