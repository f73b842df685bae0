"""What a draft of a playbook is made from: an incident's saved work, and the names it must not tell."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, select

from muutosturva.errors import RefusedError
from muutosturva.incidents.pure.anonymous import Names
from muutosturva.incidents.pure.drafting import Work
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.expanding import standpoint
from muutosturva.models.incident import IncidentAccess
from muutosturva.models.standing import RosterPerson


def work_of(session: Session, incident: str) -> Work:
    """Return what a draft of an incident's playbook is made from.

    Raises:
        NotFoundError: no such incident, or it is hidden from the reader.
        RefusedError: it is a regional situation, whose tasks are those of its firms.
    """
    owner = queries.find_incident(session, incident)
    if owner.situation:
        raise RefusedError("incidents.situation_no_draft", incident=owner.readable_id)
    tasks = queries.tasks(session, owner.readable_id)
    view = queries.incident_view(session, owner.readable_id)
    return Work(standpoint(session, owner), tasks, _names(session, view, tasks), owner.closed_at)


def _names(session: Session, view: IncidentView, tasks: Iterable[TaskView]) -> Names:
    people = set(session.exec(select(RosterPerson.name)).all())
    people |= set(
        session.exec(select(IncidentAccess.name).where(IncidentAccess.incident_id == view.id)).all()
    )
    people |= {holder for role in view.roles for holder in (*role.holders, *role.deputies)}
    people |= {name for task in tasks for name in (task.person, task.finished_by)}
    people |= {place.contact for task in tasks for place in task.areas}
    return Names(
        # A single word is a login name: half of them are words of the language.
        frozenset(name for name in people if len(name.split()) > 1),
        frozenset({view.employer, *(link.name for link in view.links)}),
        frozenset(site.name for site in view.sites),
    )
