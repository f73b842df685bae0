"""Dates as people type them."""

from __future__ import annotations

import datetime as dt
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.errors import UsageError
from muutosturva.incidents.typed.moments import parse_event_time, parse_moment
from muutosturva.incidents.typed.notation import (
    format_anchor_value,
    parse_anchor_value,
    parse_day,
    parse_time,
)
from muutosturva.playbooks.facts import AnchorValue, Certainty

DAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-03-01", AnchorValue.confirmed(DAY)),
        ("1.3.2027", AnchorValue.confirmed(DAY)),
        (" 01.03.2027 ", AnchorValue.confirmed(DAY)),
        ("~1.3.2027", AnchorValue.estimated(DAY)),
        ("~ 2027-03-01", AnchorValue.estimated(DAY)),
        ("1.3.2027..10.4.2027", AnchorValue.between(DAY, date(2027, 4, 10))),
        ("2027-03-01 .. 2027-03-01", AnchorValue.between(DAY, DAY)),
        ("?", AnchorValue.unknown()),
        ("2027-03-01T08:10", AnchorValue.confirmed(DAY, at=time(8, 10))),
        ("1.3.2027 8.10", AnchorValue.confirmed(DAY, at=time(8, 10))),
        ("1.3.2027 klo 8.10", AnchorValue.confirmed(DAY, at=time(8, 10))),
        ("1.3.2027 kl. 08:10", AnchorValue.confirmed(DAY, at=time(8, 10))),
        ("1.3.2027 klo 14", AnchorValue.confirmed(DAY, at=time(14))),
        ("ma 1.3.2027", AnchorValue.confirmed(DAY)),
        ("~ma 1.3.2027", AnchorValue.estimated(DAY)),
        ("ma 1.3.2027 – la 10.4.2027", AnchorValue.between(DAY, date(2027, 4, 10))),
        ("1.3.2027–10.4.2027", AnchorValue.between(DAY, date(2027, 4, 10))),
        ("1.3.2027 - 10.4.2027", AnchorValue.between(DAY, date(2027, 4, 10))),
    ],
)
def test_each_notation_says_how_sure_the_date_is(text: str, expected: AnchorValue) -> None:
    """Officials write dates as in letters, scripts as ISO; both must mean the same."""
    assert parse_anchor_value(text) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("31.2.2027", "incidents.impossible_date"),
        ("2027-13-01", "incidents.impossible_date"),
        ("29.2.2027", "incidents.impossible_date"),
        ("huomenna", "incidents.not_a_date"),
        ("", "incidents.not_a_date"),
        ("1.3.27", "incidents.not_a_date"),
        ("1.3.2027..", "incidents.not_a_date"),
        ("1.3.2027 -", "incidents.not_a_date"),
        ("klo 14", "incidents.not_a_date"),
        ("1.3.2027 klo 25.00", "incidents.not_a_time"),
        ("10.4.2027..1.3.2027", "incidents.range_backwards"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_anchor_value(text)

    assert caught.value.key == key


def test_a_leap_day_is_a_day_in_its_year_only() -> None:
    assert parse_day("29.2.2028") == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["8", "24:00", "8:5", "klo", "12.60"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_time(text)


@pytest.mark.parametrize("text", ["1.1.1990", "1.1.1900", "1.3.9999", "0001-01-01", "2100-01-01"])
def test_a_day_or_moment_of_another_century_is_a_slip(text: str) -> None:
    """Every day somebody types has the years that the dates of a plan have."""
    for parse in (parse_day, parse_moment):
        with pytest.raises(UsageError) as caught:
            parse(text)

        assert caught.value.key == "incidents.day_years"
        assert caught.value.params == {"text": text, "first": 1991, "last": 2099}


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "9999-12-31T23:59Z", "2100-01-01T00:00+14:00"])
def test_a_moment_no_calendar_reaches_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"incidents\.day_years"):
        parse_moment(text)


@pytest.mark.parametrize("text", ["28.3.2027 klo 3.30", "2027-03-28T03:00", "28.3.2027 3.59"])
def test_a_clock_time_that_is_passed_over_is_refused(text: str) -> None:
    """At three the clocks go to four: nobody saw half past three, and half past four is another time."""
    for parse in (parse_moment, parse_anchor_value):
        with pytest.raises(UsageError, match=r"incidents\.clock_skipped"):
            parse(text)


def test_a_clock_time_of_today_that_is_passed_over_is_refused_too() -> None:
    noon = dt.datetime(2027, 3, 28, 9, 0, tzinfo=dt.UTC)

    with pytest.raises(UsageError, match=r"incidents\.clock_skipped"):
        parse_event_time("klo 3.30", noon)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28.3.2027 klo 2.59", dt.datetime(2027, 3, 28, 0, 59, tzinfo=dt.UTC)),
        ("28.3.2027 klo 4", dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC)),
        ("31.10.2027 klo 3.30", dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)),
        ("2027-10-31T03:30+02:00", dt.datetime(2027, 10, 31, 1, 30, tzinfo=dt.UTC)),
    ],
)
def test_an_hour_that_comes_twice_is_the_first_one(text: str, expected: dt.datetime) -> None:
    """Whoever means the second one types the zone."""
    assert parse_moment(text).astimezone(dt.UTC) == expected


@st.composite
def anchor_values(draw: st.DrawFn) -> AnchorValue:
    """Any value an anchor can have, as it can be typed."""
    certainty = draw(st.sampled_from(list(Certainty)))
    day = draw(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
    if certainty is Certainty.UNKNOWN:
        return AnchorValue.unknown()
    if certainty is Certainty.ESTIMATED:
        return AnchorValue.estimated(day)
    if certainty is Certainty.RANGE:
        later = draw(st.dates(day, date(2100, 1, 2)).filter(lambda other: other > day))
        return AnchorValue.between(day, later)
    minute = draw(st.none() | st.times().map(lambda clock: time(clock.hour, clock.minute)))
    if minute is not None and minute.hour == 3 and day.month == 3:
        # On one Sunday of March there is no such hour.
        minute = None
    return AnchorValue.confirmed(day, at=minute)


@given(anchor_values())
def test_a_value_can_be_typed_again_as_it_was_shown(value: AnchorValue) -> None:
    """The log and the dialogs show the notation; copying it back must not change a date."""
    assert parse_anchor_value(format_anchor_value(value)) == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_notation(text: str) -> None:
    try:
        parse_anchor_value(text)
    except UsageError as error:
        assert error.key.startswith("incidents.")  # noqa: PT017 - any text may also be a date
