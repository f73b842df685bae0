"""What ``playbook lint`` tells, for people and for editors and scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from muutosturva.cli.output import excerpt, position, source_line
from muutosturva.playbooks.checks.groups import LintGroup, bare, is_error, kind_of

if TYPE_CHECKING:
    from muutosturva.errors import Problem
    from muutosturva.i18n import Texts
    from muutosturva.playbooks.checks.silence import Ignored


def lint_lines(
    texts: Texts, problems: Sequence[Problem], ignored: Sequence[Ignored], files: int
) -> list[str]:
    """Return every problem with its excerpt and its hint, and a summary line."""
    lines = [line for problem in problems for line in _told(texts, problem)]
    return [*lines, _summary(texts, problems, len(ignored), files)]


def _told(texts: Texts, problem: Problem) -> Iterable[str]:
    message = texts.problem(problem)
    if not is_error(problem):
        message = texts("cli.lint.warning", message=message)
    yield f"{position(problem)}: {bare(problem.code)} {message}"
    yield from (f"    {line}" for line in excerpt(problem))
    hint = texts.hint(problem)
    if hint:
        yield f"    {hint}"


def _summary(texts: Texts, problems: Sequence[Problem], ignored: int, files: int) -> str:
    parts = [_counts(texts, problems) if problems else texts("cli.playbook.sound", n=files)]
    if ignored:
        parts.append(texts("cli.lint.ignored", n=ignored))
    return " ".join(parts)


def _counts(texts: Texts, problems: Sequence[Problem]) -> str:
    errors = sum(is_error(problem) for problem in problems)
    groups = Counter(kind_of(problem).group for problem in problems)
    return texts(
        "cli.lint.summary",
        errors=errors,
        warnings=len(problems) - errors,
        groups=", ".join(f"{texts.word(group)} {groups[group]}" for group in LintGroup if groups[group]),
    )


def lint_document(
    texts: Texts, paths: Sequence[str], problems: Iterable[Problem], ignored: Iterable[Ignored]
) -> dict[str, Any]:
    """Return the same as a document with stable keys; the hint stands apart from the message."""
    return {
        "checked": list(paths),
        "problems": [_document(texts, problem) for problem in problems],
        "ignored": [{**_document(texts, each.problem), "reason": each.reason} for each in ignored],
    }


def _document(texts: Texts, problem: Problem) -> dict[str, Any]:
    kind = kind_of(problem)
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": texts.problem(problem),
        "group": kind.group.value,
        "severity": kind.severity.value,
        "hint": texts.hint(problem) or None,
        "excerpt": source_line(problem),
    }
