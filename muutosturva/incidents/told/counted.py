"""Numbers of people in words: what counts now and why, each revision, the level and what decides it.

Pure functions over ``Texts``; the command line and the screens say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.figures import Counting, Figure, Footing, Numbers, stage_rank
from muutosturva.incidents.pure.views import FigureView
from muutosturva.incidents.told import statutes
from muutosturva.incidents.typed.figure_notation import format_people
from muutosturva.models.states import Measure

if TYPE_CHECKING:
    from muutosturva.incidents.acts.levelling import LevelView


def headcount(texts: Texts, numbers: Numbers) -> str:
    """Return how many people are affected, and what that number rests on."""
    if numbers.headcount is None or numbers.ground is None:
        return texts("incidents.counted.unknown")
    stated = numbers.best.get(Measure.AFFECTED)
    told = texts.number(numbers.headcount)
    if stated is None or numbers.ground is Footing.PARTS:
        return texts("incidents.counted.parts", people=told)
    return texts(
        f"incidents.counted.{numbers.ground.value}",
        people=told,
        stated=ends(texts, stated),
        stage=stated.stage,
    )


def lines(texts: Texts, numbers: Numbers, countings: Iterable[Counting]) -> list[str]:
    """Return what counts now, a line each: everybody, then each measure.

    The number of everybody has a line of its own only for what it goes before: the first line told it.
    """
    told = [one for one in countings if one.figure.measure is not Measure.AFFECTED or one.behind]
    return [headcount(texts, numbers), *(measure(texts, one) for one in told)]


def measure(texts: Texts, counting: Counting) -> str:
    """Return the number of one measure that counts, and those that give way to it."""
    figure = counting.figure
    name = "by_site" if counting.by_site else "measure"
    first = texts(
        f"incidents.counted.{name}",
        measure=_begun(texts.word(figure.measure)),
        people=ends(texts, figure),
        stage=figure.stage,
    )
    sequels = [
        texts("incidents.counted.behind", people=ends(texts, old), stage=old.stage) for old in counting.behind
    ]
    if figure.low != figure.high:
        sequels.insert(0, texts("incidents.counted.upper_end", people=texts.number(figure.high)))
    return " ".join([first, *sequels])


def ends(texts: Texts, figure: Figure | FigureView) -> str:
    """Return a number or a range, or that it was taken back."""
    if figure.low is None or figure.high is None:
        return texts("incidents.counted.taken_back")
    if figure.low == figure.high:
        return texts.number(figure.high)
    return format_people(figure.low, figure.high)


def history(
    texts: Texts, rows: Iterable[FigureView], sites: Mapping[str, str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Return each number with its revisions, the newest first; the furthest stage comes first.

    Args:
        texts: the words.
        rows: every revision, oldest first.
        sites: name of each site by its id.

    Returns:
        What the number is a number of, and its revisions in words.
    """

    def place(row: FigureView) -> tuple[int, int, str]:
        return -stage_rank(row.stage), list(Measure).index(row.measure), row.site

    found = []
    for _, group in groupby(sorted(rows, key=place), key=place):
        of_one = list(group)[::-1]
        first = of_one[0]
        site = sites.get(first.site, first.site) or texts("incidents.counted.every_site")
        what = texts(
            "incidents.counted.place",
            stage=_begun(texts.word(first.stage)),
            measure=texts.word(first.measure),
            site=site,
        )
        found.append((what, tuple(revision(texts, row) for row in of_one)))
    return found


def revision(texts: Texts, row: FigureView) -> str:
    """Return one revision: how many, by how much it changed, who said so, when, and when it was noted."""
    parts = [ends(texts, row)]
    if row.difference:
        parts.append(f"({row.difference:+d})".replace("-", "−"))
    if row.current:
        parts.append(f"[{texts('incidents.counted.current')}]")
    said = texts("incidents.counted.said", at=texts.moment(row.event_time))
    if row.recorded_at != row.event_time:
        said = texts(
            "incidents.counted.said_and_recorded",
            at=texts.moment(row.event_time),
            recorded=texts.moment(row.recorded_at),
        )
    source = texts("incidents.counted.source", source=row.source) if row.source else ""
    return " ".join(part for part in (*parts, said, source) if part)


def level(texts: Texts, view: LevelView, lead: str) -> list[str]:
    """Return the level, what the criteria say, their rows, and who leads at it.

    Args:
        texts: the words.
        view: the level with its criteria.
        lead: title of the role that leads, or "".
    """
    criteria = view.criteria
    unknown = texts("common.unknown")
    by = "by_hand" if view.by_hand else "by_criteria"
    heavy = {None: "unknown", True: "yes", False: "no"}[criteria.critical]
    lines = [
        texts(f"incidents.level.{by}", level=view.level or unknown),
        texts(
            "incidents.level.criteria",
            level=criteria.level.value if criteria.level else unknown,
            people=texts.number(criteria.headcount),
            critical=texts(f"common.{heavy}"),
        ),
    ]
    for step, row in criteria.rows.items():
        told = texts(
            "incidents.level.row",
            level=step.value,
            value=row.value,
            source=statutes.source(texts, row.source),
        )
        lines.append(f"{told}{statutes.doubt(texts, row)}")
    if view.lead is not None:
        told = texts("incidents.level.lead", level=view.level, role=lead)
        lines.append(f"{told}{statutes.doubt(texts, view.lead)}")
    return lines


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
