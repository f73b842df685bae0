"""The shipped areas, municipalities and commuting table as rows, with the status of each source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from muutosturva.areas.commuting import CommutingTable, Flow
from muutosturva.models.places import Area, CommutingCell, CommutingTotal, Municipality
from muutosturva.store.shipped import shipped_lines

COMMUTING_YEAR: Final = 2021
"""Year of the shipped commuting table (the plan's table 1)."""


def area_rows(owner_area: str) -> list[Area]:
    """Return one row for each employment area; the first confidence of its municipalities counts."""
    areas: dict[str, Area] = {}
    for line in shipped_lines("employment_areas.csv"):
        areas.setdefault(
            line["area_slug"],
            Area(
                owner_area=owner_area,
                slug=line["area_slug"],
                name=line["employment_area"],
                host_municipality=line["host_municipality"],
                confidence=line["confidence"],
                source=line["source"],
            ),
        )
    return list(areas.values())


def municipality_rows(owner_area: str) -> list[Municipality]:
    """Return one row for each municipality; the code keeps its leading zeros."""
    return [
        Municipality(
            owner_area=owner_area,
            code=line["municipality_code"],
            name=line["municipality"],
            name_sv=line["name_sv"],
            area_slug=line["area_slug"],
            languages=line["languages"].replace("+", ";").split(";"),
            confidence=line["confidence"],
            source=line["source"],
        )
        for line in shipped_lines("employment_areas.csv")
    ]


def commuting_rows(owner_area: str) -> list[CommutingCell]:
    """Return the cells of the commuting table, each with the printed and the used value."""
    return [
        CommutingCell(
            owner_area=owner_area,
            year=COMMUTING_YEAR,
            home=line["home_municipality"],
            work=line["work_municipality"],
            workers=int(line["used"]),
            printed=int(line["as_extracted"]) if line["as_extracted"] else None,
            status=line["status"],
            note=line["note"],
        )
        for line in shipped_lines("commuting_2021_cells.csv")
    ]


def commuting_totals(owner_area: str) -> list[CommutingTotal]:
    """Return the totals of the commuting table: what comes from and goes outside it."""
    return [
        CommutingTotal(
            owner_area=owner_area,
            year=COMMUTING_YEAR,
            municipality=line["municipality"],
            row_total=int(line["row_sum_used"]),
            column_total=int(line["col_sum_used"]),
            workers_out=int(line["workers_out_of_area"]),
            workers_in=int(line["workers_in_from_outside"]),
            note=line["note"],
        )
        for line in shipped_lines("commuting_2021_totals.csv")
    ]


def table_of(
    cells: Iterable[CommutingCell],
    totals: Iterable[CommutingTotal],
    *,
    areas: Mapping[str, str],
    names: Mapping[str, str],
) -> CommutingTable:
    """Return rows of one year as the table that the estimate reads."""
    flows: dict[str, list[Flow]] = {}
    for cell in cells:
        flows.setdefault(cell.work, []).append(Flow(cell.home, cell.workers, cell.status))
    return CommutingTable(
        flows={work: tuple(found) for work, found in flows.items()},
        outside={total.municipality: total.workers_in for total in totals},
        areas=areas,
        names=names,
    )


def shipped_table() -> CommutingTable:
    """Return the shipped commuting table, for planning without a store."""
    return table_of(
        commuting_rows(""),
        commuting_totals(""),
        areas={row.name: row.area_slug for row in municipality_rows("")},
        names={row.slug: row.name for row in area_rows("")},
    )
