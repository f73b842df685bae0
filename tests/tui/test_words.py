"""Dates and states in words: certainty is always told, the unknown never becomes a guess."""

from __future__ import annotations

import datetime as dt

import pytest
from rich.cells import cell_len

from muutosturva.i18n import Language, Texts
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import AnchorView
from muutosturva.playbooks.facts import AnchorValue, Certainty
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.tui import words
from tests.tui.support import NOW

FI = Texts("fi")
DAY = dt.date(2027, 3, 1)
LATER = dt.date(2027, 4, 10)


def planned(
    certainty: Certainty,
    value: dt.date | None = DAY,
    latest: dt.date | None = None,
    at: dt.time | None = None,
    reason: str = "",
) -> PlannedDate:
    """Return a computed date of that certainty."""
    return PlannedDate("proposal", value, value, latest or value, at, certainty, ("proposal",), reason)


@pytest.mark.parametrize(
    ("date", "cell", "sentence"),
    [
        (None, "", "ei määräpäivää"),
        (planned(Certainty.CONFIRMED), "1.3.2027", "ma 1.3.2027"),
        (planned(Certainty.ESTIMATED), "~1.3.2027", "ma 1.3.2027 (arvio)"),
        (
            planned(Certainty.RANGE, latest=LATER),
            "1.3.2027…",
            "ma 1.3.2027 – la 10.4.2027 (aikaväli)",
        ),
        (planned(Certainty.UNKNOWN, None), "?", "? ei tiedossa: odottaa ajankohtaa proposal"),
        (
            planned(Certainty.UNKNOWN, None, reason="date.no_law_row"),
            "?",
            "? säännöstössä ei ole riviä tälle päivälle",
        ),
        (planned(Certainty.CONFIRMED, at=dt.time(10, 30)), "1.3.2027", "ma 1.3.2027 klo 10.30"),
    ],
)
def test_a_computed_date_tells_how_sure_it_is(date: PlannedDate | None, cell: str, sentence: str) -> None:
    assert (words.planned(FI, date), words.planned_long(FI, date)) == (cell, sentence)


@pytest.mark.parametrize(
    ("value", "fi", "en"),
    [
        (AnchorValue.confirmed(DAY), "1.3.2027", "1 Mar 2027"),
        (AnchorValue.confirmed(DAY, at=dt.time(8, 10)), "1.3.2027 8.10", "1 Mar 2027 08:10"),
        (AnchorValue.estimated(DAY), "~1.3.2027", "~1 Mar 2027"),
        (AnchorValue.between(DAY, LATER), "1.3.2027–10.4.2027", "1 Mar 2027–10 Apr 2027"),
        (AnchorValue.unknown(), "?", "?"),
    ],
)
def test_an_anchor_tells_how_sure_it_is(value: AnchorValue, fi: str, en: str) -> None:
    assert words.anchor_value(FI, value) == fi
    assert words.anchor_value(Texts("en"), value) == en


@pytest.mark.parametrize(
    ("language", "headcount", "said"),
    [
        ("fi", 1, "1 henkilö"),
        ("fi", 260, "260 henkilöä"),
        ("fi", None, "henkilömäärä ei tiedossa"),
        ("sv", 1, "1 person"),
        ("en", 0, "0 people"),
    ],
)
def test_people_are_counted_in_words_and_unknown_is_not_zero(
    language: Language, headcount: int | None, said: str
) -> None:
    assert words.people_of(Texts(language), Tally.of([headcount])) == said


def test_a_sum_that_misses_a_number_is_a_lower_bound() -> None:
    some = Tally.of([260, None])
    assert words.people_of(Texts("fi"), some) == "vähintään 260 henkilöä"
    assert words.people_short(Texts("fi"), some) == "väh. 260"
    assert words.people_short(Texts("fi"), Tally.of([None])) == "?"


def view(name: str, value: AnchorValue) -> AnchorView:
    """Return an anchor of an incident."""
    return AnchorView(name, "", {"fi": name.title()}, value, "given", "", NOW)


def test_anchors_stand_in_order_of_time_and_the_unknown_last() -> None:
    found = words.in_order(
        [
            view("council", AnchorValue.unknown()),
            view("decision", AnchorValue.estimated(LATER)),
            view("heard", AnchorValue.confirmed(DAY)),
        ]
    )
    assert [anchor.name for anchor in found] == ["heard", "decision", "council"]


def test_marks_of_states_differ_and_take_one_column() -> None:
    """Marks must be legible where fonts are few: one column each, none of them an emoji."""
    assert {cell_len(symbol) for symbol in words.SYMBOLS.values()} == {1}
    assert len(set(words.SYMBOLS.values())) == len(words.SYMBOLS)
