"""The one place where errors of databases and of the disk become errors with words.

Only what the person at the screen can do something about is translated. A violated CHECK or
foreign key is a fault of the program and stays what it is (exit code 70).
"""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import exc

from muutosturva.errors import ConflictError, MachineError, MuutosturvaError, RefusedError

Maker = Callable[..., MuutosturvaError]

APPEND_ONLY_MARK: Final = "muutosturva: append-only"
"""Text by which the triggers of the log say who refused."""

# By the primary result code, https://www.sqlite.org/rescode.html; the extended code keeps it in its low byte.
_SQLITE: Final[Mapping[int, tuple[Maker, str]]] = {
    sqlite3.SQLITE_BUSY: (MachineError, "store.busy"),
    sqlite3.SQLITE_LOCKED: (MachineError, "store.busy"),
    sqlite3.SQLITE_FULL: (MachineError, "store.disk_full"),
    sqlite3.SQLITE_READONLY: (MachineError, "store.file_read_only"),
    sqlite3.SQLITE_PERM: (MachineError, "store.file_read_only"),
    sqlite3.SQLITE_CANTOPEN: (MachineError, "store.cannot_open"),
    sqlite3.SQLITE_IOERR: (MachineError, "store.disk_error"),
    sqlite3.SQLITE_CORRUPT: (MachineError, "store.corrupt"),
    sqlite3.SQLITE_NOTADB: (MachineError, "store.corrupt"),
}

# By the extended code, where it says something else than its primary one: the shared memory beside the
# store could not grow (https://www.sqlite.org/rescode.html#ioerr_shmsize).
_SQLITE_EXTENDED: Final[Mapping[int, tuple[Maker, str]]] = {
    sqlite3.SQLITE_IOERR_SHMSIZE: (MachineError, "store.disk_full"),
}

_NOT_THERE: Final = ("no such column", "no such table")
"""How SQLite says that the schema lacks what the store's revision has: the schema itself was damaged."""

_NOT_TEXT: Final = "Could not decode to UTF-8"
"""What the driver says, without a code, of bytes that are no text; the bytes themselves follow."""

# By SQLSTATE (PostgreSQL, appendix A); the longest prefix that fits decides.
_POSTGRES: Final[Mapping[str, tuple[Maker, str]]] = {
    "08": (MachineError, "store.server_away"),
    "57P": (MachineError, "store.server_away"),
    "53": (MachineError, "store.server_full"),
    "53100": (MachineError, "store.disk_full"),
    "28": (MachineError, "store.login_refused"),
    "3D000": (MachineError, "store.no_database"),
    "25006": (MachineError, "store.server_read_only"),
    "42501": (MachineError, "store.no_right"),
    "55P03": (MachineError, "store.busy"),
    "40P01": (MachineError, "store.busy"),
    "40001": (MachineError, "store.busy"),
    "57014": (MachineError, "store.busy"),
    "58030": (MachineError, "store.disk_error"),
    "XX001": (MachineError, "store.corrupt"),
    "XX002": (MachineError, "store.corrupt"),
    "23505": (ConflictError, "store.duplicate"),
}

_OS: Final[Mapping[int, str]] = {
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "store.disk_full",
    errno.EROFS: "store.folder_read_only",
    errno.EACCES: "store.folder_read_only",
    errno.EPERM: "store.folder_read_only",
}


class StoreFaultError(RuntimeError):
    """A fault of the program, as the database saw it: what was tried, and never with which values.

    PostgreSQL writes the whole failing row into its message, and a report of a fault may leave the
    machine.
    """


