"""Optimistic locking: the second writer is told, sees both versions, and nothing is lost."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from muutosturva.errors import ConflictError
from muutosturva.models.standing import RosterPerson
from muutosturva.store.check import check
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from muutosturva.store.versions import expect_version
from tests.store.words import said
from tests.support.stores import ACTOR, AREA, NOW


@pytest.fixture
def roster(store: Store) -> Store:
    """Return a store with one person in its roster."""
    with store.transaction(ACTOR, NOW) as work:
        work.session.add(
            RosterPerson(owner_area=AREA, slug="malli-mauri", name="Malli Mauri", phone="1", email="a")
        )
        work.record(EventDraft("test.entered"))
    return store


def person(session: Session) -> RosterPerson:
    return session.exec(select(RosterPerson)).one()


def phone(store: Store, number: str) -> None:
    with store.transaction(ACTOR, NOW) as work:
        person(work.session).phone = number
        work.record(EventDraft("test.changed", fields=("phone",)))


def looked_at(store: Store) -> RosterPerson:
    """Return the row as a screen holds it: read, and no longer tied to any session."""
    with store.reading() as session:
        return person(session)


def test_every_change_raises_the_version(roster: Store) -> None:
    assert looked_at(roster).version == 1
    phone(roster, "2")
    phone(roster, "2")
    assert looked_at(roster).version == 2, "what was the same already is no change"


def test_the_version_on_the_screen_must_be_the_one_in_the_store(roster: Store) -> None:
    seen = looked_at(roster)
    phone(roster, "theirs")

    def write() -> None:
        with roster.transaction(ACTOR, NOW) as work:
            row = person(work.session)
            expect_version(row, seen.version, {"phone": "ours", "email": "a"})
            row.phone = "ours"
            work.record(EventDraft("test.changed"))

    with pytest.raises(ConflictError) as caught:
        write()
    error = caught.value
    assert error.key == "store.conflict"
    assert error.params == {"table": "roster_person", "name": "malli-mauri", "expected": 1, "found": 2}
    assert all("malli-mauri" in words or "theirs" in words for words in said(error) if words)
    assert [problem.params for problem in error.problems] == [
        {"field": "phone", "ours": "ours", "theirs": "theirs"}
    ]
    assert looked_at(roster).phone == "theirs"


def test_the_expected_version_lets_the_write_pass(roster: Store) -> None:
    with roster.transaction(ACTOR, NOW) as work:
        expect_version(person(work.session), 1)
        work.unchanged()


def test_a_row_changed_behind_the_back_of_a_writer_shows_both_versions(roster: Store) -> None:
    """The row was read before the other one wrote, and is handed to the session as it was then."""
    seen = looked_at(roster)
    phone(roster, "theirs")

    def write() -> None:
        with roster.transaction(ACTOR, NOW) as work:
            work.session.add(seen)
            seen.phone = "ours"
            work.record(EventDraft("test.changed"))

    with pytest.raises(ConflictError) as caught:
        write()
    error = caught.value
    assert error.key == "store.conflict"
    assert error.params == {"table": "roster_person", "name": "malli-mauri", "expected": 1, "found": 2}
    assert all("malli-mauri" in words or "theirs" in words for words in said(error) if words)
    assert [problem.params for problem in error.problems] == [
        {"field": "phone", "ours": "ours", "theirs": "theirs"}
    ]
    assert looked_at(roster).phone == "theirs"
    assert check(roster) == []


def test_a_row_removed_behind_the_back_of_a_writer_is_a_conflict(roster: Store) -> None:
    seen = looked_at(roster)
    with roster.transaction(ACTOR, NOW) as work:
        work.session.delete(person(work.session))
        work.record(EventDraft("test.removed"))

    def write() -> None:
        with roster.transaction(ACTOR, NOW) as work:
            work.session.add(seen)
            seen.phone = "ours"
            work.record(EventDraft("test.changed"))

    with pytest.raises(ConflictError) as caught:
        write()
    assert (caught.value.key, caught.value.params) == ("store.conflict_gone", {"table": "roster_person"})
    assert said(caught.value)


def test_removing_what_somebody_just_changed_is_a_conflict(roster: Store) -> None:
    seen = looked_at(roster)
    phone(roster, "theirs")

    def remove() -> None:
        with roster.transaction(ACTOR, NOW) as work:
            work.session.delete(seen)
            work.record(EventDraft("test.removed"))

    with pytest.raises(ConflictError) as caught:
        remove()
    assert (caught.value.key, caught.value.params["found"]) == ("store.conflict", 2)
    assert looked_at(roster).phone == "theirs"
