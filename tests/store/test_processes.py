"""Several people at one store, and what is left when one of them is cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlmodel import select

from muutosturva.errors import MachineError, RefusedError
from muutosturva.models.log import ChainHead
from muutosturva.models.office import OfficeSetting
from muutosturva.store import engine
from muutosturva.store.backup import backup
from muutosturva.store.check import check
from muutosturva.store.files import new_file, open_to_others
from muutosturva.store.log import EventDraft, entries
from muutosturva.store.office import put_setting, set_setting, setting
from muutosturva.store.store import Store
from tests.store.words import said
from tests.store.worker import KEY
from tests.support.stores import ACTOR, AREA, NOW, make_store

WRITERS, TIMES = 2, 25
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has lists of its own")


def start(place: str | Path, *what: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.worker", str(place), *what]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@contextmanager
def stopped_in_the_middle(place: str | Path, what: str) -> Iterator[subprocess.Popen[str]]:
    """Yield a process that waits at the moment asked for; it is killed in the end."""
    with start(place, what) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        try:
            yield process
        finally:
            process.kill()


def test_writers_in_processes_of_their_own_lose_no_update(store: Store, place: str | Path) -> None:
    """With the driver's own transactions three writers of 300 ended at 340 of 900, without an error."""
    with ExitStack() as stack:
        for process in [stack.enter_context(start(place, "add", str(TIMES))) for _ in range(WRITERS)]:
            process.communicate(timeout=120)
            assert process.returncode == 0
    with store.reading() as session:
        assert setting(session, AREA, KEY) == str(WRITERS * TIMES)
        assert len(entries(session)) == 1 + WRITERS * TIMES
    assert check(store) == []


def test_a_process_killed_between_flush_and_commit_leaves_nothing(store: Store, place: str | Path) -> None:
    with stopped_in_the_middle(place, "hang"):
        pass
    with store.reading() as session:
        assert list(session.exec(select(OfficeSetting))) == []
    assert check(store) == []
    assert set_setting(store, "half", "1", actor=ACTOR, now=NOW), "the store can be written at once"


def test_a_process_killed_while_making_a_store_leaves_no_store(file_place: Path) -> None:
    with stopped_in_the_middle(file_place, "hang-create"):
        assert not file_place.exists()
    assert not file_place.exists()
    with make_store(file_place) as store:
        assert check(store) == []


@pytest.mark.postgres
def test_a_process_killed_while_making_a_store_on_a_server_leaves_no_store(server_place: str) -> None:
    with stopped_in_the_middle(server_place, "hang-create"):
        pass
    with make_store(server_place) as store:
        assert check(store) == []


