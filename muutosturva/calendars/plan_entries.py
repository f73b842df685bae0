"""The plan of an incident as calendar entries: tasks on their due day, meetings at their hour.

Pure: read models in, entries out. Which words stand where is decided here, the words themselves
come from the catalogues.

Calendars are synchronised to telephones, shared with a town hall and read over a shoulder. What
belongs to a restricted incident is therefore neutral in them: the id, the word task or meeting, the
code by which its holder finds it in the program, and nothing of what it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from muutosturva.calendars.entries import Entry, EntryKind, EntryState
from muutosturva.clock import HELSINKI
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.standing_in import Away, acting
from muutosturva.incidents.pure.views import IncidentView, MeetingView, RoleView, TaskView
from muutosturva.models.states import ItemState, Secrecy, TaskState
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import PlannedDate

BEFORE_MEETING: Final = dt.timedelta(minutes=15)
"""A reminder sounds so long before a meeting."""
BEFORE_STATUTORY_DAY: Final = dt.timedelta(hours=15)
"""Nine o'clock on the day before: a statutory day is the one thing that cannot be made up for."""
TIMED_TASK_MINUTES: Final = 30
"""Length of the entry of a task with a clock time; it ends at that time."""

_TASK_STATES: Final[Mapping[TaskState, EntryState]] = {
    TaskState.DONE: EntryState.DONE,
    TaskState.SKIPPED: EntryState.CANCELLED,
    TaskState.WITHDRAWN: EntryState.CANCELLED,
    TaskState.QUESTION: EntryState.TENTATIVE,
}
_MEETING_STATES: Final[Mapping[ItemState, EntryState]] = {
    ItemState.WITHDRAWN: EntryState.CANCELLED,
    ItemState.QUESTION: EntryState.TENTATIVE,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a plan somebody wants in the calendar.

    Attributes:
        role: only what this role answers for or is invited to; "" for all roles.
        area: only what this employment area does, and what is common to all; "" for all areas.
    """

    role: str = ""
    area: str = ""

    def takes_task(self, task: TaskView) -> bool:
        """Tell whether a task belongs to the selection."""
        roles = {task.role, task.raci.accountable, *task.raci.responsible}
        return self.role in {"", *roles} and (not self.area or not task.area or task.of_area(self.area))

    def takes_meeting(self, meeting: MeetingView) -> bool:
        """Tell whether a meeting belongs to the selection; meetings are common to all areas."""
        return self.role in {"", meeting.owner, *meeting.invitees}


def entries_of(
    incidents: Mapping[str, IncidentView],
    tasks: Iterable[TaskView],
    meetings: Iterable[MeetingView],
    *,
    texts: Texts,
    selection: Selection | None = None,
    away: Sequence[Away] = (),
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Return the entries of a plan in order of time, and the keys of what has no date yet.

    Args:
        incidents: the incidents the work belongs to, by readable id.
        tasks: their tasks.
        meetings: their meetings.
        texts: words in the language wanted.
        selection: the part wanted; everything when None.
        away: who is away when; for those who do a task beside the one who answers for it.
    """
    wanted = selection or Selection()
    writer = _Writer(incidents, texts, tuple(away))
    found: list[tuple[str, Entry | None]] = [
        *((meeting.key, writer.meeting(meeting)) for meeting in meetings if wanted.takes_meeting(meeting)),
        *((task.key, writer.task(task)) for task in tasks if wanted.takes_task(task)),
    ]
    entries = [entry for _, entry in found if entry is not None]
    return tuple(sorted(entries, key=_when)), tuple(key for key, entry in found if entry is None)


def _when(entry: Entry) -> tuple[dt.datetime, str]:
    midnight = dt.datetime.combine(entry.day or dt.date.min, dt.time(), HELSINKI)
    return entry.starts or midnight, entry.uid_name


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes entries in one language."""

    incidents: Mapping[str, IncidentView]
    texts: Texts
    away: tuple[Away, ...]

    def task(self, task: TaskView) -> Entry | None:
        if task.due is None or task.due.value is None:
            return None
        certain = not task.resting and (task.due_by_hand or _certain(task.due))
        state = _TASK_STATES.get(task.state) or (EntryState.CONFIRMED if certain else EntryState.TENTATIVE)
        ends = _moment(task.due)
        secret = self._secret(task)
        return Entry(
            uid_name=f"{task.incident}/tasks/{task.key}",
            title=self._title(task),
            description=self._description(task, self._of_task(task)),
            day=task.due.value if ends is None else None,
            starts=None if ends is None else ends - dt.timedelta(minutes=TIMED_TASK_MINUTES),
            minutes=0 if ends is None else TIMED_TASK_MINUTES,
            state=state,
            # Whether it rests, and what may be said, is the incident's: a change of either is a new revision.
            sequence=task.version + self.incidents[task.incident].version,
            alarms=(BEFORE_STATUTORY_DAY,) if task.statutory else (),
            categories=self._categories("task", *(("statutory",) if task.statutory and not secret else ())),
            private=secret,
            done_at=task.finished_at,
        )

    def meeting(self, meeting: MeetingView) -> Entry | None:
        if meeting.starts.value is None:
            return None
        sure = _certain(meeting.starts) and not meeting.resting
        certain = EntryState.CONFIRMED if sure else EntryState.TENTATIVE
        starts = _moment(meeting.starts)
        return Entry(
            uid_name=_meeting_name(meeting),
            title=self._title(meeting),
            description=self._description(meeting, self._of_meeting(meeting)),
            day=meeting.starts.value if starts is None else None,
            starts=starts,
            minutes=0 if starts is None else meeting.minutes,
            location="" if self._secret(meeting) else self.texts.pick(meeting.place),
            kind=EntryKind.MEETING,
            state=_MEETING_STATES.get(meeting.state, certain),
            sequence=meeting.version + self.incidents[meeting.incident].version,
            alarms=(BEFORE_MEETING,),
            categories=self._categories("meeting"),
            private=any(self._restricted(incident) for incident in _incidents(meeting)),
        )

    def _title(self, item: TaskView | MeetingView) -> str:
        if not self._secret(item):
            return self.texts("calendars.title", title=self.texts.pick(item.title), incident=item.incident)
        if isinstance(item, MeetingView):
            return self.texts("calendars.neutral.meeting", incident=item.incident)
        if item.code:
            return self.texts("calendars.neutral.task", incident=item.incident, code=item.code)
        return self.texts("calendars.neutral.uncoded", incident=item.incident)

    def _description(self, item: TaskView | MeetingView, lines: Iterable[str]) -> str:
        return self.texts("calendars.neutral.where") if self._secret(item) else "\n".join(lines)

    def _categories(self, *names: str) -> tuple[str, ...]:
        return tuple(self.texts(f"calendars.category.{name}") for name in ("all", *names))

    def _restricted(self, incident: str) -> bool:
        # What the group may know must stay legible in the group's own shared calendar.
        return self.incidents[incident].secrecy is Secrecy.RESTRICTED

    def _secret(self, item: TaskView | MeetingView) -> bool:
        """Tell whether nothing may be said of it; a meeting of several firms speaks of those it may."""
        firms = item.firms if isinstance(item, MeetingView) else ()
        return self._restricted(item.incident) or (
            bool(firms) and all(self._restricted(firm.incident) for firm in firms)
        )

    def _employer(self, item: TaskView | MeetingView) -> Iterator[str]:
        if item.employer:
            yield self.texts("calendars.line.employer", employer=item.employer)

    def _employers(self, meeting: MeetingView) -> Iterator[str]:
        # Calendars are open to a whole town hall; a firm that has not spoken yet is not named there.
        named = [firm.employer for firm in meeting.firms if not self._restricted(firm.incident)]
        if named:
            yield self.texts("calendars.line.employers", n=len(named), employers=named)

    def _of_task(self, task: TaskView) -> Iterator[str]:
        yield from self._employer(task)
        if task.code:
            yield self.texts("calendars.line.code", code=task.code)
        yield self._who(self.texts.pick(task.role_title) or task.role, task.person)
        yield from self._doers(task)
        if task.law:
            yield self.texts("calendars.line.law", law="; ".join(task.law))
        yield from self._statutory(task)
        if task.due and not task.due_by_hand:
            yield from self._certainty(task.due)
        yield from self._questions(task)
        yield from (
            self.texts("calendars.line.check", point=self.texts.pick(point)) for point in task.checklist
        )
        if task.howto:
            yield self.texts.pick(task.howto)

    def _of_meeting(self, meeting: MeetingView) -> Iterator[str]:
        yield from self._employers(meeting) if meeting.firms else self._employer(meeting)
        if meeting.owner_person:
            yield self.texts("calendars.line.caller", person=meeting.owner_person)
        if meeting.people:
            yield self.texts("calendars.line.people", people=meeting.people)
        yield from self._certainty(meeting.starts)

    def _who(self, role: str, person: str) -> str:
        if person:
            return self.texts("calendars.line.who", role=role, person=person)
        return self.texts("calendars.line.who_unnamed", role=role)

    def _doers(self, task: TaskView) -> Iterator[str]:
        roles = {role.role: role for role in self.incidents[task.incident].roles}
        doers = [name for name in task.raci.responsible if name != task.role]
        if doers:
            day = task.due_on or dt.date.min
            yield self.texts(
                "calendars.line.doers", roles=[self._role(name, roles.get(name), day) for name in doers]
            )

    def _role(self, name: str, role: RoleView | None, day: dt.date) -> str:
        if role is None:
            return name
        title = self.texts.pick(role.title) or name
        who = acting(role.holders, role.deputies, self.away, day).person
        return f"{title} ({who})" if who else title

    def _statutory(self, task: TaskView) -> Iterator[str]:
        if task.statutory is None:
            return
        dates = task.statutory
        if dates.earliest:
            yield self.texts("calendars.line.earliest", date=dates.date)
            return
        yield self.texts("calendars.line.statutory", date=dates.date)
        if dates.last_date is None and dates.safe_date != dates.date:
            yield self.texts("calendars.line.last_unsure")
        elif dates.last_date not in {None, dates.date}:
            yield self.texts("calendars.line.last", date=dates.last_date)

    def _certainty(self, planned: PlannedDate) -> Iterator[str]:
        if planned.certainty is Certainty.RANGE and planned.earliest and planned.latest:
            yield self.texts("calendars.line.range", earliest=planned.earliest, latest=planned.latest)
        elif not _certain(planned):
            yield self.texts("calendars.line.estimate")

    def _questions(self, task: TaskView) -> Iterator[str]:
        labels = {question.name: question.label for question in self.incidents[task.incident].questions}
        for name in task.depends_on:
            yield self.texts(
                "calendars.line.question", question=self.texts.pick(labels.get(name, {})) or name
            )


def _incidents(meeting: MeetingView) -> tuple[str, ...]:
    return meeting.incident, *(firm.incident for firm in meeting.firms)


def _meeting_name(meeting: MeetingView) -> str:
    """Return the name a meeting's entry keeps, whichever of its firms come and go."""
    return f"{meeting.incident}/meetings/{meeting.name or meeting.key}"


def _certain(planned: PlannedDate) -> bool:
    return planned.certainty is Certainty.CONFIRMED


def _moment(planned: PlannedDate) -> dt.datetime | None:
    """Return the moment of a date with a clock time, in UTC so that arithmetic is in real minutes."""
    if planned.value is None or planned.at is None:
        return None
    return dt.datetime.combine(planned.value, planned.at, HELSINKI).astimezone(dt.UTC)


def roles_in(incidents: Iterable[IncidentView], texts: Texts) -> Mapping[str, str]:
    """Return the roles that a selection may name, with their titles."""
    return {role.role: texts.pick(role.title) for incident in incidents for role in incident.roles}


def areas_in(incidents: Iterable[IncidentView], tasks: Iterable[TaskView]) -> Mapping[str, str]:
    """Return the areas that a selection may name, with their names."""
    named = {area.slug: area.name for incident in incidents for area in incident.areas}
    return {**{task.area: task.area for task in tasks if task.area}, **named}
