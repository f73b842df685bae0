"""What a calendar file holds, as bytes and as a second reader sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import vobject

from muutosturva.calendars.entries import Entry, EntryKind, EntryState, Invitee
from muutosturva.calendars.ical import Method, TasksAs, build, uid_of
from muutosturva.clock import HELSINKI
from muutosturva.errors import InputError
from muutosturva.i18n import Language
from tests.calendars.samples import CASE, MAIJA, NAMESPACE, OFFICE, STAMP, meeting, task
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"


def written(
    *entries: Entry,
    mark: str = "",
    tasks_as: TasksAs = "event",
    method: Method | None = None,
    language: Language = "fi",
) -> bytes:
    return build(
        entries,
        name="Muutosturva LAHTI-2027-03",
        namespace=NAMESPACE,
        stamp=STAMP,
        mark=mark,
        tasks_as=tasks_as,
        method=method,
        language=language,
    )


def lines(raw: bytes) -> list[str]:
    return raw.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("events", written(*CASE)),
        ("todos", written(*CASE, tasks_as="todo")),
        ("published", written(*CASE, method="PUBLISH", mark="ESIMERKKI")),
        ("invitation", written(meeting(), method="REQUEST")),
        ("withdrawn", written(meeting(sequence=1), method="CANCEL")),
        ("drill_sv", written(*CASE, mark="HARJOITUS – ÖVNING – EXERCISE", language="sv")),
    ],
)
def test_a_calendar_file_is_the_golden_file_byte_for_byte(name: str, raw: bytes) -> None:
    """Outlook, Thunderbird and servers differ in what they forgive; a changed byte is looked at."""
    assert_golden(GOLDEN / f"{name}.ics", raw)


def test_the_same_entries_give_the_same_bytes() -> None:
    assert written(*CASE) == written(*CASE)


def test_lines_end_in_crlf_and_hold_at_most_75_octets() -> None:
    """RFC 5545 3.1; ä is two octets and must not be torn apart."""
    raw = written(meeting(title="ä" * 200, description="ö€𝄞" * 90, location="å" * 37 + "x" * 50))

    parts = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(len(part) for part in parts) <= 75
    for part in parts:
        part.decode()


def test_a_whole_day_ends_on_the_day_after() -> None:
    """DTEND is exclusive: an entry of the 31st ends on the 1st, or Outlook shows nothing."""
    found = lines(written(task(day=date(2027, 12, 31))))

    assert "DTSTART;VALUE=DATE:20271231" in found
    assert "DTEND;VALUE=DATE:20280101" in found


def test_a_task_leaves_its_day_free_and_a_meeting_does_not() -> None:
    assert "TRANSP:TRANSPARENT" in lines(written(task()))
    assert "TRANSP:OPAQUE" in lines(written(meeting()))


def test_a_todo_is_due_on_the_day_itself_and_its_alarm_counts_from_there() -> None:
    """A VTODO without DTSTART cannot hold an alarm relative to its start (RFC 5545 3.8.6.3)."""
    found = lines(written(task(), tasks_as="todo"))

    assert "DUE;VALUE=DATE:20270325" in found
    assert "TRIGGER;RELATED=END:-PT15H" in found


def test_a_task_with_a_clock_time_ends_at_that_time() -> None:
    timed = task(day=None, starts=datetime(2027, 3, 25, 15, 30, tzinfo=HELSINKI), minutes=30)

    assert "DTEND;TZID=Europe/Helsinki:20270325T160000" in lines(written(timed))
    assert "DUE;TZID=Europe/Helsinki:20270325T160000" in lines(written(timed, tasks_as="todo"))


@pytest.mark.parametrize(
    ("state", "status", "title", "todo_status"),
    [
        (EntryState.CONFIRMED, "CONFIRMED", "Tiedote", "NEEDS-ACTION"),
        (EntryState.TENTATIVE, "TENTATIVE", "Alustava: Tiedote", "NEEDS-ACTION"),
        (EntryState.CANCELLED, "CANCELLED", "Peruttu: Tiedote", "CANCELLED"),
        (EntryState.DONE, "CONFIRMED", "Tehty: Tiedote", "COMPLETED"),
    ],
)
def test_a_state_is_told_by_status_and_in_words(
    state: EntryState, status: str, title: str, todo_status: str
) -> None:
    """Outlook ignores STATUS of an opened file, so an event says it in its title too."""
    event = lines(written(task(title="Tiedote", state=state)))
    todo = lines(written(task(title="Tiedote", state=state), tasks_as="todo"))

    assert f"STATUS:{status}" in event
    assert f"SUMMARY:{title}" in event
    assert f"STATUS:{todo_status}" in todo
    assert "SUMMARY:Tiedote" in todo


@pytest.mark.parametrize("state", [EntryState.CANCELLED, EntryState.DONE])
def test_nothing_rings_for_what_is_over(state: EntryState) -> None:
    assert "BEGIN:VALARM" not in lines(written(task(state=state)))


def test_a_private_entry_says_so_and_no_other_does() -> None:
    assert "CLASS:PRIVATE" in lines(written(task(private=True)))
    assert not [line for line in lines(written(task())) if line.startswith("CLASS")]


def test_a_mark_stands_before_every_title_and_the_calendars_name() -> None:
    """A drill must not be taken for the real thing in anybody's calendar."""
    found = lines(written(*CASE, mark="HARJOITUS"))

    titles = [line for line in found if line.startswith(("SUMMARY", "X-WR-CALNAME", "NAME"))]
    assert len(titles) == len(CASE) + 2
    assert all(":HARJOITUS: " in line for line in titles)


