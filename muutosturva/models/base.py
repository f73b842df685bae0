"""What every table shares: a UUID key, the owning area, a version, plain-text enums.

``table=True`` classes of SQLModel do not validate: use cases judge what is given, and what must
never be wrong is repeated here as CHECK, UNIQUE and foreign keys.
"""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

# Without names a constraint cannot be dropped by a later migration on SQLite.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

AREA_LENGTH = 64


def text_enum(enum: type[StrEnum], name: str) -> Any:
    """Return a column type that stores the enum's *values* as text with a CHECK named ``name``.

    Left alone, SQLAlchemy stores the names and makes a native type on PostgreSQL, which no
    migration can widen on both databases alike.
    """
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=24,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


class Row(SQLModel):
    """Base of every changeable table.

    Attributes:
        id: primary key; people type readable ids instead.
        owner_area: slug of the employment area that is the controller of the row.
        version: counts changes; the second of two writers is refused (optimistic locking).
    """

    # Tables do not validate, so that building thirty validators would only make each command slower.
    model_config = {"defer_build": True}

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    owner_area: str = Field(max_length=AREA_LENGTH, index=True)
    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it with the class
        """Let SQLAlchemy count the version and refuse a stale write."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]
