"""What goes wrong outside the program comes with words; a fault of the program stays one."""

from __future__ import annotations

import errno
import re
import socket
import sqlite3
import string
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from muutosturva.errors import MachineError, MuutosturvaError, RefusedError, UsageError
from muutosturva.i18n import LANGUAGES, Language, Texts, catalogue
from muutosturva.models.office import OfficeSetting
from muutosturva.models.places import Municipality
from muutosturva.store import faults
from muutosturva.store.check import check
from muutosturva.store.log import EventDraft, entries
from muutosturva.store.store import Store
from tests.store.words import said
from tests.support.stores import ACTOR, AREA, NOW, make_store


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("detail")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (sqlite3.SQLITE_BUSY, "store.busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "store.busy"),
        (sqlite3.SQLITE_FULL, "store.disk_full"),
        (sqlite3.SQLITE_READONLY, "store.file_read_only"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "store.file_read_only"),
        (sqlite3.SQLITE_CANTOPEN, "store.cannot_open"),
        (sqlite3.SQLITE_IOERR_WRITE, "store.disk_error"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, "store.disk_full"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "store.corrupt"),
        (sqlite3.SQLITE_NOTADB, "store.corrupt"),
    ],
)
def test_an_error_of_the_file_is_told_by_its_code(code: int, key: str) -> None:
    error = faults.translate(sa.exc.OperationalError("SELECT", {}, sqlite_error(code)), "a.db")
    assert isinstance(error, MachineError)
    assert error.key == key
    assert all("a.db" in words for words in said(error))


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "store.disk_full"),
        (errno.EROFS, "store.folder_read_only"),
        (errno.EACCES, "store.folder_read_only"),
        (errno.EIO, "store.disk_error"),
    ],
)
def test_an_error_of_the_disk_is_told_by_its_number(number: int, key: str) -> None:
    error = faults.translate(OSError(number, "detail"), "a.db")
    assert error is not None
    assert error.key == key
    assert all("a.db" in words for words in said(error))


def test_a_disk_that_fills_up_in_the_middle_leaves_nothing(file_store: Store) -> None:
    """SQLite's own page limit stands in for the disk; a mounted one is tried in ``test_places``."""

    def write() -> None:
        with file_store.transaction(ACTOR, NOW) as work:
            connection = work.session.connection()
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
            work.session.add(OfficeSetting(owner_area=AREA, key="a", value="x" * 100_000))
            work.record(EventDraft("test.big"))

    with pytest.raises(MachineError) as caught:
        write()
    assert caught.value.key == "store.disk_full"
    with file_store.reading() as session:
        assert len(entries(session)) == 1
    assert check(file_store) == []


SECRET = "salaisuus"


def test_a_conflict_never_tells_the_values_that_were_written(store: Store) -> None:
    """Logs and error reports leave the machine; names must not."""

    def write() -> None:
        for _ in range(2):
            with store.transaction(ACTOR, NOW) as work:
                work.session.add(OfficeSetting(owner_area=AREA, key=SECRET, value=SECRET))
                work.record(EventDraft("test.twice"))

    with pytest.raises(MuutosturvaError) as caught:
        write()
    assert caught.value.key == "store.duplicate"
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_fault_of_the_program_never_tells_the_values_that_were_written(store: Store) -> None:
    """PostgreSQL writes the whole failing row into its message."""

    def write() -> None:
        with store.transaction(ACTOR, NOW) as work:
            work.session.add(
                Municipality(owner_area=AREA, area_slug="none", code="999", name=SECRET, confidence="seed")
            )
            work.record(EventDraft("test.wrong"))

    with pytest.raises(faults.StoreFaultError, match="municipality") as caught:
        write()
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_that_is_away_is_told_without_the_password() -> None:
    with pytest.raises(MachineError) as caught:
        Store.open(f"postgresql://elli:salaisuus@localhost:{free_port()}/muutosturva")
    assert caught.value.key == "store.server_away"
    assert "salaisuus" not in " ".join([str(caught.value), *said(caught.value)])


@pytest.mark.postgres
def test_a_missing_database_is_told(server_place: str) -> None:
    missing = sa.make_url(server_place).set(database="ei_ole").render_as_string(hide_password=False)
    with pytest.raises(MachineError) as caught:
        Store.open(missing)
    assert caught.value.key == "store.no_database"


@pytest.mark.postgres
def test_an_unknown_user_is_told(server_place: str) -> None:
    other = sa.make_url(server_place).set(username="ei_ole").render_as_string(hide_password=False)
    with pytest.raises(MachineError) as caught:
        Store.open(other)
    assert caught.value.key == "store.login_refused"


@pytest.mark.postgres
def test_an_empty_database_and_an_alien_one_are_told_apart(server_place: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Store.open(server_place)
    assert caught.value.key == "store.empty_database"
    engine = sa.create_engine(server_place, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE muistio (teksti text)")
    for attempt in (Store.open, make_store):
        with pytest.raises(RefusedError) as caught:
            attempt(server_place)
        assert caught.value.key == "store.alien_database"


@pytest.mark.postgres
def test_a_store_on_a_server_is_made_only_once(server_place: str) -> None:
    make_store(server_place).close()
    with pytest.raises(RefusedError) as caught:
        make_store(server_place)
    assert caught.value.key == "store.exists"


@pytest.mark.postgres
def test_a_server_that_goes_away_in_the_middle_is_told_and_found_again(server_place: str) -> None:
    """A restarted server must not need a restarted program."""
    with make_store(server_place) as store:

        def cut_off() -> None:
            with store.transaction(ACTOR, NOW) as work:
                work.record(EventDraft("test.cut"))
                work.session.connection().exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

        with pytest.raises(MachineError) as caught:
            cut_off()
        assert caught.value.key == "store.server_away"
        with store.transaction(ACTOR, NOW) as work:
            work.unchanged()


def test_an_address_that_cannot_be_read_is_told() -> None:
    with pytest.raises(UsageError) as caught:
        Store.open("postgresql://h:portti/d")
    assert caught.value.key == "store.bad_url"


def test_a_missing_driver_is_told_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_args: object, **_options: object) -> None:
        raise ModuleNotFoundError

    monkeypatch.setattr(sa, "create_engine", absent)
    with pytest.raises(MachineError) as caught:
        Store.open("postgresql://h/d")
    assert caught.value.key == "store.no_driver"
    assert "muutosturva[postgres]" in Texts("fi").error(caught.value)


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def keys_in_code() -> Iterator[str]:
    for file in Path(faults.__file__).parent.glob("*.py"):
        yield from re.findall(r'"store\.(\w+)"', file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_store_has_its_words(language: Language) -> None:
    texts = catalogue(language)
    rooms = [f"store.{part}." for part in ("error", "problem", "event")]
    missing = {key for key in keys_in_code() if not any(room + key in texts for room in rooms)}
    assert missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_operating_error_says_is_given_by_the_one_place_that_makes_it(language: Language) -> None:
    """The table of codes gives path, folder, what and detail, and nothing else."""
    made = {key.partition(".")[2] for _, key in (*faults._SQLITE.values(), *faults._POSTGRES.values())}
    made |= {key.partition(".")[2] for key in faults._OS.values()}
    for key in made:
        assert fields_of(str(catalogue(language)[f"store.error.{key}"])) <= {
            "path",
            "folder",
            "what",
            "detail",
        }
