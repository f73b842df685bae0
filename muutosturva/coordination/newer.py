"""Whether the library holds a newer version of an incident's playbook: told, never applied by itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from muutosturva.coordination.shelf import at_hand
from muutosturva.errors import NotFoundError
from muutosturva.incidents.pure.views import IncidentView, LogEntry
from muutosturva.incidents.reading.renamed import REBASED
from muutosturva.playbooks.comparing.three_way import offered
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import from_stored

_KEPT: Final = 32
"""Pairs of texts whose comparison is remembered: more than the incidents of a day have."""


def newer_version(
    view: IncidentView, pinned: str, log: Iterable[LogEntry], library: Library | None = None
) -> str:
    """Return the version the library holds where it says otherwise than the pinned text, else "".

    It is the pinned version itself where only a layer below or a bundle changed. An older version is
    not told, nor one with errors, and a text the group has compared with and taken items of is decided.

    Args:
        view: the incident; a regional situation has no playbook.
        pinned: the text it keeps of its playbook.
        log: its log.
        library: where playbooks are looked for; those of this machine when None.
    """
    if view.situation:
        return ""
    try:
        checked = (library or at_hand()).read(view.playbook_id)
    except NotFoundError:
        return ""
    new = checked.resolved
    if new is None or new.bundle or checked.errors:
        return ""
    version = new.playbook.version
    if _parts(version) < _parts(view.playbook_version) or not _differs(pinned, new.text, view.playbook_id):
        return ""
    decided = any(
        entry.kind == REBASED and (entry.payload or {}).get("offered_sha256") == new.sha256 for entry in log
    )
    return "" if decided else version


@lru_cache(maxsize=_KEPT)
def _differs(pinned: str, new: str, name: str) -> bool:
    """Tell whether two stored texts differ in meaning; a screen is read often, a file changes once a year."""
    return pinned != new and bool(offered(from_stored(pinned, name), from_stored(new, name)))


def _parts(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to be put in order: 2026.10 comes after 2026.9."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())
