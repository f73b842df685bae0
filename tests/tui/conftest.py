"""A store for each test, copied from one that was filled once in the session."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from muutosturva.coordination.setup import init_store
from muutosturva.models.states import StoreKind
from tests.tui.support import NOW, open_firm


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an example store with what ships and no incident."""
    place = tmp_path_factory.mktemp("filled") / "store.db"
    init_store(place, kind=StoreKind.EXAMPLE, now=NOW)
    return place


@pytest.fixture(scope="session")
def with_firm(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an example store with one large layoff."""
    place = tmp_path_factory.mktemp("with_firm") / "store.db"
    shutil.copy(filled, place)
    open_firm(place)
    return place


@pytest.fixture
def empty_store(filled: Path, tmp_path: Path) -> Path:
    """Return a store of the test's own, without incidents."""
    return Path(shutil.copy(filled, tmp_path / "store.db"))


@pytest.fixture
def firm_store(with_firm: Path, tmp_path: Path) -> Path:
    """Return a store of the test's own, with one large layoff."""
    return Path(shutil.copy(with_firm, tmp_path / "store.db"))
