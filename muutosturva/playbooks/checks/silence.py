"""Problems somebody knows of and lives with: what the marks in a file silence, and what they cannot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.checks.groups import KINDS, bare
from muutosturva.playbooks.loading.marks import Mark
from muutosturva.playbooks.loading.source import problem_at


@dataclass(frozen=True, slots=True)
class Ignored:
    """A problem that a mark silences, and the reason it gives."""

    problem: Problem
    reason: str


def silence(
    problems: Iterable[Problem], marks: Sequence[Mark], file: str, unjudged: Collection[str] = ()
) -> tuple[list[Problem], list[Ignored]]:
    """Return the problems left, those of the marks themselves among them, and those silenced.

    Args:
        problems: what was found.
        marks: those of every file that was read.
        file: the file that is checked. Only its own marks are judged: what a base says about itself
            may have nothing to silence in a playbook laid over it.
        unjudged: codes nobody looked for: a mark that waits for one is not idle.
    """
    ready = {
        (mark.place.file, mark.line, mark.code): mark for mark in marks if mark.reason and _silences(mark)
    }
    left: list[Problem] = []
    ignored: list[Ignored] = []
    used: set[Mark] = set()
    for problem in problems:
        mark = ready.get((problem.path, problem.line or 0, bare(problem.code)))
        if mark is None:
            left.append(problem)
        else:
            used.add(mark)
            ignored.append(Ignored(problem, mark.reason))
    judged = (mark for mark in marks if mark.place.file == file and mark not in used)
    return [*left, *_idle(judged, unjudged)], ignored


def _silences(mark: Mark) -> bool:
    kind = KINDS.get(mark.code)
    return kind is not None and not kind.firm


def _idle(marks: Iterable[Mark], unjudged: Collection[str]) -> Iterator[Problem]:
    for mark in marks:
        kind = KINDS.get(mark.code)
        if kind is None:
            near = nearest(mark.code, sorted(code for code, each in KINDS.items() if not each.firm))
            yield problem_at(mark.place, "ignore_unknown", found=mark.code or "–", nearest=near)
        elif kind.firm:
            yield problem_at(mark.place, "ignore_firm", found=mark.code)
        elif not mark.reason:
            yield problem_at(mark.place, "ignore_no_reason", found=mark.code)
        elif mark.code not in unjudged:
            yield problem_at(mark.place, "ignore_idle", found=mark.code)
