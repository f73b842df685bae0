"""Reading a small text file that somebody names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from muutosturva.errors import InputError, MachineError, NotFoundError

MOST_BYTES: Final = 5_000_000
"""Largest file read: a hundred times the rule book that ships."""


def small_text(path: Path) -> str:
    """Return the text of a file, UTF-8 with or without a mark.

    Raises:
        NotFoundError: there is no such file.
        InputError: a folder or a device, too large, or no UTF-8.
        MachineError: it cannot be read.
    """
    if not path.is_file():
        if path.exists():
            raise InputError("cli.no_regular_file", path=str(path))
        raise NotFoundError("cli.no_file", path=str(path))
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise MachineError("cli.file_unreadable", path=str(path)) from error
    if len(data) > MOST_BYTES:
        raise InputError("cli.file_too_large", path=str(path), megabytes=MOST_BYTES // 1_000_000)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("cli.not_utf8", path=str(path)) from error
