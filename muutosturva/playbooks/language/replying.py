"""What conditions may read of tasks that are done: the option decided on, a field of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from muutosturva.playbooks.facts import ReplyKey
from muutosturva.playbooks.language.schema import Playbook, Task


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is answered when a task is done.

    Attributes:
        task: the task.
        type: of the answer.
        options: what can be chosen, with its words; {} where it is no choice.
        label: the question of the form; {} for a decision.
    """

    task: Task
    type: str
    options: Mapping[str, Mapping[str, str]]
    label: Mapping[str, str] = field(default_factory=dict)


def asked(playbook: Playbook, key: ReplyKey) -> Asked | None:
    """Return what a task asks when it is done; None where it asks no such thing."""
    task = playbook.tasks.get(key.step)
    if task is None:
        return None
    if key.field:
        found = task.form.fields.get(key.field) if task.form else None
        return None if found is None else Asked(task, found.type, found.options, found.label)
    return Asked(task, "enum", task.decision.options) if task.decision else None


def replies(playbook: Playbook) -> Iterator[tuple[ReplyKey, Asked]]:
    """Yield everything tasks ask when they are done, in the order of the file."""
    for step, task in playbook.tasks.items():
        fields = (ReplyKey(step, name) for name in (task.form.fields if task.form else ()))
        for key in (ReplyKey(step), *fields):
            found = asked(playbook, key)
            if found is not None:
                yield key, found


def repeated(task: Task) -> bool:
    """Tell whether a task is done several times, so that it has no one answer."""
    return bool(task.for_each) or task.every is not None
