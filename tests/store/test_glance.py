"""The store read without the classes of its tables: the same columns, the same places refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import muutosturva.models.tables  # noqa: F401 - every table must be known
from muutosturva.errors import NotFoundError
from muutosturva.models.states import StoreKind
from muutosturva.store.glance import glance
from muutosturva.store.light import LIGHT
from muutosturva.store.store import Store


@pytest.mark.parametrize("light", LIGHT, ids=lambda table: table.name)
def test_each_light_column_is_one_of_the_real_table(light: sa.TableClause) -> None:
    """A column renamed or of another type would be read wrongly, and only by this list."""
    real = SQLModel.metadata.tables[light.name]

    for column in light.c:
        mine, theirs = column.type, real.c[column.name].type
        assert mine._type_affinity is theirs._type_affinity, column.name


def test_a_glance_knows_what_store_it_is_and_cannot_write(store: Store, place: str | Path) -> None:
    with glance(place) as seen:
        assert seen.kind is StoreKind.EXAMPLE
        with pytest.raises(sa.exc.DBAPIError):
            seen.connection.exec_driver_sql("DELETE FROM absence")


def test_where_no_store_is_there_is_nothing_to_glance_at(file_place: Path) -> None:
    with pytest.raises(NotFoundError), glance(file_place):
        pass
