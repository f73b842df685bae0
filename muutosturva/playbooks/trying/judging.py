"""Holding a plan to what a worked case expects of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.language.worked_cases import Expect
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.trying.differences import (
    Gap,
    listed,
    missing,
    named,
    present,
    unlike,
    written,
)

_ROOM = "playbooks."


def judged(expect: Expect, plan: Plan, findings: Collection[str]) -> Iterator[Gap]:
    """Yield every expectation of a plan that is not met.

    Args:
        expect: what is expected.
        plan: what came of the facts.
        findings: codes of what the lint warns of.
    """
    yield from _presence(expect, plan)
    yield from _dates(expect, plan)
    yield from _anchors(expect, plan)
    yield from _questions(expect, plan)
    yield from _whole(expect, plan, findings)


def _presence(expect: Expect, plan: Plan) -> Iterator[Gap]:
    sections: tuple[tuple[str, Collection[str], set[str]], ...] = (
        ("tasks", expect.tasks, named(task.key for task in plan.tasks)),
        ("messages", expect.messages, named(message.key for message in plan.messages)),
        ("meetings", expect.meetings, named(meeting.key for meeting in plan.meetings)),
        ("documents", expect.documents, named(document.key for document in plan.documents)),
    )
    everything: set[str] = set()
    for section, wanted, known in sections:
        everything |= known
        yield from (missing(section, name, known) for name in wanted if name not in known)
    yield from (present("absent", name) for name in expect.absent if name in everything)


def _dates(expect: Expect, plan: Plan) -> Iterator[Gap]:
    by_key = {task.key: task for task in plan.tasks}
    for section, wanted in (("due", expect.due), ("start", expect.start)):
        for key, text in wanted.items():
            task = by_key.get(key)
            if task is None:
                yield missing(section, key, by_key)
                continue
            found = written(task.due if section == "due" else task.start, with_time="T" in text)
            if found != text:
                yield unlike(section, key, text, found, "test_date")


def _anchors(expect: Expect, plan: Plan) -> Iterator[Gap]:
    values = {anchor.name: anchor.value for anchor in plan.anchors}
    for name, text in expect.anchors.items():
        if name not in values:
            yield missing("anchors", name, values)
        elif (found := _anchor_text(values[name])) != text:
            yield unlike("anchors", name, text, found, "test_date")


def _anchor_text(value: AnchorValue) -> str:
    if value.value is None:
        return "?"
    if value.earliest != value.latest:
        return f"{value.earliest}..{value.latest}"
    return f"{'~' if value.certainty.value == 'estimated' else ''}{value.value}"


def _questions(expect: Expect, plan: Plan) -> Iterator[Gap]:
    asked = {question.name for question in plan.questions}
    for name in expect.questions:
        if name not in asked:
            yield unlike("questions", name, name, listed(asked), "test_question")
    by_key = {task.key: task.depends_on for task in plan.tasks}
    for key, names in expect.depends.items():
        if key not in by_key:
            yield missing("depends", key, by_key)
        elif set(by_key[key]) != set(names):
            yield unlike("depends", key, listed(names), listed(by_key[key]), "test_depends")


def _whole(expect: Expect, plan: Plan, findings: Collection[str]) -> Iterator[Gap]:
    found = {problem.code.removeprefix(_ROOM) for problem in plan.problems}
    wanted = {code.removeprefix(_ROOM) for code in expect.problems}
    if found != wanted:
        yield unlike("problems", "", listed(wanted), listed(found), "test_problems")
    if expect.level is not None and expect.level != plan.level:
        yield unlike("level", "", expect.level or "?", plan.level or "?", "test_level")
    codes = {code.removeprefix(_ROOM) for code in findings}
    if expect.findings is not None and codes != set(expect.findings):
        yield unlike("findings", "", listed(expect.findings), listed(codes), "test_findings")
