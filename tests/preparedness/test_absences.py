"""Absences: what is recorded, what is refused, what is only said."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.errors import InputError, NotFoundError
from muutosturva.incidents.reading import queries as incidents
from muutosturva.preparedness import queries
from muutosturva.preparedness.service import add_absence, remove_absence
from muutosturva.store.store import Store
from tests.support.incidents import WHO

ELLI = "Esimerkki Elli"
MAURI = "Malli Mauri"


def march(day: int) -> dt.date:
    """Return a day of March 2027."""
    return dt.date(2027, 3, day)


def test_an_absence_names_days_and_a_deputy_and_no_reason(filled_store: Store) -> None:
    """Why somebody is away is nobody's business; illness is health data."""
    added = add_absence(filled_store, ELLI, march(1), march(5), deputy=MAURI, **WHO)

    with filled_store.reading() as session:
        assert queries.absences(session) == (added.absence,)
        newest = incidents.log_entries(session, limit=1)[0]
    assert newest.kind == "preparedness.absence_added"
    assert newest.payload == {
        "person": ELLI,
        "first": "2027-03-01",
        "last": "2027-03-05",
        "deputy": MAURI,
    }
    assert added.warnings == ()


@pytest.mark.parametrize(
    ("first", "last", "deputy", "codes"),
    [
        (9, 8, None, ["preparedness.absence_backwards"]),
        (9, 9, ELLI, ["preparedness.own_deputy"]),
        (5, 9, None, ["preparedness.absence_overlaps"]),
        (1, 1, ELLI, ["preparedness.absence_overlaps", "preparedness.own_deputy"]),
    ],
)
def test_wrong_days_and_deputies_are_told_all_at_once(
    filled_store: Store, first: int, last: int, deputy: str | None, codes: list[str]
) -> None:
    add_absence(filled_store, ELLI, march(1), march(5), **WHO)

    with pytest.raises(InputError) as caught:
        add_absence(filled_store, ELLI, march(first), march(last), deputy=deputy, **WHO)

    assert [problem.code for problem in caught.value.problems] == codes
    with filled_store.reading() as session:
        assert len(queries.absences(session)) == 1


@pytest.mark.parametrize(("first", "last", "warned"), [(5, 6, True), (6, 7, False)])
def test_a_deputy_who_is_away_too_is_said_and_the_absence_stands(
    filled_store: Store, first: int, last: int, *, warned: bool
) -> None:
    """The holiday of the one who stands in is a thing to talk about, not a reason to lose an entry."""
    add_absence(filled_store, MAURI, march(1), march(5), **WHO)

    added = add_absence(filled_store, ELLI, march(first), march(last), deputy=MAURI, **WHO)

    assert [problem.code for problem in added.warnings] == ["preparedness.deputy_away"] * warned
    with filled_store.reading() as session:
        assert added.absence in queries.absences(session)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(None, None, 2), (5, None, 2), (6, None, 1), (None, 4, 1), (6, 9, 0), (5, 10, 2)],
)
def test_absences_are_those_that_touch_the_days(
    filled_store: Store, first: int | None, last: int | None, found: int
) -> None:
    add_absence(filled_store, ELLI, march(1), march(5), **WHO)
    add_absence(filled_store, MAURI, march(10), march(12), **WHO)

    with filled_store.reading() as session:
        shown = queries.absences(session, march(first) if first else None, march(last) if last else None)

    assert len(shown) == found


def test_an_absence_is_taken_back_by_its_first_day(filled_store: Store) -> None:
    add_absence(filled_store, ELLI, march(1), march(5), **WHO)

    with pytest.raises(NotFoundError) as caught:
        remove_absence(filled_store, ELLI, march(2), **WHO)
    assert caught.value.params["known"] == (march(1),)
    remove_absence(filled_store, ELLI, march(1), **WHO)

    with filled_store.reading() as session:
        assert queries.absences(session) == ()
