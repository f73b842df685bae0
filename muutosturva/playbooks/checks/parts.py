"""The parts of a playbook the checks walk over: expressions, texts, participants, with their paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from muutosturva.errors import Problem
from muutosturva.playbooks.language.schema import Computation, Meeting, Playbook, RuleFact, Task
from muutosturva.playbooks.loading.items import items
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import Node, Path, Place
from muutosturva.playbooks.plan import TextMap

Check = Callable[[Resolved], Iterator[Problem]]
"""One check: yields a problem for each thing it finds."""


@dataclass(frozen=True, slots=True)
class DateText:
    """A date expression where it stands; ``wave`` tells whether a wave's own dates may stand in it."""

    path: Path
    text: str
    wave: bool


@dataclass(frozen=True, slots=True)
class RuleCall:
    """A rule of the law where a playbook asks it."""

    path: Path
    rule: str
    given: Mapping[str, RuleFact]
    wave: bool


def date_texts(playbook: Playbook) -> Iterator[DateText]:
    """Yield every date expression, those given to rules left out."""
    for section, wave, anchors in (("anchors", False, playbook.anchors), ("waves", True, playbook.waves)):
        for name, anchor in anchors.items():
            if anchor.estimate is not None:
                yield DateText((section, name, "estimate"), anchor.estimate, wave)
            if anchor.from_ is not None and anchor.from_.after is not None:
                yield DateText((section, name, "from", "after"), anchor.from_.after, wave)
    for path, item in items(playbook):
        wave = "waves" in item.for_each
        for key in ("start", "due", "starts", "until"):
            text = getattr(item, key, None)
            if text is not None:
                yield DateText((*path, key), text, wave)
    for name, need in playbook.training.items():
        if need.by is not None:
            yield DateText(("training", name, "by"), need.by, wave=False)


def condition_texts(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    """Yield every condition with its path."""
    if playbook.suggest is not None:
        yield ("suggest",), playbook.suggest
    for path, item in items(playbook):
        if item.when is not None:
            yield (*path, "when"), item.when
    for name, need in playbook.training.items():
        if need.when is not None:
            yield ("training", name, "when"), need.when


def rule_calls(playbook: Playbook) -> Iterator[RuleCall]:
    """Yield every rule a playbook asks, for an anchor or for a task."""
    for section, wave, anchors in (("anchors", False, playbook.anchors), ("waves", True, playbook.waves)):
        for name, anchor in anchors.items():
            source: Computation | None = anchor.from_
            if source is not None and source.rule is not None:
                yield RuleCall((section, name, "from"), source.rule, source.with_, wave)
    for name, task in playbook.tasks.items():
        if task.statutory is not None:
            path = ("tasks", name, "statutory")
            yield RuleCall(path, task.statutory.rule, task.statutory.with_, "waves" in task.for_each)


def participants(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    """Yield every mention of a role with its path."""
    if playbook.review is not None:
        yield ("review", "role"), playbook.review.role
    for name, task in playbook.tasks.items():
        yield from _of_task(("tasks", name), task)
    for name, message in playbook.messages.items():
        yield ("messages", name, "owner"), message.owner
        for index, role in enumerate(message.approvers):
            yield ("messages", name, "approvers", index), role
    for name, meeting in playbook.meetings.items():
        yield ("meetings", name, "owner"), meeting.owner
        for index, role in enumerate(meeting.invitees):
            yield ("meetings", name, "invitees", index), role


def _of_task(path: Path, task: Task) -> Iterator[tuple[Path, str]]:
    if task.raci.a is not None:
        yield (*path, "raci", "a"), task.raci.a
    for letter, roles in (("r", task.raci.r), ("c", task.raci.c), ("i", task.raci.i)):
        for index, role in enumerate(roles):
            yield (*path, "raci", letter, index), role
    if task.decision is not None:
        yield (*path, "decision", "by"), task.decision.by
    for index, step in enumerate(task.escalate):
        yield (*path, "escalate", index, "to"), step.to


def texts(playbook: Playbook) -> Iterator[tuple[Path, TextMap]]:
    """Yield every text a person reads, by language, with its path."""
    yield ("title",), playbook.title
    yield ("description",), playbook.description
    yield from _texts_of_facts(playbook)
    for name, words in playbook.phases.items():
        yield ("phases", name), words
    for name, role in playbook.roles.items():
        yield ("roles", name, "title"), role.title
    for path, item in items(playbook):
        yield (*path, "title"), item.title
        if isinstance(item, Task):
            yield (*path, "howto"), item.howto
            yield from _texts_asked(path, item)
            for index, point in enumerate(item.checklist):
                yield (*path, "checklist", index), point
        elif isinstance(item, Meeting):
            yield (*path, "place"), item.place
    for name, need in playbook.training.items():
        yield ("training", name, "title"), need.title
        yield ("training", name, "note"), need.note


def _texts_asked(path: Path, task: Task) -> Iterator[tuple[Path, TextMap]]:
    for option, words in task.decision.options.items() if task.decision else ():
        yield (*path, "decision", "options", option), words
    for name, field in task.form.fields.items() if task.form else ():
        yield (*path, "form", "fields", name, "label"), field.label
        for option, words in field.options.items():
            yield (*path, "form", "fields", name, "options", option), words


def _texts_of_facts(playbook: Playbook) -> Iterator[tuple[Path, TextMap]]:
    for name, declared in playbook.inputs.items():
        yield ("inputs", name, "label"), declared.label
        yield ("inputs", name, "help"), declared.help
        for option, words in declared.options.items():
            yield ("inputs", name, "options", option), words
    for section, anchors in (("anchors", playbook.anchors), ("waves", playbook.waves)):
        for name, anchor in anchors.items():
            yield (section, name, "label"), anchor.label
            yield (section, name, "help"), anchor.help


def written(node: Node) -> Iterator[tuple[Place, str]]:
    """Yield every text of a tree, keys left out, with its place."""
    todo = [node]
    while todo:
        part = todo.pop()
        if isinstance(part.content, dict):
            todo.extend(part.content.values())
        elif isinstance(part.content, list):
            todo.extend(part.content)
        elif isinstance(part.content, str):
            yield part.place, part.content
