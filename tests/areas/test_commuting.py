"""Where the people of a workplace live."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.areas.commuting import Flow, area_shares, home_shares, touched_areas
from muutosturva.areas.seed import (
    area_rows,
    commuting_rows,
    commuting_totals,
    municipality_rows,
    shipped_table,
)

AREAS = {row.name: row.area_slug for row in municipality_rows("lahti")}


def lahti_flows() -> tuple[list[Flow], int]:
    """Return the shipped column of Lahti and its workers from outside."""
    cells = [cell for cell in commuting_rows("lahti") if cell.work == "Lahti"]
    total = next(row for row in commuting_totals("lahti") if row.municipality == "Lahti")
    return [Flow(cell.home, cell.workers, cell.status) for cell in cells], total.workers_in


def test_260_people_of_a_lahti_plant_live_where_the_table_says() -> None:
    """The worked figures of the field's own page: 187 Lahti, 24 Hollola, 10 Orimattila, 6, 5, 24 outside.

    The page divides by 91 % of the headcount; with the printed 4 591 from outside it is 46 281 + 4 591.
    """
    flows, outside = lahti_flows()

    shares = {share.municipality: share for share in home_shares(flows, outside, AREAS, 260)}

    assert [
        round(shares[name].expected or 0)
        for name in ("Lahti", "Hollola", "Orimattila", "Heinola", "Asikkala")
    ] == [
        187,
        24,
        10,
        6,
        5,
    ]
    assert round(shares[""].expected or 0) == 23


def test_a_reconstructed_cell_keeps_its_mark() -> None:
    """Asikkala to Lahti is solved from the totals, not printed: whoever reads the estimate must see it."""
    flows, outside = lahti_flows()

    asikkala = next(
        share for share in home_shares(flows, outside, AREAS, 260) if share.municipality == "Asikkala"
    )

    assert asikkala.status == "reconstructed"


def test_the_neighbour_area_is_the_sum_of_its_municipalities() -> None:
    flows, outside = lahti_flows()

    shares = area_shares(home_shares(flows, outside, AREAS, None))

    assert list(shares) == ["lahti", "paijat-hame"]
    assert shares["lahti"] == pytest.approx(36614 / 50872)


@given(
    st.lists(st.tuples(st.sampled_from(["Lahti", "Hollola", "Heinola"]), st.integers(0, 9999)), max_size=3),
    st.integers(0, 999),
    st.none() | st.integers(0, 999),
)
def test_shares_sum_to_one_or_say_nothing(
    cells: list[tuple[str, int]], outside: int, headcount: int | None
) -> None:
    """A part left out would silently make the others larger."""
    shares = home_shares([Flow(home, workers, "ok") for home, workers in cells], outside, AREAS, headcount)

    if shares:
        assert sum(share.share for share in shares) == pytest.approx(1)
        assert all((share.expected is None) == (headcount is None) for share in shares)
    else:
        assert outside + sum(workers for _, workers in cells) == 0


def test_the_shipped_table_balances_and_every_municipality_has_an_area() -> None:
    totals = {row.municipality: row for row in commuting_totals("lahti")}
    cells = commuting_rows("lahti")
    slugs = {row.slug for row in area_rows("lahti")}

    for name, total in totals.items():
        assert sum(cell.workers for cell in cells if cell.home == name) == total.row_total
        assert sum(cell.workers for cell in cells if cell.work == name) == total.column_total
    assert {row.area_slug for row in municipality_rows("lahti")} == slugs
    assert len(AREAS) == 95


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        ("Lahti", [("lahti", True), ("paijat-hame", False)]),
        ("Heinola", [("paijat-hame", True), ("lahti", False)]),
        ("Kouvola", [("kouvola", True)]),
        ("Atlantis", []),
    ],
)
def test_the_workplace_area_leads_and_neighbours_with_enough_residents_are_touched(
    work: str, expected: list[tuple[str, bool]]
) -> None:
    """Outside the table only the workplace's own area is known: no neighbour is invented."""
    found = touched_areas(shipped_table(), work, 0.02)

    assert [(area.slug, area.lead) for area in found] == expected
