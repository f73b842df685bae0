"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from muutosturva.errors import MachineError, RefusedError
from muutosturva.store.files import create_file

_FULL: Final = frozenset({errno.ENOSPC, *({errno.EDQUOT} if hasattr(errno, "EDQUOT") else ())})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def refuse_other_content(path: Path, beginning: bytes, error: str = "coordination.other_content") -> None:
    """Refuse to replace a file that is not of the kind that is to be written.

    A slip of the keyboard in the name of a calendar must not cost the office its store.

    Args:
        path: the file to be written; it need not exist.
        beginning: how every file of the kind begins.
        error: code of the error, which says what kind it should be.

    Raises:
        RefusedError: a file of another kind is there.
        MachineError: the file cannot be read.
    """
    if not path.is_file():
        return
    with _told(path), path.open("rb") as file:
        found = file.read(len(beginning))
    if found not in {b"", beginning}:
        raise RefusedError(error, path=str(path))


def write_files(files: Mapping[Path, bytes], *, private: bool = False) -> dict[str, str]:
    """Write files under their names only when all of them are on disk.

    Older files of the names are replaced and keep who may read them: somebody has decided that. Folders
    that are missing are made.

    Args:
        files: content by name.
        private: True when a new file is its owner's alone (0600); else its folder and umask decide.

    Returns:
        The SHA-256 of each file by its name.

    Raises:
        MachineError: a name is that of a folder, a folder cannot be made or written, the disk is full,
            or a file is open in another program (Word on Windows); no new file is left then.
    """
    for path in files:
        if path.is_dir():
            raise not_written(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)), path)
    drafts = {path: path.with_name(f".{path.name}.{secrets.token_hex(4)}.new") for path in files}
    try:
        for path, data in files.items():
            with _told(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(drafts[path], data, private=private)
                if path.exists():
                    drafts[path].chmod(stat.S_IMODE(path.stat().st_mode))
        for path, draft in drafts.items():
            with _told(path):
                draft.replace(path)
    finally:
        for draft in drafts.values():
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    return {path.name: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def _write(path: Path, data: bytes, *, private: bool) -> None:
    if private:
        create_file(path)
    with path.open("r+b" if private else "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(error, path) from error


def not_written(error: OSError, path: Path) -> MachineError:
    """Return why a file or folder could not be written, with what a person can do about it."""
    if error.errno in _FULL:
        return MachineError("coordination.disk_full", path=str(path))
    if error.errno in _FORBIDDEN:
        return MachineError("coordination.no_writing", path=str(path))
    return MachineError("coordination.file_not_written", path=str(path), reason=error.strerror or str(error))
