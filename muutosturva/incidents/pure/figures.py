"""Numbers of people with their stages: which of them count now. Pure.

The furthest stage that has a number counts, measure by measure: what is decided goes before what was
planned, and that before what was announced. A range is planned for by its upper end, so that no duty
is prepared too late; the screen shows both ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muutosturva.errors import Problem
from muutosturva.models.states import MEASURES, Measure, Stage
from muutosturva.playbooks.facts import AnchorValue

_STAGES: Final = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people: at which stage, by which measure, at which site.

    Attributes:
        stage: announced, planned or decided.
        measure: what is done to the jobs; ``AFFECTED`` where that is not told.
        site: id of a site; "" for all of them together.
        low, high: equal unless a range; both None where the number was taken back.
    """

    stage: Stage
    measure: Measure
    site: str = ""
    low: int | None = None
    high: int | None = None

    @property
    def place(self) -> tuple[Stage, Measure, str]:
        """Return what the number is a number of; a new one at the same place follows the old one."""
        return self.stage, self.measure, self.site


def likely_stage(days: Mapping[str, AnchorValue], today: dt.date) -> Stage:
    """Return the stage a number told today most likely has, by the dates of its incident.

    Decided once the last day on which the employer may have decided has passed, planned once the day
    of the proposal has, announced before it.

    Args:
        days: the incident's dates by name.
        today: the day on which the number is told.
    """

    def passed(name: str) -> bool:
        value = days.get(name)
        last = None if value is None else value.latest or value.value
        return last is not None and last <= today

    if passed("decision"):
        return Stage.DECIDED
    return Stage.PLANNED if passed("proposal") else Stage.ANNOUNCED


class Footing(StrEnum):
    """What the number of everybody affected rests on."""

    STATED = "stated"
    """Somebody said how many in all."""
    PARTS = "parts"
    """The measures added up: nobody said how many in all."""
    PARTS_FURTHER = "parts_further"
    """The measures added up, since they have got further than the number of all."""
    PARTS_MORE = "parts_more"
    """The measures added up, since they are more than the number of all."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that count now.

    Attributes:
        best: for each measure the figure that counts, its sites added up.
        headcount: everybody affected, or None.
        sites: people by site, where told by site.
        problems: numbers that contradict each other; told, never corrected in silence.
        ground: what ``headcount`` rests on; None while it is not known.
    """

    best: Mapping[Measure, Figure]
    headcount: int | None
    sites: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    ground: Footing | None = None

    def count(self, measure: Measure) -> int | None:
        """Return the number of people of one measure to plan with, or None."""
        found = self.best.get(measure)
        return None if found is None else found.high


@dataclass(frozen=True, slots=True)
class Counting:
    """Which number of one measure counts, and which give way to it.

    Attributes:
        figure: the one that counts, its sites added up.
        by_site: True where it is the sum of the sites.
        behind: numbers of earlier stages that no longer count, the furthest first.
    """

    figure: Figure
    by_site: bool
    behind: tuple[Figure, ...]


def counting(figures: Iterable[Figure]) -> tuple[Counting, ...]:
    """Return what counts of each measure that has a number, and what it goes before."""
    told = [figure for figure in figures if figure.high is not None]
    found = []
    for measure in Measure:
        of_measure = [figure for figure in told if figure.measure is measure]
        stages = sorted({figure.stage for figure in of_measure}, key=stage_rank, reverse=True)
        rows = [[figure for figure in of_measure if figure.stage is stage] for stage in stages]
        if rows:
            behind = tuple(_joined(earlier) for earlier in rows[1:])
            found.append(Counting(_joined(rows[0]), all(row.site for row in rows[0]), behind))
    return tuple(found)


def stage_rank(stage: Stage) -> int:
    """Return the place of a stage in their order, 0 for the announcement."""
    return _STAGES.index(stage)


def merged(old: Iterable[Figure], new: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures in which the new ones stand in the place of the old ones."""
    return tuple({figure.place: figure for figure in (*old, *new)}.values())


def numbers(figures: Iterable[Figure], sites: Collection[str] = ()) -> Numbers:
    """Return the numbers that count.

    Args:
        figures: the present revision of each.
        sites: ids of all sites of the firm, to tell whether its sites account for everybody.
    """
    told = [figure for figure in figures if figure.high is not None]
    best: dict[Measure, Figure] = {}
    problems: list[Problem] = []
    for measure in Measure:
        rows = _furthest([figure for figure in told if figure.measure is measure])
        if rows:
            best[measure] = _joined(rows)
            problems += _site_problems(rows, best[measure], sites)
    people, ground, wrong = _headcount(best)
    return Numbers(best, people, _by_site(told), (*problems, *wrong), ground)


def _furthest(figures: Sequence[Figure]) -> list[Figure]:
    if not figures:
        return []
    stage = max((figure.stage for figure in figures), key=stage_rank)
    return [figure for figure in figures if figure.stage is stage]


def _joined(rows: Sequence[Figure]) -> Figure:
    total = next((row for row in rows if not row.site), None)
    return total or Figure(
        rows[0].stage,
        rows[0].measure,
        "",
        sum(row.low or 0 for row in rows),
        sum(row.high or 0 for row in rows),
    )


def _site_problems(rows: Sequence[Figure], total: Figure, sites: Collection[str]) -> list[Problem]:
    parts = [row for row in rows if row.site]
    if not parts or len(parts) == len(rows):
        return []
    least, most = sum(row.low or 0 for row in parts), sum(row.high or 0 for row in parts)
    short = bool(sites) and {row.site for row in parts} >= set(sites) and most < (total.low or 0)
    if least <= (total.high or 0) and not short:
        return []
    params = {"stage": total.stage, "measure": total.measure, "total": total.high, "sites": most}
    return [Problem("incidents.figures_sites", params)]


def _headcount(best: Mapping[Measure, Figure]) -> tuple[int | None, Footing | None, list[Problem]]:
    """Return everybody: the stated total, unless the measures are at a further stage than it."""
    parts = [best[measure] for measure in MEASURES if measure in best]
    summed = sum(part.high or 0 for part in parts) if parts else None
    stated = best.get(Measure.AFFECTED)
    if stated is None or stated.high is None:
        return summed, None if summed is None else Footing.PARTS, []
    if summed is None:
        return stated.high, Footing.STATED, []
    furthest = max(stage_rank(part.stage) for part in parts)
    if stage_rank(stated.stage) < furthest:
        return summed, Footing.PARTS_FURTHER, []
    problems = []
    if sum(part.low or 0 for part in parts) > stated.high:
        problems.append(Problem("incidents.figures_parts", {"total": stated.high, "parts": summed}))
    if stage_rank(stated.stage) == furthest and summed > stated.high:
        return summed, Footing.PARTS_MORE, problems
    return stated.high, Footing.STATED, problems


def _by_site(told: Iterable[Figure]) -> dict[str, int]:
    by_site: dict[str, list[Figure]] = {}
    for figure in told:
        if figure.site:
            by_site.setdefault(figure.site, []).append(figure)
    counts: dict[str, int] = {}
    for site, figures in by_site.items():
        best = {
            measure: rows[0]
            for measure in Measure
            if (rows := _furthest([figure for figure in figures if figure.measure is measure]))
        }
        people = _headcount(best)[0]
        if people is not None:
            counts[site] = people
    return counts
