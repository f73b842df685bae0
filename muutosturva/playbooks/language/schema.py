"""The playbook as declared: the one place that says which keys exist and what they hold.

The JSON Schema for editors, the loader's messages and the reference page all come from these
models; their words for people stand in ``data/playbook_keys.toml``. Expressions stay text here;
``expressions`` reads them, ``check`` judges them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from muutosturva.playbooks.language.asking import Decision, Form
from muutosturva.playbooks.language.using import Uses
from muutosturva.playbooks.language.vocabulary import (
    DEFAULT_TAG,
    Expression,
    Id,
    Ids,
    Languages,
    Length,
    Model,
    Name,
    Produce,
    Repeat,
    RollWord,
    Texts,
    Version,
    Words,
)
from muutosturva.playbooks.language.worked_cases import PlaybookTest

SCHEMA: Final = "muutosturva/playbook/1"
"""Value of the key ``schema``: the version of the language a file is written in."""
MOST_ENTRIES: Final = 1000
"""Most tasks, messages … of one playbook: twenty times the largest that ships."""


class Validity(Model):
    """Days between which the playbook may be used without a warning."""

    from_: dt.date = Field(alias="from")
    """First day, ``2026-01-01``."""
    until: dt.date | None = None
    """Last day."""


class Review(Model):
    """Who reads the playbook through, and how often."""

    role: Id
    every: Length
    last: dt.date | None = None
    """Day it was last read through; without one it counts as read on its first day (``valid.from``)."""


class Input(Model):
    """A fact the trigger asks for."""

    type: Literal["int", "bool", "text", "date", "enum", "list", "sites"]
    label: Texts
    """The question as a person reads it."""
    help: Texts = Field(default_factory=dict)
    required: bool = False
    """True: no plan without it. False: an empty answer is "not known"."""
    default: int | bool | str | tuple[str, ...] | None = None
    min: int | None = None
    max: int | None = None
    options: Mapping[str, Texts] = Field(default_factory=dict)
    """Permitted values of an ``enum`` and their words."""

    @model_validator(mode="after")
    def _fits_type(self) -> Self:
        if (self.type == "enum") != bool(self.options):
            raise ValueError("enum_options")
        if self.type != "int" and (self.min is not None or self.max is not None):
            raise ValueError("bounds_without_int")
        if self.default is not None and not self.admits(self.default):
            raise ValueError("default_of_other_type")
        return self

    def admits(self, value: object) -> bool:
        """Tell whether a value has this input's type; bounds are judged apart."""
        if self.type == "enum":
            return isinstance(value, str) and value in self.options
        if self.type in {"list", "sites"}:
            return isinstance(value, (list, tuple))
        if self.type == "date":
            return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
        expected = {"int": int, "bool": bool, "text": str}[self.type]
        return isinstance(value, expected) and (self.type != "int" or not isinstance(value, bool))


RuleFact = bool | int | Expression
"""A value for a rule: yes/no, a number, the name of an input, or a date expression."""


class Computation(Model):
    """Where a date comes from when nobody gives it: a rule of the law, or a calendar of the office."""

    rule: Name | None = None
    """Name of a rule of the rule book, ``negotiations_earliest``."""
    with_: Mapping[Name, RuleFact] = Field(default_factory=dict, alias="with")
    """Facts of the rule that do not bear the name of an anchor or input."""
    calendar: Literal["council"] | None = None
    """A calendar of the office: days of council meetings."""
    after: Expression | None = None
    """The first meeting after this date is taken."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.rule is None) == (self.calendar is None):
            raise ValueError("rule_or_calendar")
        if (self.calendar is None) != (self.after is None):
            raise ValueError("calendar_with_after")
        return self


class Anchor(Model):
    """A named date others are counted from."""

    label: Texts
    help: Texts = Field(default_factory=dict)
    required: bool = False
    estimate: Expression | None = None
    """Date expression used until somebody gives the date."""
    from_: Computation | None = Field(default=None, alias="from")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.estimate is not None and self.from_ is not None:
            raise ValueError("estimate_or_from")
        return self


class Role(Model):
    """A role the roster fills; a playbook never names a person."""

    title: Texts
    count: Annotated[int, Field(ge=1, le=50)] = 1
    deputy: bool = False
    skills: Ids = ()
    fill: Literal["trigger", "first_use"] = "first_use"
    """When somebody must be named: at the trigger, or when the role is first needed."""


class Responsibility(Model):
    """Who does, who answers, who is asked, who is told."""

    r: Ids = ()
    a: Id | None = None
    c: Ids = ()
    i: Ids = ()


class Statutory(Model):
    """The rule of the law that sets the task's date."""

    rule: Name
    with_: Mapping[Name, RuleFact] = Field(default_factory=dict, alias="with")


