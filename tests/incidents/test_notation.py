"""Dates as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.errors import UsageError
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
