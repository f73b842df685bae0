"""The lint: what the schema cannot see. Each check is one small function; the list is the lint."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from muutosturva.errors import Problem
from muutosturva.playbooks.checks import order, policy, references, types
from muutosturva.playbooks.checks.parts import Check
from muutosturva.playbooks.loading.loader import MOST_KEPT
from muutosturva.playbooks.loading.resolved import Resolved

CHECKS: Final[tuple[Check, ...]] = (
    references.file_name,
    references.names,
    references.dates,
    references.meeting_times,
    references.roles,
    references.phases,
    references.needs,
    references.products,
    references.rules,
    types.conditions,
    order.circles_of_needs,
    order.circles_of_anchors,
    order.due_before_need,
    policy.accountable,
    policy.approvers,
    policy.languages,
    policy.law,
    policy.private_data,
    policy.placeholders,
    policy.validity,
)


@lru_cache(maxsize=MOST_KEPT)
def check(resolved: Resolved) -> tuple[Problem, ...]:
    """Return everything the checks find, in the order of the checks."""
    return tuple(problem for look in CHECKS for problem in look(resolved))
