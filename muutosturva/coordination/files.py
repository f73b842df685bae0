"""Writing files whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from muutosturva.errors import MachineError


def write_file(path: Path, data: bytes) -> str:
    """Write a file under its name only when all of it is on disk; return its SHA-256.

    An older file of the name is replaced. Folders that are missing are made.

    Raises:
        MachineError: the folder cannot be made or written, the disk is full, or the file is
            open in another program (Word on Windows).
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise MachineError("coordination.file_not_written", path=str(path), reason=reason) from error
    return hashlib.sha256(data).hexdigest()
