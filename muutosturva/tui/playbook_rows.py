"""Rows and lines of the playbook screens: what stands in which column, without any widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from muutosturva.coordination import freshness_words as fresh
from muutosturva.coordination.freshness import Freshness, Volume
from muutosturva.coordination.playbook_words import words_at
from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.playbooks.checks.groups import KINDS, bare, is_error, kind_of
from muutosturva.playbooks.comparing.difference import is_text
from muutosturva.playbooks.comparing.explain import Explained, Written
from muutosturva.playbooks.trying.runner import CaseResult
from muutosturva.tui.rows import ASKS, ENDED, LATE, Column, Row

PLAYBOOKS: Final = (
    Column("playbook"),
    Column("version", 7),
    Column("used", 10),
    Column("rehearsed", 14),
    Column("check_due", 11, 16),
    Column("findings", 12, 30),
    Column("whence", 7, wide=True),
    Column("worked", 16, wide=True),
)
FINDINGS: Final = (Column("line", 5), Column("severity", 12), Column("what"))
HELD: Final = "✓"
MOST_VALUE: Final = 200
"""Longest value shown, in characters: a checklist of the longest task is no answer to where it comes from."""

Worked = Mapping[str, Sequence[CaseResult]]
"""Outcomes of the worked cases that were run, by playbook."""


def playbooks(
    texts: Texts, volumes: Iterable[Volume], read: Mapping[str, Freshness], worked: Worked
) -> list[Row]:
    """Return the list of playbooks; one that has not been read yet shows its id and says so."""
    return [
        _unread(texts, volume) if volume.id not in read else _read(texts, read[volume.id], worked)
        for volume in volumes
    ]


def _unread(texts: Texts, volume: Volume) -> Row:
    reading = texts("tui.playbooks.reading")
    return Row(volume.id, (volume.id, "", "", "", "", reading, fresh.origin(texts, volume), ""))


def _read(texts: Texts, found: Freshness, worked: Worked) -> Row:
    cells = (
        name(texts, found),
        found.version,
        fresh.used(texts, found),
        fresh.rehearsed(texts, found),
        fresh.check_due(texts, found),
        fresh.findings(texts, found),
        fresh.origin(texts, found.volume),
        cases(texts, found, worked.get(found.volume.id)),
    )
    tone = LATE if found.errors else ASKS if found.warnings else ENDED if not found.triggered else ""
    return Row(found.volume.id, cells, tone)


def name(texts: Texts, found: Freshness) -> str:
    """Return the name of a playbook; of a bundle or a base that it is one, of a nameless file its id."""
    title = texts.pick(found.title) or found.volume.id
    if found.volume.bundle:
        return texts("tui.playbooks.bundle", name=title)
    return title if found.triggered else texts("tui.playbooks.base", name=title)


def cases(texts: Texts, found: Freshness, results: Sequence[CaseResult] | None) -> str:
    """Return how the worked cases went, by sign and word; "" where there are none."""
    if results is None:
        return texts("tui.playbooks.not_run", n=found.tests) if found.tests else ""
    failed = sum(bool(result.failures) for result in results)
    if failed:
        return texts("tui.playbooks.failed", sign=fresh.ERROR, failed=failed, all=len(results))
    return texts("tui.playbooks.held", sign=HELD, n=len(results))


def told(texts: Texts, found: Freshness, results: Sequence[CaseResult] | None) -> str:
    """Return on one line how much the check finds and how the worked cases went."""
    worked = cases(texts, found, results) if found.usable else ""
    parts = [fresh.findings(texts, found)]
    return " · ".join([*parts, texts("tui.playbooks.cases_short", cases=worked)] if worked else parts)


def about(texts: Texts, found: Freshness, results: Sequence[CaseResult] | None) -> Iterator[str]:
    """Yield what is known of a playbook, in lines that each tell one thing."""
    described = "" if found.resolved is None else texts.pick(found.resolved.playbook.description)
    if described:
        yield described
    if found.triggered:
        yield texts(
            "tui.playbooks.use", used=fresh.used(texts, found), rehearsed=fresh.rehearsed(texts, found)
        )
    if found.checked or found.check_due:
        yield texts(
            "tui.playbooks.law", checked=fresh.checked(texts, found), due=fresh.check_due(texts, found)
        )
    told = [fresh.findings(texts, found)]
    if found.ignored:
        told.append(texts("tui.playbooks.ignored", n=found.ignored))
    yield texts("tui.playbooks.findings", findings=" · ".join(told))
    if found.usable and found.tests:
        yield texts("tui.playbooks.cases", cases=cases(texts, found, results))
    if not found.usable:
        yield texts("tui.playbooks.unusable", sign=fresh.ERROR)
        yield from (f"  {texts.problem(problem)}" for problem in _errors_first(found.problems)[:1])
    if found.volume.takes_place:
        yield texts("tui.playbooks.takes_place")
    yield texts("tui.playbooks.file", origin=fresh.origin(texts, found.volume), file=found.volume.file)


def findings(
    texts: Texts, problems: Iterable[Problem], results: Iterable[CaseResult], file: str
) -> list[tuple[Row, Problem]]:
    """Return every finding with its row: errors of the lint, warnings, then cases that do not hold.

    Args:
        texts: the words.
        problems: of the lint.
        results: of the worked cases.
        file: the playbook's own; a finding in another names that one.
    """
    found = [
        (severity(texts, problem), LATE if is_error(problem) else ASKS, problem)
        for problem in _errors_first(problems)
    ]
    case = texts("tui.playbook.case", sign=fresh.ERROR)
    found += [(case, LATE, failure) for result in results for failure in result.failures]
    return [
        (
            Row(f"finding {number}", (str(problem.line or ""), word, _what(texts, problem, file)), tone),
            problem,
        )
        for number, (word, tone, problem) in enumerate(found)
    ]


def _errors_first(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: not is_error(problem))


def severity(texts: Texts, problem: Problem) -> str:
    """Return how grave a finding of the lint is, by sign and word."""
    if is_error(problem):
        return texts("tui.playbook.error", sign=fresh.ERROR)
    return texts("tui.playbook.warning", sign=fresh.WARNING)


def _what(texts: Texts, problem: Problem, file: str) -> str:
    message = texts.problem(problem)
    return message if problem.path in {"", file} else f"{Path(problem.path).name}: {message}"


def finding(texts: Texts, problem: Problem, file: str) -> Iterator[str]:
    """Yield a finding in full: what is wrong, how to mend it, and its code for ``# lint: ignore``."""
    yield _what(texts, problem, file)
    if texts.hint(problem):
        yield texts.hint(problem)
    if bare(problem.code) in KINDS:
        yield texts("tui.playbook.code", code=bare(problem.code), group=texts.word(kind_of(problem).group))


