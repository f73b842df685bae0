"""What a changed number, wave or level did, in an official's words: duties first, then the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from muutosturva.cli.incident_pages import columns
from muutosturva.cli.state import State
from muutosturva.errors import Problem
from muutosturva.incidents.acts.amending import Amended
from muutosturva.incidents.acts.levelling import LevelView
from muutosturva.incidents.pure.views import Changes, FigureView
from muutosturva.incidents.typed.figure_notation import format_people
from muutosturva.models.states import Measure
from muutosturva.rules.results import Confidence, LawRow
from muutosturva.rules.thresholds import Crossing

SHOWN: Final = 8
"""Tasks shown of each kind; how many more there are is told."""


def amended_lines(state: State, value: Amended, *, preview: bool) -> list[str]:
    """Return the difference an amendment makes."""
    texts = state.texts
    numbers = texts(
        "cli.amend.numbers",
        people=texts.number(value.after.headcount),
        people_before=texts.number(value.before.headcount),
        dismissed=texts.number(value.after.count(Measure.DISMISSAL)),
        dismissed_before=texts.number(value.before.count(Measure.DISMISSAL)),
    )
    lines = [*_preview(state, preview=preview), *state.out.wrapped(numbers)]
    return [*lines, *difference_lines(state, value.changes, value.crossings, value.warnings, value.incident)]


def difference_lines(
    state: State,
    changes: Changes,
    crossings: Iterable[Crossing],
    warnings: Iterable[Problem],
    incident: str,
    *,
    preview: bool = False,
) -> list[str]:
    """Return thresholds, duties, offers, what moved, went and stays, and what wants somebody's eyes."""
    texts, out = state.texts, state.out
    lines = _preview(state, preview=preview)
    for crossing in crossings:
        name = f"cli.amend.crossed_{crossing.direction.value}"
        params = {"value": crossing.value, "number": crossing.number, "statute": crossing.law.statute}
        told = texts(name, name=texts(f"rules.law.{crossing.key}"), **params)
        lines += out.wrapped(f"{told}{_doubt(state, crossing.law)}", "", "  ")
    if changes.level[0] != changes.level[1]:
        old, new = (level or texts("common.unknown") for level in changes.level)
        lines.append(texts("cli.amend.level", old=old, new=new))
    statutory = [key for key in changes.added if changes.tasks[key].statutory]
    others = [key for key in changes.added if not changes.tasks[key].statutory]
    for name, keys in (
        ("duties", statutory),
        ("added", others),
        ("offered", changes.offered),
        ("withdrawn", changes.withdrawn),
        ("stays", changes.stays),
    ):
        lines += _task_lines(state, name, keys, changes)
    if changes.offered:
        lines += out.wrapped(texts("cli.amend.accept_how", incident=incident), "  ")
    outcomes = Counter(moved.outcome for moved in changes.moved)
    for outcome in ("moved", "stays", "asks"):
        if outcomes[outcome]:
            lines += out.wrapped(texts(f"cli.amend.dates_{outcome}", n=outcomes[outcome]))
    if changes.empty:
        lines.append(texts("cli.amend.nothing"))
    return [*lines, *warning_lines(state, warnings)]


def warning_lines(state: State, warnings: Iterable[Problem]) -> list[str]:
    """Return what is recorded all the same and wants somebody's eyes."""
    texts = state.texts
    return [
        line
        for problem in warnings
        for line in state.out.wrapped(texts("cli.amend.warning", text=texts.problem(problem)), "", "  ")
    ]


def history_lines(state: State, rows: Sequence[FigureView]) -> list[str]:
    """Return the history of numbers, oldest first."""
    texts = state.texts
    cells = [
        (
            texts.moment(row.event_time),
            texts.word(row.stage),
            texts.word(row.measure),
            row.site,
            format_people(row.low, row.high) if row.low is not None else texts("cli.amend.taken_back"),
            "" if row.difference is None else f"{row.difference:+d}",
            texts("cli.amend.current") if row.current else "",
            row.source,
            texts.moment(row.recorded_at) if row.recorded_at != row.event_time else "",
        )
        for row in rows
    ]
    names = ("said", "stage", "~figure_measure", "figure_site", "^people", "^difference", "in_force")
    return state.out.table(columns(state, *names, "_source", "=recorded_at"), cells)


def level_lines(state: State, view: LevelView, lead: str, playbook: str, fitting: Sequence[str]) -> list[str]:
    """Return the level, what decides it, who leads, and whether another playbook fits better."""
    texts, out, criteria = state.texts, state.out, view.criteria
    by = "by_hand" if view.by_hand else "by_criteria"
    lines = [texts(f"cli.level.{by}", level=view.level or texts("common.unknown"))]
    said = criteria.level.value if criteria.level else texts("common.unknown")
    heavy = {None: "unknown", True: "yes", False: "no"}[criteria.critical]
    people, critical = texts.number(criteria.headcount), texts(f"common.{heavy}")
    lines += out.wrapped(texts("cli.level.criteria", level=said, people=people, critical=critical))
    for step, row in criteria.rows.items():
        told = texts("cli.level.row", level=step.value, value=row.value, source=row.source)
        lines += out.wrapped(f"{told}{_doubt(state, row)}", "  ")
    if view.lead is not None:
        told = texts("cli.level.lead", level=view.level, role=lead)
        lines += out.wrapped(f"{told}{_doubt(state, view.lead)}")
    if fitting and playbook not in fitting:
        lines += out.wrapped(texts("cli.level.other", playbook=playbook, fitting=fitting))
    elif fitting:
        lines.append(texts("cli.level.fits", playbook=playbook))
    return lines


def _preview(state: State, *, preview: bool) -> list[str]:
    return [state.texts("cli.amend.preview")] if preview else []


def _doubt(state: State, row: LawRow) -> str:
    if row.confidence in {Confidence.SURE, Confidence.FOUND}:
        return ""
    return f" [{state.texts.word(row.confidence)}]"


def _task_lines(state: State, name: str, keys: Sequence[str], changes: Changes) -> list[str]:
    if not keys:
        return []
    texts = state.texts
    lines = state.out.wrapped(texts(f"cli.amend.{name}", n=len(keys)))
    for key in keys[:SHOWN]:
        task = changes.tasks[key]
        day = texts.day(task.due) if task.due else texts("cli.amend.no_day")
        law = f" ({', '.join(task.law)})" if name == "duties" and task.law else ""
        lines += state.out.wrapped(f"{day}  {texts.pick(task.title)}{law}  {key}", "  ", "  ")
    if len(keys) > SHOWN:
        lines.append(f"  {texts('cli.amend.more', n=len(keys) - SHOWN)}")
    return lines
