"""Whether the library holds a newer version of an incident's playbook: told, never applied by itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from muutosturva.coordination.shelf import at_hand
from muutosturva.errors import NotFoundError
from muutosturva.incidents.pure.views import IncidentView, LogEntry
from muutosturva.incidents.reading.renamed import REBASED
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.loader import read_file

_KEPT: Final = 32
"""Files whose version is remembered: more than a library has."""


def newer_version(view: IncidentView, log: Iterable[LogEntry], library: Library | None = None) -> str:
    """Return the version the library holds where it is newer than the pinned one, else "".

    A version the group has compared with and taken items of is decided: it is told no more.

    Args:
        view: the incident; a regional situation has no playbook.
        log: its log.
        library: where playbooks are looked for; those of this machine when None.
    """
    if view.situation:
        return ""
    try:
        path = (library or at_hand()).find(view.playbook_id)
    except NotFoundError:
        return ""
    version = _version(path, path.stat().st_mtime_ns)
    if _parts(version) <= _parts(view.playbook_version):
        return ""
    offered = f"{view.playbook_id} {version}"
    decided = any(entry.kind == REBASED and (entry.payload or {}).get("new") == offered for entry in log)
    return "" if decided else version


@lru_cache(maxsize=_KEPT)
def _version(path: Path, _changed: int) -> str:
    """Return the version a file declares; a screen is read often, a file changes once a year."""
    root = read_file(path).root
    node = None if root is None else root.child("version")
    return "" if node is None else str(node.content)


def _parts(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to be put in order: 2026.10 comes after 2026.9."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())