def test_a_writer_that_waits_too_long_is_told(place: str | Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    make_store(place).close()
    with Store.open(place) as first, Store.open(place) as second, first.transaction(ACTOR, NOW) as work:
        with pytest.raises(MachineError) as caught:
            set_setting(second, "a", "1", actor=ACTOR, now=NOW)
        work.unchanged()
    assert caught.value.key == "store.busy"


def test_a_reader_does_not_wait_for_a_writer(store: Store, place: str | Path) -> None:
    """A screen stays alive while somebody else saves; it shows what was committed."""
    with Store.open(place) as other, store.transaction(ACTOR, NOW) as work:
        put_setting(work, "a", "1")
        with other.reading() as session:
            assert setting(session, AREA, "a") is None
        work.record(EventDraft("test.set"))
    with store.reading() as session:
        assert setting(session, AREA, "a") == "1"


@POSIX
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_only_the_owner_can_read_a_store_from_its_birth(file_place: Path, umask: int) -> None:
    """Names lie in the -wal file before they lie in the store."""
    before = os.umask(umask)
    try:
        with make_store(file_place) as store, store.transaction(ACTOR, NOW) as work:
            put_setting(work, "a", "1")
            work.record(EventDraft("test.set"))
            modes = {item.name: item.stat().st_mode & 0o777 for item in file_place.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


@POSIX
def test_a_store_that_others_can_read_is_a_finding(file_store: Store, file_place: Path) -> None:
    file_place.chmod(0o644)
    assert open_to_others(file_place)
    (problem,) = check(file_store)
    assert problem.code == "store.open_to_others"
    assert f"chmod 600 {file_place}" in " ".join(said(problem))


def test_what_was_erased_is_nowhere_in_the_file(file_place: Path) -> None:
    """Deleting a row alone leaves its text in the free pages of the file."""
    text = "salaisuus " * 50
    with make_store(file_place) as store:
        with store.transaction(ACTOR, NOW) as work:
            target = work.record(EventDraft("test.note", payload={"text": text}))
        with store.transaction(ACTOR, NOW) as work:
            work.erase_payloads([target])
            work.record(EventDraft("test.erased"))
    assert b"salaisuus" not in file_place.read_bytes()


def test_a_name_that_is_taken_meanwhile_is_not_overwritten(file_place: Path) -> None:
    """Two people make a store of one name at once: the second one is told."""

    def make() -> None:
        with new_file(file_place) as draft:
            draft.write_bytes(b"second")
            file_place.write_bytes(b"first")

    with pytest.raises(RefusedError) as caught:
        make()
    assert caught.value.key == "store.exists"
    assert file_place.read_bytes() == b"first"
    assert [item.name for item in file_place.parent.iterdir()] == ["store.db"]


def test_a_disk_without_hard_links_gets_its_store_all_the_same(
    file_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A memory stick with FAT."""

    def refuse(*_paths: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    with make_store(file_place) as store:
        assert check(store) == []


def test_closing_a_store_leaves_one_file(file_place: Path) -> None:
    """What is copied by hand afterwards is whole."""
    with make_store(file_place) as store:
        set_setting(store, "a", "1", actor=ACTOR, now=NOW)
    assert [item.name for item in file_place.parent.iterdir()] == ["store.db"]


def test_a_copy_of_a_store_in_use_is_whole(file_store: Store, tmp_path: Path) -> None:
    """What was committed is in it, what is being written is not."""
    set_setting(file_store, "a", "1", actor=ACTOR, now=NOW)
    copy = tmp_path / "kopio.db"
    with file_store.transaction(ACTOR, NOW) as work:
        put_setting(work, "b", "2")
        backup(file_store, copy)
        work.record(EventDraft("test.set"))
    with Store.open(copy) as copied, copied.reading() as session:
        assert (setting(session, AREA, "a"), setting(session, AREA, "b")) == ("1", None)
        assert copied.store_id == file_store.store_id
        assert check(copied) == []


def test_a_check_while_others_write_finds_nothing(store: Store, place: str | Path) -> None:
    """The chain and its head are read at one moment, whatever is written between the two."""
    with Store.open(place) as other, store.reading() as session:
        assert len(entries(session)) == 1
        set_setting(other, "a", "1", actor=ACTOR, now=NOW)
        assert len(entries(session)) == 1
        assert session.exec(select(ChainHead)).one().seq == 1


def test_a_copy_never_replaces_what_is_there(file_store: Store, tmp_path: Path) -> None:
    (tmp_path / "kopio.db").write_text("muistio", encoding="utf-8")
    with pytest.raises(RefusedError) as caught:
        backup(file_store, tmp_path / "kopio.db")
    assert caught.value.key == "store.exists"
    assert (tmp_path / "kopio.db").read_text(encoding="utf-8") == "muistio"


@pytest.mark.postgres
def test_a_store_on_a_server_is_copied_by_the_servers_own_tools(server_place: str, tmp_path: Path) -> None:
    with make_store(server_place) as store, pytest.raises(RefusedError) as caught:
        backup(store, tmp_path / "kopio.db")
    assert caught.value.key == "store.backup_of_server"
    assert said(caught.value)
    assert list(tmp_path.iterdir()) == []
