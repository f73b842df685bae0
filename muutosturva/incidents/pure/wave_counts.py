"""Whether the waves fit the numbers: recorded as given, told where they exceed them or leave a rest. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from muutosturva.errors import Problem
from muutosturva.incidents.pure.figures import Numbers
from muutosturva.models.states import Measure
from muutosturva.playbooks.facts import DEFAULT_WAVE, Wave
from muutosturva.playbooks.planning.givens import rest_of


def wave_remarks(waves: Iterable[Wave], numbers: Numbers) -> tuple[Problem, ...]:
    """Return what of waves and numbers does not agree: more people than the number, or fewer."""
    given = list(waves)
    return (*exceeding(given, numbers), *lacking(given, numbers))


def lacking(waves: Iterable[Wave], numbers: Numbers) -> tuple[Problem, ...]:
    """Return a problem where named waves leave people out: how many have no wave, if that is known."""
    named = [wave for wave in waves if wave.id != DEFAULT_WAVE]
    rest = rest_of(named, numbers.count(Measure.DISMISSAL), numbers.headcount) if named else None
    if rest is None:
        return ()
    if rest.count is None:
        return (Problem("incidents.waves_lack_some"),)
    return (Problem("incidents.waves_lack", {"n": rest.count}),)


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
