"""Warnings to whoever gives work to somebody: they are away on the days that matter, and who stands in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlmodel import Session

from muutosturva.errors import Problem
from muutosturva.incidents.pure.standing_in import Acting, Away, acting, acting_for
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading.finding import find_person, find_role
from muutosturva.incidents.reading.queries import away_between, find_incident, role_views


def task_warnings(session: Session, task: TaskView, person: str, today: dt.date) -> tuple[Problem, ...]:
    """Return the absences of a person between today and a task's due day; from today on without one.

    Args:
        session: any session.
        task: the task as it stands.
        person: who does it, by name or id.
        today: the day in Finland.

    Raises:
        NotFoundError: no such person.
    """
    name = find_person(session, person).name
    last = max(task.due_on, today) if task.due_on else None
    away = away_between(session, today, last)
    holders, deputies = _holders(session, task.incident, task.role)

    def instead(day: dt.date) -> Acting:
        return acting_for(name, acting(holders, deputies, away, day), away, day)

    return _warnings(name, away, today, instead)


def role_warnings(
    session: Session, incident: str, role: str, person: str, today: dt.date
) -> tuple[Problem, ...]:
    """Return the absences of somebody who was given a role, from today on.

    Args:
        session: any session.
        incident: readable id.
        role: the role's id, or its title in any language.
        person: who holds it, by name or id.
        today: the day in Finland.

    Raises:
        NotFoundError: no such incident, role or person.
    """
    name = find_person(session, person).name
    away = away_between(session, today)
    needed = find_role(session, find_incident(session, incident), role)
    holders, deputies = _holders(session, incident, needed.role)
    return _warnings(name, away, today, lambda day: acting(holders, deputies, away, day))


def _holders(session: Session, incident: str, role: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    views = role_views(session, find_incident(session, incident).id)
    return next(((view.holders, view.deputies) for view in views if view.role == role), ((), ()))


def _warnings(
    person: str, away: tuple[Away, ...], today: dt.date, instead: Callable[[dt.date], Acting]
) -> tuple[Problem, ...]:
    found = []
    for absence in away:
        if absence.person != person:
            continue
        days = {"person": person, "first": absence.first_day, "last": absence.last_day}
        deputy = instead(max(absence.first_day, today)).person
        if deputy:
            found.append(Problem("incidents.away_covered", {**days, "deputy": deputy}))
        else:
            found.append(Problem("incidents.away_alone", days))
    return tuple(found)
