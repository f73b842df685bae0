"""Any text of a user comes back from the file as it was typed."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.calendars.ical import build, uid_of
from muutosturva.calendars.text import email_of, escaped, many_lines, one_line
from tests.calendars.samples import NAMESPACE, STAMP, task

_UNESCAPE = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}
any_text = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf")))


def value_of(raw: bytes, name: str) -> str:
    """Return a TEXT value by the letter of RFC 5545: unfold, split, unescape in one pass."""
    unfolded = raw.decode().replace("\r\n ", "")
    line = next(line for line in unfolded.split("\r\n") if line.startswith(f"{name}:"))
    return re.sub(r"\\[\\;,nN]", lambda found: _UNESCAPE[found[0]], line.partition(":")[2])


def one_task(title: str, description: str) -> bytes:
    entry = task(title=title, description=description, alarms=())
    return build([entry], name="x", namespace=NAMESPACE, stamp=STAMP)


@given(any_text)
def test_any_title_comes_back_on_one_line(title: str) -> None:
    assert value_of(one_task(title, ""), "SUMMARY") == one_line(title)


@given(any_text.filter(lambda text: many_lines(text) != ""))
def test_any_description_comes_back_with_its_line_breaks(description: str) -> None:
    assert value_of(one_task("x", description), "DESCRIPTION") == many_lines(description)


@given(any_text, any_text)
def test_no_text_breaks_a_line_or_a_second_reader(title: str, description: str) -> None:
    raw = one_task(title, description)

    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert len(vobject.readOne(raw.decode()).vevent_list) == 1


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert many_lines(many_lines(text)) == many_lines(text)
    assert one_line(one_line(text)) == one_line(text)


@given(st.text(min_size=1))
def test_the_uid_depends_on_the_name_alone(name: str) -> None:
    first = task(uid_name=name, title="a", sequence=0)
    second = task(uid_name=name, title="b", sequence=9)

    assert uid_of(first, NAMESPACE) == uid_of(second, NAMESPACE)
    assert uid_of(first, NAMESPACE) != uid_of(first, uuid4())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("C:\\Nurmi\\new", "C:\\\\Nurmi\\\\new"),
        ("rivi\ntoinen", "rivi\\ntoinen"),
        ('"lainaus": näin', '"lainaus": näin'),
    ],
)
def test_text_is_escaped_by_the_letter_of_the_rule(text: str, expected: str) -> None:
    """The backslash before N of a Windows path is a backslash, not a line break."""
    assert escaped(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\x85c", "a\nb\nc"),
        ("sarkain\tjää", "sarkain\tjää"),
        ("\x00ohjaus\x07\ufeff", "ohjaus"),
    ],
)
def test_line_breaks_of_every_kind_become_one_kind(text: str, expected: str) -> None:
    assert many_lines(text) == expected


def test_an_address_is_bare() -> None:
    assert email_of(" mailto:maija@tyollisyysalue.example\r\n") == "maija@tyollisyysalue.example"
