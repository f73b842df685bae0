"""What screens, documents and calendars read of an incident: frozen values, never rows.

Texts are maps by language; the front end picks. Times are aware UTC.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from muutosturva.errors import Problem
from muutosturva.incidents.pure.standing_in import Acting
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.work import Work
from muutosturva.models.states import (
    AreaPart,
    IncidentState,
    ItemState,
    LinkKind,
    Measure,
    Origin,
    Secrecy,
    Stage,
    StoreKind,
    TaskState,
)
from muutosturva.playbooks.facts import AnchorKey, AnchorValue, Site
from muutosturva.playbooks.plan import Asks, PlannedDate, Raci, TextMap
from muutosturva.rules.results import StatutoryDate
from muutosturva.rules.thresholds import Crossing


@dataclass(frozen=True, slots=True)
class AnchorView:
    """An anchor as it stands now; ``wave`` is "" for one of the whole incident."""

    name: str
    wave: str
    label: TextMap
    value: AnchorValue
    origin: str
    """``given``, ``estimate``, ``rule`` or ``unknown``."""
    reason_code: str
    recorded_at: dt.datetime
    rest: bool = False
    """True for a date of those whom the named waves leave out."""

    @property
    def key(self) -> str:
        """Return ``proposal``, or ``notice[w1]`` for an anchor of a wave."""
        return str(AnchorKey(self.name, self.wave))


@dataclass(frozen=True, slots=True)
class WaveView:
    """A group of people with its own notice day and last day."""

    wave: str
    label: str
    site: str
    measure: str
    count: int | None
    notice: AnchorValue | None
    end: AnchorValue | None
    rest: bool = False
    """True for the wave of those whom the named waves leave out."""


@dataclass(frozen=True, slots=True)
class AreaView:
    """An employment area the incident touches."""

    slug: str
    name: str
    lead: bool
    share: float | None


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role and who holds it now, the first one before the deputies."""

    role: str
    title: TextMap
    needed: int
    deputy_needed: bool
    holders: tuple[str, ...]
    deputies: tuple[str, ...]
    acting: Acting | None = None
    """Who acts on the day that was asked for; None where no day was."""

    @property
    def filled(self) -> bool:
        """Tell whether enough people hold the role; a missing deputy does not make it unfilled."""
        return len(self.holders) >= self.needed


