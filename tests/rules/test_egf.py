"""The EU fund's criteria: the reference period that stands best, over dated counts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.rules.book import shipped_book
from muutosturva.rules.egf import Criterion, Displacement, Window, egf_windows, reference_period
from muutosturva.rules.registry import RULES, evaluate
from muutosturva.rules.workdays import add_months

BOOK = shipped_book()
APPLIED = dt.date(2027, 9, 1)
NEIGHBOURS = (frozenset({"FI1C", "FI1B"}), frozenset({"FI1C", "FI19"}))


def displaced(
    day: str, count: int, enterprise: str = "bussit", division: str = "29", region: str = "FI1C"
) -> Displacement:
    return Displacement(
        dt.date.fromisoformat(day), count, enterprise, division, region, f"LAHTI-{enterprise}"
    )


def windows(criterion: Criterion, *items: Displacement) -> tuple[Window, ...]:
    return egf_windows(criterion, items, APPLIED, BOOK, NEIGHBOURS).windows


def test_the_threshold_is_reached_on_the_day_the_count_passes_it() -> None:
    (window,) = windows(
        Criterion.ENTERPRISE,
        displaced("2027-03-30", 120),
        displaced("2027-05-03", 79),
        displaced("2027-06-01", 1),
        displaced("2027-07-30", 60),
    )

    assert (window.start, window.end) == (dt.date(2027, 3, 30), dt.date(2027, 7, 30))
    assert (window.counted, window.reached_on, window.missing) == (260, dt.date(2027, 6, 1), 0)
    assert window.apply_by == dt.date(2027, 8, 24)
    assert window.apply_by_from_end == dt.date(2027, 10, 22)


def test_both_days_of_the_period_count_and_the_next_does_not() -> None:
    """From the 30th of a month to the 30th of the fourth after it."""
    (inside,) = windows(Criterion.ENTERPRISE, displaced("2027-03-30", 150), displaced("2027-07-30", 50))
    (outside,) = windows(Criterion.ENTERPRISE, displaced("2027-03-30", 150), displaced("2027-07-31", 50))

    assert (inside.counted, inside.met) == (200, True)
    assert (outside.counted, outside.met, outside.missing) == (150, False, 50)
    assert outside.apply_by is None


def test_the_period_that_reaches_the_threshold_first_stands_before_a_larger_one() -> None:
    (window,) = windows(
        Criterion.ENTERPRISE,
        displaced("2027-01-04", 200),
        displaced("2027-05-10", 300),
        displaced("2027-06-01", 300),
    )

    assert (window.reached_on, window.counted) == (dt.date(2027, 1, 4), 200)


def test_three_firms_are_three_enterprises_and_one_region() -> None:
    firms = (
        displaced("2027-03-30", 130, "bussit", "29"),
        displaced("2027-03-04", 90, "kalusteet", "31"),
        displaced("2027-03-18", 25, "metalli", "25"),
    )

    enterprises, (region,) = windows(Criterion.ENTERPRISE, *firms), windows(Criterion.REGION, *firms)

    assert [(window.group, window.counted) for window in enterprises] == [
        (("bussit",), 130),
        (("kalusteet",), 90),
        (("metalli",), 25),
    ]
    assert (region.counted, region.met) == (245, True)
    assert region.incidents == ("LAHTI-bussit", "LAHTI-kalusteet", "LAHTI-metalli")


def test_a_sector_may_reach_over_two_neighbouring_regions() -> None:
    found = windows(
        Criterion.SECTOR,
        displaced("2027-02-01", 120, region="FI1C"),
        displaced("2027-07-01", 90, region="FI1B"),
        displaced("2027-07-01", 90, region="FI19"),
    )

    met = {window.group: window.counted for window in found if window.met}
    assert met == {("29", "FI1B", "FI1C"): 210, ("29", "FI19", "FI1C"): 210}


def test_regions_that_do_not_touch_are_not_counted_together() -> None:
    found = windows(
        Criterion.SECTOR,
        displaced("2027-02-01", 150, region="FI1B"),
        displaced("2027-02-01", 150, region="FI19"),
    )

    assert not any(window.met for window in found)


def test_the_old_regulation_asks_for_five_hundred_over_nine_months() -> None:
    people = [displaced("2020-02-10", 300), displaced("2020-11-10", 200)]

    (window,) = egf_windows(Criterion.SECTOR, people, dt.date(2020, 12, 15), BOOK).windows
    (newer,) = egf_windows(Criterion.SECTOR, people, dt.date(2021, 1, 4), BOOK).windows

    assert (window.threshold, window.met, window.end) == (500, True, dt.date(2020, 11, 10))
    assert (newer.threshold, newer.met, newer.end) == (200, True, dt.date(2020, 8, 10))


def test_without_a_planned_application_no_regulation_is_chosen() -> None:
    found = egf_windows(Criterion.REGION, [displaced("2027-03-30", 400)], None, BOOK)

    assert (found.windows, found.depends_on) == ((), ("application",))


def test_after_the_last_day_of_the_regulation_there_is_no_row() -> None:
    found = egf_windows(Criterion.REGION, [displaced("2027-11-01", 400)], dt.date(2028, 1, 3), BOOK)

    assert found.no_row_for == ("egf.threshold", dt.date(2028, 1, 3))


@pytest.mark.parametrize(
    ("met", "planned"),
    [("2027-03-30", "2027-06-22"), ("2027-10-08", "2027-12-31"), ("2027-11-15", "2027-12-31")],
)
def test_without_a_planned_application_the_deadline_stays_within_the_regulation(
    met: str, planned: str
) -> None:
    """Twelve weeks from 15.11.2027 end in 2028, when no regulation is in force any more."""
    result = evaluate("egf_apply_by", {"egf_met": dt.date.fromisoformat(met)}, BOOK)

    assert result.depends_on == ("application",)
    assert RULES["egf_apply_by"].plan_date(result) == dt.date.fromisoformat(planned)


def test_a_bill_made_law_gives_the_fourteen_weeks() -> None:
    """The amendment needs a date in force in the rule book and nothing in the program."""
    bill = BOOK.history("egf.imminent_apply_within")[0]
    book = BOOK.with_change(bill, valid_from=dt.date(2027, 1, 1))
    facts = {"proposal": dt.date(2027, 3, 1), "application": dt.date(2027, 5, 3)}

    result = evaluate("egf_imminent_apply_by", facts, book)

    assert result.dates is not None
    assert result.dates.date == dt.date(2027, 6, 7)


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(1, 150)), min_size=1, max_size=12), DAYS)
def test_no_other_period_counts_more_than_the_one_chosen(
    items: list[tuple[dt.date, int]], start: dt.date
) -> None:
    people = [Displacement(day, count, "bussit", "29", "FI1C") for day, count in items]

    (best,) = egf_windows(Criterion.ENTERPRISE, people, APPLIED, BOOK).windows

    first, last = reference_period(start, 4)
    counted = sum(count for day, count in items if first <= day <= last)
    assert best.met or (counted <= best.counted and counted < best.threshold)
    assert best.end == add_months(best.start, 4)
    assert best.missing == max(0, best.threshold - best.counted)
