"""The RACI matrix: what each role has to do with each task. Pure.

R does it, A answers for it, C is asked before, I is told after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muutosturva.incidents.pure.views import TaskView
from muutosturva.playbooks.plan import Raci


@dataclass(frozen=True, slots=True)
class RaciMatrix:
    """Roles by tasks.

    Attributes:
        roles: the roles that have to do with any task: first those of ``roles`` in their order,
            then others in the order in which tasks name them.
        lines: each task with its letters by role, ``{"lead": "RA"}``.
    """

    roles: tuple[str, ...]
    lines: tuple[tuple[TaskView, Mapping[str, str]], ...]


def letters(raci: Raci) -> dict[str, str]:
    """Return the letters of each role in a task, in the order R, A, C, I."""
    found: dict[str, str] = {}
    accountable = (raci.accountable,) if raci.accountable else ()
    for letter, roles in (
        ("R", raci.responsible),
        ("A", accountable),
        ("C", raci.consulted),
        ("I", raci.informed),
    ):
        for role in dict.fromkeys(roles):
            found[role] = found.get(role, "") + letter
    return found


def matrix(tasks: Sequence[TaskView], roles: Sequence[str]) -> RaciMatrix:
    """Return the matrix of tasks in the order given; a role no task names is left out."""
    lines = tuple((task, letters(task.raci)) for task in tasks)
    named = dict.fromkeys(role for _, found in lines for role in found)
    ordered = [role for role in roles if role in named]
    return RaciMatrix(tuple(dict.fromkeys([*ordered, *named])), lines)
