"""The rule book in the store: every change has a revision, a reason and its old form."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from muutosturva.errors import InputError, UsageError
from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.rules.bookfile import write_book
from muutosturva.rules.results import Confidence, LawRow
from muutosturva.store.check import check
from muutosturva.store.lawbook import load_book, revision_of, save_book, set_row, update_from
from muutosturva.store.log import LogEntry, entries
from muutosturva.store.store import Store
from tests.store.words import said
from tests.support.stores import ACTOR, NOW

OLD = LawRow(
    key="mt55.register_within",
    value="30",
    unit="days",
    condition="",
    valid_from=dt.date(2020, 1, 1),
    valid_to=None,
    statute="invented act 1 §",
    source="a test",
    confidence=Confidence.SURE,
    checked=dt.date(2026, 5, 1),
    note="huomautus",
)
NEW = replace(OLD, value="60", valid_from=dt.date(2023, 1, 1), confidence=Confidence.UNSURE, checked=None)
BILL = replace(OLD, value="90", valid_from=None)
OTHER = replace(OLD, key="coaching.within", value="2", unit="months")


def book(store: Store, revision: int | None = None) -> LawBook:
    with store.reading() as session:
        return load_book(session, revision)


def last(store: Store) -> LogEntry:
    with store.reading() as session:
        return entries(session)[-1]


@pytest.fixture
def started(store: Store) -> Store:
    """Return a store whose rule book has two rows, at revision 1."""
    save_book(store, LawBook((OLD, OTHER)), actor=ACTOR, now=NOW, reason="perustus")
    return store


def test_a_new_store_has_an_empty_book(store: Store) -> None:
    assert book(store) == LawBook((), revision=0)


def test_the_shipped_book_comes_back_as_it_was(store: Store) -> None:
    """Every cell counts: a lost condition would apply a row to everybody."""
    change = save_book(store, shipped_book(), actor=ACTOR, now=NOW, reason="perustus")
    assert book(store) == LawBook(shipped_book().rows, revision=1)
    assert len(change.added) == len(shipped_book().rows)
    assert check(store) == []


def test_saving_the_same_book_again_changes_and_records_nothing(started: Store) -> None:
    before = last(started)
    change = save_book(started, LawBook((OLD, OTHER), revision=7), actor=ACTOR, now=NOW, reason="uudestaan")
    assert (change.added, change.removed, change.book.revision) == ((), (), 1)
    assert last(started) == before


def test_a_new_row_ends_the_row_it_follows(started: Store) -> None:
    change = set_row(started, NEW, actor=ACTOR, now=NOW, reason="laki muuttui")
    ended = replace(OLD, valid_to=dt.date(2022, 12, 31))
    assert book(started).history(OLD.key) == (ended, NEW)
    assert (change.book.revision, set(change.added), change.removed) == (2, {ended, NEW}, (OLD,))


def test_a_row_of_the_same_first_day_is_a_correction(started: Store) -> None:
    corrected = replace(OLD, value="31", source="luettu uudestaan")
    set_row(started, corrected, actor=ACTOR, now=NOW, reason="kirjoitusvirhe")
    assert book(started) == LawBook((corrected, OTHER), revision=2)
    event = last(started)
    assert (event.kind, event.fields) == ("store.law_changed", ("value", "source"))
    assert event.subjects == ("law_revision:2", f"law:{OLD.key}")
    assert event.payload is not None
    assert event.payload["reason"] == "kirjoitusvirhe"
    assert [row["value"] for row in event.payload["removed"]] == ["30"]
    assert [row["value"] for row in event.payload["added"]] == ["31"]


def test_a_bill_ends_nothing(started: Store) -> None:
    set_row(started, BILL, actor=ACTOR, now=NOW, reason="esitys")
    assert book(started).history(OLD.key) == (OLD, BILL)


def test_the_book_of_an_earlier_revision_can_still_be_read(started: Store) -> None:
    """A date computed last year is explained by the rows of last year."""
    set_row(started, NEW, actor=ACTOR, now=NOW, reason="laki muuttui")
    set_row(started, replace(OTHER, value="3"), actor=ACTOR, now=NOW, reason="korjaus")
    assert [book(started, number).revision for number in range(4)] == [0, 1, 2, 3]
    assert book(started, 1).rows == (OLD, OTHER)
    assert book(started, 2).row(OTHER.key, dt.date(2027, 1, 1)) == OTHER
    assert book(started, 3).row(OTHER.key, dt.date(2027, 1, 1)) == replace(OTHER, value="3")
    assert book(started) == book(started, 3)


@pytest.mark.parametrize("revision", [-1, 2])
def test_a_revision_that_never_was_is_an_error(started: Store, revision: int) -> None:
    with pytest.raises(UsageError) as caught:
        book(started, revision)
    assert caught.value.params == {"revision": revision, "newest": 1}
    assert said(caught.value)


BAD_ROWS = {
    "an empty value": (replace(NEW, value=""), "rules.empty_cell"),
    "no source": (replace(NEW, source=""), "store.law_no_source"),
    "an end before its start": (replace(NEW, valid_to=dt.date(2022, 1, 1)), "rules.ends_before_start"),
    "days of a later row": (replace(OLD, valid_from=dt.date(2019, 1, 1)), "rules.overlap"),
}


@pytest.mark.parametrize("what", BAD_ROWS)
def test_a_row_that_cannot_be_law_changes_nothing(started: Store, what: str) -> None:
    row, code = BAD_ROWS[what]
    with pytest.raises(InputError) as caught:
        set_row(started, row, actor=ACTOR, now=NOW, reason="virhe")
    assert [problem.code for problem in caught.value.problems] == [code]
    assert book(started) == LawBook((OLD, OTHER), revision=1)
    assert revision(started) == 1


def revision(store: Store) -> int:
    with store.reading() as session:
        return revision_of(session)


def test_a_file_corrects_adds_and_leaves_the_rest(started: Store) -> None:
    file = write_book([replace(OTHER, value="3"), NEW])
    change = update_from(started, file, path="laki.csv", actor=ACTOR, now=NOW, reason="päivitys")
    ended = replace(OLD, valid_to=dt.date(2022, 12, 31))
    assert set(book(started).rows) == {ended, NEW, replace(OTHER, value="3")}
    assert change.book.revision == 2
    assert check(started) == []


def test_a_file_read_twice_changes_nothing_the_second_time(started: Store) -> None:
    file = write_book([NEW])
    update_from(started, file, path="laki.csv", actor=ACTOR, now=NOW, reason="päivitys")
    again = update_from(started, file, path="laki.csv", actor=ACTOR, now=NOW, reason="päivitys")
    assert (again.added, again.removed, revision(started)) == ((), (), 2)


def test_every_problem_of_a_file_is_told_and_nothing_is_changed(started: Store) -> None:
    file = write_book([NEW, replace(NEW, key="a", value=""), replace(NEW, key="b", source="")])
    with pytest.raises(InputError) as caught:
        update_from(started, file, path="laki.csv", actor=ACTOR, now=NOW, reason="päivitys")
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("rules.empty_cell", "laki.csv"),
        ("store.law_no_source", "laki.csv"),
    ]
    assert revision(started) == 1