@contextmanager
def told(place: str, *, disk: bool = True) -> Iterator[None]:
    """Turn what databases and disks raise inside the block into errors with words.

    Args:
        place: path or address of the store as people read it.
        disk: whether the block touches the disk for the store's own sake only; a use case may
            fail on files of its own, and those are not ours to name.

    Raises:
        MachineError: the disk, the file or the server failed.
        ConflictError: a row with the same unique name was written by somebody else.
        RefusedError: the log was to be changed.
        StoreFaultError: the program broke a rule of the tables.
    """
    try:
        yield
    except OSError as error:
        if not disk:
            raise
        raise (translate(error, place) or error) from error
    except UnicodeDecodeError as error:
        if not disk:
            raise
        # The driver's own error could not be read: it quotes a name in a broken schema.
        raise MachineError("store.corrupt", path=place, detail="UTF-8") from error
    except (exc.DBAPIError, sqlite3.Error) as error:
        fault = StoreFaultError(without_values(error)).with_traceback(error.__traceback__)
        translated = translate(error, place)
        if translated is None:
            raise fault from None
        raise translated from fault


def translate(error: Exception, place: str) -> MuutosturvaError | None:
    """Return the error with words for ``error``, or None where it is a fault of the program."""
    original = error.orig if isinstance(error, exc.DBAPIError) else error
    if original is None:
        return None
    if APPEND_ONLY_MARK in str(original):
        return RefusedError("store.append_only", path=place)
    if isinstance(original, sqlite3.Error):
        return _sqlite(original, place)
    if isinstance(original, OSError):
        key = _OS.get(original.errno or 0, "store.disk_error")
        return MachineError(key, path=place, folder=place, detail=original.strerror or "")
    if not isinstance(error, exc.DBAPIError):
        return None
    return _postgres(original, place, disconnected=error.connection_invalidated)


def _sqlite(error: sqlite3.Error, place: str) -> MuutosturvaError | None:
    code: int = getattr(error, "sqlite_errorcode", 0)
    if code in {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}:
        # The text ends in the columns, after "UNIQUE constraint failed".
        return ConflictError("store.duplicate", path=place, what=str(error).rpartition(": ")[2])
    if str(error).startswith(_NOT_TEXT):
        return MachineError("store.corrupt", path=place, detail="UTF-8")
    if str(error).startswith(_NOT_THERE):
        return MachineError("store.corrupt", path=place, detail=str(error))
    found = _SQLITE_EXTENDED.get(code) or _SQLITE.get(code & 0xFF)
    return found[0](found[1], path=place, detail=str(error)) if found else None


def _postgres(error: BaseException, place: str, *, disconnected: bool) -> MuutosturvaError | None:
    state: str | None = getattr(error, "sqlstate", None)
    if state is None:
        return _postgres_without_state(error, place, disconnected=disconnected)
    for length in (5, 3, 2):
        if state[:length] in _POSTGRES:
            make, key = _POSTGRES[state[:length]]
            constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
            return make(key, path=place, what=constraint or "", detail=first_line(error))
    return None


def _postgres_without_state(
    error: BaseException, place: str, *, disconnected: bool
) -> MuutosturvaError | None:
    """Tell apart the failures of connecting: libpq gives them no SQLSTATE, only English or local words."""
    if (
        type(error).__name__ not in {"OperationalError", "ConnectionTimeout", "InterfaceError"}
        and not disconnected
    ):
        return None
    words = str(error)
    key = "store.server_away"
    if re.search(r"password|authentication|pg_hba|role \"", words):
        key = "store.login_refused"
    elif re.search(r"database \".*\" does not exist", words):
        key = "store.no_database"
    return MachineError(key, path=place, detail=first_line(error))


def without_values(error: exc.DBAPIError | sqlite3.Error) -> str:
    """Return what a database said, without the values it was given."""
    original = error.orig if isinstance(error, exc.DBAPIError) else error
    statement = error.statement if isinstance(error, exc.DBAPIError) else None
    if isinstance(original, sqlite3.Error):
        said = str(original).partition(" with text ")[0]
    else:
        diagnosis = getattr(original, "diag", None)
        words = (getattr(diagnosis, name, None) for name in ("sqlstate", "table_name", "constraint_name"))
        said = " ".join(filter(None, words))
    return f"{type(original).__name__} {said} [{statement or ''}]"


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text: the rest holds statements and values."""
    return (str(error).splitlines() or [""])[0]
