"""Which store is this: the revisions this program knows and the marks by which a store is told.

Reading the revision is plain SQL, so that alembic (55 ms to import) is loaded only when tables are
made or changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from muutosturva.errors import MachineError, RefusedError

REVISIONS: Final[tuple[str, ...]] = ("0001", "0002")
"""Every revision of the tables that was ever released, oldest first; a test holds it to the migrations."""

APPLICATION_ID: Final = 0x4D55_5453
"""``application_id`` of our SQLite files: "MUTS"."""

_SQLITE_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_BYTES: Final = 100


class Age(StrEnum):
    """How a store's revision stands to this program."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Revision:
    """The revision of a store's tables.

    Attributes:
        name: as alembic wrote it.
        age: how it stands to this program.
    """

    name: str
    age: Age


def check_header(path: Path) -> None:
    """Tell an alien or cut file by its first hundred bytes, without opening it as a database.

    Layout: https://www.sqlite.org/fileformat2.html section 1.3.

    Raises:
        RefusedError: an empty file, a file that is no SQLite database, another program's database.
        MachineError: the file is shorter than it says.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header:
        raise RefusedError("store.empty_file", path=str(path))
    if not header.startswith(_SQLITE_MAGIC):
        raise RefusedError("store.not_a_database", path=str(path))
    if len(header) < _HEADER_BYTES:
        raise MachineError("store.corrupt", path=str(path), detail="header")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise RefusedError("store.alien", path=str(path))
    page = int.from_bytes(header[16:18], "big")
    stated = int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)
    if path.stat().st_size < stated:
        raise MachineError("store.corrupt", path=str(path), detail="size")


def table_names(connection: sa.Connection) -> set[str]:
    """Return the names of the tables that stand in the store's own schema."""
    return set(sa.inspect(connection).get_table_names())


def read_revision(connection: sa.Connection, place: str) -> Revision:
    """Return the revision of the store's tables.

    Raises:
        RefusedError: the database is empty or belongs to another program.
        MachineError: the file is ours but its tables are gone.
    """
    tables = table_names(connection)
    if not {"store_info", "alembic_version"} <= tables:
        if connection.dialect.name == "sqlite":
            raise MachineError("store.corrupt", path=place, detail="store_info")
        raise RefusedError("store.alien_database" if tables else "store.empty_database", path=place)
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    name = "" if row is None else str(row[0])
    if name not in REVISIONS:
        return Revision(name, Age.NEWER)
    return Revision(name, Age.CURRENT if name == REVISIONS[-1] else Age.OLDER)


def require_current(revision: Revision, place: str) -> None:
    """Refuse to work in a store of another revision.

    Raises:
        RefusedError: the store is older (``store migrate`` brings it up) or newer than this program.
    """
    if revision.age is Age.NEWER:
        raise RefusedError("store.newer", path=place, found=revision.name, known=REVISIONS[-1])
    if revision.age is Age.OLDER:
        raise RefusedError("store.older", path=place, found=revision.name, known=REVISIONS[-1])