@dataclass(frozen=True, slots=True)
class QuestionView:
    """An input nobody has answered, and what hangs on it."""

    name: str
    label: TextMap
    type: str
    options: tuple[str, ...]
    decides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A firm that hangs on an incident's firm; ``other`` is the readable id of its own incident, or ""."""

    incident: str
    employer: str
    name: str
    kind: LinkKind
    other: str
    headcount: int | None
    included: int
    source: str
    version: int


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident, or a regional situation with its ``children``.

    ``headcount`` is the number of affected people: that of the firm, or the sum over the
    children of a situation, each person once; None when any of it is not known. ``people`` tells
    the same as "at least". ``links`` are the firms that hang on it, a situation's those of its
    children; ``beyond`` counts the people of those without an incident of their own. A cancelled
    incident is no child any more. ``duplicate_of`` is the incident this one was merged into.
    """

    id: uuid.UUID
    readable_id: str
    owner_area: str
    kind: StoreKind
    state: IncidentState
    secrecy: Secrecy
    level: str
    employer: str
    municipality: str
    sector: str
    situation: bool
    parent: str
    children: tuple[str, ...]
    headcount: int | None
    playbook_id: str
    playbook_version: str
    playbook_sha256: str
    inputs: Mapping[str, Any]
    sites: tuple[Site, ...]
    languages: tuple[str, ...]
    phases: tuple[tuple[str, TextMap], ...]
    law_revision: int
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    anchors: tuple[AnchorView, ...]
    waves: tuple[WaveView, ...]
    areas: tuple[AreaView, ...]
    roles: tuple[RoleView, ...]
    questions: tuple[QuestionView, ...]
    version: int
    links: tuple[LinkView, ...] = ()
    sum_of_firms: Tally | None = None
    beyond: Tally | None = None
    duplicate_of: str = ""
    duplicates: tuple[str, ...] = ()

    @property
    def people(self) -> Tally:
        """Return the affected people, of a situation the sum over its firms."""
        return self.sum_of_firms or Tally.of([self.headcount])

    def anchor(self, key: str) -> AnchorView | None:
        """Return the anchor of a key such as ``decision`` or ``notice[w1]``, or None."""
        return next((anchor for anchor in self.anchors if anchor.key == key), None)


@dataclass(frozen=True, slots=True)
class TaskAreaView:
    """What one employment area does in a task that several share; ``contact`` is who is asked there."""

    slug: str
    name: str
    part: AreaPart
    contact: str
    done_at: dt.datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class TaskView(Work):
    """One task, with the person who does it now.

    ``role`` is the role that does it; ``person`` the one assigned by hand, else the first holder of
    that role, else "".
    """

    id: uuid.UUID
    incident: str
    employer: str
    key: str
    step: str
    item: tuple[str, ...]
    code: str
    title: TextMap
    phase: str
    role: str
    role_title: TextMap
    raci: Raci
    person: str
    assigned: bool
    start: PlannedDate | None
    due: PlannedDate | None
    due_by_hand: bool
    statutory: StatutoryDate | None
    rule: str
    law: tuple[str, ...]
    needs: tuple[str, ...]
    state: TaskState
    depends_on: tuple[str, ...]
    condition: str
    area: str
    wave: str
    checklist: tuple[TextMap, ...]
    howto: TextMap
    produces: tuple[str, ...]
    unsure: bool
    origin: Origin
    position: int
    rank: int | None
    """Place in the group's own order; None where the playbook's order holds."""
    label: str
    """A word of the group's own; "" for none."""
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    finished_by: str
    version: int
    resting: bool = False
    """True while its incident is only watched, or dormant and nothing was promised of it."""
    stands_in_for: str = ""
    """Who is away and would do it; "" where ``person`` does it in their own right."""
    appointed: str = ""
    """Who does it when nobody is away; "" for nobody."""
    state_reason: str = ""
    """Why the task is offered, skipped or withdrawn; "" otherwise."""
    areas: tuple[TaskAreaView, ...] = ()
    """Those who share it, the leading one first; () where it is one area's alone."""
    join: int | None = None
    """So many of the needs suffice; None when all are needed."""
    asks: Asks | None = None
    """What finishing it asks for, or None."""
    answer: Mapping[str, Any] | None = None
    """What was answered: ``decision`` and ``because``, or ``fields``; None while it is not done."""
    effect: Changes | None = None
    """After it was done or re-opened: what its answer did to the plan; None where nothing hung on it."""

    @property
    def by_law(self) -> bool:
        """Tell whether the law asks for it: a rule dates it, known or not, or it rests on an act."""
        return bool(self.rule or self.law)

    def of_area(self, slug: str) -> bool:
        """Tell whether an employment area has a part in the task: alone, or with others."""
        return slug in {self.area, *(area.slug for area in self.areas)}


