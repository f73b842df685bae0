"""Whether the waves fit the numbers: recorded as given, told where they exceed them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from muutosturva.errors import Problem
from muutosturva.incidents.pure.figures import Numbers
from muutosturva.models.states import Measure
from muutosturva.playbooks.facts import Wave
from muutosturva.playbooks.planning.givens import DEFAULT_WAVE


def exceeding(waves: Iterable[Wave], numbers: Numbers) -> tuple[Problem, ...]:
    """Return a problem for each measure whose waves hold more people than its number, and for them all."""
    named = [wave for wave in waves if wave.id != DEFAULT_WAVE]
    problems = []
    for measure in Measure:
        if measure is not Measure.AFFECTED:
            of_measure = [wave for wave in named if wave.measure == measure]
            problems += _over(of_measure, numbers.count(measure), measure)
    return tuple(problems or _over(named, numbers.headcount, Measure.AFFECTED))


def _over(waves: list[Wave], limit: int | None, measure: Measure) -> list[Problem]:
    total = sum(wave.count or 0 for wave in waves)
    if limit is None or total <= limit:
        return []
    params = {"waves": [wave.id for wave in waves], "total": total, "number": limit, "measure": measure}
    return [Problem("incidents.waves_exceed", params)]
