"""Meetings that the firms of a regional situation hold together. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from muutosturva.incidents.pure.views import MeetingFirm, MeetingView
from muutosturva.models.states import ItemState
from muutosturva.playbooks.facts import Certainty

_Slot = tuple[str, dt.date, dt.time, tuple[tuple[str, str], ...]]
"""What makes two meetings one: their kind, day, clock time and place."""


def joined(
    meetings: Iterable[MeetingView], situation: str, title: str, revision: int
) -> tuple[MeetingView, ...]:
    """Return the meetings of a situation's firms, those of one kind, time and place as one.

    A shared meeting belongs to the situation even when one firm alone has it at that time, so that its
    calendar entry is still the same one when the next firm joins. What is not sure to be held, what
    rests and what has no clock time stays with its firm; so does a meeting at a workplace, which is not
    shared.

    Args:
        meetings: of all firms, in order of time.
        situation: readable id of the situation.
        title: its name.
        revision: a number that rises with every change in the situation; the version of what is joined.
    """
    slots: dict[_Slot, list[MeetingView]] = {}
    kept: list[MeetingView | _Slot] = []
    for meeting in meetings:
        slot = _slot(meeting)
        if slot is None:
            kept.append(meeting)
            continue
        if slot not in slots:
            kept.append(slot)
        slots.setdefault(slot, []).append(meeting)
    return tuple(
        item if isinstance(item, MeetingView) else _one(slots[item], situation, title, revision)
        for item in kept
    )


def _slot(meeting: MeetingView) -> _Slot | None:
    day, at = meeting.starts.value, meeting.starts.at
    if not meeting.shared or meeting.state is not ItemState.PLANNED or meeting.resting:
        return None
    if day is None or at is None:
        return None
    return meeting.key.partition("[")[0], day, at, tuple(sorted(meeting.place.items()))


def _one(alike: Sequence[MeetingView], situation: str, title: str, revision: int) -> MeetingView:
    """Return one meeting of several: as long as the longest, with everybody who comes to any."""
    ordered = sorted(alike, key=lambda meeting: meeting.incident)
    surest = min(ordered, key=lambda meeting: meeting.starts.certainty is not Certainty.CONFIRMED)
    return replace(
        ordered[0],
        incident=situation,
        employer=title,
        starts=surest.starts,
        minutes=max(meeting.minutes for meeting in ordered),
        owner_person=next((meeting.owner_person for meeting in ordered if meeting.owner_person), ""),
        invitees=_each_once(role for meeting in ordered for role in meeting.invitees),
        people=_each_once(person for meeting in ordered for person in meeting.people),
        version=revision,
        firms=tuple(MeetingFirm(each.incident, each.employer, each.key) for each in ordered),
    )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
