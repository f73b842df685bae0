"""From a playbook and what is known to a plan. Pure: the preview and what is saved cannot differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from muutosturva.errors import Problem
from muutosturva.playbooks.expressions.logic import LEVEL
from muutosturva.playbooks.facts import Facts, ReplyKey
from muutosturva.playbooks.language.replying import Asked, asked
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import (
    Plan,
    PlannedDocument,
    PlannedMeeting,
    PlannedMessage,
    PlannedRole,
    PlannedTask,
    Question,
    TextMap,
)
from muutosturva.playbooks.planning.beyond import beyond_calendar
from muutosturva.playbooks.planning.givens import ANCHOR_YEARS, judge_givens
from muutosturva.playbooks.planning.ground import Ground, lay_ground
from muutosturva.playbooks.planning.outputs import documents, meetings, messages
from muutosturva.playbooks.planning.steps import Step, settled, steps, with_states
from muutosturva.rules.book import LawBook
from muutosturva.rules.levels import Level
from muutosturva.rules.workdays import WorkCalendar


def expand(
    playbook: Resolved,
    facts: Facts,
    calendar: WorkCalendar,
    book: LawBook,
    *,
    council: Iterable[dt.date] = (),
) -> Plan:
    """Return the plan that follows from a playbook and the facts.

    Never raises for what was given: missing and impossible values are ``Plan.problems``, all at
    once, and the plan is made as far as it goes without them. Where the law has no row for a
    date, the date is missing with the reason ``date.no_law_row``.

    Args:
        playbook: a playbook as loaded, or read again from a stored text.
        facts: what is known.
        calendar: working days of the area that leads.
        book: the rule book.
        council: days of council meetings, in any order.
    """
    declared = playbook.playbook
    ground = settled(lay_ground(declared, facts, calendar, book, tuple(council)))
    found = list(steps(ground))
    told, met, written = list(messages(ground)), list(meetings(ground)), list(documents(ground))
    tasks = with_states([step.task for step in found], {_id(message.key) for message in told}, ground)
    given = judge_givens(declared, facts)
    # A given date beyond the years is told by itself: what is counted from it need not be told too.
    far = (
        () if any(wrong.code == ANCHOR_YEARS for wrong in given) else beyond_calendar(playbook, ground, tasks)
    )
    return Plan(
        playbook_id=declared.id,
        playbook_version=declared.version,
        playbook_title=declared.title,
        playbook_sha256=playbook.sha256,
        kind=declared.kind,
        level=ground.answers.level,
        anchors=ground.dates.anchors,
        waves=tuple(ground.waves.values()),
        roles=tuple(_roles(declared, tasks, told, met)),
        tasks=tasks,
        messages=tuple(told),
        meetings=tuple(met),
        documents=tuple(written),
        questions=tuple(_questions(ground, found, [*told, *met, *written])),
        phases=tuple(declared.phases.items()),
        law_revision=book.revision,
        problems=(*_abstract(declared), *ground.answers.problems, *given, *far),
    )


def _abstract(playbook: Playbook) -> tuple[Problem, ...]:
    if not playbook.abstract:
        return ()
    return (Problem("playbooks.abstract", {"name": playbook.id}, path=playbook.id),)


def _id(key: str) -> str:
    return key.partition("[")[0]


def _roles(
    playbook: Playbook,
    tasks: Iterable[PlannedTask],
    told: Iterable[PlannedMessage],
    met: Iterable[PlannedMeeting],
) -> Iterator[PlannedRole]:
    """Yield the roles that something in the plan needs, in the playbook's order."""
    used: set[str] = set()
    for task in tasks:
        raci = task.raci
        used |= {*raci.responsible, raci.accountable, *raci.consulted, *raci.informed}
        used |= {step.to for step in task.escalate}
        used |= {task.asks.by} if task.asks and task.asks.by else set()
    for message in told:
        used |= {message.owner, *message.approvers}
    for meeting in met:
        used |= {meeting.owner, *meeting.invitees}
    for name, role in playbook.roles.items():
        if name in used:
            yield PlannedRole(name, role.title, role.count, role.deputy, role.skills, role.fill)


def _questions(
    ground: Ground,
    found: Iterable[Step],
    others: Iterable[PlannedMessage | PlannedMeeting | PlannedDocument],
) -> Iterator[Question]:
    """Yield every unanswered input with what it decides, inputs first and in their order.

    What a task decides when it is done is a question until then, in the words of that task.
    """
    decides: dict[str, list[str]] = {}
    for step in found:
        law = [name for name in step.law_depends_on if ground.answers.values.get(name, "") is None]
        for name in dict.fromkeys((*step.task.depends_on, *law)):
            decides.setdefault(name, []).append(step.task.key)
    for entry in others:
        for name in entry.depends_on:
            decides.setdefault(name, []).append(entry.key)
    for name in (*ground.playbook.inputs, *sorted(decides.keys() - ground.playbook.inputs.keys())):
        if name in decides:
            yield _question(ground.playbook, name, decides)


def _question(playbook: Playbook, name: str, decides: Mapping[str, list[str]]) -> Question:
    keys = tuple(decides[name])
    declared = playbook.inputs.get(name)
    if declared is not None:
        return Question(name, declared.label, declared.type, tuple(declared.options), keys)
    key = ReplyKey.parse(name)
    told = asked(playbook, key) if key is not None else None
    if told is not None:
        return Question(name, _label(told), told.type, tuple(told.options), keys)
    if name == LEVEL:
        return Question(name, {}, "enum", tuple(Level), keys)
    return Question(name, {}, "list", (), keys)


def _label(told: Asked) -> TextMap:
    """Return what a task asks: its title, and the question of its form behind it."""
    title = told.task.title
    if not told.label:
        return title
    return {tag: f"{title[tag]}: {told.label[tag]}" for tag in title if tag in told.label}
