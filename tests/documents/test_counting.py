"""People by site and measure, and homes: what may be said, and what would be a guess."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from muutosturva.areas.commuting import HomeShare
from muutosturva.documents.counting import home_rows, people_by_site, people_rows
from muutosturva.documents.picture import PeopleRow
from muutosturva.incidents.pure.figures import Figure
from muutosturva.incidents.pure.views import IncidentView, WaveView
from muutosturva.models.states import IncidentState, Measure, Secrecy, Stage, StoreKind
from muutosturva.playbooks.facts import Site

LAHTI = Site("lahti", "Lahden tehdas", "Lahti", 200)
HEINOLA = Site("heinola", "Heinolan tehdas", "Heinola", 60)


def incident(
    headcount: int | None,
    *sites: Site,
    waves: tuple[WaveView, ...] = (),
    inputs: Mapping[str, Any] | None = None,
) -> IncidentView:
    """Return an incident of which only the people are told."""
    return IncidentView(
        id=uuid.UUID(int=1), readable_id="LAHTI-2027-01", owner_area="lahti", kind=StoreKind.EXAMPLE,
        state=IncidentState.ACTIVE, secrecy=Secrecy.GROUP, level="L", employer="A Oy", municipality="Lahti",
        sector="", situation=False, parent="", children=(), headcount=headcount, playbook_id="p",
        playbook_version="1", playbook_sha256="", inputs=inputs or {}, sites=sites, languages=(), phases=(),
        law_revision=1, opened_at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC), closed_at=None, anchors=(),
        waves=waves, areas=(), roles=(), questions=(), version=1,
    )  # fmt: skip


def wave(count: int | None, measure: str = "dismissal", site: str = "", name: str = "w1") -> WaveView:
    """Return a wave."""
    return WaveView(name, "", site, measure, count, None, None)


def numbers(row: PeopleRow) -> tuple[int | None, ...]:
    """Return dismissed, laid off, part-time and all."""
    return row.dismissed, row.laid_off, row.part_time, row.total


@pytest.mark.parametrize(
    ("headcount", "waves", "inputs", "expected"),
    [
        (260, (), {}, (None, None, None, 260)),
        (None, (), {}, (None, None, None, None)),
        (260, (wave(260, name="all"),), {}, (None, None, None, 260)),
        (260, (wave(260, name="all"),), {"dismissals": 260}, (260, 0, 0, 260)),
        (260, (), {"dismissals": 198}, (198, None, None, 260)),
        (None, (), {"dismissals": 20}, (20, None, None, None)),
        (260, (wave(198), wave(62, "layoff")), {}, (198, 62, 0, 260)),
        (260, (wave(198), wave(None, "layoff")), {}, (198, None, None, 260)),
        (260, (wave(100), wave(98)), {}, (198, None, None, 260)),
        (260, (wave(100), wave(None)), {}, (None, None, None, 260)),
    ],
)
def test_a_measure_is_zero_only_where_everybody_is_accounted_for(
    headcount: int | None,
    waves: tuple[WaveView, ...],
    inputs: Mapping[str, Any],
    expected: tuple[int | None, ...],
) -> None:
    """The plan's own wave of everybody is a means of planning, not something the employer said."""
    (row,) = people_rows(incident(headcount, LAHTI, waves=waves, inputs=inputs))

    assert numbers(row) == expected


def figure(measure: Measure, count: int, site: str = "", stage: Stage = Stage.DECIDED) -> Figure:
    """Return a number of people."""
    return Figure(stage, measure, site, count, count)


@pytest.mark.parametrize(
    ("figures", "waves", "expected"),
    [
        ((figure(Measure.LAYOFF, 40),), (), (198, 40, None, 238)),
        ((figure(Measure.LAYOFF, 40), figure(Measure.PART_TIME, 0)), (), (198, 40, 0, 238)),
        (
            (figure(Measure.LAYOFF, 60, stage=Stage.PLANNED), figure(Measure.LAYOFF, 40)),
            (),
            (198, 40, None, 238),
        ),
        ((figure(Measure.LAYOFF, 40),), (wave(198), wave(30, "layoff")), (198, 40, None, 238)),
        ((figure(Measure.LAYOFF, 40),), (wave(198), wave(None, "layoff")), (198, 40, None, 238)),
        ((figure(Measure.LAYOFF, 40),), (wave(238),), (198, 40, 0, 238)),
        ((figure(Measure.DISMISSAL, 198),), (wave(120),), (198, None, None, 238)),
    ],
)
def test_a_number_of_a_measure_is_told_where_no_wave_tells_it(
    figures: tuple[Figure, ...], waves: tuple[WaveView, ...], expected: tuple[int | None, ...]
) -> None:
    """Lay-offs that were decided stand in the picture before anybody has entered a wave."""
    firm = incident(238, LAHTI, waves=waves, inputs={"dismissals": 198})
    (row,) = people_rows(firm, figures)

    assert numbers(row) == expected


