"""Calendar files in programs people use: Thunderbird's parser, node-ical and khal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from muutosturva.calendars.entries import Entry, EntryKind
from muutosturva.calendars.ical import build
from muutosturva.clock import HELSINKI
from tests.calendars.samples import CASE, NAMESPACE, STAMP, meeting
from tests.e2e.tools import ROOT, run, virtual_environment

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

Read = Callable[[bytes], Mapping[str, Any]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Return a function that shows a file to ical.js and node-ical."""
    folder = tmp_path_factory.mktemp("node") / "readers"
    shutil.copytree(ROOT / "tests" / "e2e" / "node", folder)
    run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder)

    def shown(raw: bytes) -> Mapping[str, Any]:
        (folder / "file.ics").write_bytes(raw)
        found: Mapping[str, Any] = json.loads(run(["node", "read.mjs", "file.ics"], cwd=folder, TZ="UTC"))
        return found

    return shown


@pytest.fixture(scope="module")
def khal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program khal, in a virtual environment of its own."""
    folder = tmp_path_factory.mktemp("khal") / "venv"
    return virtual_environment(folder, ROOT / "tests" / "e2e" / "requirements-khal.lock") / "khal"


def written(*entries: Entry, **options: Any) -> bytes:
    return build(entries, name="Lahti", namespace=NAMESPACE, stamp=STAMP, **options)


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_thunderbirds_parser_finds_every_entry_at_its_time(read: Read) -> None:
    found = read(written(*CASE))["icaljs"]["events"]

    assert [event["title"] for event in found] == [
        "Koordinaatioryhmän viikkopalaveri",
        "Alustava: Koordinaatioryhmän viikkopalaveri",
        "Ensiyhteys työnantajaan; sovi tiedotustilaisuus",
        "Tehty: Luettelo irtisanottavista on saatu ja tarkistettu, puuttuvat tiedot pyydetty kirjallisesti",
        "Peruttu: Infotilaisuus ruotsiksi, Heinola",
    ]
    assert [(event["start"], event["end"]) for event in found] == [
        ("2027-03-22T06:30:00.000Z", "2027-03-22T07:30:00.000Z"),
        ("2027-03-29T05:30:00.000Z", "2027-03-29T06:30:00.000Z"),
        ("2027-03-25", "2027-03-26"),
        ("2027-03-31", "2027-04-01"),
        ("2027-04-01", "2027-04-02"),
    ]
    assert found[0]["attendees"] == ["Mallikas, Maija", "Olli Österberg-Esimerkki"]
    assert found[0]["description"] == meeting().description


def around_the_clock_changes(step: timedelta) -> list[datetime]:
    """Return moments from six hours before to six hours after both changes of 2027."""
    changes = (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC))
    steps = timedelta(hours=6) // step
    return [change + step * n for change in changes for n in range(-steps, steps)]


def meetings_at(moments: list[datetime]) -> bytes:
    entries = (
        Entry(uid_name=str(n), title=str(n), starts=moment, minutes=30, kind=EntryKind.MEETING)
        for n, moment in enumerate(moments)
    )
    return written(*entries)


def test_thunderbirds_parser_agrees_on_every_half_hour_around_the_clock_changes(read: Read) -> None:
    moments = around_the_clock_changes(timedelta(minutes=30))

    found = read(meetings_at(moments))["icaljs"]["events"]
    assert [event["start"] for event in found] == [utc(moment) for moment in moments]


def test_node_ical_agrees_on_every_hour_around_the_clock_changes(read: Read) -> None:
    """Whole hours: on any day of the year this reader takes half past midnight for one o'clock."""
    moments = around_the_clock_changes(timedelta(hours=1))

    found = read(meetings_at(moments))["nodeical"]
    assert [event["start"] for event in found] == [utc(moment) for moment in moments]


def test_todos_are_due_on_their_day_in_their_state(read: Read) -> None:
    found = read(written(*CASE, tasks_as="todo"))["icaljs"]

    assert [(todo["due"], todo["status"]) for todo in found["todos"]] == [
        ("2027-03-25", "NEEDS-ACTION"),
        ("2027-03-31", "COMPLETED"),
        ("2027-04-01", "CANCELLED"),
    ]


KHAL_SETTINGS = """
[calendars]
[[muutosturva]]
path = {folder}/calendar
type = calendar
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %d.%m.%Y
longdateformat = %d.%m.%Y
datetimeformat = %d.%m.%Y %H:%M
longdatetimeformat = %d.%m.%Y %H:%M
local_timezone = Europe/Helsinki
default_timezone = Europe/Helsinki
firstweekday = 0
[default]
default_calendar = muutosturva
"""


class Khal:
    """A calendar program with one calendar of its own."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.command: list[str | Path] = [program, "-c", folder / "khal.conf"]
        self.folder = folder
        (folder / "calendar").mkdir()
        (folder / "khal.conf").write_text(KHAL_SETTINGS.format(folder=folder), encoding="utf-8")

    def take_in(self, raw: bytes) -> None:
        """Import a file as a user would."""
        (self.folder / "file.ics").write_bytes(raw)
        options = ["import", "--batch", "-a", "muutosturva", "file.ics"]
        run([*self.command, *options], cwd=self.folder, HOME=str(self.folder))

    def lines(self) -> list[str]:
        """Return what the calendar shows from 22 March to 21 April 2027."""
        shown = ["--format", "{start-long} | {end-long} | {title} | {status}", "--day-format", ""]
        options = ["list", "22.03.2027", "30d", *shown]
        printed = run([*self.command, *options], cwd=self.folder, HOME=str(self.folder))
        return [line.strip(" |") for line in printed.splitlines() if line.strip()]


def test_khal_shows_the_case_at_finnish_clock_times(khal: Path, tmp_path: Path) -> None:
    calendar = Khal(khal, tmp_path)
    calendar.take_in(written(*CASE))

    shown = calendar.lines()
    assert any(
        line.startswith("22.03.2027 08:30 | 22.03.2027 09:30 | Koordinaatioryhmän viikkopalaveri")
        for line in shown
    )
    assert any(line.startswith("29.03.2027 08:30 | 29.03.2027 09:30 | Alustava:") for line in shown)
    assert any(line.startswith("25.03.2027 | 25.03.2027 | Ensiyhteys") for line in shown)
    assert len(shown) == len(CASE)


def test_an_entry_that_moved_moves_in_the_calendar_and_is_not_doubled(khal: Path, tmp_path: Path) -> None:
    """Same UID and a higher SEQUENCE: one entry, at its new time."""
    calendar = Khal(khal, tmp_path)
    calendar.take_in(written(meeting()))
    calendar.take_in(written(meeting(starts=datetime(2027, 4, 6, 13, 0, tzinfo=HELSINKI), sequence=1)))

    [line] = calendar.lines()
    assert line.startswith("06.04.2027 13:00 | 06.04.2027 14:00")


def test_a_withdrawn_entry_is_shown_as_withdrawn(khal: Path, tmp_path: Path) -> None:
    calendar = Khal(khal, tmp_path)
    calendar.take_in(written(meeting()))
    calendar.take_in(written(meeting(sequence=1), method="CANCEL"))

    [line] = calendar.lines()
    assert "Peruttu: Koordinaatioryhmän" in line
    assert line.endswith("CANCELLED")
