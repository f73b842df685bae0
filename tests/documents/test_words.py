"""Values of the picture in words: dates with their certainty, provisions with their doubt."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from muutosturva.documents.picture import Fact, HomeRow, Step
from muutosturva.documents.words import Words
from muutosturva.i18n import Language, Texts
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.rules.results import StatutoryDate
from tests.documents.samples import LIST, MADE, REGISTER, planned, text

MONDAY = dt.date(2027, 3, 1)
SATURDAY = dt.date(2027, 5, 29)


def plain(words: str) -> str:
    """Return words with ordinary spaces."""
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, "ei tiedossa"),
        (AnchorValue.unknown(), "ei tiedossa"),
        (AnchorValue.confirmed(MONDAY), "ma 1.3.2027"),
        (AnchorValue.confirmed(MONDAY, at=dt.time(8, 30)), "ma 1.3.2027 klo 8.30"),
        (AnchorValue.estimated(MONDAY), "ma 1.3.2027 (arvio)"),
        (AnchorValue.between(MONDAY, dt.date(2027, 3, 5)), "ma 1.3.2027 – pe 5.3.2027"),
        (AnchorValue.between(MONDAY, MONDAY), "ma 1.3.2027 (arvio)"),
        (planned(MONDAY, at=dt.time(9)), "ma 1.3.2027 klo 9.00"),
    ],
)
def test_a_date_says_how_sure_it_is(date: AnchorValue | PlannedDate | None, expected: str) -> None:
    assert plain(Words(Texts("fi")).when(date)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "la 29.5.2027"), ("sv", "lör 29.5.2027"), ("en", "Sat 29 May 2027")],
)
def test_a_date_keeps_together_in_each_language(language: Language, expected: str) -> None:
    """A weekday at the end of a line and its date at the start of the next is misread."""
    found = Words(Texts(language)).date(SATURDAY)

    assert plain(found) == expected
    assert " " not in found


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (SATURDAY, "la 29.5.2027"),
        (dt.date(2027, 5, 31), "la 29.5.2027, siirtyy: ma 31.5.2027"),
        (None, "la 29.5.2027 (siirtyminen arkipäivälle epävarmaa)"),
    ],
)
def test_the_day_of_the_law_says_whether_it_moves(last: dt.date | None, expected: str) -> None:
    """Act 150/1930, 5 §: moved off a Saturday where the act applies, and unsure where that is."""
    date = StatutoryDate(SATURDAY, dt.date(2027, 5, 28), last, (LIST,), 12)

    assert plain(Words(Texts("fi")).law_day(date)) == expected


def test_a_day_of_the_law_that_is_a_working_day_says_nothing_of_moving() -> None:
    """Whether the act applies matters only where the last day is a holiday."""
    friday = dt.date(2027, 5, 28)

    assert (
        plain(Words(Texts("fi")).law_day(StatutoryDate(friday, friday, None, (LIST,), 12))) == "pe 28.5.2027"
    )


def test_a_day_of_the_law_counted_from_a_range_is_its_first_and_its_last() -> None:
    """With the first person's day alone the last one's was read as late by half a year."""
    first, last = dt.date(2027, 10, 13), dt.date(2028, 3, 31)
    date = StatutoryDate(first, first, first, (LIST,), 12, until=last)

    assert plain(Words(Texts("fi")).law_day(date)) == "ke 13.10.2027 – pe 31.3.2028"
    assert plain(Words(Texts("fi")).law_day(replace(date, earliest=True))) == (
        "aikaisintaan ke 13.10.2027 – pe 31.3.2028"
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "aikaisintaan la 29.5.2027"),
        ("sv", "tidigast lör 29.5.2027"),
        ("en", "not before Sat 29 May 2027"),
    ],
)
def test_an_earliest_day_is_no_deadline(language: Language, expected: str) -> None:
    """No employment ends before it (252/2025): read as a last day it would say the opposite."""
    date = StatutoryDate(SATURDAY, dt.date(2027, 5, 31), None, (LIST,), 12, earliest=True)

    assert plain(Words(Texts(language)).law_day(date)) == expected


@pytest.mark.parametrize(
    ("law", "rows", "unsure", "expected"),
    [
        ((), (), False, "–"),
        (("1333/2021 27 §",), (LIST,), False, "1333/2021 27 §"),
        (("670/2022 5 a luku 2 §",), (LIST,), False, "670/2022 5 a luku 2 §"),
        ((), (REGISTER,), False, "1290/2002 9 luku 1 § (EPÄVARMA)"),
        (("1333/2021 27 §",), (), True, "1333/2021 27 § (EPÄVARMA)"),
        ((), (), True, "EPÄVARMA"),
    ],
)
def test_a_provision_in_doubt_is_marked_in_words(
    law: tuple[str, ...], rows: tuple[object, ...], *, unsure: bool, expected: str
) -> None:
    date = StatutoryDate(SATURDAY, SATURDAY, None, tuple(r for r in (LIST, REGISTER) if r in rows), 12)
    step = Step("A Oy", {"fi": "x"}, None, date if rows else None, law, unsure)

    assert plain(Words(Texts("fi")).statutes(step)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "ei tiedossa"),
        (True, "kyllä"),
        (False, "ei"),
        (0, "0"),
        (1200, "1 200"),
        (MONDAY, "ma 1.3.2027"),
        ("kaksi vuoroa", "kaksi vuoroa"),
        (text("yksi", "ett", "one"), "yksi"),
        ({"sv": "möte"}, "möte (sv)"),
        (AnchorValue.unknown(), "ei tiedossa"),
    ],
)
def test_a_fact_of_any_kind_becomes_words(value: object, expected: str) -> None:
    assert plain(str(Words(Texts("fi")).said(value))) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Fact("A Oy", "headcount", 3, source="pesänhoitaja"), "pesänhoitaja"),
        (Fact("A Oy", "headcount", 3, recorded=MADE), "kirjattu 2.3.2027"),
        (Fact("A Oy", "headcount", None), "ei tiedossa"),
        (Step("A Oy", {}, None, source="yritys", origin="given"), "yritys"),
        (Step("A Oy", {}, None, origin="rule"), "laskettu laista"),
        (Step("A Oy", {}, None, origin="estimate"), "arvioitu"),
    ],
)
def test_every_fact_and_milestone_says_where_it_comes_from(item: Fact | Step, expected: str) -> None:
    assert Words(Texts("fi")).source(item) == expected


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        (HomeRow("Lahti", "", 198.4), "198"),
        (HomeRow("Lahti", "", 198.4, 180.2, 214.9), "198 (180–215)"),
        (HomeRow("Padasjoki", "", 0.3), "alle 1"),
        (HomeRow("Padasjoki", "", 0.0), "0"),
        (HomeRow("Lahti", "", None), "ei tiedossa"),
        (HomeRow("Orimattila", "", 17.3, unsure=True), "17 *"),
    ],
)
def test_an_estimate_is_whole_people_and_marked_where_it_rests_on_a_doubtful_cell(
    home: HomeRow, expected: str
) -> None:
    assert Words(Texts("fi")).estimate(home) == expected
