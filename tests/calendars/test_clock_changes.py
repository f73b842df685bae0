"""Summer time: the file's own time zone against the system's, hour by hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import vobject

from muutosturva.calendars.entries import Entry, EntryKind
from muutosturva.calendars.ical import build
from muutosturva.clock import HELSINKI
from tests.calendars.samples import NAMESPACE, STAMP

SPRING = datetime(2027, 3, 28, 1, tzinfo=UTC)
AUTUMN = datetime(2027, 10, 31, 1, tzinfo=UTC)


def hours_around(change: datetime) -> Iterator[datetime]:
    start = change - timedelta(hours=30)
    return (start + timedelta(minutes=30 * n) for n in range(120))


def read_back(moments: list[datetime]) -> list[tuple[datetime, datetime]]:
    entries = [
        Entry(uid_name=str(n), title=str(n), starts=moment, minutes=45, kind=EntryKind.MEETING)
        for n, moment in enumerate(moments)
    ]
    raw = build(entries, name="x", namespace=NAMESPACE, stamp=STAMP)
    # Another TZID makes the reader use the file's own VTIMEZONE instead of a zone it knows.
    foreign = raw.replace(b"Europe/Helsinki", b"Muutosturva/Zone").decode()
    events = vobject.readOne(foreign).vevent_list
    return [(event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC)) for event in events]


@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["28.3.2027", "31.10.2027"])
def test_every_half_hour_around_a_clock_change_is_read_back_as_the_same_moment(change: datetime) -> None:
    """One hour wrong in a meeting about people's jobs is a meeting missed."""
    moments = list(hours_around(change))

    expected = [(moment, moment + timedelta(minutes=45)) for moment in moments]
    assert read_back(moments) == expected


def test_every_month_of_eleven_years_is_read_back_as_the_same_moment() -> None:
    """The time zone block has no end: it must agree with the system's for years to come."""
    moments = [
        datetime(year, month, day, 8, 30, tzinfo=HELSINKI)
        for year in range(2026, 2037)
        for month in range(1, 13)
        for day in (1, 15, 28)
    ]

    assert [start for start, _ in read_back(moments)] == [moment.astimezone(UTC) for moment in moments]


def test_a_time_that_the_clock_skips_becomes_the_moment_it_stands_for() -> None:
    """3.30 on 28.3.2027 does not exist in Finland; the file holds 4.30, the same moment."""
    skipped = datetime(2027, 3, 28, 3, 30, tzinfo=HELSINKI)
    entry = Entry(uid_name="x", title="x", starts=skipped, minutes=30, kind=EntryKind.MEETING)

    raw = build([entry], name="x", namespace=NAMESPACE, stamp=STAMP)

    assert b"DTSTART;TZID=Europe/Helsinki:20270328T043000" in raw


@pytest.mark.parametrize(("fold", "utc"), [(0, b"20271031T003000Z"), (1, b"20271031T013000Z")])
def test_both_hours_that_come_twice_are_written_in_utc(fold: int, utc: bytes) -> None:
    """3.30 on 31.10.2027 comes twice; RFC 5545 3.3.5 takes the first, Thunderbird the second."""
    starts = datetime(2027, 10, 31, 3, 30, fold=fold, tzinfo=HELSINKI)
    entry = Entry(uid_name="x", title="x", starts=starts, minutes=20, kind=EntryKind.MEETING)

    assert b"DTSTART:" + utc in build([entry], name="x", namespace=NAMESPACE, stamp=STAMP)


def test_a_meeting_that_only_ends_in_that_hour_is_in_utc_too() -> None:
    starts = datetime(2027, 10, 31, 2, 30, tzinfo=HELSINKI)
    entry = Entry(uid_name="x", title="x", starts=starts, minutes=45, kind=EntryKind.MEETING)

    raw = build([entry], name="x", namespace=NAMESPACE, stamp=STAMP)

    assert b"DTSTART:20271030T233000Z" in raw
    assert b"DTEND:20271031T001500Z" in raw
