"""Titles by what the log calls a thing: the key of a task, a role, a date, a question, an area."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.incidents.pure.views import LogEntry
from muutosturva.incidents.reading.queries import find_incident, members
from muutosturva.incidents.reading.renamed import present_names
from muutosturva.models.incident import (
    IncidentAnchor,
    IncidentArea,
    IncidentQuestion,
    IncidentRole,
    IncidentWave,
)
from muutosturva.models.log import Event
from muutosturva.models.work import PlanDocument, PlanMeeting, PlanMessage, Task
from muutosturva.playbooks.facts import AnchorKey
from muutosturva.playbooks.plan import TextMap
from muutosturva.store.changes import Act
from muutosturva.store.columns import select_columns
from muutosturva.store.undo import changes_of

_UNDONE: Final = "incidents.undone"


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called.

    Attributes:
        title: its words by language.
        code: a task's code, or "".
    """

    title: TextMap
    code: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What the incidents of a log and the things in them are called.

    Attributes:
        by_incident: by readable id, and then by what the log calls a thing.
        firms: names of the firms by readable id; {} where the log tells of one incident alone.
    """

    by_incident: Mapping[str, Mapping[str, Name]] = field(default_factory=dict)
    firms: Mapping[str, str] = field(default_factory=dict)

    def firm(self, entry: LogEntry) -> str:
        """Return the firm an entry is about, "" where the log tells of one incident alone."""
        return self.firms.get(entry.incident, "")

    def of(self, entry: LogEntry, called: str) -> Name | None:
        """Return the name of what an entry calls ``called``, or None where it has none."""
        return self.by_incident.get(entry.incident, {}).get(called)

    def title(self, incident: str, key: str) -> TextMap:
        """Return the words of a task, message or document; {} where the incident knows none.

        A question names what it decides without the waves and days for which that is repeated.
        """
        known = self.by_incident.get(incident, {})
        repeated = (name for called, name in known.items() if called.partition("[")[0] == key)
        name = known.get(key) or next(repeated, None)
        return name.title if name else {}


def names(session: Session, readable_id: str) -> Names:
    """Return the names an incident's log needs; of a situation those of its firms too.

    Raises:
        NotFoundError: no such incident.
    """
    named = find_incident(session, readable_id)
    owners = {member.id: member for member in (named, *members(session, named))}
    found: dict[uuid.UUID, dict[str, Name]] = {owner: {} for owner in owners}
    _add_undone(session, found)
    _add_parts(session, found)
    _add_work(session, found)
    _add_renamed(session, found)
    for owner in owners.values():
        found[owner.id] |= {
            str(site["id"]): Name({"fi": _site(site)}) for site in owner.sites if site.get("id")
        }
    # What was done to tasks of several firms at once stands in the situation's log, by their full names.
    found[named.id] = {
        **{
            f"{owner.readable_id} {called}": name
            for owner in owners.values()
            if owner.id != named.id
            for called, name in found[owner.id].items()
        },
        **found[named.id],
    }
    return Names(
        {owners[owner].readable_id: titles for owner, titles in found.items()},
        {owner.readable_id: owner.employer for owner in owners.values() if named.situation},
    )


def _site(site: Mapping[str, object]) -> str:
    return str(site.get("name") or site.get("label") or site["id"])


def _add_undone(session: Session, found: dict[uuid.UUID, dict[str, Name]]) -> None:
    """Add work that an undoing took off the plan: the log still tells of it."""
    undoings = session.execute(
        select_columns(Event.id, Event.incident_id).where(
            col(Event.kind) == _UNDONE, col(Event.incident_id).in_(list(found))
        )
    ).all()
    for event, owner in undoings:
        for change in changes_of(session, event):
            key, title = change.before.get("key"), change.before.get("title")
            if change.act is Act.REMOVED and isinstance(title, dict) and title:
                found[owner][str(key)] = Name(title, str(change.before.get("code") or ""))


def _add_renamed(session: Session, found: dict[uuid.UUID, dict[str, Name]]) -> None:
    """Add work by the keys it had before a move to another playbook: earlier entries call it so."""
    for (owner, former), present in present_names(session, list(found)).items():
        if present in found[owner]:
            found[owner].setdefault(former, found[owner][present])


def _add_parts(session: Session, found: dict[uuid.UUID, dict[str, Name]]) -> None:
    """Add waves, areas, roles, questions and dates."""
    wanted = list(found)
    for wave in session.exec(select(IncidentWave).where(col(IncidentWave.incident_id).in_(wanted))):
        if wave.label:
            found[wave.incident_id][wave.wave] = Name({"fi": wave.label})
    for area in session.exec(select(IncidentArea).where(col(IncidentArea.incident_id).in_(wanted))):
        found[area.incident_id][area.area_slug] = Name({"fi": area.name})
    for role in session.exec(select(IncidentRole).where(col(IncidentRole.incident_id).in_(wanted))):
        found[role.incident_id][role.role] = Name(role.title)
    for question in session.exec(
        select(IncidentQuestion).where(col(IncidentQuestion.incident_id).in_(wanted))
    ):
        found[question.incident_id][question.name] = Name(question.label)
    for anchor in session.exec(
        select(IncidentAnchor).where(col(IncidentAnchor.incident_id).in_(wanted), col(IncidentAnchor.current))
    ):
        found[anchor.incident_id][str(AnchorKey(anchor.name, anchor.wave))] = Name(anchor.label)


def _add_work(session: Session, found: dict[uuid.UUID, dict[str, Name]]) -> None:
    """Add documents, messages, meetings and tasks; a task's key is the strongest."""
    wanted = list(found)
    for table in (PlanDocument, PlanMessage, PlanMeeting):
        lines = session.execute(
            select_columns(table.incident_id, table.key, table.title).where(
                col(table.incident_id).in_(wanted)
            )
        )
        for owner, key, title in lines:
            found[owner][key] = Name(title)
    tasks = session.execute(
        select_columns(Task.incident_id, Task.key, Task.title, Task.code).where(
            col(Task.incident_id).in_(wanted)
        )
    )
    for owner, key, title, code in tasks:
        found[owner][key] = Name(title, code)