@dataclass(frozen=True, slots=True)
class MessageView:
    """A line of the communication plan."""

    incident: str
    employer: str
    key: str
    title: TextMap
    audience: str
    channel: str
    languages: tuple[str, ...]
    owner: str
    approvers: tuple[str, ...]
    due: PlannedDate | None
    next_update: str
    state: ItemState
    depends_on: tuple[str, ...]
    version: int
    resting: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFirm:
    """A firm whose meeting is held together with others': its incident, its name, the meeting's key."""

    incident: str
    employer: str
    key: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting; ``invitees`` are roles, ``people`` those who come for them on its day.

    ``resting`` while it waits for its incident to be active.
    ``shared`` where the firms of a regional situation hold it together; ``firms`` are those that do,
    () where it stands for its own incident. ``name`` is what such a one is called as long as any of
    the firms that ever were in the situation holds it, "" otherwise.
    """

    incident: str
    employer: str
    key: str
    title: TextMap
    starts: PlannedDate
    minutes: int
    place: TextMap
    owner: str
    owner_person: str
    invitees: tuple[str, ...]
    people: tuple[str, ...]
    state: ItemState
    version: int
    resting: bool = False
    shared: bool = False
    firms: tuple[MeetingFirm, ...] = ()
    name: str = ""

    @property
    def employers(self) -> tuple[str, ...]:
        """Return the names of the firms it is held for."""
        return tuple(firm.employer for firm in self.firms) or (self.employer,)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of the plan."""

    incident: str
    employer: str
    key: str
    document: str
    title: TextMap
    audience: str
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    due: PlannedDate | None
    state: ItemState
    version: int
    resting: bool = False


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event of the log; ``payload`` is None when it has been erased."""

    seq: int
    kind: str
    incident: str
    actor: str
    login: str
    event_time: dt.datetime
    record_time: dt.datetime
    subjects: tuple[str, ...]
    fields: tuple[str, ...]
    payload: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """One line of the list of incidents."""

    readable_id: str
    employer: str
    municipality: str
    state: IncidentState
    secrecy: Secrecy
    level: str
    situation: bool
    parent: str
    headcount: int | None
    playbook_id: str
    open_tasks: int
    late_tasks: int
    next_due: dt.date | None
    sum_of_firms: Tally | None = None
    beyond: Tally | None = None
    duplicate_of: str = ""

    @property
    def unreviewed(self) -> bool:
        """Tell whether the incident is closed and its review neither written nor skipped."""
        return self.state is IncidentState.CLOSED

    @property
    def finished(self) -> bool:
        """Tell whether the incident is winding down and none of its tasks is open any more."""
        return self.state is IncidentState.WINDING_DOWN and self.open_tasks == 0

    @property
    def people(self) -> Tally:
        """Return the affected people, of a situation the sum over its firms."""
        return self.sum_of_firms or Tally.of([self.headcount])


@dataclass(frozen=True, slots=True)
class Moved:
    """What a new date did to one task.

    Attributes:
        outcome: ``moved``, ``stays`` (begun or finished) or ``asks`` (dated by hand).
    """

    key: str
    title: TextMap
    old: dt.date | None
    new: dt.date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """One revision of one number of people.

    Attributes:
        site: id of a site; "" for all of them.
        low, high: equal unless a range; None where the number was taken back.
        event_time: when it was said; ``recorded_at`` when it was written down.
        current: True for the newest revision.
        difference: how many more or fewer than the revision before; None for the first.
    """

    stage: Stage
    measure: Measure
    site: str
    low: int | None
    high: int | None
    source: str
    event_time: dt.datetime
    recorded_at: dt.datetime
    current: bool
    difference: int | None


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A task that came, went or is offered, as a reader needs it.

    Attributes:
        due: the day it is due, or None.
        statutory: True where the law asks for it.
        law: acts and sections it rests on.
    """

    key: str
    title: TextMap
    due: dt.date | None
    statutory: bool
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a changed anchor, answer or number did to the plan.

    Attributes:
        moved: tasks whose day changed, with what happens to each.
        added: keys of the tasks that are called for from now on.
        withdrawn: keys of those no longer called for.
        states: new state by task key, for tasks whose state changed without moving.
        offered: keys of the tasks that wait for the group to take them on.
        stays: keys of tasks begun that the plan no longer calls for.
        tasks: every task named in ``added``, ``withdrawn``, ``offered`` and ``stays``, by key.
        level: the level before and after; equal where it did not change.
        crossings: thresholds of the law crossed.
        restricted: True when the incident becomes restricted by it.
        warnings: what is odd about a new date; it is taken all the same.
    """

    moved: tuple[Moved, ...] = ()
    added: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    tasks: Mapping[str, Mentioned] = field(default_factory=dict)
    level: tuple[str, str] = ("", "")
    crossings: tuple[Crossing, ...] = ()
    restricted: bool = False
    warnings: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether nothing changed."""
        named = (self.moved, self.added, self.withdrawn, self.states, self.offered, self.stays)
        return not any((*named, self.crossings, self.restricted)) and self.level[0] == self.level[1]
