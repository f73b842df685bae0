"""Beginning a playbook of the office's own: a variant that teaches, or a copy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from muutosturva.clock import local_date
from muutosturva.coordination.draft_text import (
    OWN_STEP,
    TASKS,
    Case,
    Draft,
    leading_role,
    new_step,
    other_due,
    question,
    quoted,
    reading,
    removal,
)
from muutosturva.coordination.files import write_files
from muutosturva.errors import InputError, NotFoundError, RefusedError, UsageError
from muutosturva.i18n import Texts
from muutosturva.playbooks.checks.lint import Checked
from muutosturva.playbooks.checks.outside import Outside
from muutosturva.playbooks.language.vocabulary import ID_PATTERN
from muutosturva.playbooks.library import BUNDLES, SUFFIXES, Library
from muutosturva.playbooks.loading.loader import read_file
from muutosturva.playbooks.loading.overlay import MOST_LAYERS
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.trying.runner import CaseResult, run_tests
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.settings import expanded

DEFAULT_BASE: Final = "large-layoff"
"""What a variant lies over when nothing is said."""
_COUNTED: Final = re.compile(r"(.* \+ )(\d+) (d|wd|w|m)")
"""A due date that ends in so many days, weeks or months."""
_MOST_TRIED: Final = 8
"""So many tasks are tried for an example; where none does, the example is left out."""
_SCHEMA_LINE: Final = "yaml-language-server:"


@dataclass(frozen=True, slots=True)
class Begun:
    """A playbook that was begun.

    Attributes:
        path: where it lies.
        identity: its id.
        base: id of what it lies over or is a copy of.
        checked: what the lint tells of it.
    """

    path: Path
    identity: str
    base: str
    checked: Checked


def begin_variant(
    library: Library,
    identity: str,
    base: str = DEFAULT_BASE,
    *,
    out: Path | None = None,
    told: Outside,
    texts: Texts,
    now: dt.datetime,
) -> Begun:
    """Write a variant of a playbook, with comments and examples that teach.

    Args:
        library: the playbooks at hand; the file goes into the office's folder.
        identity: id of the new playbook.
        base: id of what it lies over.
        out: another file or folder to write it into.
        told: what the lint is told.
        texts: words of the comments.
        now: aware datetime; the year of the version.

    Raises:
        UsageError: the id has another form, or is not the name of the file.
        NotFoundError: there is no such base.
        InputError: the base has errors, or is a bundle.
        RefusedError: the id or the file is taken, or the base has three layers already.
        MachineError: the file cannot be written.
    """
    path = place_of(library, identity, out)
    under = library.load(base)
    if under.playbook.id == identity:
        raise RefusedError("coordination.playbook_taken", id=identity, path=under.layers[0])
    if len(under.layers) >= MOST_LAYERS:
        raise RefusedError("coordination.layers_full", id=under.playbook.id, most=MOST_LAYERS)
    draft = _Workshop(library, path, told, texts).draft(identity, under, local_date(now))
    write_files({path: draft.text(texts).encode()})
    return Begun(path, identity, under.playbook.id, library.read(path, told))


def begin_copy(
    library: Library, identity: str, of: str, *, out: Path | None = None, told: Outside, texts: Texts
) -> Begun:
    """Write a copy of a playbook or bundle under a new id; its comments stay.

    Args:
        library: the playbooks at hand; the file goes into the office's folder.
        identity: id of the copy.
        of: id or file of what is copied.
        out: another file or folder to write it into.
        told: what the lint is told.
        texts: words of the comment at its head.

    Raises:
        UsageError, NotFoundError, RefusedError, MachineError: as ``begin_variant``.
        InputError: the file cannot be read, or has no id.
    """
    found = library.find(of)
    source = read_file(found)
    node = source.root.child("id") if source.root is not None else None
    if source.root is None or node is None or source.problems:
        problems = source.problems or library.read(found, told).errors
        raise InputError("playbooks.has_problems", problems=problems, name=of)
    kind = source.root.child("kind")
    inner = BUNDLES if kind is not None and kind.content == "bundle" else ""
    path = place_of(library, identity, out, inner)
    lines = found.read_text(encoding="utf-8-sig").splitlines()
    at, old = node.place, str(node.content)
    line = lines[at.line - 1]
    before, written = line[: at.column - 1], line[at.column - 1 :]
    lines[at.line - 1] = before + written.replace(old, identity, 1)
    head = texts("coordination.draft.copy", base=old, playbook=identity).strip().splitlines()
    kept = [line for line in lines if _SCHEMA_LINE not in line]
    text = "\n".join([*(f"## {line}".rstrip() for line in head), *kept]) + "\n"
    write_files({path: text.encode()})
    return Begun(path, identity, old, library.read(path, told))


def place_of(library: Library, identity: str, out: Path | None, inner: str = "") -> Path:
    """Return where a new playbook goes.

    Raises:
        UsageError: the id has another form, or is not the name of the file.
        RefusedError: the id or the file is taken; nothing is ever overwritten.
    """
    if re.fullmatch(ID_PATTERN, identity) is None:
        raise UsageError("coordination.playbook_id", id=identity)
    if out is None:
        assert library.user_folder is not None
        path = library.user_folder / inner / f"{identity}{SUFFIXES[0]}"
        _refuse_taken(library, identity)
    else:
        place = expanded(out)
        path = place / f"{identity}{SUFFIXES[0]}" if place.is_dir() else place
    if path.suffix not in SUFFIXES or path.stem != identity:
        raise UsageError("coordination.playbook_file", id=identity, path=str(path))
    if path.exists():
        raise RefusedError("coordination.playbook_taken", id=identity, path=str(path))
    return path


def _refuse_taken(library: Library, identity: str) -> None:
    try:
        found = library.find(identity)
    except NotFoundError:
        return
    raise RefusedError("coordination.playbook_taken", id=identity, path=str(found))


@dataclass(frozen=True, slots=True)
class _Workshop:
    """Makes the text of a variant and tries each of its examples before it teaches it."""

    library: Library
    path: Path
    told: Outside
    texts: Texts

    def draft(self, identity: str, base: Resolved, today: dt.date) -> Draft:
        """Return a draft whose examples are sound and whose worked cases hold."""
        draft = Draft(identity, base, today, {})
        for name, candidates in (
            ("review", iter([reading(base, today)])),
            ("question", iter([question(base, self.texts)])),
            (TASKS, iter([["tasks:"]])),
            ("due", _dues(base)),
            ("add", iter([new_step(base, self.texts)])),
            ("remove", self._removals(base)),
        ):
            draft = self._with_example(draft, name, candidates)
        return self._with_cases(draft)

    def _with_example(self, draft: Draft, name: str, candidates: Iterator[list[str]]) -> Draft:
        known = self._told(draft)
        for _, lines in zip(range(_MOST_TRIED), candidates, strict=False):
            tried = replace(draft, examples={**draft.examples, name: lines})
            if name == TASKS or self._told(tried, {name}) <= known:
                return tried
        return draft

    def _removals(self, base: Resolved) -> Iterator[list[str]]:
        playbook = base.playbook
        for step in reversed(_unneeded(base)):
            task = playbook.tasks[step]
            if task.statutory is None and not task.law:
                yield removal(base, step, self.texts)

    def _with_cases(self, draft: Draft) -> Draft:
        name = self.texts("coordination.draft.words.case")
        case = Case(name, _given(draft.base, draft.today), {})
        plan = self._plan(replace(draft, cases=(case, None)))
        if plan is None:
            return draft
        own = replace(case, expect=_expected(plan))
        draft = replace(draft, cases=(own, None))
        if "add" not in draft.examples:
            return draft
        plan = self._plan(draft, {"add"})
        added = next((task for task in plan.tasks if task.step == OWN_STEP), None) if plan else None
        if added is None:
            return draft
        expect = {"tasks": f"[{OWN_STEP}]"}
        if added.due is not None and added.due.value is not None:
            expect["due"] = f"{{{OWN_STEP}: {added.due.value.isoformat()}}}"
        name = self.texts("coordination.draft.words.case_add")
        return replace(draft, cases=(own, Case(name, case.given, expect)))

    def _plan(self, draft: Draft, active: Collection[str] = ()) -> Plan | None:
        """Return the plan of a draft's worked case; None where its facts do not make one."""
        resolved = self._checked(draft, active).resolved
        if resolved is None:
            return None
        results: tuple[CaseResult, ...] = run_tests(resolved, WorkCalendar(), shipped_book())
        made = results[0]
        return None if made.plan.problems or made.unreadable else made.plan

    def _told(self, draft: Draft, active: Collection[str] = ()) -> set[tuple[str, str]]:
        """Return what the lint says of a draft: code and file, for its lines move."""
        problems = self._checked(draft, active).problems
        return {(problem.code, problem.path) for problem in problems}

    def _checked(self, draft: Draft, active: Collection[str]) -> Checked:
        return self.library.read_text(draft.text(self.texts, active), self.path, self.told)


