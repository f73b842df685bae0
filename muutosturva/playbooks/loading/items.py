"""The entries of a playbook that have dates and conditions, each with its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muutosturva.playbooks.language.schema import Item, Playbook
from muutosturva.playbooks.loading.source import Path


def items(playbook: Playbook) -> Iterator[tuple[Path, Item]]:
    """Yield every task, message, meeting and document with its path."""
    sections: tuple[tuple[str, Mapping[str, Item]], ...] = (
        ("tasks", playbook.tasks),
        ("messages", playbook.messages),
        ("meetings", playbook.meetings),
        ("documents", playbook.documents),
    )
    for section, entries in sections:
        for name, item in entries.items():
            yield (section, name), item
