"""Messages, meetings and documents of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from muutosturva.playbooks.language.schema import Item
from muutosturva.playbooks.language.vocabulary import Languages
from muutosturva.playbooks.plan import (
    PlannedDate,
    PlannedDocument,
    PlannedMeeting,
    PlannedMessage,
    PlannedState,
    TextMap,
)
from muutosturva.playbooks.planning.ground import Ground, planned_date
from muutosturva.playbooks.planning.repeat import key_of


@dataclass(frozen=True, slots=True)
class _Entry:
    """What messages, meetings and documents have in common, once dated."""

    key: str
    title: TextMap
    date: PlannedDate | None
    state: PlannedState
    depends_on: tuple[str, ...]


def messages(ground: Ground) -> Iterator[PlannedMessage]:
    """Yield every message that is needed, or may be."""
    for name, message in ground.playbook.messages.items():
        for entry in _entries(ground, name, message, message.due):
            yield PlannedMessage(
                entry.key,
                entry.title,
                message.audience,
                message.channel,
                _languages(ground, message.languages),
                message.owner,
                message.approvers,
                message.template,
                entry.date,
                message.next_update or "",
                entry.state,
                entry.depends_on,
            )


def meetings(ground: Ground) -> Iterator[PlannedMeeting]:
    """Yield every meeting that is needed, or may be; a series one by one."""
    for name, meeting in ground.playbook.meetings.items():
        for entry in _entries(ground, name, meeting, meeting.starts):
            assert entry.date is not None
            yield PlannedMeeting(
                entry.key,
                entry.title,
                entry.date,
                meeting.minutes,
                meeting.place,
                meeting.invitees,
                meeting.owner,
                entry.state,
                entry.depends_on,
                meeting.shared,
            )


def documents(ground: Ground) -> Iterator[PlannedDocument]:
    """Yield every document that is needed, or may be."""
    for name, document in ground.playbook.documents.items():
        for entry in _entries(ground, name, document, document.due):
            yield PlannedDocument(
                entry.key,
                document.document,
                entry.title,
                document.audience,
                _languages(ground, document.languages),
                document.formats,
                entry.date,
                entry.state,
                entry.depends_on,
            )


def _entries(ground: Ground, name: str, item: Item, date: str | None) -> Iterator[_Entry]:
    verdict = ground.verdict(item.when)
    if verdict.value is False:
        return
    state = PlannedState.QUESTION if verdict.value is None else PlannedState.READY
    for spot in ground.members.spots(item.for_each):
        for when in ground.occurrences(item, spot, None, date):
            key = key_of(name, (*spot.item, *when.number))
            shown = planned_date(date or "", when.due)
            yield _Entry(key, spot.titled(item.title), shown, state, verdict.depends_on)


def _languages(ground: Ground, languages: Languages) -> tuple[str, ...]:
    return ground.languages if isinstance(languages, str) else languages