class Escalation(Model):
    """Who is told when a task is late."""

    after: Length
    """Working or calendar days after the due day."""
    to: Id


class Item(Model):
    """What tasks, messages, meetings and documents share."""

    title: Texts
    when: Expression | None = None
    """Condition under which it is needed; unknown makes it a question."""
    for_each: Repeat = ()
    every: Length | None = None
    until: Expression | None = None
    """Last day of a repetition; required with ``every``."""
    roll: RollWord = "none"
    """Where a date goes that is no working day, after everything else is counted."""
    renamed_from: Id | None = None
    """Its id in an earlier version: a running incident that is moved over keeps its row under the new id."""

    @model_validator(mode="after")
    def _every_needs_until(self) -> Self:
        if (self.every is None) != (self.until is None):
            raise ValueError("every_with_until")
        return self


class Task(Item):
    """One step of the plan."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{1,2}$")] = ""
    """Row of the default step plan, ``B1`` … ``F1``."""
    phase: Id
    start: Expression | None = None
    """Date expression: when it can begin."""
    due: Expression | None = None
    """Date expression: the day by which it is done, ``heard + 1 wd``."""
    raci: Responsibility
    """Who does it (``r``), answers for it (``a``), is asked (``c``), is told (``i``)."""
    needs: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z]+)?$")], ...] = ()
    """What must be done first: task ids, ``task.started``, ``message.approved``, ``anchor.confirmed``."""
    join: Annotated[int, Field(ge=1)] | None = None
    """So many of the needs suffice; all are needed when it is left out."""
    decision: Decision | None = None
    """What is chosen when the task is done."""
    form: Form | None = None
    """What is written down when the task is done."""
    statutory: Statutory | None = None
    law: tuple[Words, ...] = ()
    """Acts and sections, ``1333/2021 21 §``."""
    unsure: bool = False
    """True while the law behind it has not been checked; the mark is shown everywhere."""
    checklist: tuple[Texts, ...] = ()
    howto: Texts = Field(default_factory=dict)
    """Help for somebody who did this last a year ago."""
    produces: tuple[Produce, ...] = ()
    escalate: tuple[Escalation, ...] = ()

    @model_validator(mode="after")
    def _can_be_done(self) -> Self:
        if self.join is not None and self.join > len(self.needs):
            raise ValueError("join_many")
        if self.decision is not None and self.form is not None:
            raise ValueError("decision_or_form")
        return self


class Message(Item):
    """One line of the communication plan."""

    audience: Id
    channel: Id
    languages: Languages = (DEFAULT_TAG,)
    owner: Id
    approvers: Ids = ()
    template: Id = ""
    due: Expression | None = None
    next_update: Length | None = None
    """When the next word is promised."""


class Meeting(Item):
    """A meeting or a series; it becomes calendar entries."""

    starts: Expression
    """Date expression with a clock time: ``heard + 1 wd at 09:00``."""
    minutes: Annotated[int, Field(ge=5, le=1440)]
    place: Texts = Field(default_factory=dict)
    invitees: Ids = ()
    owner: Id
    shared: bool = False
    """True where a regional situation holds it once for all its firms that have it at one time and place."""


class Document(Item):
    """A document for an audience."""

    document: Id
    """Kind of the document, ``situation``."""
    audience: Id
    languages: Languages = (DEFAULT_TAG,)
    formats: tuple[Literal["docx", "pdf", "html", "md"], ...] = ("docx", "pdf")
    due: Expression | None = None


class Training(Model):
    """A need for training, and by when it should be met."""

    title: Texts
    by: Expression | None = None
    when: Expression | None = None
    note: Texts = Field(default_factory=dict)


class Playbook(Model):
    """One playbook, its overlays merged."""

    schema_: Literal["muutosturva/playbook/1"] = Field(alias="schema")
    id: Id
    version: Version
    """In quotes, or YAML reads it as a number: ``"2026.1"``."""
    kind: Literal["incident", "standing", "drill"]
    abstract: bool = False
    """True for a base others build on: it cannot be triggered itself."""
    title: Texts
    description: Texts = Field(default_factory=dict)
    valid: Validity | None = None
    review: Review | None = None
    law: tuple[Words, ...] = ()
    suggest: Expression | None = None
    """Condition under which the trigger proposes this playbook."""
    use: Uses = ()
    """Bundles taken in, with their exact version: ``staff-session@2026.1``."""
    inputs: Mapping[Name, Input] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    anchors: Mapping[Name, Anchor] = Field(default_factory=dict, max_length=100)
    waves: Mapping[Name, Anchor] = Field(default_factory=dict, max_length=10)
    """Dates each wave has of its own: ``notice`` and ``end``."""
    phases: Mapping[Id, Texts] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    roles: Mapping[Id, Role] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    tasks: Mapping[Id, Task] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    messages: Mapping[Id, Message] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    meetings: Mapping[Id, Meeting] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    documents: Mapping[Id, Document] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    training: Mapping[Id, Training] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    tests: Annotated[tuple[PlaybookTest, ...], Field(max_length=MOST_ENTRIES)] = ()


class Removal(Model):
    """Why an overlay takes something out."""

    reason: Texts


class _Change(Model):
    replace: Mapping[Id, Mapping[str, Any]] = Field(default_factory=dict)
    """By id: the keys that change; maps are merged, everything else is replaced."""
    remove: Mapping[Id, Removal] = Field(default_factory=dict)


class InputChange(_Change):
    """Changes to inputs."""

    add: Mapping[Name, Input] = Field(default_factory=dict)


class AnchorChange(_Change):
    """Changes to anchors or to the dates of waves."""

    add: Mapping[Name, Anchor] = Field(default_factory=dict)


class PhaseChange(_Change):
    """Changes to phases."""

    add: Mapping[Id, Texts] = Field(default_factory=dict)


class RoleChange(_Change):
    """Changes to roles."""

    add: Mapping[Id, Role] = Field(default_factory=dict)


class TaskChange(_Change):
    """Changes to tasks."""

    add: Mapping[Id, Task] = Field(default_factory=dict)


class MessageChange(_Change):
    """Changes to messages."""

    add: Mapping[Id, Message] = Field(default_factory=dict)


class MeetingChange(_Change):
    """Changes to meetings."""

    add: Mapping[Id, Meeting] = Field(default_factory=dict)


class DocumentChange(_Change):
    """Changes to documents."""

    add: Mapping[Id, Document] = Field(default_factory=dict)


class TrainingChange(_Change):
    """Changes to training needs."""

    add: Mapping[Id, Training] = Field(default_factory=dict)


class Overlay(Model):
    """A playbook laid over another: it says only what it adds, changes and takes out."""

    schema_: Literal["muutosturva/playbook/1"] = Field(alias="schema")
    id: Id
    version: Version
    extends: Id
    """Id of the playbook under it."""
    kind: Literal["incident", "standing", "drill"] | None = None
    abstract: bool = False
    title: Texts
    description: Texts = Field(default_factory=dict)
    valid: Validity | None = None
    review: Review | None = None
    law: tuple[Words, ...] | None = None
    suggest: Expression | None = None
    use: Uses = ()
    inputs: InputChange | None = None
    anchors: AnchorChange | None = None
    waves: AnchorChange | None = None
    phases: PhaseChange | None = None
    roles: RoleChange | None = None
    tasks: TaskChange | None = None
    messages: MessageChange | None = None
    meetings: MeetingChange | None = None
    documents: DocumentChange | None = None
    training: TrainingChange | None = None
    tests: tuple[PlaybookTest, ...] = ()


SECTIONS: Final = (
    "inputs",
    "anchors",
    "waves",
    "phases",
    "roles",
    "tasks",
    "messages",
    "meetings",
    "documents",
    "training",
)
"""Keys whose value is a map by id, and which an overlay changes with add, replace and remove."""
