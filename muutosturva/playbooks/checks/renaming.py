"""Can an old id be followed to its new one: one entry each, and nothing left under the old id."""

from __future__ import annotations

from collections.abc import Iterator

from muutosturva.errors import Problem
from muutosturva.playbooks.loading.items import items
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import problem_at


def renamed(resolved: Resolved) -> Iterator[Problem]:
    """What a running incident did under an old id goes on under exactly one new id."""
    entries = list(items(resolved.playbook))
    ids = {path for path, _ in entries}
    heirs: dict[tuple[str, str], str] = {}
    for path, item in entries:
        old = item.renamed_from
        if old is None:
            continue
        section, name = str(path[0]), str(path[1])
        place = resolved.place((*path, "renamed_from"))
        first = heirs.setdefault((section, old), name)
        if old == name:
            yield problem_at(place, "renamed_self", id=name)
        elif (section, old) in ids:
            yield problem_at(place, "renamed_there", id=name, old=old)
        elif first != name:
            yield problem_at(place, "renamed_twice", id=name, old=old, first=first)
