"""The rule book: at most one row of a key on any day, and changes that make a new book."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from muutosturva.errors import InputError, NotFoundError
from muutosturva.rules.book import LawBook
from muutosturva.rules.bookfile import COLUMNS, parse_book, row_problems, write_book
from muutosturva.rules.case import after
from muutosturva.rules.results import Confidence, LawRow


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def row(value: str, start: str = "", end: str = "", key: str = "tsl.layoff_notice") -> LawRow:
    """Return a row of the law with a value and its days in force."""
    dates = [day(text) if text else None for text in (start, end)]
    return LawRow(key, value, "days", "", dates[0], dates[1], "55/2001 5:4", "test", Confidence.SURE)


OLD = row("14", "2001-06-01")
BILL = row("7")


@pytest.mark.parametrize(
    ("on", "value"),
    [("2021-12-31", "20"), ("2022-01-01", "20"), ("2025-06-30", "20"), ("2025-07-01", "50")],
)
def test_a_day_has_the_row_in_force_on_it(on: str, value: str) -> None:
    book = LawBook((row("50", "2025-07-01"), row("20", "2007-07-01", "2025-06-30")))

    found = book.row("tsl.layoff_notice", day(on))

    assert found is not None
    assert found.value == value


def test_before_the_first_row_there_is_none_and_never_a_neighbour() -> None:
    assert LawBook((OLD,)).row(OLD.key, day("2001-05-31")) is None


def test_an_expired_row_is_known_but_not_in_force() -> None:
    """Only a rule that says so may carry it on, and then marks it."""
    book = LawBook(
        (row("37.21", "2023-01-01", "2026-12-31", key="ui.base_daily"), row("9", key="ui.base_daily"))
    )

    assert book.row("ui.base_daily", day("2027-01-01")) is None
    known = book.last_known("ui.base_daily", day("2027-01-01"))
    assert known is not None
    assert known.value == "37.21"
    assert book.last_known("ui.base_daily", day("2022-12-31")) is None


def test_a_bill_is_in_the_book_and_never_in_force() -> None:
    book = LawBook((BILL, OLD))

    assert book.history(OLD.key) == (OLD, BILL)
    assert book.row(OLD.key, day("2099-01-01")) == OLD


def test_two_rows_of_one_key_on_one_day_make_no_book() -> None:
    with pytest.raises(InputError) as caught:
        LawBook((OLD, row("7", "2026-01-01")))

    (problem,) = caught.value.problems
    assert problem.code == "rules.overlap"
    assert problem.params == {"key": OLD.key, "day": day("2026-01-01")}


def test_a_new_row_ends_the_one_it_follows() -> None:
    book = LawBook((OLD, BILL), revision=3).with_row(row("7", "2027-01-01"))

    assert [found.valid_to for found in book.history(OLD.key)] == [day("2026-12-31"), None, None]
    assert book.revision == 4
    assert LawBook((OLD,)).rows == (OLD,)


def test_a_new_row_may_not_reach_into_a_later_one() -> None:
    book = LawBook((row("14", "2001-06-01", "2026-12-31"), row("7", "2027-01-01")))

    with pytest.raises(InputError):
        book.with_row(row("10", "2026-07-01"))

    assert book.with_row(row("10", "2026-07-01", "2026-12-31")).row(OLD.key, day("2026-07-01")) is not None


def test_a_second_row_from_the_same_day_is_a_correction_and_refused_as_a_row() -> None:
    with pytest.raises(InputError):
        LawBook((OLD,)).with_row(row("10", "2001-06-01"))


def test_a_bill_that_gets_a_date_becomes_law() -> None:
    book = LawBook((OLD, BILL)).with_change(BILL, valid_from=day("2027-04-01"))

    before, after = book.row(OLD.key, day("2027-03-31")), book.row(OLD.key, day("2027-04-01"))
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == ("14", "7")


def test_a_correction_changes_one_row_and_raises_the_revision() -> None:
    book = LawBook((OLD, BILL)).with_change(OLD, value="13", checked=day("2026-11-24"))

    assert book.row(OLD.key, day("2026-11-24")) == replace(OLD, value="13", checked=day("2026-11-24"))
    assert book.revision == 2


def test_what_is_not_in_the_book_cannot_be_corrected() -> None:
    with pytest.raises(NotFoundError, match=r"rules\.no_such_row"):
        LawBook((OLD,)).with_change(BILL, value="8")


@pytest.mark.parametrize(
    ("value", "unit", "end"),
    [("14", "days", "2027-03-15"), ("12", "weeks", "2027-05-24"), ("6", "months", "2027-09-01")],
)
def test_a_row_of_time_is_counted_in_its_unit(value: str, unit: str, end: str) -> None:
    assert after(day("2027-03-01"), replace(OLD, value=value, unit=unit)) == day(end)


def test_a_row_that_is_no_time_cannot_be_counted_from_a_day() -> None:
    with pytest.raises(ValueError, match="no length of time"):
        after(day("2027-03-01"), replace(OLD, unit="persons"))


def test_a_file_says_everything_that_is_wrong_with_its_line() -> None:
    """An official who edits the file in a spreadsheet sees all mistakes at once."""
    lines = [
        ",".join(COLUMNS),
        "a.b,14,days,,2027-01-01,,55/2001,test,sure,,",
        "a.c,14,days,,1.1.2027,31.2.2027,55/2001,test,certain,,",
        "a.d,14,days,,2027-01-01,2026-12-31,55/2001,test,sure,,",
        "a.e,a fortnight,days,,2027-01-01,,55/2001,test,sure,,",
        ",14,days,,2027-01-01,,55/2001,test,sure,,",
        "a.f,14,days,,2027-01-01,,55/2001,test,sure,,,more",
    ]

    rows, problems = parse_book("\n".join(lines), path="law.csv")

    assert [found.key for found in rows] == ["a.b"]
    assert [(problem.line, problem.code.removeprefix("rules.")) for problem in problems] == [
        (3, "bad_date"),
        (3, "bad_date"),
        (3, "unknown_confidence"),
        (4, "ends_before_start"),
        (5, "not_a_number"),
        (6, "empty_cell"),
        (7, "too_many_cells"),
    ]
    assert {problem.path for problem in problems} == {"law.csv"}


@pytest.mark.parametrize("text", ["", "key,value\na.b,14\n", "nothing of the kind"])
def test_a_file_without_the_columns_has_one_problem(text: str) -> None:
    rows, problems = parse_book(text)

    assert rows == ()
    assert [problem.code for problem in problems] == ["rules.missing_columns"]


def test_a_file_with_an_open_quotation_mark_is_told_so() -> None:
    rows, problems = parse_book(",".join(COLUMNS) + '\na.b,"14,days\n')

    assert rows == ()
    assert [problem.code for problem in problems] == ["rules.not_csv"]


def test_a_row_may_hold_any_word_where_the_unit_asks_for_no_number() -> None:
    assert row_problems(replace(OLD, value="end of employment", unit="")) == []


@pytest.mark.parametrize("value", ["-3", "2,5", "3.", "", "½", "1e3"])
def test_a_number_of_days_is_a_plain_whole_number(value: str) -> None:
    assert [problem.code for problem in row_problems(replace(OLD, value=value))]


@pytest.mark.parametrize(("value", "sound"), [("37.21", True), ("60", True), ("37,21", False), (".5", False)])
def test_a_sum_of_money_has_a_point_before_its_decimals(value: str, sound: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (row_problems(replace(OLD, value=value, unit="EUR/day")) == []) is sound


def test_a_key_that_is_counted_keeps_a_unit_that_can_be_counted() -> None:
    """Weeks for days is a change of the law; "calendar days" would be read by nobody."""
    assert LawBook((OLD,)).with_row(replace(row("2", "2027-01-01"), unit="weeks")).revision == 2
    with pytest.raises(InputError) as caught:
        LawBook((OLD,)).with_row(replace(row("7", "2027-01-01"), unit="calendar days"))

    assert [problem.code for problem in caught.value.problems] == ["rules.strange_unit"]


def test_a_bill_ends_nothing_when_it_is_entered() -> None:
    book = LawBook((OLD,)).with_row(BILL)

    assert book.keys == (OLD.key,)
    assert book.history(OLD.key) == (OLD, BILL)


def test_what_is_written_is_what_is_read() -> None:
    rows = (replace(OLD, note='with "quotes", commas\nand two lines'), BILL)

    assert parse_book("\ufeff" + write_book(rows)) == (rows, [])
