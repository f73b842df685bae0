"""Employment areas, municipalities and the commuting table, each with the status of its source."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import JSON, Field

from muutosturva.models.base import Row


class Area(Row, table=True):
    """An employment area (työllisyysalue)."""

    __tablename__ = "area"

    slug: str = Field(unique=True, max_length=64)
    name: str
    name_sv: str = ""
    host_municipality: str = ""
    confidence: str = Field(max_length=16)
    source: str = ""


class Municipality(Row, table=True):
    """A municipality and the area it belongs to.

    ``code`` is the three-digit municipality code with its leading zeros; ``languages`` are the
    languages it informs in (language act 423/2003).
    """

    __tablename__ = "municipality"
    __table_args__ = (sa.CheckConstraint("length(code) = 3", name="code"),)

    code: str = Field(unique=True, max_length=3)
    name: str = Field(unique=True)
    name_sv: str = ""
    area_slug: str = Field(foreign_key="area.slug", index=True)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    confidence: str = Field(max_length=16)
    source: str = ""


class CommutingCell(Row, table=True):
    """Workers living in one municipality and working in another.

    ``printed`` is the value as printed in the source, ``workers`` the one used; ``status`` says
    whether they agree (``ok``), or the value was reconstructed.
    """

    __tablename__ = "commuting_cell"
    __table_args__ = (
        sa.UniqueConstraint("year", "home", "work"),
        sa.CheckConstraint("workers >= 0", name="workers"),
    )

    year: int
    home: str
    work: str
    workers: int
    printed: int | None = None
    status: str
    note: str = ""


class CommutingTotal(Row, table=True):
    """Totals of one municipality in the commuting table: what lies outside it."""

    __tablename__ = "commuting_total"
    __table_args__ = (sa.UniqueConstraint("year", "municipality"),)

    year: int
    municipality: str
    row_total: int
    column_total: int
    workers_out: int
    workers_in: int
    note: str = ""
