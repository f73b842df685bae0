"""Numbers, thresholds, waves and levels as JSON the outside may rely on: keys stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from muutosturva.cli import stable
from muutosturva.cli.output import problem_document
from muutosturva.cli.stable import Document
from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import Changes, FigureView
from muutosturva.models.states import Measure

if TYPE_CHECKING:
    from muutosturva.incidents.acts.amending import Amended
    from muutosturva.incidents.acts.levelling import LevelSet, LevelView
    from muutosturva.incidents.acts.waves import WaveSet
    from muutosturva.incidents.pure.figures import Numbers


def figure(view: FigureView) -> Document:
    """Return one revision of a number; null bounds where it was taken back."""
    return {
        "stage": view.stage.value,
        "measure": view.measure.value,
        "site": view.site or None,
        "low": view.low,
        "high": view.high,
        "difference": view.difference,
        "source": view.source or None,
        "event_time": view.event_time.isoformat(),
        "recorded_at": view.recorded_at.isoformat(),
        "current": view.current,
    }


def amended(value: Amended, texts: Texts) -> Document:
    """Return the difference an amendment makes."""
    return {
        "incident": value.incident,
        "before": _numbers(value.before),
        "after": _numbers(value.after),
        **_difference(value.changes, value.warnings, texts),
    }


def wave(value: WaveSet, texts: Texts) -> Document:
    """Return the difference a wave makes."""
    return {
        "incident": value.incident,
        "wave": value.wave,
        **_difference(value.changes, value.warnings, texts),
    }


def level_set(value: LevelSet, texts: Texts) -> Document:
    """Return the difference a level makes."""
    return {
        "incident": value.incident,
        "old": value.old or None,
        "new": value.new or None,
        **_difference(value.changes, (), texts),
    }


def level(view: LevelView, fitting: Iterable[str]) -> Document:
    """Return the level of an incident with its criteria, who leads, and the playbooks that fit."""
    criteria = view.criteria
    return {
        "incident": view.incident,
        "level": view.level or None,
        "by_hand": bool(view.by_hand),
        "criteria": {
            "level": criteria.level.value if criteria.level else None,
            "headcount": criteria.headcount,
            "critical": criteria.critical,
            "rows": [{"level": step.value, **stable.law_row(row)} for step, row in criteria.rows.items()],
        },
        "lead": stable.law_row(view.lead) if view.lead else None,
        "playbooks": list(fitting),
    }


def _numbers(value: Numbers) -> Document:
    return {"headcount": value.headcount, **{measure.value: value.count(measure) for measure in Measure}}


def _difference(changes: Changes, warnings: Iterable[Problem], texts: Texts) -> Document:
    return {
        **stable.changes(changes, texts),
        "offered": list(changes.offered),
        "stays": list(changes.stays),
        "level": {"old": changes.level[0] or None, "new": changes.level[1] or None},
        "warnings": [problem_document(problem, texts) for problem in warnings],
    }
