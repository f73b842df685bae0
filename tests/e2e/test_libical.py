"""Every kind of calendar file by libical, which knows the restrictions of RFC 5546 (iTIP)."""

from __future__ import annotations

import ctypes
import ctypes.util

import pytest

from muutosturva.calendars.entries import Entry
from muutosturva.calendars.ical import Method, TasksAs, build
from tests.calendars.samples import CASE, NAMESPACE, STAMP, meeting, task

pytestmark = pytest.mark.e2e

SIGNATURES = {
    "icalparser_parse_string": (ctypes.c_void_p, [ctypes.c_char_p]),
    "icalrestriction_check": (ctypes.c_int, [ctypes.c_void_p]),
    "icalcomponent_count_errors": (ctypes.c_int, [ctypes.c_void_p]),
    "icalcomponent_as_ical_string": (ctypes.c_char_p, [ctypes.c_void_p]),
    "icalcomponent_free": (None, [ctypes.c_void_p]),
}


@pytest.fixture(scope="module")
def libical() -> ctypes.CDLL:
    name = ctypes.util.find_library("ical")
    assert name, "libical is missing: see .ci/apt-packages.txt"
    library = ctypes.CDLL(name)
    for function, (result, arguments) in SIGNATURES.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


def complaints(libical: ctypes.CDLL, raw: bytes) -> list[str]:
    """Return what libical has against a file: nothing when it conforms."""
    component = libical.icalparser_parse_string(raw)
    if not component:
        return ["cannot be parsed"]
    conforms = libical.icalrestriction_check(component)
    errors = libical.icalcomponent_count_errors(component)
    text = libical.icalcomponent_as_ical_string(component).decode().replace("\r\n ", "")
    libical.icalcomponent_free(component)
    told = [line for line in text.split("\r\n") if line.startswith("X-LIC-ERROR")]
    return told if conforms and not errors else [*told, f"conforms={conforms} errors={errors}"]


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
def test_a_whole_case_conforms(libical: ctypes.CDLL, tasks_as: TasksAs, method: Method | None) -> None:
    assert complaints(libical, written(*CASE, tasks_as=tasks_as, method=method)) == []


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_and_its_withdrawal_conform(libical: ctypes.CDLL, method: Method) -> None:
    assert complaints(libical, written(meeting(sequence=2), method=method)) == []


def test_an_empty_calendar_conforms(libical: ctypes.CDLL) -> None:
    assert complaints(libical, written()) == []


@pytest.mark.parametrize(
    ("good", "broken"),
    [
        (b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nATTENDEE:mailto:x@example.invalid"),
        (b"DTSTART;VALUE=DATE:20270325\r\n", b""),
        (b"DTSTART;VALUE=DATE:20270325", b"DTSTART;VALUE=DATE:eilen"),
    ],
    ids=["published with an invitee", "no beginning", "no date"],
)
def test_the_checker_finds_planted_faults(libical: ctypes.CDLL, good: bytes, broken: bytes) -> None:
    """A checker that finds nothing in a faulty file proves nothing about ours."""
    raw = written(task(), method="PUBLISH")
    assert good in raw

    assert complaints(libical, raw.replace(good, broken)) != []
