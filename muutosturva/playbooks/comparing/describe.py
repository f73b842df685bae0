"""A playbook in numbers, for lists: counted from it, never written in it."""

from __future__ import annotations

from dataclasses import dataclass

from muutosturva.playbooks.language.bundle import BUNDLE
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import TextMap


@dataclass(frozen=True, slots=True)
class Summary:
    """What a playbook holds.

    Attributes:
        id, version, kind, title, description: as written.
        abstract: True for a base that cannot be triggered.
        tasks, statutory, messages, meetings, documents, roles, tests: how many.
        languages: tags of the languages its title stands in.
        layers: files it was put together from, the topmost first.
        removed_statutory: ids of steps with a law source that an overlay took out.
    """

    id: str
    version: str
    kind: str
    title: TextMap
    description: TextMap
    abstract: bool
    tasks: int
    statutory: int
    messages: int
    meetings: int
    documents: int
    roles: int
    tests: int
    languages: tuple[str, ...]
    layers: tuple[str, ...]
    removed_statutory: tuple[str, ...]


def describe(resolved: Resolved) -> Summary:
    """Return the summary of a playbook."""
    playbook = resolved.playbook
    return Summary(
        id=playbook.id,
        version=playbook.version,
        kind=BUNDLE if resolved.bundle else playbook.kind,
        title=playbook.title,
        description=playbook.description,
        abstract=playbook.abstract,
        tasks=len(playbook.tasks),
        statutory=sum(task.statutory is not None for task in playbook.tasks.values()),
        messages=len(playbook.messages),
        meetings=len(playbook.meetings),
        documents=len(playbook.documents),
        roles=len(playbook.roles),
        tests=len(playbook.tests),
        languages=tuple(playbook.title),
        layers=resolved.layers,
        removed_statutory=tuple(entry.id for entry in resolved.removed if entry.law),
    )
