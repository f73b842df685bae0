"""What a change does beside the plan: thresholds of the law it crosses, and what wants somebody's eyes."""

from __future__ import annotations

from collections.abc import Iterable

from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.rules.results import Confidence
from muutosturva.rules.thresholds import Crossing


def crossing_lines(texts: Texts, crossings: Iterable[Crossing]) -> list[str]:
    """Return each threshold crossed, with its statute and how sure the row is where it is not."""
    lines = []
    for crossing in crossings:
        told = texts(
            f"tui.change.crossed_{crossing.direction.value}",
            name=texts(f"rules.law.{crossing.key}"),
            value=crossing.value,
            number=crossing.number,
            statute=crossing.law.statute,
        )
        sure = crossing.law.confidence in {Confidence.SURE, Confidence.FOUND}
        lines.append(told if sure else f"{told} [{texts.word(crossing.law.confidence)}]")
    return lines


def warning_lines(texts: Texts, warnings: Iterable[Problem]) -> list[str]:
    """Return what is recorded all the same and wants somebody's eyes."""
    return [texts("tui.change.warning", text=texts.problem(problem)) for problem in warnings]