def test_an_entry_keeps_its_uid_whatever_else_changes() -> None:
    """Outlook makes a second entry of one whose UID changes."""
    moved = meeting(title="Toinen nimi", starts=datetime(2027, 4, 2, 9, 0, tzinfo=HELSINKI), sequence=5)

    assert uid_of(meeting(), NAMESPACE) == uid_of(moved, NAMESPACE)
    assert uid_of(meeting(), NAMESPACE).endswith("@muutosturva")


def test_stores_of_different_kinds_share_no_uid() -> None:
    other = UUID("00000000-0000-5000-8000-000000000001")

    assert uid_of(meeting(), NAMESPACE) != uid_of(meeting(), other)


def test_the_sequence_is_that_of_the_row() -> None:
    assert "SEQUENCE:7" in lines(written(task(sequence=7)))


def test_a_published_entry_names_nobody_invited() -> None:
    """RFC 5546 3.2.1 and 3.4.1: ORGANIZER once, no ATTENDEE."""
    found = lines(written(*CASE, method="PUBLISH"))

    assert "METHOD:PUBLISH" in found
    assert not [line for line in found if line.startswith("ATTENDEE")]
    assert len([line for line in found if line.startswith("ORGANIZER")]) == len(CASE)


def test_an_invitation_asks_for_an_answer() -> None:
    found = lines(written(meeting(), method="REQUEST"))

    asked = [line for line in found if line.startswith("ATTENDEE")]
    assert len(asked) == 2
    assert all("RSVP=TRUE" in line and "PARTSTAT=NEEDS-ACTION" in line for line in asked)
    assert any('CN="Mallikas, Maija"' in line for line in asked)


def test_a_withdrawal_cancels_whatever_the_state() -> None:
    found = lines(written(meeting(sequence=1), method="CANCEL"))

    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1"} <= set(found)


def test_what_a_method_lacks_is_told_for_all_entries_at_once() -> None:
    with pytest.raises(InputError) as refused:
        written(task(organizer=None), meeting(organizer=None), method="PUBLISH")

    assert [problem.code for problem in refused.value.problems] == ["calendars.organizer_missing"] * 2
    assert refused.value.params["n"] == 2


def test_an_invitation_without_invitees_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        written(meeting(attendees=()), method="REQUEST")

    assert [problem.code for problem in refused.value.problems] == ["calendars.invitee_missing"]


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_nothing_cannot_be_sent(method: Method) -> None:
    with pytest.raises(InputError, match="nothing_to_send"):
        written(method=method)


def test_an_empty_calendar_is_still_a_calendar() -> None:
    assert vobject.readOne(written().decode()).name == "VCALENDAR"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_holds_one_entry(method: Method) -> None:
    """RFC 5546 3.2.2 and 3.2.5: all components of one REQUEST or CANCEL share one UID."""
    with pytest.raises(ValueError, match="one entry"):
        written(meeting(), meeting(uid_name="other"), method=method)


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_what_is_sent_holds_events(method: Method) -> None:
    """RFC 5546 3.4.1 wants DTSTART and PRIORITY of a VTODO; a task has a due day only."""
    with pytest.raises(ValueError, match="VTODO"):
        written(task(), tasks_as="todo", method=method)


def test_a_stamp_without_time_zone_is_refused() -> None:
    naive = STAMP.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        build([], name="x", namespace=NAMESPACE, stamp=naive)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"uid_name": ""}, "name"),
        ({"day": None}, "either a day or a beginning"),
        ({"starts": datetime(2027, 1, 1, tzinfo=UTC)}, "either a day or a beginning"),
        ({"day": None, "starts": datetime(2027, 1, 1), "minutes": 5}, "naive"),  # noqa: DTZ001 - the fault
        ({"day": None, "starts": datetime(2027, 1, 1, tzinfo=UTC)}, "duration"),
        ({"minutes": 5}, "whole day"),
        ({"done_at": datetime(2027, 1, 1)}, "naive"),  # noqa: DTZ001 - the fault under test
        ({"sequence": -1}, "negative"),
        ({"alarms": (timedelta(minutes=-5),)}, "after"),
    ],
)
def test_an_entry_that_cannot_be_written_cannot_be_made(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        task(**changes)


def test_a_second_reader_finds_what_was_written() -> None:
    """The reader shares no code with the writer."""
    found = vobject.readOne(written(*CASE).decode())

    events = found.vevent_list
    assert [event.dtstart.value for event in events] == [
        datetime(2027, 3, 22, 8, 30, tzinfo=HELSINKI),
        datetime(2027, 3, 29, 8, 30, tzinfo=HELSINKI),
        date(2027, 3, 25),
        date(2027, 3, 31),
        date(2027, 4, 1),
    ]
    assert events[0].attendee_list[0].params["CN"] == ["Mallikas, Maija"]
    assert events[0].organizer.value == f"mailto:{OFFICE.email}"
    assert found.serialize(validate=True)


def test_a_name_cannot_break_out_of_its_parameter() -> None:
    """A quotation mark or a line break in a roster name must not become a property of its own."""
    sly = Invitee('Eve";ROLE=CHAIR\r\nSUMMARY:x', "eve@tyollisyysalue.example\r\nATTACH:x")
    raw = written(meeting(attendees=(sly, MAIJA), url="https://example.invalid/\r\nATTACH:y"))

    event = vobject.readOne(raw.decode()).vevent
    assert event.attendee_list[0].params["ROLE"] == ["REQ-PARTICIPANT"]
    assert "attach" not in event.contents
    assert event.summary.value == meeting().title


def test_a_meeting_stays_an_event_when_tasks_are_todos() -> None:
    found = vobject.readOne(written(*CASE, tasks_as="todo").decode())

    assert len(found.vevent_list) == len([entry for entry in CASE if entry.kind is EntryKind.MEETING])
    assert len(found.vtodo_list) == len([entry for entry in CASE if entry.kind is EntryKind.TASK])
