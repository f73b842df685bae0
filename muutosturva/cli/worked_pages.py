"""What ``playbook test`` tells: which worked cases hold, and where the others part from the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from muutosturva.cli.incident_pages import columns
from muutosturva.cli.output import problem_document
from muutosturva.cli.state import State

if TYPE_CHECKING:
    from muutosturva.playbooks.trying.differences import Difference, Gap
    from muutosturva.playbooks.trying.runner import CaseResult

_WHERE = "{line}:{column}"


def case_lines(state: State, playbook: str, result: CaseResult) -> list[str]:
    """Return a case: whether it holds, what cannot be read, and expected beside found."""
    texts = state.texts
    word = texts("cli.test.failed") if result.failures else texts("cli.test.held")
    lines = [f"{playbook}: {word}: {result.name}", *state.out.problem_lines(result.unreadable)]
    if not result.differences:
        return lines
    names = ["line", "expectation", "name", "expected", "got", "near"]
    dated = any(difference.on for difference in result.differences)
    names[1:1] = ["day"] if dated else []
    rows = [_row(state, difference, dated=dated) for difference in result.differences]
    table = state.out.table(columns(state, *names), rows)
    files = dict.fromkeys(difference.problem.path for difference in result.differences)
    said = any(difference.gap.section == "problems" for difference in result.differences)
    # A code alone does not say which day is missing.
    problems = state.out.problem_lines(result.plan.problems) if said else []
    return [*lines, *(f"  {line}" for line in (*files, *table, *problems))]


def _row(state: State, difference: Difference, *, dated: bool) -> tuple[str, ...]:
    gap, problem = difference.gap, difference.problem
    expected, found = _sides(state, gap)
    day = (state.texts.day(difference.on) if difference.on else "",) if dated else ()
    where = _WHERE.format(line=problem.line, column=problem.column)
    return (where, *day, gap.section, gap.name, expected, found, gap.near)


def _sides(state: State, gap: Gap) -> tuple[str, str]:
    """Return what was expected and what was found, in words where it is the thing itself."""
    if gap.expected is not None and gap.found is not None:
        return gap.expected, gap.found
    there, lacking = state.texts("cli.test.there"), state.texts("cli.test.not_there")
    return (lacking, there) if gap.there else (there, lacking)


def case_document(state: State, playbook: str, result: CaseResult) -> dict[str, Any]:
    """Return the same as a document with stable keys."""
    return {
        "playbook": playbook,
        "name": result.name,
        "held": not result.failures,
        "problems": [problem_document(item, state.texts) for item in result.failures],
        "differences": [
            {
                "day": difference.on.isoformat() if difference.on else None,
                "section": difference.gap.section,
                "name": difference.gap.name or None,
                "expected": difference.gap.expected,
                "found": difference.gap.found,
                "there": difference.gap.there,
                "nearest": difference.gap.near or None,
                "line": difference.problem.line,
            }
            for difference in result.differences
        ],
    }
