"""Meetings that the firms of a regional situation hold together. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from muutosturva.incidents.pure.views import MeetingFirm, MeetingView
from muutosturva.models.states import ItemState
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import PlannedDate

Slot = tuple[str, dt.date, dt.time, tuple[tuple[str, str], ...]]
"""What makes two meetings one: their kind, day, clock time and place."""


def joined(
    meetings: Iterable[MeetingView],
    situation: str,
    title: str,
    revision: int,
    names: Mapping[Slot, str] | None = None,
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
        names: what each shared meeting has been called since its first firm joined; by its first firm
            of those present where that is not known.
    """
    called = names or {}
    slots: dict[Slot, list[MeetingView]] = {}
    kept: list[MeetingView | Slot] = []
    for meeting in meetings:
        slot = _slot(meeting)
        if slot is None:
            kept.append(meeting)
            continue
        if slot not in slots:
            kept.append(slot)
        slots.setdefault(slot, []).append(meeting)
    return tuple(
        item
        if isinstance(item, MeetingView)
        else _one(slots[item], situation, title, revision, called.get(item, ""))
        for item in kept
    )


def name_of(incident: str, key: str) -> str:
    """Return what a shared meeting is called by the firm that had it first: ``LAHTI-2027-01/weekly[3]``."""
    return f"{incident}/{key}"


def slot_of(key: str, starts: PlannedDate | None, place: Mapping[str, str]) -> Slot | None:
    """Return what a meeting has in common with those it is one with; None without day and clock time."""
    if starts is None or starts.value is None or starts.at is None:
        return None
    return key.partition("[")[0], starts.value, starts.at, tuple(sorted(place.items()))


def _slot(meeting: MeetingView) -> Slot | None:
    if not meeting.shared or meeting.state is not ItemState.PLANNED or meeting.resting:
        return None
    return slot_of(meeting.key, meeting.starts, meeting.place)


def _one(alike: Sequence[MeetingView], situation: str, title: str, revision: int, name: str) -> MeetingView:
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
        name=name or name_of(ordered[0].incident, ordered[0].key),
        firms=tuple(MeetingFirm(each.incident, each.employer, each.key) for each in ordered),
    )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
