"""The plan: what ``expand`` returns, ``playbook plan`` prints and ``incident open`` saves.

All values are frozen and plain. Texts are maps by language tag; a date that is not known is
None with a reason code beside it, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from muutosturva.errors import Problem
from muutosturva.playbooks.facts import AnchorValue, Certainty, ReplyKey, Wave
from muutosturva.rules.results import LawRow, StatutoryDate

TextMap = Mapping[str, str]


def step_of(question: str) -> str:
    """Return the task that answers a question when it is done; "" for an input, answered by itself."""
    key = ReplyKey.parse(question)
    return "" if key is None else key.step


class PlannedState(StrEnum):
    """State a planned task starts in."""

    WAITING = "waiting"
    """Something it needs is not done yet."""
    READY = "ready"
    QUESTION = "question"
    """Whether it is needed depends on an answer the group has not given."""


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A computed date of a task, message or meeting.

    Attributes:
        expression: the text it was computed from, ``decision + 5 wd``.
        value: the date to plan with, or None.
        earliest, latest: bounds when an anchor is a range; equal to ``value`` otherwise.
        at: clock time in Finland, or None for a whole day.
        certainty: that of the least sure anchor it hangs on.
        anchors: names of the anchors it hangs on (``notice[w1]`` for a wave's own).
        reason_code: why ``value`` is None: ``date.unknown_anchor`` (the anchors named in
            ``anchors``) or ``date.no_law_row``; "" otherwise.
    """

    expression: str
    value: date | None
    earliest: date | None
    latest: date | None
    at: time | None
    certainty: Certainty
    anchors: tuple[str, ...] = ()
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class Raci:
    """Roles of a task: responsible, accountable (exactly one), consulted, informed."""

    responsible: tuple[str, ...]
    accountable: str
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()

    @property
    def doer(self) -> str:
        """Return the role that does the task: the first responsible one, else the accountable one.

        "Who does what by when" is what the group asks; who answers for it stands beside.
        """
        return self.responsible[0] if self.responsible else self.accountable


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Who is told when a task is late: a role, so many working days after the due day."""

    after: str
    to: str


@dataclass(frozen=True, slots=True)
class Question:
    """An input the plan needs and nobody has answered, or what a task has yet to decide.

    Attributes:
        name: name of the input; of a decision or a form's field, what conditions call it (``decided(task)``).
        label: the question in words, by language.
        type: ``int``, ``bool``, ``enum``, ``text``, ``date`` or ``list``.
        options: permitted values of an enum.
        decides: keys of the tasks, messages and documents that depend on it.
    """

    name: str
    label: TextMap
    type: str
    options: tuple[str, ...]
    decides: tuple[str, ...]

    @property
    def step(self) -> str:
        """Return the task that answers it when it is done; "" for an input."""
        return step_of(self.name)


@dataclass(frozen=True, slots=True)
class AskedField:
    """One thing a form asks when its task is done.

    Attributes:
        name: id of the field.
        type: ``int``, ``bool``, ``text``, ``date`` or ``enum``.
        label: the question in words, by language.
        required: True when the task is not done without it.
        options: permitted values of an ``enum`` with their words by language.
    """

    name: str
    type: str
    label: TextMap
    required: bool = False
    options: Mapping[str, TextMap] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asks:
    """What finishing a task asks for: a decision (``options``) or a form (``fields``).

    Attributes:
        options: what can be chosen, with its words by language; {} for a form.
        by: role that decides; "" for a form.
        fields: of the form, in their order; () for a decision.
    """

    options: Mapping[str, TextMap] = field(default_factory=dict)
    by: str = ""
    fields: tuple[AskedField, ...] = ()

    @property
    def needed(self) -> bool:
        """Tell whether the task cannot be done without an answer."""
        return bool(self.options) or any(asked.required for asked in self.fields)


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task of the plan.

    Attributes:
        key: readable id, ``session[lahti,sv]``; ``step`` without an item for a single task.
        step: id of the task in the playbook.
        item: values of ``for_each`` in its order, ``("lahti", "sv")``; () for a single task.
        code: row of the default step plan (``B1`` … ``F1``), or "".
        title: what is done, by language, with the item's names filled in.
        phase: id of the phase.
        raci: roles by responsibility.
        start, due: computed dates or None when the playbook gives none.
        statutory: the three dates of the law, or None.
        rule: name of the rule behind ``statutory``, or "".
        law: acts and sections the step rests on, as written in the playbook.
        needs: keys it waits for, as written (``contact``, ``release.approved``).
        state: waiting, ready or question.
        depends_on: names of the unanswered inputs, when the state is question.
        when: the condition as written, or "".
        values: values of the names in the condition, as used.
        area: slug of the area it belongs to when repeated over areas, else "".
        wave: id of its wave, or "".
        checklist: points to tick, by language.
        howto: help for somebody who does it for the first time, by language.
        produces: what comes out (``document:situation``, ``message:release``, ``form:contact``).
        escalate: the ladder.
        unsure: True when the step itself or a law row behind it is marked unsure.
        join: so many of the needs suffice; None when all are needed.
        asks: what finishing it asks for, or None.
    """

    key: str
    step: str
    item: tuple[str, ...]
    code: str
    title: TextMap
    phase: str
    raci: Raci
    start: PlannedDate | None
    due: PlannedDate | None
    statutory: StatutoryDate | None
    rule: str
    law: tuple[str, ...]
    needs: tuple[str, ...]
    state: PlannedState
    depends_on: tuple[str, ...]
    when: str
    values: Mapping[str, object]
    area: str
    wave: str
    checklist: tuple[TextMap, ...]
    howto: TextMap
    produces: tuple[str, ...]
    escalate: tuple[EscalationStep, ...]
    unsure: bool
    join: int | None = None
    asks: Asks | None = None

    @property
    def due_on(self) -> date | None:
        """Return the day it is due, or None when that is not known."""
        return None if self.due is None else self.due.value

    @property
    def by_law(self) -> bool:
        """Tell whether the law asks for it: a rule dates it, known or not, or it rests on an act."""
        return bool(self.rule or self.law)


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """One line of the communication plan: audience, channel, languages, approvers, due."""

    key: str
    title: TextMap
    audience: str
    channel: str
    languages: tuple[str, ...]
    owner: str
    approvers: tuple[str, ...]
    template: str
    due: PlannedDate | None
    next_update: str
    state: PlannedState
    depends_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """One meeting: a calendar entry with roles as invitees.

    Attributes:
        key: readable id; a series has one entry per occurrence, ``weekly[3]``.
        starts: its day and clock time (``at`` is set).
        minutes: duration.
        place: where, by language; may be {}.
        invitees: roles.
        shared: True where the firms of a regional situation hold it together.
    """

    key: str
    title: TextMap
    starts: PlannedDate
    minutes: int
    place: TextMap
    invitees: tuple[str, ...]
    owner: str
    state: PlannedState
    depends_on: tuple[str, ...]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document for an audience, due on a day."""

    key: str
    document: str
    title: TextMap
    audience: str
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    due: PlannedDate | None
    state: PlannedState
    depends_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedRole:
    """A role that needs filling from the roster."""

    id: str
    title: TextMap
    count: int
    deputy: bool
    skills: tuple[str, ...]
    fill: str


@dataclass(frozen=True, slots=True)
class PlannedAnchor:
    """An anchor as resolved: given, estimated from another, or computed by a rule."""

    name: str
    label: TextMap
    value: AnchorValue
    origin: str
    """``given``, ``estimate``, ``rule`` or ``unknown``."""
    expression: str
    law: tuple[LawRow, ...] = ()
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that follows from a playbook and the facts.

    ``problems`` is empty for a plan that may be saved: missing required anchors or inputs,
    impossible values and the like are listed here all at once.
    """

    playbook_id: str
    playbook_version: str
    playbook_title: TextMap
    playbook_sha256: str
    kind: str
    level: str
    anchors: tuple[PlannedAnchor, ...]
    waves: tuple[Wave, ...]
    roles: tuple[PlannedRole, ...]
    tasks: tuple[PlannedTask, ...]
    messages: tuple[PlannedMessage, ...]
    meetings: tuple[PlannedMeeting, ...]
    documents: tuple[PlannedDocument, ...]
    questions: tuple[Question, ...]
    phases: tuple[tuple[str, TextMap], ...]
    law_revision: int
    problems: tuple[Problem, ...] = ()
