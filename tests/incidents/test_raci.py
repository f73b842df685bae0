"""The RACI matrix of an incident."""

from __future__ import annotations

import pytest

from muutosturva.incidents.pure.raci import letters, matrix
from muutosturva.incidents.reading import queries
from muutosturva.playbooks.plan import Raci
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A


@pytest.mark.parametrize(
    ("raci", "expected"),
    [
        (Raci(("a",), "b", ("c",), ("d", "e")), {"a": "R", "b": "A", "c": "C", "d": "I", "e": "I"}),
        (Raci(("a", "b"), "a"), {"a": "RA", "b": "R"}),
        (Raci((), "a", ("a",), ("a",)), {"a": "ACI"}),
        (Raci((), ""), {}),
        (Raci(("a", "a"), ""), {"a": "R"}),
    ],
)
def test_each_role_has_its_letters_in_one_order(raci: Raci, expected: dict[str, str]) -> None:
    assert letters(raci) == expected


def test_the_matrix_has_every_task_and_the_roles_in_the_order_of_the_plan(opened_store: Store) -> None:
    with opened_store.reading() as session:
        tasks = queries.tasks(session, FIRM_A)
        order = [role.role for role in queries.incident_view(session, FIRM_A).roles]

    found = matrix(tasks, order)

    assert [task.key for task, _ in found.lines] == [task.key for task in tasks]
    assert [role for role in found.roles if role in order] == [role for role in order if role in found.roles]
    assert {role for _, line in found.lines for role in line} == set(found.roles)
    # Exactly one role answers for a task of the playbook.
    assert all(sum("A" in got for got in line.values()) == 1 for _, line in found.lines)
