"""What stands in a calendar: one frozen value per entry, without a word of iCalendar.

Whoever exports (an incident's plan, a drill, the standing rounds) makes entries; ``ical`` turns
them into bytes. An entry is either a whole day or begins at a moment and lasts some minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry is, which decides the component it becomes and whether it fills the day."""

    MEETING = "meeting"
    TASK = "task"


class EntryState(StrEnum):
    """State of an entry as the calendar shows it."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    """Its date hangs on an anchor that is estimated or a range."""
    CANCELLED = "cancelled"
    """Withdrawn or skipped; the entry stays in the file so that calendars strike it out."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Invitee:
    """A person or shared mailbox in an invitation.

    Attributes:
        name: the name shown, may be "".
        email: the address, without ``mailto:``.
    """

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a calendar.

    Attributes:
        uid_name: stable name, ``LAHTI-2027-03/weekly[3]``; the same name is the same entry for
            ever, however often it moves.
        title: what is shown, without marks of store kind or state.
        description: longer text, may hold line breaks; "" for none.
        day: the whole day it falls on, or None.
        starts: aware moment it begins at, or None; exactly one of ``day`` and ``starts`` is set.
        minutes: duration in minutes when ``starts`` is set; 0 for a whole day.
        location: place, or "".
        organizer: who calls the meeting, or None.
        attendees: who is invited; only those with an address.
        kind: meeting or task.
        state: confirmed, tentative, cancelled or done.
        sequence: revision number of the row; rises with every change, never falls.
        alarms: how long before the beginning (a whole day begins at midnight) a reminder sounds.
        categories: words the user can filter by.
        url: where more stands, or "".
        private: hidden from others who may look into the calendar. CLASS:PRIVATE, not CONFIDENTIAL:
            Outlook hides only what is private and shows the confidential to everybody with a word beside it.
        done_at: aware moment a task was finished, or None.
    """

    uid_name: str
    title: str
    description: str = ""
    day: date | None = None
    starts: datetime | None = None
    minutes: int = 0
    location: str = ""
    organizer: Invitee | None = None
    attendees: tuple[Invitee, ...] = ()
    kind: EntryKind = EntryKind.TASK
    state: EntryState = EntryState.CONFIRMED
    sequence: int = 0
    alarms: tuple[timedelta, ...] = ()
    categories: tuple[str, ...] = ()
    url: str = ""
    private: bool = False
    done_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse an entry that could not be written.

        Raises:
            ValueError: no name, no date or two, a moment without time zone, a duration that
                does not fit, or a negative sequence: a fault of the caller, never of a user.
        """
        wrong = _faults(self)
        if wrong:
            raise ValueError(f"calendar entry {self.uid_name!r}: {'; '.join(wrong)}")

    @property
    def all_day(self) -> bool:
        """True when the entry is a whole day."""
        return self.day is not None


def _faults(entry: Entry) -> list[str]:
    checks = (
        (not entry.uid_name, "needs a name"),
        ((entry.day is None) == (entry.starts is None), "needs either a day or a beginning"),
        (entry.starts is not None and entry.starts.tzinfo is None, "begins at a naive moment"),
        (entry.done_at is not None and entry.done_at.tzinfo is None, "was done at a naive moment"),
        (entry.all_day and entry.minutes != 0, "a whole day has no minutes"),
        (entry.starts is not None and entry.minutes <= 0, "needs a duration"),
        (entry.sequence < 0, "has a negative sequence"),
        (any(alarm < timedelta() for alarm in entry.alarms), "sounds after it began"),
    )
    return [message for failed, message in checks if failed]
