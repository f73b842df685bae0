"""A new date beside its neighbours, the law's minimum and the day the incident was heard."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.errors import Problem
from muutosturva.incidents import service
from muutosturva.incidents.pure.date_order import date_warnings
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.playbooks.facts import AnchorKey, AnchorValue
from muutosturva.playbooks.plan import PlannedAnchor
from muutosturva.rules.book import shipped_book
from muutosturva.rules.results import LawRow
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO

PROPOSED = dt.date(2027, 3, 1)
LEAST = dt.date(2027, 3, 30)


def dated(name: str, typed: str, origin: str = "given", law: tuple[LawRow, ...] = ()) -> PlannedAnchor:
    """Return a date of a plan, written as people type it."""
    return PlannedAnchor(name, {"fi": name}, parse_anchor_value(typed), origin, "", law)


def told(name: str, typed: str, *others: PlannedAnchor, least: dt.date | None = None) -> tuple[Problem, ...]:
    """Return what is odd about a date, heard of on 1.3.2027."""
    row = shipped_book().row("yt.duration_long", PROPOSED)
    assert row is not None
    value = AnchorValue.unknown() if least is None else AnchorValue.estimated(least)
    return date_warnings(
        AnchorKey.parse(name),
        (dated("proposal", "1.3.2027"), dated(name, typed), *others),
        lawful=PlannedAnchor(name, {}, value, "rule", "", (row,)),
        calendar=WorkCalendar(),
        heard=PROPOSED,
        today=PROPOSED,
    )


@pytest.mark.parametrize(
    ("name", "typed", "codes"),
    [
        ("decision", "3.2.2027", ["date_before", "date_under_minimum"]),
        ("decision", "15.3.2027", ["date_under_minimum"]),
        ("decision", "29.3.2027", []),
        ("decision", "30.3.2027", []),
        ("decision", "25.3.2027", ["date_under_minimum"]),
        ("decision", "30.3.2072", ["date_far"]),
        ("decision", "15.3.2027..15.4.2027", []),
        ("decision", "1.3.2029", []),
        ("decision", "2.3.2029", ["date_far"]),
        ("decision", "30.3.2025", ["date_long_ago", "date_before", "date_under_minimum"]),
        ("council", "3.2.2027", ["date_under_minimum"]),
    ],
)
def test_a_date_is_remarked_on_when_it_cannot_well_be_meant(name: str, typed: str, codes: list[str]) -> None:
    """29.3.2027 is Easter Monday: the law's own day may fall on it, a plan takes the next working day."""
    assert [problem.code.removeprefix("incidents.") for problem in told(name, typed, least=LEAST)] == codes


def test_the_remark_names_the_neighbour_and_the_row_of_the_law() -> None:
    before, under = told("decision", "3.2.2027", least=LEAST)

    assert (before.params["other"], before.params["other_day"]) == ({"fi": "proposal"}, PROPOSED)
    assert (under.params["row"], under.params["days"], under.params["least"]) == (
        "yt.duration_long",
        "21",
        LEAST,
    )


def test_a_neighbour_nobody_gave_and_another_wave_say_nothing() -> None:
    """An estimate follows the date by itself; each wave has days of its own."""
    estimated = dated("decision", "30.3.2027", origin="estimate")
    other = dated("end[w2]", "1.3.2027")

    assert told("notice[w1]", "25.3.2027", estimated, other) == ()
    assert [problem.code for problem in told("notice[w1]", "25.3.2027", dated("end[w1]", "1.3.2027"))] == [
        "incidents.date_after"
    ]


@pytest.mark.parametrize("typed", ["3.2.2027", "15.3.2027", "30.3.2072"])
def test_the_preview_and_the_answer_remark_alike(opened_store: Store, typed: str) -> None:
    """A typing slip of one digit added 191 weekly meetings without a word."""
    value = parse_anchor_value(typed)
    seen = service.preview_anchor(opened_store, FIRM_A, "decision", value, now=WHO["now"])
    done = service.set_anchor(opened_store, FIRM_A, "decision", value, reason="Kerrottiin.", **WHO)

    assert seen.warnings == done.warnings != ()
