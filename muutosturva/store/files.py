"""Files that hold people's data: readable by their owner only, and named only when whole."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from muutosturva.errors import MachineError, RefusedError

OWNER_ONLY: Final = 0o600
_BESIDE: Final = ("-wal", "-shm", "-journal")
"""Endings of the files SQLite keeps beside a database."""


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield a draft beside ``path`` to fill as a database; it gets its name only when whole.

    Raises:
        RefusedError: something of that name appeared meanwhile; it is never overwritten.
        MachineError: the draft could not be written to its end.
        OSError: the disk refuses.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        create_file(draft)
        yield draft
        if draft.with_name(f"{draft.name}-wal").exists():
            # Closing the last connection should have moved all of it into the file.
            raise MachineError("store.disk_full", path=str(path))
        _publish(draft, path)
    finally:
        for ending in ("", *_BESIDE):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


def create_file(path: Path) -> None:
    """Make an empty file that only its owner can read, whatever the umask says.

    Raises:
        FileExistsError: something is there already.
        OSError: the disk refuses.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, OWNER_ONLY)
    finally:
        os.close(descriptor)


def open_to_others(path: Path) -> bool:
    """Tell whether others than the owner may read the file; Windows answers through its own lists."""
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _publish(draft: Path, path: Path) -> None:
    try:
        # A link refuses to replace; on Windows a rename does.
        draft.rename(path) if os.name == "nt" else os.link(draft, path)
    except FileExistsError as error:
        raise RefusedError("store.exists", path=str(path)) from error
    except OSError:
        # A file system without hard links (FAT): that nothing is there was checked a moment ago.
        draft.rename(path)
