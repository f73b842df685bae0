"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from muutosturva.errors import MachineError


def write_files(files: Mapping[Path, bytes]) -> dict[str, str]:
    """Write files under their names only when all of them are on disk.

    Older files of the names are replaced; folders that are missing are made.

    Returns:
        The SHA-256 of each file by its name.

    Raises:
        MachineError: a folder cannot be made or written, the disk is full, or a file is open in
            another program (Word on Windows); no new file is left then.
    """
    drafts = {path: path.with_name(f".{path.name}.{secrets.token_hex(4)}.new") for path in files}
    try:
        for path, data in files.items():
            with _told(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(drafts[path], data)
        for path, draft in drafts.items():
            with _told(path):
                draft.replace(path)
    finally:
        for draft in drafts.values():
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    return {path.name: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise MachineError("coordination.file_not_written", path=str(path), reason=reason) from error
