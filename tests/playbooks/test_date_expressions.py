"""Date expressions: what they count, in which order, and how they fail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.playbooks.expressions.dates import parse_date
from muutosturva.playbooks.expressions.moments import DateValue, Known, evaluate_date
from muutosturva.playbooks.facts import AnchorValue, Certainty
from muutosturva.rules.workdays import RollMode, WorkCalendar
from tests.playbooks.making import day, on

CALENDAR = WorkCalendar()


def count(
    text: str,
    anchors: Mapping[str, str | AnchorValue],
    roll: RollMode = "none",
    calendar: WorkCalendar = CALENDAR,
) -> DateValue:
    """Return what an expression comes to over the anchors given."""
    tree = parse_date(text).tree
    assert tree is not None, parse_date(text).fault
    known = {
        name: Known(on(value) if isinstance(value, str) else value, (name,))
        for name, value in anchors.items()
    }
    return evaluate_date(tree, known, calendar, roll)


def shown(value: DateValue) -> str:
    """Return the planned moment as text."""
    if value.value is None:
        return value.reason
    clock = f"T{value.value.at:%H:%M}" if value.value.at else ""
    return f"{value.value.day.isoformat()}{clock}"


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("a", "2027-03-06", "2027-03-06"),
        ("a + 1 wd", "2027-03-05", "2027-03-08"),  # Friday to Monday
        ("a + 1 wd", "2027-03-06", "2027-03-08"),  # the start day is not counted: Saturday + 1 is Monday
        ("a - 1 wd", "2027-03-06", "2027-03-05"),
        ("a + 3 wd", "2027-03-24", "2027-03-31"),  # Good Friday and Easter Monday are left out
        ("a + 1 wd", "2026-06-18", "2026-06-22"),  # Midsummer Eve 19.6.2026 is no working day
        ("a + 1 wd", "2026-12-23", "2026-12-28"),  # Christmas Eve, Christmas, a weekend
        ("a + 5 d", "2027-03-01", "2027-03-06"),
        ("a + 2 w", "2027-03-01", "2027-03-15"),
        ("a + 1 m", "2027-01-31", "2027-02-28"),  # 150/1930 3 §: the month's last day
        ("a + 1 m", "2028-01-31", "2028-02-29"),
        ("a - 1 m", "2027-03-31", "2027-02-28"),
        ("a + 12 m", "2028-02-29", "2029-02-28"),
        ("a + 1 d + 10 wd", "2027-04-13", "2027-04-28"),  # offsets are counted one after the other
        ("a + 1 wd - 1 d", "2027-03-05", "2027-03-07"),
        ("next mon(a)", "2027-03-01", "2027-03-08"),  # the day itself is not the next Monday
        ("next tue(a + 1 wd)", "2027-02-26", "2027-03-02"),
        ("next sun(a)", "2027-03-06", "2027-03-07"),
        ("a at 09:00", "2027-03-01", "2027-03-01T09:00"),
        ("next mon(a + 1 d) at 8:30", "2027-03-01", "2027-03-08T08:30"),
        ("(a + 1 d)", "2027-03-01", "2027-03-02"),
    ],
)
def test_worked_dates(text: str, anchor: str, expected: str) -> None:
    """The table of the field: weekends, church holidays, eves, month ends, leap years."""
    assert shown(count(text, {"a": anchor})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("max(a, b)", "2027-03-10"),
        ("min(a, b)", "2027-03-01"),
        ("max(a + 2 w, b)", "2027-03-15"),
        ("min(a + 2 w, b - 1 d) at 12:00", "2027-03-09T12:00"),
        ("max(a, b) + 1 wd", "2027-03-11"),
        ("max(min(a, b) + 1 d, a)", "2027-03-02"),
    ],
)
def test_the_latest_and_the_earliest_of_several(text: str, expected: str) -> None:
    assert shown(count(text, {"a": "2027-03-01", "b": "2027-03-10"})) == expected


@pytest.mark.parametrize("word", ["max", "min"])
def test_a_clock_time_goes_before_the_whole_day_it_lies_in(word: str) -> None:
    """The day begins before it and ends after it, so either way the clock time decides."""
    assert shown(count(f"{word}(a + 2 h, a)", {"a": "2027-03-01T08:10"})) == "2027-03-01T10:10"
    assert shown(count(f"{word}(a, a + 2 h)", {"a": "2027-03-01T08:10"})) == "2027-03-01T10:10"


@pytest.mark.parametrize(
    ("anchor", "text", "expected"),
    [
        ("2027-03-28T02:30", "a + 1 h", "2027-03-28T04:30"),  # 03:00 to 04:00 does not exist that night
        ("2027-03-27T23:00", "a + 24 h", "2027-03-29T00:00"),
        ("2027-10-31T02:30", "a + 1 h", "2027-10-31T03:30"),
        ("2027-10-31T02:30", "a + 2 h", "2027-10-31T03:30"),  # 03:00 to 04:00 comes twice
        ("2027-10-31T02:30", "a + 3 h", "2027-10-31T04:30"),
        ("2027-10-31T05:00", "a - 4 h", "2027-10-31T02:00"),
        ("2027-03-01T23:30", "a + 1 h", "2027-03-02T00:30"),
        ("2027-03-01T08:10", "a + 2 h", "2027-03-01T10:10"),
        ("2027-03-01T08:10", "a + 1 d", "2027-03-02"),  # days give dates, not clock times
        ("2027-03-01T08:10", "a", "2027-03-01"),
        ("2027-03-01", "a + 2 h", "2027-03-01"),  # without a clock time: the day, early and safe
        ("2027-03-01", "a + 48 h", "2027-03-03"),
    ],
)
def test_hours_are_elapsed_hours_across_both_clock_changes(anchor: str, text: str, expected: str) -> None:
    """Two hours after the news are two hours, also in the night when the clock is moved."""
    assert shown(count(text, {"a": anchor})) == expected


def test_the_second_of_two_equal_hours_is_kept_apart() -> None:
    """In the night of 31.10.2027 03:30 comes twice; elapsed time knows which."""
    first, second = (count(text, {"a": "2027-10-31T02:30"}) for text in ("a + 1 h", "a + 2 h"))
    assert first.value is not None
    assert second.value is not None
    assert (first.value.at, second.value.at) == (dt.time(3, 30), dt.time(3, 30))
    assert first.value.at is not None
    assert second.value.at is not None
    assert (first.value.at.fold, second.value.at.fold) == (0, 1)


@pytest.mark.parametrize(
    ("roll", "expected"),
    [("none", "2027-05-29"), ("back", "2027-05-28"), ("forward", "2027-05-31"), ("nearest", "2027-05-28")],
)
def test_rolling_comes_after_counting(roll: RollMode, expected: str) -> None:
    """60 days from 30.3.2027 end on a Saturday (the worked example of the field)."""
    assert shown(count("a + 60 d", {"a": "2027-03-30"}, roll)) == expected


def test_rolling_keeps_the_clock_time_and_comes_after_the_maximum() -> None:
    value = count("max(a, b) at 09:00", {"a": "2027-03-06", "b": "2027-03-05"}, "forward")
    assert shown(value) == "2027-03-08T09:00"


def test_closed_days_of_the_area_are_no_working_days() -> None:
    closed = WorkCalendar(frozenset({day("2027-03-02")}))
    assert shown(count("a + 1 wd", {"a": "2027-03-01"}, calendar=closed)) == "2027-03-03"


def test_a_range_is_counted_from_both_ends() -> None:
    span = AnchorValue.between(day("2027-03-05"), day("2027-03-12"))
    value = count("a + 1 wd", {"a": span})
    assert value.certainty is Certainty.RANGE
    assert [m.day.isoformat() for m in (value.value, value.earliest, value.latest) if m] == [
        "2027-03-08",
        "2027-03-08",
        "2027-03-15",
    ]


def test_a_date_is_as_sure_as_its_least_sure_anchor() -> None:
    anchors = {"a": on("2027-03-01"), "b": AnchorValue.estimated(day("2027-03-10"))}
    assert count("a + 1 d", anchors).certainty is Certainty.CONFIRMED
    assert count("max(a, b)", anchors).certainty is Certainty.ESTIMATED
    assert count("max(a, b)", anchors).names == ("a", "b")


def test_an_unknown_anchor_makes_the_date_unknown_and_is_named() -> None:
    """Never a guess: even a maximum whose other part is known is not known."""
    value = count("max(a, b)", {"a": on("2027-03-01"), "b": AnchorValue.unknown()})
    assert (value.value, value.reason, value.names) == (None, "date.unknown_anchor", ("b",))


def test_a_day_beyond_the_calendar_is_said_to_be_so() -> None:
    assert shown(count("a + 999999 wd", {"a": "2027-03-01"})) == "date.out_of_range"
    assert shown(count("a + 900000 m", {"a": "2027-03-01"})) == "date.out_of_range"


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "expr_empty", 0),
        ("heard +", "expr_ended", 7),
        ("heard + x", "expr_offset", 8),
        ("heard + 3", "expr_ended", 9),
        ("heard + 3 wdd", "expr_unit", 10),
        ("2027-03-01", "expr_date", 0),
        ("max heard", "expr_symbol", 4),
        ("max(heard", "expr_ended", 9),
        ("max()", "expr_date", 4),
        ("max(a,)", "expr_date", 6),
        ("next monday(heard)", "expr_weekday", 5),
        ("heard at", "expr_ended", 8),
        ("heard at 9", "expr_time", 9),
        ("heard at 25:00", "expr_time", 9),
        ("heard at 09:00 + 1 d", "expr_left", 15),
        ("(heard at 09:00) + 1 d", "expr_at_inside", 7),
        ("heard decision", "expr_left", 6),
        ("Heard", "expr_date", 0),
        ("pääty + 1 d", "expr_character", 1),
        ("heard + 99999999 d", "expr_number", 8),
        ("(" * 60 + "a", "expr_deep", 50),
        ("a" + " + 1 d" * 100, "expr_long", 400),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, code: str, at: int) -> None:
    """The caret under the very character is what makes a message useful."""
    fault = parse_date(text).fault
    assert fault is not None
    assert (fault.code, fault.at) == (code, at)


@given(st.text(max_size=500))
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.tree is None) == (parsed.fault is not None)


WORDS = "a b max min next mon at + - ( ) , 1 5 wd d h 09:00 9:5"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=30))
def test_no_heap_of_words_makes_the_parser_raise(words: list[str]) -> None:
    """Words of the language in any order reach deeper into the parser than random letters."""
    parsed = parse_date(" ".join(words))
    assert (parsed.tree is None) == (parsed.fault is not None)
    if parsed.tree is not None:
        known = {"a": Known(on("2027-03-01T08:00"), ("a",)), "b": Known(AnchorValue.unknown(), ("b",))}
        evaluate_date(parsed.tree, known, CALENDAR)
