"""Read models of areas and municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from muutosturva.areas.commuting import CommutingTable
from muutosturva.areas.seed import table_of
from muutosturva.errors import NotFoundError, nearest
from muutosturva.models.places import Area, CommutingCell, CommutingTotal, Municipality


@dataclass(frozen=True, slots=True)
class MunicipalityView:
    """A municipality with the area it belongs to.

    ``languages`` are those it informs in; ``confidence`` says how sure its area is.
    """

    code: str
    name: str
    name_sv: str
    area: str
    area_name: str
    host_municipality: str
    languages: tuple[str, ...]
    confidence: str


def municipality(session: Session, name: str) -> MunicipalityView:
    """Return a municipality by its Finnish or Swedish name or code, in any letter case.

    Raises:
        NotFoundError: no such municipality; the nearest names are in the parameters.
    """
    wanted = name.strip().casefold()
    found = session.exec(
        select(Municipality, Area).join(Area, col(Area.slug) == col(Municipality.area_slug))
    ).all()
    for row, area in found:
        if wanted in {row.name.casefold(), row.name_sv.casefold(), row.code} - {""}:
            return MunicipalityView(
                row.code,
                row.name,
                row.name_sv,
                area.slug,
                area.name,
                area.host_municipality,
                tuple(row.languages),
                row.confidence,
            )
    known = nearest(name, [row.name for row, _ in found])
    raise NotFoundError("areas.municipality_not_found", municipality=name, nearest=known)


def area_names(session: Session) -> Mapping[str, str]:
    """Return the Finnish name of each employment area by slug."""
    return dict(session.exec(select(Area.slug, Area.name)).all())


def commuting_table(session: Session) -> CommutingTable:
    """Return the newest commuting table of the store."""
    year = session.exec(select(func.max(col(CommutingTotal.year)))).one()
    totals = session.exec(select(CommutingTotal).where(CommutingTotal.year == year)).all()
    cells = session.exec(select(CommutingCell).where(CommutingCell.year == year)).all()
    return table_of(
        cells,
        totals,
        areas=dict(session.exec(select(Municipality.name, Municipality.area_slug)).all()),
        names=area_names(session),
    )
