"""Holding a playbook to the worked cases in its own ``tests``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from muutosturva.errors import NONE_NEAR, Problem
from muutosturva.playbooks.facts import ReplyKey
from muutosturva.playbooks.language.worked_cases import Given, PlaybookTest
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import Path, problem_at
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.expand import expand
from muutosturva.playbooks.trying.differences import Difference, Gap, unlike
from muutosturva.playbooks.trying.given import facts_of, learned
from muutosturva.playbooks.trying.judging import judged
from muutosturva.playbooks.trying.replies import judged_replies, replies_of
from muutosturva.playbooks.trying.simulating import Simulation
from muutosturva.rules.book import LawBook
from muutosturva.rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The outcome of one worked case; it held when there are no differences.

    Attributes:
        name: of the case.
        differences: every expectation that was not met, in the order of the file's keys.
        unreadable: dates of the case that cannot be read.
        plan: what came of the facts given first.
    """

    name: str
    differences: tuple[Difference, ...]
    unreadable: tuple[Problem, ...]
    plan: Plan

    @property
    def failures(self) -> tuple[Problem, ...]:
        """Everything that is wrong, as problems with their places."""
        return (*self.unreadable, *(difference.problem for difference in self.differences))


def run_tests(
    resolved: Resolved, calendar: WorkCalendar, book: LawBook, findings: Collection[str] = ()
) -> tuple[CaseResult, ...]:
    """Run every worked case of a playbook, in the order written; an abstract base's too.

    Args:
        resolved: the playbook.
        calendar: working days.
        book: the rule book.
        findings: codes of what the lint warns of, for the cases that expect some.
    """
    concrete = replace(resolved, playbook=resolved.playbook.model_copy(update={"abstract": False}))
    bench = _Bench(concrete, calendar, book, findings)
    return tuple(bench.run(index, case) for index, case in enumerate(resolved.playbook.tests))


@dataclass(frozen=True, slots=True)
class _Bench:
    resolved: Resolved
    calendar: WorkCalendar
    book: LawBook
    findings: Collection[str]

    def run(self, index: int, case: PlaybookTest) -> CaseResult:
        """Run one case: the plan as first made, then its days."""
        path: Path = ("tests", index)
        plan, unreadable = self._plan(case.given, (*path, "given"))
        gaps = judged(case.expect, plan, self.findings)
        differences = [self._difference(gap, (*path, "expect"), None) for gap in gaps]
        later, wrong = self._days(case, plan, path)
        return CaseResult(case.name, (*differences, *later), (*unreadable, *wrong), plan)

    def _days(self, case: PlaybookTest, plan: Plan, path: Path) -> tuple[list[Difference], list[Problem]]:
        simulation, known = Simulation(), case.given
        simulation.follow(plan)
        differences: list[Difference] = []
        unreadable: list[Problem] = []
        replies: dict[ReplyKey, object] = {}
        before = None
        for number, day in enumerate(case.days):
            here: Path = (*path, "days", number)
            if before is not None and day.on <= before:
                gap = unlike("on", "", f"> {before}", str(day.on), "test_days")
                differences.append(self._difference(gap, here, day.on))
            before, known = day.on, learned(known, day.given)
            plan, wrong = self._plan(known, (*here, "given"), replies)
            unreadable += wrong if day.given.anchors or day.given.waves else ()
            simulation.follow(plan)
            differences += self._differences(simulation.act(day), here, day.on)
            if day.decided or day.answered:
                wrong_replies = judged_replies(self.resolved.playbook, day)
                differences += self._differences(wrong_replies, here, day.on)
                replies |= replies_of(self.resolved.playbook, day)
                plan, _ = self._plan(known, (*here, "given"), replies)
                simulation.follow(plan)
            evening = simulation.evening(day.expect, plan, day.on)
            differences += self._differences(evening, (*here, "expect"), day.on)
        return differences, unreadable

    def _plan(
        self, given: Given, path: Path, replies: Mapping[ReplyKey, object] | None = None
    ) -> tuple[Plan, list[Problem]]:
        facts, wrong = facts_of(given)
        facts = replace(facts, replies=dict(replies or {}))
        plan = expand(self.resolved, facts, self.calendar, self.book, council=given.council)
        place = self.resolved.place(path)
        return plan, [
            problem_at(place, "test_anchor_text", name=name, text=text) for name, text in wrong.items()
        ]

    def _differences(self, gaps: Iterable[Gap], path: Path, on: dt.date) -> Iterator[Difference]:
        return (self._difference(gap, path, on) for gap in gaps)

    def _difference(self, gap: Gap, path: Path, on: dt.date | None) -> Difference:
        place = self.resolved.place(_path_of(self.resolved, (*path, gap.section), gap.name))
        told = {
            "name": gap.name,
            "expected": gap.expected,
            "found": gap.found,
            "nearest": gap.near or NONE_NEAR,
        }
        return Difference(gap, on, problem_at(place, gap.code, day=on, **told))


def _path_of(resolved: Resolved, path: Path, name: str) -> Path:
    """Return the path of the very entry of a list or map an expectation stands in, as far as there is one."""
    node = resolved.root.nearest(path)
    if isinstance(node.content, list):
        step = name.partition("[")[0]
        written = [str(entry.content) for entry in node.content]
        found = next((at for at, text in enumerate(written) if text in {name, step}), None)
        return path if found is None else (*path, found)
    return (*path, name)
