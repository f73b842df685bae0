"""A store that a bad disk has changed is told as that, and never as a fault of the program."""

from __future__ import annotations

import random
import sqlite3
import traceback
from contextlib import closing, suppress
from pathlib import Path

import pytest

from muutosturva.errors import MachineError
from muutosturva.store.check import check
from muutosturva.store.log import EventDraft, entries
from muutosturva.store.office import set_setting, setting
from muutosturva.store.store import Store
from tests.store.words import said
from tests.support.stores import ACTOR, AREA, NOW, make_store

SECRET = "salaisuus"


def scratch(path: Path, old: bytes, new: bytes) -> None:
    """Change bytes of a closed store where they stand."""
    content = path.read_bytes()
    assert content.count(old) > 0
    assert len(old) == len(new)
    path.write_bytes(content.replace(old, new))


def run(path: Path, statement: str) -> None:
    """Change a store behind the program's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_name_in_the_schema_that_is_no_text_is_told(file_place: Path) -> None:
    """The driver fails while it puts its own error into words, and says nothing of a database."""
    make_store(file_place).close()
    scratch(file_place, b"CREATE TABLE alembic_version", b"CREATE TABLE \xfdlembic_version")
    with pytest.raises(MachineError) as caught:
        Store.open(file_place)
    assert caught.value.key == "store.corrupt"
    assert all(str(file_place) in words for words in said(caught.value))


def test_a_text_that_is_no_text_is_told_without_what_stands_around_it(file_place: Path) -> None:
    """The driver quotes the whole text into its error, and a report of it may leave the machine."""
    with make_store(file_place) as store:
        set_setting(store, "a", f"{SECRET} ruskea", actor=ACTOR, now=NOW)
    run(file_place, f"UPDATE office_setting SET value = CAST('{SECRET} ' || x'fd' AS TEXT)")
    with Store.open(file_place) as store:
        with pytest.raises(MachineError) as caught, store.reading() as session:
            setting(session, AREA, "a")
        with pytest.raises(MachineError) as written:
            set_setting(store, "a", "1", actor=ACTOR, now=NOW)
    for error in (caught.value, written.value):
        assert error.key == "store.corrupt"
        assert SECRET not in "".join(traceback.format_exception(error))


def test_broken_json_is_told_and_found_by_the_check(file_place: Path) -> None:
    with make_store(file_place) as store:
        set_setting(store, "a", "1", actor=ACTOR, now=NOW)
    run(file_place, "DROP TRIGGER guard_event_payload_update")
    run(file_place, "UPDATE event_payload SET payload = '{' || payload")
    with Store.open(file_place) as store:
        with store.reading() as session, pytest.raises(MachineError) as caught:
            entries(session)
        found = check(store)
    assert caught.value.key == "store.corrupt"
    (broken,) = (problem for problem in found if problem.code == "store.json_broken")
    assert dict(broken.params) == {"table": "event_payload", "column": "payload", "n": 2}
    (unread,) = (problem for problem in found if problem.code == "store.log_unreadable")
    assert dict(unread.params) == {"detail": "JSON"}
    assert all(words for problem in found for words in said(problem)[::2])


def test_a_schema_that_lost_a_column_is_damage_and_no_fault_of_the_program(file_place: Path) -> None:
    with make_store(file_place):
        pass
    with closing(sqlite3.connect(file_place)) as raw, raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET sql = replace(sql, 'condition_values', 'condition_valuez')")

    with pytest.raises(MachineError) as caught, Store.open(file_place) as store:
        check(store)

    assert caught.value.key == "store.corrupt"


@pytest.mark.parametrize("seed", range(12))
def test_whatever_a_bad_disk_does_comes_with_words(file_place: Path, seed: int) -> None:
    """A person who is told of a fault of the program writes on into a broken store."""
    with make_store(file_place) as store:
        set_setting(store, "a", "1", actor=ACTOR, now=NOW)
    chance = random.Random(seed)
    content = bytearray(file_place.read_bytes())
    for _ in range(4 ** (1 + seed % 5)):
        content[chance.randrange(100, len(content))] ^= chance.randrange(1, 256)
    file_place.write_bytes(content)
    with suppress(MachineError), Store.open(file_place) as store:
        assert all(said(problem) for problem in check(store))


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE office_setting SET value = '2'", "store.rows_changed"),
        ("UPDATE office_setting SET value = '2', version = version + 1", "store.rows_changed"),
        ("UPDATE office_setting SET version = version + 1", None),
        ("DELETE FROM office_setting", "store.rows_gone"),
        ("DELETE FROM event_change", "store.payload_changed"),
        (
            "INSERT INTO event_change SELECT id, '0002', '[]' FROM event WHERE seq = 1",
            None,
        ),
    ],
)
def test_a_row_changed_behind_the_log_is_found(file_place: Path, statement: str, code: str | None) -> None:
    """What undo writes back from, and the rows themselves, must not be rewritten unseen."""
    with make_store(file_place) as store:
        set_setting(store, "a", "1", actor=ACTOR, now=NOW)
        assert check(store) == []
    run(file_place, statement)
    with Store.open(file_place) as store:
        found = check(store)
    assert {problem.code for problem in found} == ({code} if code else set())
    assert all(words for problem in found for words in said(problem)[::2])


def test_the_rows_of_an_event_cannot_be_rewritten(file_place: Path) -> None:
    """They are guarded as the payload is: only erasing takes them away."""
    with make_store(file_place) as store:
        set_setting(store, "a", "1", actor=ACTOR, now=NOW)
    with pytest.raises(sqlite3.IntegrityError):
        run(file_place, "UPDATE event_change SET changes = '[]'")


def test_a_row_whose_newest_note_was_erased_is_not_called_changed(file_place: Path) -> None:
    with make_store(file_place) as store:
        set_setting(store, "a", "1", actor=ACTOR, now=NOW)
        set_setting(store, "a", "2", actor=ACTOR, now=NOW)
        with store.reading() as session:
            newest = entries(session)[-1].id
        with store.transaction(ACTOR, NOW) as unit:
            unit.erase_payloads([newest])
            unit.record(EventDraft("store.payloads_erased"))
        assert check(store) == []
