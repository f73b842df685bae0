"""The list of everybody's work as ``worklist`` answers it, with the columns a list shows and no more.

Read through ``store.glance``: nothing of a task is loaded that no line shows.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from muutosturva.incidents.pure.resting import rests
from muutosturva.incidents.pure.snapshot import planned_from_json
from muutosturva.incidents.pure.standing_in import Acting, Away, acting, acting_for
from muutosturva.models.states import OPEN_TASKS, IncidentState, Origin, TaskState
from muutosturva.playbooks.plan import PlannedDate, TextMap
from muutosturva.store import glance
from muutosturva.store.glance import Glance


@dataclass(frozen=True, slots=True)
class TaskLine:
    """What a list shows of a task; each field means what it does in ``views.TaskView``."""

    incident: str
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

    @property
    def open(self) -> bool:
        """Tell whether the task still asks for work or an answer."""
        return self.state in OPEN_TASKS

    def late(self, today: dt.date) -> bool:
        """Tell whether the task is open, does not rest, and its due day has passed."""
        due = None if self.due is None else self.due.value
        return self.open and not self.resting and due is not None and due < today


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
    everything: bool = False,
    limit: int | None = None,
) -> TaskLines:
    """Return tasks of every running incident that ``reader`` may know of.

    Args:
        seen: an open store.
        reader: who looks, as the access lists name people.
        today: the day on which the tasks are to be done, so that who is away is stood in for.
        late: only open tasks whose due day has passed.
        everything: ended tasks too.
        limit: how many lines at most; all when None.
    """
    rows, count = glance.work(
        seen, reader, late_on=today if late else None, everything=everything, limit=limit
    )
    people = _People.read(seen, {row.incident_id for row in rows}, today)
    return TaskLines(tuple(_line(row, people) for row in rows), count)


@dataclass(frozen=True, slots=True)
class _People:
    """Who does what on a day, of some incidents."""

    day: dt.date
    names: Mapping[uuid.UUID, str]
    away: tuple[Away, ...]
    titles: Mapping[tuple[uuid.UUID, str], TextMap]
    holders: Mapping[tuple[uuid.UUID, str, bool], list[str]]

    @classmethod
    def read(cls, seen: Glance, incidents: Collection[uuid.UUID], day: dt.date) -> _People:
        names = glance.names(seen)
        holders: dict[tuple[uuid.UUID, str, bool], list[str]] = {}
        for row in glance.holders(seen, incidents):
            place = (row.incident_id, row.role, row.deputy)
            holders.setdefault(place, []).append(names[row.person_id])
        away = tuple(
            Away(names[row.person_id], row.first_day, row.last_day, names.get(row.deputy_id, ""))
            for row in glance.absences(seen, day)
        )
        titles = {(row.incident_id, row.role): row.title for row in glance.roles(seen, incidents)}
        return cls(day, names, away, titles, holders)

    def doer(self, incident: uuid.UUID, role: str, assignee: uuid.UUID | None) -> Acting:
        """Return who does a task of the role, or one given to a person by name."""
        first, second = (self.holders.get((incident, role, deputy), []) for deputy in (False, True))
        in_role = acting(first, second, self.away, self.day)
        if assignee is None:
            return in_role
        return acting_for(self.names[assignee], in_role, self.away, self.day)


def _line(row: Any, people: _People) -> TaskLine:
    who = people.doer(row.incident_id, row.role, row.assignee_id)
    state, origin = TaskState(row.state), Origin(row.origin)
    return TaskLine(
        incident=row.readable_id,
        code=row.code,
        key=row.key,
        title=row.title,
        role=row.role,
        role_title=people.titles.get((row.incident_id, row.role), {}),
        person=who.person,
        stands_in_for=who.stands_in_for,
        due=planned_from_json(row.due),
        state=state,
        by_law=row.statutory is not None or bool(row.law),
        unsure=row.unsure,
        label=row.label,
        resting=rests(IncidentState(row.incident_state), state, origin, statutory=bool(row.rule)),
    )
