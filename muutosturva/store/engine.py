"""One way to reach a store: SQLite in a file or PostgreSQL by address, with the same promises.

What is set for each connection, and why, is in deps measured here: SQLite has foreign keys off by
default, and with the driver's own transactions two writers lose each other's changes without an
error, so that every writing transaction begins with BEGIN IMMEDIATE.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

from muutosturva.errors import MachineError, UsageError
from muutosturva.store import schema
from muutosturva.store.faults import told
from muutosturva.store.location import (
    FileTarget,
    ServerTarget,
    Target,
    check_existing,
    may_be_written,
    parse_target,
)

BUSY_TIMEOUT_MS: Final = 5000
"""How long a writer waits for another one before it gives up, in milliseconds."""

CONNECT_TIMEOUT_S: Final = 5
READING: Final = "muutosturva_reading"
"""Execution option of a connection that must not write."""


def connect(place: str | Path, *, look: bool = False) -> sa.Engine:
    """Open the store at ``place`` after every check that needs no writing.

    Args:
        place: path of a file, or ``postgresql://…``.
        look: only to read, so that it may lie where nothing can be written.

    Returns:
        An engine; ``dispose()`` it when done.

    Raises:
        UsageError: the address is of another kind of database.
        NotFoundError: no file is there.
        RefusedError: not a place for a store, another program's file, or a store of another revision.
        MachineError: the file is broken or the server away.
    """
    target = parse_target(place)
    engine = open_engine(target, look=look)
    try:
        with told(target.shown), reader(engine) as connection:
            schema.require_current(schema.read_revision(connection, target.shown), target.shown)
    except BaseException:
        engine.dispose()
        raise
    return engine


def open_engine(target: Target, *, migrating: bool = False, look: bool = False) -> sa.Engine:
    """Return an engine on an existing file or database, whatever its revision.

    Args:
        target: where the store is.
        migrating: leave foreign keys off, as rebuilding a table needs; they are checked afterwards.
        look: only to read.

    Raises:
        NotFoundError, RefusedError, MachineError: as ``connect``.
    """
    if isinstance(target, ServerTarget):
        return _postgres_engine(target)
    with told(target.shown):
        check_existing(target.path, look=look)
        schema.check_header(target.path)
    mode = reading_mode(target.path) if look and not may_be_written(target.path) else "mode=rw"
    return sqlite_engine(target, migrating=migrating, mode=mode)


def reader(engine: sa.Engine) -> sa.Connection:
    """Return a connection that cannot write; use it as a context manager."""
    return reading(engine).connect()


def reading(engine: sa.Engine) -> sa.Engine:
    """Return the same engine for reading only; what is read in one transaction fits together."""
    if engine.dialect.name == "postgresql":
        # SQLite's readers see one state of the store from their first statement on; so do these.
        return engine.execution_options(
            **{READING: True, "postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
        )
    return engine.execution_options(**{READING: True})


def reading_mode(path: Path) -> str:
    """Return how SQLite opens a store where nothing may be written, as parameters of its address.

    Two files stand beside a store in use: what was written last, and who reads and writes. Without them
    all of it is in the store itself, and SQLite, which could not make them there, is told to do without
    (``immutable``, https://www.sqlite.org/uri.html). Where they are, it needs both and reads them.
    """
    last, users = (path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm"))
    in_use = last.exists() and (users.exists() or last.stat().st_size > 0)
    return "mode=ro" if in_use else "mode=ro&immutable=1"


def sqlite_engine(
    target: FileTarget, *, migrating: bool = False, new: bool = False, mode: str = "mode=rw"
) -> sa.Engine:
    """Return an engine on the SQLite file, which must exist.

    Args:
        target: the file.
        migrating: leave foreign keys off.
        new: write the WAL mode into the file, where it stays; a file that is only being looked at
            must not be touched.
        mode: how SQLite opens it. Never ``rwc``: a file that vanished after the checks is an error, not a
            new empty store.
    """
    address = f"{target.path.as_uri()}?{mode}"

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(
            address,
            uri=True,
            isolation_level=None,
            timeout=BUSY_TIMEOUT_MS / 1000,
            check_same_thread=False,
        )

    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(target.path)),
        creator=open_file,
        poolclass=sa.QueuePool,
        hide_parameters=True,
        json_deserializer=_json_reader(target.shown),
    )
    event.listen(engine, "connect", _sqlite_pragmas(migrating=migrating, new=new))
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _json_reader(place: str) -> Callable[[str], Any]:
    """Return how JSON columns are read: text that a bad disk has changed is no fault of the program."""

    def read(text: str) -> Any:
        try:
            return json.loads(text)
        except ValueError as error:
            raise MachineError("store.corrupt", path=place, detail="JSON") from error

    return read


def _sqlite_pragmas(*, migrating: bool, new: bool) -> Any:
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            f"foreign_keys = {'OFF' if migrating else 'ON'}",
            "synchronous = NORMAL",
            "trusted_schema = OFF",
            # What retention deletes is overwritten with zeros, not only forgotten.
            "secure_delete = ON",
            *(("journal_mode = WAL",) if new else ()),
        ):
            connection.execute(f"PRAGMA {pragma}")

    return set_pragmas


def _sqlite_begin(connection: sa.Connection) -> None:
    """Begin at once as a writer, or as a reader that is held to reading."""
    only_reads = bool(connection.get_execution_options().get(READING))
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if only_reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _postgres_engine(target: ServerTarget) -> sa.Engine:
    try:
        url = sa.make_url(target.url)
        engine = sa.create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
        )
    except (sa.exc.ArgumentError, ValueError) as error:
        raise UsageError("store.bad_url", path=target.shown) from error
    except ImportError as error:
        raise MachineError("store.no_driver", path=target.shown) from error
    event.listen(engine, "connect", _postgres_settings)
    return engine


def _postgres_settings(connection: Any, _record: object) -> None:
    """Wait as long as SQLite does, and never hold others up with a forgotten transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("SET idle_in_transaction_session_timeout = '10min'")
        cursor.execute("SET timezone = 'UTC'")
    connection.commit()
