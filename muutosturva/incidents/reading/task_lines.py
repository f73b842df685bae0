"""The list of everybody's work as ``worklist`` answers it, with the columns a list shows and no more.

Read through ``store.glance``, or of a session by the first screen: nothing of a task is loaded that no
line shows.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from muutosturva.incidents.pure.snapshot import planned_from_json
from muutosturva.incidents.pure.standing_in import Acting, Away, Present, Standing, acting, acting_for
from muutosturva.incidents.pure.views import TaskAreaView
from muutosturva.incidents.pure.work import Work
from muutosturva.models.states import ENDED_TASKS, AreaPart, IncidentState, Origin, TaskState
from muutosturva.playbooks.plan import PlannedDate, TextMap
from muutosturva.store import glance
from muutosturva.store.glance import Glance
from muutosturva.store.resting import rests


@dataclass(frozen=True, slots=True)
class TaskLine(Work):
    """What a list shows of a task; each field means what it does in ``views.TaskView``."""

    incident: str
    employer: str
    code: str
    key: str
    title: TextMap
    role: str
    role_title: TextMap
    person: str
    stands_in_for: str
    due: PlannedDate | None
    state: TaskState
    by_law: bool
    unsure: bool
    label: str
    resting: bool
    areas: tuple[TaskAreaView, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskLines:
    """The first lines of the list, and how many tasks there are in all."""

    lines: tuple[TaskLine, ...]
    count: int

    @property
    def left_out(self) -> int:
        """Return how many are not among ``lines``."""
        return self.count - len(self.lines)


def task_lines(
    seen: Glance,
    reader: str,
    *,
    today: dt.date,
    late: bool = False,
    now: dt.datetime | None = None,
    everything: bool = False,
    limit: int | None = None,
) -> TaskLines:
    """Return tasks of every running incident that ``reader`` may know of.

    Args:
        seen: an open store.
        reader: who looks, as the access lists name people.
        today: the day on which the tasks are to be done, so that who is away is stood in for.
        late: only open tasks that are late on the day, or at ``now``.
        now: the moment, where clock times of the day count too.
        everything: ended tasks too.
        limit: how many lines at most; all when None.
    """
    rows, count = glance.work(
        seen, reader, late_on=(now or today) if late else None, everything=everything, limit=limit
    )
    incidents = {row.incident_id for row in rows}
    doers = Doers.of(
        Present(today, _away(seen, today)),
        glance.names(seen),
        roles=glance.roles(seen, incidents),
        holders=glance.holders(seen, incidents),
    )
    areas = _areas(seen, incidents)
    return TaskLines(tuple(task_line(row, doers, areas.get(row.id, ())) for row in rows), count)


def _away(seen: Glance, day: dt.date) -> tuple[Away, ...]:
    names = glance.names(seen)
    return tuple(
        Away(names[row.person_id], row.first_day, row.last_day, names.get(row.deputy_id, ""))
        for row in glance.absences(seen, day)
    )


def _areas(seen: Glance, incidents: Collection[uuid.UUID]) -> Mapping[uuid.UUID, tuple[TaskAreaView, ...]]:
    """Return the areas that share tasks of incidents, the leading one first, by the key of the task."""
    found: dict[uuid.UUID, tuple[TaskAreaView, ...]] = {}
    for row in glance.task_areas(seen, incidents):
        part = AreaPart(row.part)
        view = TaskAreaView(row.area_slug, row.name, part, row.contact, row.done_at, row.done_by)
        others = found.get(row.task_id, ())
        found[row.task_id] = (view, *others) if part is AreaPart.LEAD else (*others, view)
    return found


@dataclass(frozen=True, slots=True)
class Doers:
    """Who does what on a day, of some incidents."""

    present: Present
    names: Mapping[uuid.UUID, str]
    titles: Mapping[tuple[uuid.UUID, str], TextMap]
    holders: Mapping[tuple[uuid.UUID, str, bool], list[str]]

    @classmethod
    def of(
        cls,
        present: Present,
        names: Mapping[uuid.UUID, str],
        *,
        roles: Iterable[Any],
        holders: Iterable[Any],
    ) -> Doers:
        """Return who does what.

        Args:
            present: the day, and who is away on it.
            names: of everybody in the roster.
            roles: rows of the roles that the incidents need, with their titles.
            holders: rows of those who hold them, the first of each first.
        """
        held: dict[tuple[uuid.UUID, str, bool], list[str]] = {}
        for row in holders:
            held.setdefault((row.incident_id, row.role, row.deputy), []).append(names[row.person_id])
        titles = {(row.incident_id, row.role): row.title for row in roles}
        return cls(present, names, titles, held)

    def appointed(self, incident: uuid.UUID, role: str, assignee: uuid.UUID | None) -> Acting:
        """Return who a task belongs to, whoever is away: for one that nobody does any more."""
        holders = self.holders.get((incident, role, False), [])
        person = self.names[assignee] if assignee else next(iter(holders), "")
        return Acting(person, "", Standing.HOLDER)

    def doer(self, incident: uuid.UUID, role: str, assignee: uuid.UUID | None) -> Acting:
        """Return who does a task of the role, or one given to a person by name."""
        first, second = (self.holders.get((incident, role, deputy), []) for deputy in (False, True))
        in_role = acting(first, second, self.present.away, self.present.day)
        if assignee is None:
            return in_role
        return acting_for(self.names[assignee], in_role, self.present.away, self.present.day)


def task_line(row: Any, doers: Doers, areas: tuple[TaskAreaView, ...] = ()) -> TaskLine:
    """Return the line of a task's row, which holds the columns of the list and those of its incident."""
    state, origin = TaskState(row.state), Origin(row.origin)
    find = doers.appointed if state in ENDED_TASKS else doers.doer
    who = find(row.incident_id, row.role, row.assignee_id)
    return TaskLine(
        incident=row.readable_id,
        employer=row.employer,
        code=row.code,
        key=row.key,
        title=row.title,
        role=row.role,
        role_title=doers.titles.get((row.incident_id, row.role), {}),
        person=who.person,
        stands_in_for=who.stands_in_for,
        due=planned_from_json(row.due),
        state=state,
        by_law=bool(row.rule or row.law),
        unsure=row.unsure,
        label=row.label,
        resting=rests(IncidentState(row.incident_state), state, origin, statutory=bool(row.rule)),
        areas=areas,
    )
