"""What a changed number, wave or level did, in an official's words: duties first, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from muutosturva.cli.incident_pages import columns
from muutosturva.cli.state import State
from muutosturva.errors import Problem
from muutosturva.incidents.acts.amending import Amended
from muutosturva.incidents.acts.levelling import LevelView
from muutosturva.incidents.acts.numbers import CountedNow
from muutosturva.incidents.pure.views import Changes, FigureView
from muutosturva.incidents.told import counted, difference
from muutosturva.incidents.told.difference import Told

SHOWN: Final = 8
"""Tasks shown of each kind; how many more there are is told."""


def amended_lines(state: State, value: Amended, *, preview: bool) -> list[str]:
    """Return the difference an amendment makes."""
    told = [difference.numbers(state.texts, value.before, value.after)]
    return [
        *_preview(state, preview=preview),
        *told_lines(state, told),
        *difference_lines(state, value.changes, value.warnings, value.incident),
    ]


def difference_lines(
    state: State,
    changes: Changes,
    warnings: Iterable[Problem],
    incident: str,
    *,
    preview: bool = False,
) -> list[str]:
    """Return thresholds, duties, offers, what moved, went and stays, and what wants somebody's eyes."""
    texts = state.texts
    lines = [
        *_preview(state, preview=preview),
        *told_lines(state, difference.difference(texts, changes, shown=SHOWN, keys=True)),
    ]
    if changes.offered:
        lines += state.out.wrapped(texts("cli.amend.accept_how", incident=incident), "  ")
    lines += told_lines(state, difference.days_counted(texts, changes))
    if changes.empty:
        lines += told_lines(state, [difference.nothing(texts)])
    return [*lines, *warning_lines(state, warnings)]


def told_lines(state: State, told: Iterable[Told]) -> list[str]:
    """Return what a change does, broken to the width of the screen."""
    return [line for one in told for line in state.out.wrapped(one.text, "  " if one.item else "", "  ")]


def warning_lines(state: State, warnings: Iterable[Problem]) -> list[str]:
    """Return what is recorded all the same and wants somebody's eyes."""
    return told_lines(state, difference.warnings(state.texts, warnings))


def history_lines(state: State, rows: Sequence[FigureView]) -> list[str]:
    """Return the history of numbers, oldest first."""
    texts = state.texts
    cells = [
        (
            texts.moment(row.event_time),
            texts.word(row.stage),
            texts.word(row.measure),
            row.site,
            counted.ends(texts, row),
            "" if row.difference is None else f"{row.difference:+d}",
            texts("incidents.counted.current") if row.current else "",
            row.source,
            texts.moment(row.recorded_at) if row.recorded_at != row.event_time else "",
        )
        for row in rows
    ]
    names = ("said", "stage", "~figure_measure", "figure_site", "^people", "^difference", "in_force")
    return state.out.table(columns(state, *names, "_source", "=recorded_at"), cells)


def level_lines(state: State, view: LevelView, lead: str, playbook: str, fitting: Sequence[str]) -> list[str]:
    """Return the level, what decides it, who leads, and whether another playbook fits better."""
    texts, out = state.texts, state.out
    lines = [line for told in counted.level(texts, view, lead) for line in out.wrapped(told)]
    if fitting and playbook not in fitting:
        lines += out.wrapped(texts("cli.level.other", playbook=playbook, fitting=fitting))
    elif fitting:
        lines.append(texts("cli.level.fits", playbook=playbook))
    return lines


def counted_lines(state: State, now: CountedNow) -> list[str]:
    """Return what counts now and why, and what does not agree."""
    texts = state.texts
    told = counted.lines(texts, now.numbers, now.countings)
    lines = [line for one in told for line in state.out.wrapped(one)]
    return [*lines, *warning_lines(state, now.warnings)]


def _preview(state: State, *, preview: bool) -> list[str]:
    return [state.texts("cli.amend.preview")] if preview else []
