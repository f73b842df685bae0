"""Entries to iCalendar bytes (RFC 5545), ready for Outlook, Thunderbird and CalDAV.

The same entries give the same bytes: UIDs are derived from names, the stamp is an argument,
properties are sorted. Files with a METHOD keep the restrictions of RFC 5546 (iTIP).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID, uuid5

from muutosturva.calendars.entries import Entry, EntryKind, EntryState, Invitee
from muutosturva.calendars.text import email_of, many_lines, one_line, written
from muutosturva.calendars.timezone import TZID, VTIMEZONE
from muutosturva.clock import HELSINKI
from muutosturva.errors import InputError, Problem
from muutosturva.i18n import DEFAULT_LANGUAGE, Language, Texts

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Component, vCalAddress

TasksAs = Literal["event", "todo"]
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

PRODID: Final = "-//muutosturva//muutosturva//FI"
DOMAIN: Final = "muutosturva"
"""Right side of every UID. RFC 7986 5.3 asks for a name that tells nothing of the host."""

_EVENT_STATUS: Final = {
    EntryState.CONFIRMED: "CONFIRMED",
    EntryState.TENTATIVE: "TENTATIVE",
    EntryState.CANCELLED: "CANCELLED",
    EntryState.DONE: "CONFIRMED",
}
_TODO_STATUS: Final = {
    EntryState.CONFIRMED: "NEEDS-ACTION",
    EntryState.TENTATIVE: "NEEDS-ACTION",
    EntryState.CANCELLED: "CANCELLED",
    EntryState.DONE: "COMPLETED",
}


def uid_of(entry: Entry, namespace: UUID) -> str:
    """Return the UID an entry keeps for ever, ``<uuid>@muutosturva``."""
    return f"{uuid5(namespace, entry.uid_name)}@{DOMAIN}"


def build(
    entries: Sequence[Entry],
    *,
    name: str,
    namespace: UUID,
    stamp: datetime,
    mark: str = "",
    tasks_as: TasksAs = "event",
    method: Method | None = None,
    language: Language = DEFAULT_LANGUAGE,
) -> bytes:
    """Return a calendar file: UTF-8, CRLF, lines folded at 75 octets.

    Args:
        entries: what stands in it, in the order given.
        name: name of the calendar as programs show it (X-WR-CALNAME).
        namespace: root of the UIDs; each kind of store has its own, so that a drill never
            overwrites the entries of a real incident.
        stamp: aware moment of the export (DTSTAMP).
        mark: mark of the store's kind, ``ESIMERKKI`` or ``HARJOITUS``; set before every title.
        tasks_as: tasks as whole-day events, which Outlook shows, or as VTODO, which it does not.
        method: None for a file to open or to put on a server; PUBLISH for a feed; REQUEST and
            CANCEL for one invitation or its withdrawal.
        language: language of the words set before titles ("done", "cancelled").

    Raises:
        InputError: the method needs an organizer, an invitee or an entry that is missing; every
            such entry is named.
        ValueError: a naive stamp; more than one entry in a REQUEST or CANCEL, which hold one UID
            (RFC 5546 3.2.2 and 3.2.5); or VTODO in a file with a method, of which RFC 5546 3.4
            wants a beginning and a priority that a task with a due day does not have.
    """
    if stamp.tzinfo is None:
        raise ValueError("the stamp of a calendar needs a time zone")
    if method is not None:
        _check_method(entries, method, tasks_as)
    writer = _Writer(namespace, stamp.astimezone(UTC), mark, tasks_as, method, Texts(language))
    calendar = _calendar(writer.marked(name), namespace, method)
    for entry in entries:
        calendar.add_component(writer.component(entry))
    raw: bytes = calendar.to_ical()
    return raw


def _check_method(entries: Sequence[Entry], method: Method, tasks_as: TasksAs) -> None:
    if tasks_as == "todo":
        raise ValueError(f"a {method} holds events, not VTODO")
    if method != "PUBLISH" and len(entries) > 1:
        raise ValueError(f"a {method} holds one entry, not {len(entries)}")
    problems = [
        Problem(code, {"title": entry.title}, path=entry.uid_name)
        for entry in entries
        for code, missing in (
            ("calendars.organizer_missing", entry.organizer is None),
            ("calendars.invitee_missing", method == "REQUEST" and not entry.attendees),
        )
        if missing
    ]
    if not entries:
        raise InputError("calendars.nothing_to_send")
    if problems:
        raise InputError("calendars.cannot_send", problems=problems, n=len(problems))


def _calendar(name: str, namespace: UUID, method: Method | None) -> Calendar:
    from icalendar import Calendar, Timezone

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method is not None:
        calendar.add("method", method)
    for key in ("name", "x-wr-calname"):
        calendar.add(key, written(one_line(name)))
    calendar.add("x-wr-timezone", TZID)
    calendar.add("uid", str(uuid5(namespace, name)))
    calendar.add_component(Timezone.from_ical(VTIMEZONE))
    return calendar


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes entries as components; holds what is the same for all of one file."""

    namespace: UUID
    stamp: datetime
    mark: str
    tasks_as: TasksAs
    method: Method | None
    texts: Texts

    def component(self, entry: Entry) -> Component:
        from icalendar import Event, Todo

        as_todo = entry.kind is EntryKind.TASK and self.tasks_as == "todo"
        component: Component = Todo() if as_todo else Event()
        component.add("uid", uid_of(entry, self.namespace))
        component.add("dtstamp", self.stamp)
        component.add("sequence", entry.sequence)
        if entry.private:
            component.add("class", "PRIVATE")
        self._texts(component, entry, as_todo=as_todo)
        self._people(component, entry)
        if as_todo:
            self._todo(component, entry)
        else:
            self._event(component, entry)
        if self._state(entry) in {EntryState.CONFIRMED, EntryState.TENTATIVE}:
            for before in entry.alarms:
                component.add_component(_alarm(entry.title, before, to_due=as_todo))
        return component

    def marked(self, title: str) -> str:
        return self.texts("calendars.marked", mark=self.mark, title=title) if self.mark else title

    def _state(self, entry: Entry) -> EntryState:
        return EntryState.CANCELLED if self.method == "CANCEL" else entry.state

    def _title(self, entry: Entry, *, as_todo: bool) -> str:
        # Outlook shows an imported STATUS:CANCELLED like any other event and knows no status
        # "done", so the word stands in the title; VTODO programs show both by themselves.
        state = self._state(entry)
        if as_todo or state is EntryState.CONFIRMED:
            return self.marked(entry.title)
        return self.marked(self.texts(f"calendars.{entry.kind}.{state}", title=entry.title))

    def _texts(self, component: Component, entry: Entry, *, as_todo: bool) -> None:
        component.add("summary", written(one_line(self._title(entry, as_todo=as_todo))))
        if entry.description:
            component.add("description", written(many_lines(entry.description)))
        if entry.location:
            component.add("location", written(one_line(entry.location)))
        if entry.categories:
            component.add("categories", [one_line(word) for word in entry.categories])
        if entry.url:
            component.add("url", one_line(entry.url))

    def _people(self, component: Component, entry: Entry) -> None:
        if entry.organizer is not None:
            component.add("organizer", _address(entry.organizer))
        # RFC 5546 3.2.1: a published entry has no ATTENDEE.
        for invitee in () if self.method == "PUBLISH" else entry.attendees:
            address = _address(invitee)
            address.params["role"] = "REQ-PARTICIPANT"
            address.params["partstat"] = "NEEDS-ACTION"
            address.params["rsvp"] = "TRUE"
            component.add("attendee", address)

    def _event(self, component: Component, entry: Entry) -> None:
        start, end = _span(entry)
        component.add("dtstart", start)
        component.add("dtend", end)
        free = entry.all_day or entry.kind is EntryKind.TASK
        component.add("transp", "TRANSPARENT" if free else "OPAQUE")
        component.add("status", _EVENT_STATUS[self._state(entry)])

    def _todo(self, component: Component, entry: Entry) -> None:
        _, end = _span(entry)
        # DUE names the day itself; only DTEND of a whole day is the day after.
        component.add("due", entry.day or end)
        state = self._state(entry)
        component.add("status", _TODO_STATUS[state])
        if state is EntryState.DONE:
            component.add("percent-complete", 100)
            if entry.done_at is not None:
                component.add("completed", entry.done_at.astimezone(UTC))


def _span(entry: Entry) -> tuple[date, date]:
    """Return beginning and exclusive end; clock times in Finland, or in UTC where those repeat.

    In the hour that comes twice in October a local time cannot say which of the two it means:
    RFC 5545 3.3.5 takes the first, Thunderbird's parser the second. An entry that touches it
    is in UTC.
    """
    if entry.starts is None:
        day = entry.day or date.min
        return day, day + timedelta(days=1)
    start = entry.starts.astimezone(UTC)
    end = start + timedelta(minutes=entry.minutes)
    local = start.astimezone(HELSINKI), end.astimezone(HELSINKI)
    return (start, end) if any(map(_comes_twice, local)) else local


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _address(invitee: Invitee) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{email_of(invitee.email)}")
    if invitee.name:
        # A quotation mark cannot stand in a parameter; its RFC 6868 form is unknown to Outlook.
        address.params["cn"] = one_line(invitee.name).replace('"', "'").replace("^", "")
    return address


def _alarm(title: str, before: timedelta, *, to_due: bool) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", written(one_line(title)))
    # A VTODO without DTSTART has only its DUE to count from (RFC 5545 3.8.6.3).
    alarm.add("trigger", -before, parameters={"related": "END"} if to_due else {})
    return alarm
