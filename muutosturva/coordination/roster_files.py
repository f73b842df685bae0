"""Reading a roster from a file, and the roles its words may mean."""

from __future__ import annotations

from pathlib import Path

from muutosturva.coordination.sheet_files import content_of
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.loader import read_file
from muutosturva.playbooks.loading.source import plain
from muutosturva.preparedness.roster_sheet import RosterSheet, read_roster


def roster_of(path: Path) -> RosterSheet:
    """Return the roster of an Excel, csv or YAML file.

    Args:
        path: the file.

    Raises:
        NotFoundError: there is no such file.
        MachineError: it cannot be read.
        InputError: it is no table, is too large or broken, or has no names.
    """
    return read_roster(content_of(path), path.name)


def roles_of_playbooks(library: Library) -> dict[str, str]:
    """Return the id of each role the playbooks know, by id and by title in small letters."""
    found: dict[str, str] = {}
    for name in library.names():
        root = read_file(library.find(name)).root
        roles = root.child("roles") if root is not None else None
        for role, node in _entries(plain(roles) if roles is not None else None):
            titles = node.get("title") if isinstance(node, dict) else None
            words = titles.values() if isinstance(titles, dict) else ()
            found |= {str(word).casefold(): role for word in (role, *words)}
    return found


def _entries(roles: object) -> list[tuple[str, object]]:
    """Return the roles of a playbook, or those a playbook laid over another adds."""
    if not isinstance(roles, dict):
        return []
    added = roles.get("add")
    own = added if isinstance(added, dict) else roles
    return [(str(name), node) for name, node in own.items() if name not in {"replace", "remove"}]
