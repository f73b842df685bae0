"""The lint: what the schema cannot see. Each check is one small function; the list is the lint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from muutosturva.errors import Problem
from muutosturva.playbooks.checks import (
    freshness,
    meaning,
    order,
    people,
    policy,
    references,
    renaming,
    types,
)
from muutosturva.playbooks.checks.groups import KINDS, is_error
from muutosturva.playbooks.checks.outside import NOTHING, Outside, OutsideCheck, unjudged
from muutosturva.playbooks.checks.parts import Check
from muutosturva.playbooks.checks.silence import Ignored, silence
from muutosturva.playbooks.loading.loader import MOST_KEPT
from muutosturva.playbooks.loading.marks import Mark
from muutosturva.playbooks.loading.overlay import Loaded
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.validation import MOST_TOLD

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
    renaming.renamed,
    meaning.bounds,
    meaning.never_and_always,
    meaning.needs_never_met,
    order.circles_of_needs,
    order.circles_of_anchors,
    order.due_before_need,
    order.decided_in_time,
    policy.accountable,
    policy.approvers,
    policy.languages,
    policy.law,
    policy.private_data,
    policy.placeholders,
    policy.placeholders_in_every_language,
    policy.unused_roles,
    policy.audiences,
    policy.known_audiences,
    policy.tested,
    policy.removed_statutory,
    policy.unset_statutory,
    policy.validity,
)

OUTSIDE_CHECKS: Final[tuple[OutsideCheck, ...]] = (
    freshness.validity_passed,
    freshness.review_passed,
    freshness.law_rows,
    freshness.acts,
    freshness.languages,
    people.roster_names,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of reading and checking a file.

    Attributes:
        resolved: the playbook, or None where it could not be put together.
        problems: errors and warnings, by file, line and column.
        ignored: problems that marks in the file silence.
    """

    resolved: Resolved | None
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before the playbook can be used."""
        return tuple(problem for problem in self.problems if is_error(problem))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be mended, though the playbook can be used as it is."""
        return tuple(problem for problem in self.problems if not is_error(problem))


def check(resolved: Resolved, outside: Outside = NOTHING) -> tuple[Problem, ...]:
    """Return everything the checks find, in the order of the checks."""
    return (*_within(resolved), *(problem for ask in OUTSIDE_CHECKS for problem in ask(resolved, outside)))


@lru_cache(maxsize=MOST_KEPT)
def _within(resolved: Resolved) -> tuple[Problem, ...]:
    """Return what the playbook alone tells, as far as anybody is told; kept for when it is asked again."""
    return tuple(islice((problem for look in CHECKS for problem in look(resolved)), MOST_TOLD + 1))


def judged(loaded: Loaded, marks: Sequence[Mark], file: str, outside: Outside = NOTHING) -> Checked:
    """Return what is wrong with a playbook that was read, less what marks silence.

    Args:
        loaded: what came of reading it.
        marks: the marks of every file it was put together from.
        file: the topmost of them.
        outside: what the checks are told.
    """
    found = [*loaded.problems, *(check(loaded.resolved, outside) if loaded.resolved else ())]
    # Where nothing could be put together, or not all was looked for, no mark can be called idle.
    whole = loaded.resolved is not None and len(found) <= MOST_TOLD
    left, ignored = silence(in_order(found), marks, file, unjudged(outside) if whole else frozenset(KINDS))
    told = in_order(left)
    if max(len(found), len(told)) > MOST_TOLD:
        told = (Problem("playbooks.and_more", {"most": MOST_TOLD}, file, 1, 1), *told[:MOST_TOLD])
    return Checked(loaded.resolved, told, tuple(ignored))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems once each, by file, line and column."""
    unique = {_identity(problem): problem for problem in problems}
    return tuple(sorted(unique.values(), key=_order))


def unique_ignored(ignored: Iterable[Ignored]) -> tuple[Ignored, ...]:
    """Return silenced problems once each, in the same order."""
    unique = {_identity(each.problem): each for each in ignored}
    return tuple(sorted(unique.values(), key=lambda each: _order(each.problem)))


def _identity(problem: Problem) -> tuple[object, ...]:
    return (problem.code, problem.path, problem.line, problem.column, str(problem.params))


def _order(problem: Problem) -> tuple[str, int, int, str]:
    return (problem.path, problem.line or 0, problem.column or 0, problem.code)
