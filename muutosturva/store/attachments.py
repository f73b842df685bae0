"""Copies of files beside a store: named by the SHA-256 of their bytes, so that no change goes unseen.

They lie in ``<store>.files/<first two digits>/<hash>``, readable by their owner only. A copy gets its
name when all of it is on the disk; the same bytes are kept once. A store on a server has no folder.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from muutosturva.errors import MachineError, NotFoundError, Problem, RefusedError
from muutosturva.store.files import create_file
from muutosturva.store.location import FileTarget, Target

FOLDER_MODE: Final = 0o700
_CHUNK: Final = 1024 * 1024


class Finding(StrEnum):
    """What a file that proves something looks like now."""

    INTACT = "intact"
    VANISHED = "vanished"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was read: hash and size, and whether a copy was made that was not there before."""

    sha256: str
    size: int
    fresh: bool = False


def folder_of(target: Target) -> Path | None:
    """Return the folder of a store's copies; None for a store on a server, which keeps none."""
    return target.path.with_name(f"{target.path.name}.files") if isinstance(target, FileTarget) else None


def path_in(folder: Path, sha256: str) -> Path:
    """Return where the copy with this hash lies."""
    return folder / sha256[:2] / sha256


def measured(path: Path) -> Kept:
    """Return hash and size of a file.

    Raises:
        RefusedError: a folder, a device, or an empty file: nothing that proves anything.
        NotFoundError: it is not there.
        MachineError: it cannot be read.
    """
    with _told(path):
        if path.exists() and not path.is_file():
            raise RefusedError("store.evidence_no_file", path=str(path))
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    if not size:
        raise RefusedError("store.evidence_empty", path=str(path))
    return Kept(digest.hexdigest(), size)


def keep(folder: Path, source: Path, *, largest: int | None = None) -> Kept:
    """Copy a file into the folder under its hash; a copy that is there already stays as it is.

    Args:
        folder: of the store's copies.
        source: the file.
        largest: megabytes (1024 × 1024 bytes) of the largest file that is copied; None for no limit.

    Raises:
        RefusedError: a folder, a device, an empty file, or one too large to be copied.
        NotFoundError: it is not there.
        MachineError: it cannot be read, or the copy not be written.
    """
    with _told(source):
        if largest is not None and source.is_file() and source.stat().st_size > largest * _CHUNK:
            raise RefusedError("store.evidence_large", path=str(source), megabytes=largest)
    found = measured(source)
    target = path_in(folder, found.sha256)
    if examined(target, found.sha256) is Finding.INTACT:
        return found
    with _told(folder):
        for made in (folder, target.parent):
            made.mkdir(mode=FOLDER_MODE, exist_ok=True)
        copied = _write(source, target)
    if copied != found.sha256:
        target.unlink(missing_ok=True)
        raise MachineError("store.evidence_moving", path=str(source))
    return Kept(found.sha256, found.size, fresh=True)


def _write(source: Path, target: Path) -> str:
    """Write a draft to the disk and give it its name; return the hash of what was written."""
    draft = target.with_name(f".{target.name[:12]}.{secrets.token_hex(4)}.new")
    digest = hashlib.sha256()
    try:
        create_file(draft)
        with source.open("rb") as read, draft.open("r+b") as written:
            while chunk := read.read(_CHUNK):
                digest.update(chunk)
                written.write(chunk)
            written.flush()
            os.fsync(written.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return digest.hexdigest()


def examined(path: Path, sha256: str) -> Finding:
    """Tell whether a file still is what it was when it was taken as proof."""
    try:
        if not path.is_file():
            return Finding.VANISHED
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return Finding.UNREADABLE
    return Finding.INTACT if digest.hexdigest() == sha256 else Finding.CHANGED


def problem_of(found: Finding, title: str) -> Problem:
    """Return what is wrong with a copy, as a check tells it."""
    return Problem(f"store.evidence_{found.value}", {"title": title})


def copy_all(source: Path, target: Path, hashes: Iterable[str]) -> list[tuple[str, Finding]]:
    """Copy the copies of a store beside its backup, each checked by its hash.

    Returns:
        Those that could not be copied because they are no longer what they were.

    Raises:
        RefusedError: something is at ``target`` already.
        MachineError: the disk is full, or the folder cannot be written.
    """
    wanted = sorted(set(hashes))
    if not wanted:
        return []
    if target.exists():
        raise RefusedError("store.exists", path=str(target))
    lacking: list[tuple[str, Finding]] = []
    for sha256 in wanted:
        found = examined(path_in(source, sha256), sha256)
        if found is Finding.INTACT:
            keep(target, path_in(source, sha256))
        else:
            lacking.append((sha256, found))
    return lacking


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFoundError("store.evidence_not_there", path=str(path)) from error
    except OSError as error:
        raise MachineError(
            "store.evidence_unreadable", path=str(path), detail=error.strerror or ""
        ) from error