def explained(texts: Texts, told: Explained, file: str) -> Iterator[str]:
    """Yield where a value comes from: its key in words, which file wrote it, and what lay beneath it."""
    path = ".".join(str(step + 1 if isinstance(step, int) else step) for step in told.path)
    # An id, a language or an item of a list has no words of its own: the key it belongs to has.
    above = (words_at(told.path[:end]) for end in range(len(told.path), 0, -1))
    words = next((found for found in above if found is not None), None)
    yield path if words is None else f"{path}: {texts.pick(words.name)}"
    if words is not None:
        yield texts.pick(words.text)
    for number, word in enumerate(told.written):
        yield _written(texts, word, file, beneath=number > 0)


def _written(texts: Texts, word: Written, file: str, *, beneath: bool) -> str:
    place = texts("tui.playbook.place", file=Path(word.place.file).name, line=word.place.line)
    if word.place.file == file:
        place = texts("tui.playbook.here", line=word.place.line)
    if word.removed:
        return texts("tui.playbook.removed", place=place)
    key = "beneath" if beneath else "stands"
    return texts(f"tui.playbook.{key}", value=_value(texts, word.value), place=place)


def _value(texts: Texts, value: object) -> str:
    if isinstance(value, bool):
        return texts("common.yes") if value else texts("common.no")
    if isinstance(value, dict):
        pairs = (f"{key}: {_value(texts, part)}" for key, part in value.items())
        told = texts.pick(value) if is_text(value) else ", ".join(pairs)
    elif isinstance(value, (list, tuple)):
        told = ", ".join(_value(texts, part) for part in value)
    else:
        told = str(value)
    return told if len(told) <= MOST_VALUE else f"{told[: MOST_VALUE - 1]}…"