def _unneeded(base: Resolved) -> list[str]:
    """Return the steps no other step waits for, in the order of the plan."""
    tasks = base.playbook.tasks
    needed = {need.partition(".")[0] for task in tasks.values() for need in task.needs}
    return [step for step in tasks if step not in needed]


def _dues(base: Resolved) -> Iterator[list[str]]:
    """Yield the lines that put off a task nobody waits for."""
    for step in _unneeded(base):
        task = base.playbook.tasks[step]
        found = _COUNTED.fullmatch(task.due or "")
        if found is not None and task.statutory is None:
            later = f"{found[1]}{int(found[2]) + 1} {found[3]}"
            yield other_due(step, later, leading_role(base))


def _given(base: Resolved, today: dt.date) -> dict[str, dict[str, str]]:
    """Return the facts of the base's first plain worked case, else the least it asks for."""
    playbook = base.playbook
    for case in playbook.tests:
        given = case.given
        if not (given.sites or given.areas or given.waves or given.cohorts or given.council):
            inputs = {name: _written(value) for name, value in given.inputs.items()}
            return {"inputs": inputs, "anchors": {name: quoted(day) for name, day in given.anchors.items()}}
    least: dict[str, object] = {"int": 1, "bool": False, "text": "x", "date": today.isoformat()}
    inputs = {}
    for name, asked in playbook.inputs.items():
        if asked.required and asked.default is None:
            value = asked.min if asked.min is not None else least.get(asked.type)
            inputs[name] = _written(next(iter(asked.options), value))
    anchors = {name: quoted(today.isoformat()) for name, found in playbook.anchors.items() if found.required}
    return {"inputs": inputs, "anchors": anchors}


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_written(item) for item in value)}]"
    return "null" if value is None else str(value) if isinstance(value, int) else quoted(str(value))


def _expected(plan: Plan) -> dict[str, str]:
    """Return what a worked case can hold a plan to: some tasks, a day, the level."""
    settled = [task for task in plan.tasks if not task.depends_on]
    expect = {"tasks": f"[{', '.join(quoted(task.key) for task in settled[:3])}]"} if settled else {}
    for task in settled:
        if task.due is not None and task.due.value is not None and task.due.at is None:
            expect["due"] = f"{{{quoted(task.key)}: {task.due.value.isoformat()}}}"
            break
    return expect