def test_numbers_told_by_site_stand_on_the_rows_of_the_sites() -> None:
    firm = incident(260, LAHTI, HEINOLA)
    told = (figure(Measure.LAYOFF, 25, "lahti"), figure(Measure.LAYOFF, 15, "heinola"))

    assert [row.laid_off for row in people_rows(firm, told)] == [25, 15]
    assert [row.laid_off for row in people_rows(firm, (figure(Measure.LAYOFF, 40),))] == [40]


def test_a_number_that_is_not_told_by_site_gives_one_row_for_the_firm() -> None:
    """The sites still say what they said before the decision; 198 people are not 260."""
    rows = people_rows(incident(198, LAHTI, HEINOLA, inputs={"dismissals": 198}))

    assert [(row.site, row.total) for row in rows] == [("Lahden tehdas, Heinolan tehdas", 198)]


@pytest.mark.parametrize(
    ("headcount", "sites", "expected"),
    [
        (260, (LAHTI, HEINOLA), {"lahti": 200, "heinola": 60}),
        (130, (LAHTI, HEINOLA), {"lahti": 100, "heinola": 30}),
        (198, (LAHTI,), {"lahti": 198}),
        (None, (LAHTI, HEINOLA), {"lahti": 200, "heinola": 60}),
        (260, (LAHTI, replace(HEINOLA, headcount=None)), {"lahti": 200, "heinola": None}),
        (5, (replace(LAHTI, headcount=0),), {"lahti": None}),
        (260, (), {}),
    ],
)
def test_each_site_keeps_its_part_of_a_later_number(
    headcount: int | None, sites: tuple[Site, ...], expected: Mapping[str, float | None]
) -> None:
    assert people_by_site(incident(headcount, *sites)) == expected


def test_waves_told_by_site_give_a_row_for_each() -> None:
    waves = (wave(200, site="lahti"), wave(40, site="heinola"), wave(20, "layoff", site="heinola"))
    rows = people_rows(incident(260, LAHTI, HEINOLA, waves=waves))

    assert [(row.site, *numbers(row)) for row in rows] == [
        ("Lahden tehdas", 200, 0, 0, 200),
        ("Heinolan tehdas", 40, 20, 0, 60),
    ]


def test_waves_not_told_by_site_give_one_row_for_the_firm() -> None:
    """Split by a guess, or counted twice, they would be wrong in either row."""
    (row,) = people_rows(incident(260, LAHTI, HEINOLA, waves=(wave(260),)))

    assert (row.site, *numbers(row)) == ("Lahden tehdas, Heinolan tehdas", 260, 0, 0, 260)


def test_a_firm_without_sites_stands_under_its_municipality() -> None:
    assert people_rows(incident(25))[0].site == "Lahti"


def test_people_of_55_are_unknown_until_somebody_tells() -> None:
    assert people_rows(incident(25))[0].over_55 is None
    assert people_rows(incident(25, inputs={"over_55": 4}))[0].over_55 == 4


def test_homes_of_several_workplaces_add_up_and_keep_the_doubt() -> None:
    lahti = HomeShare("Lahti", "lahti", 0.5, 100.0, "ok")
    asikkala = HomeShare("Asikkala", "paijat-hame", 0.1, 5.0, "reconstructed")
    outside = HomeShare("", "", 0.4, 80.0, "ok")
    rows = home_rows(
        [(lahti, outside), (replace(lahti, expected=10.0), asikkala), (replace(lahti, expected=None),)],
        {"lahti": "Lahden työllisyysalue"},
    )

    assert [(row.municipality, row.area, row.expected, row.unsure) for row in rows] == [
        ("Lahti", "Lahden työllisyysalue", 110.0, False),
        ("Asikkala", "paijat-hame", 5.0, True),
        ("", "", 80.0, False),
    ]
