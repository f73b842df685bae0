"""Every kind of calendar file by libical, which knows the restrictions of RFC 5546 (iTIP)."""

from __future__ import annotations

import pytest

from muutosturva.calendars.entries import Entry
from muutosturva.calendars.ical import Method, TasksAs, build
from tests.calendars.samples import CASE, NAMESPACE, STAMP, meeting, task
from tests.e2e.libical import complaints

pytestmark = pytest.mark.e2e


def written(*entries: Entry, tasks_as: TasksAs = "event", method: Method | None = None) -> bytes:
    return build(
        entries,
        name="Lahti",
        namespace=NAMESPACE,
        stamp=STAMP,
        mark="ESIMERKKI",
        tasks_as=tasks_as,
        method=method,
    )


@pytest.mark.parametrize(("tasks_as", "method"), [("event", None), ("todo", None), ("event", "PUBLISH")])
def test_a_whole_case_conforms(tasks_as: TasksAs, method: Method | None) -> None:
    assert complaints(written(*CASE, tasks_as=tasks_as, method=method)) == []


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_and_its_withdrawal_conform(method: Method) -> None:
    assert complaints(written(meeting(sequence=2), method=method)) == []


def test_an_empty_calendar_conforms() -> None:
    assert complaints(written()) == []


@pytest.mark.parametrize(
    ("good", "broken"),
    [
        (b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nATTENDEE:mailto:x@example.invalid"),
        (b"DTSTART;VALUE=DATE:20270325\r\n", b""),
        (b"DTSTART;VALUE=DATE:20270325", b"DTSTART;VALUE=DATE:eilen"),
    ],
    ids=["published with an invitee", "no beginning", "no date"],
)
def test_the_checker_finds_planted_faults(good: bytes, broken: bytes) -> None:
    """A checker that finds nothing in a faulty file proves nothing about ours."""
    raw = written(task(), method="PUBLISH")
    assert good in raw

    assert complaints(raw.replace(good, broken)) != []
