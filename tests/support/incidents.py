"""Stores with the shipped standing data, and with the three firms' incidents opened."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, TypedDict

import pytest

from muutosturva.coordination.cases import Case, three_firms
from muutosturva.coordination.setup import init_store
from muutosturva.coordination.trigger import trigger
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.models.states import Secrecy, StoreKind
from muutosturva.store.store import Store
from tests.support.stores import ACTOR, NOW, fill_database, new_database


class Who(TypedDict):
    """Who acts, and when: what every use case asks."""

    actor: str
    now: dt.datetime


WHO: Final[Who] = {"actor": ACTOR, "now": NOW}

FIRM_A: Final = "LAHTI-2027-01"
FIRM_B: Final = "LAHTI-2027-02"
FIRM_C: Final = "LAHTI-2027-03"


def open_firms(store: Store, case: Case | None = None) -> list[IncidentView]:
    """Trigger the three firms, each at the moment it was heard of, all of them open to the group.

    Who may know of firm A before its release has tests of its own.
    """
    firms = (case or three_firms()).firms
    return [
        trigger(store, replace(firm.request, secrecy=Secrecy.GROUP), actor=ACTOR, now=firm.heard_at)
        for firm in firms
    ]


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one example store with the standing data; tests copy it."""
    path = tmp_path_factory.mktemp("filled") / "filled.db"
    init_store(path, kind=StoreKind.EXAMPLE, now=NOW)
    return path


@pytest.fixture(scope="session")
def opened_file(filled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one example store with the three firms opened; tests copy it."""
    path = tmp_path_factory.mktemp("opened") / "opened.db"
    shutil.copy(filled_file, path)
    with Store.open(path) as store:
        open_firms(store)
    return path


@pytest.fixture
def filled_store(filled_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Yield an example store with the standing data and no incident."""
    path = tmp_path / "filled.db"
    shutil.copy(filled_file, path)
    with Store.open(path) as store:
        yield store


@pytest.fixture
def opened_store(opened_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Yield an example store in which the three firms stand as LAHTI-2027-01, -02 and -03."""
    path = tmp_path / "opened.db"
    shutil.copy(opened_file, path)
    with Store.open(path) as store:
        yield store


@pytest.fixture(scope="session")
def filled_database(server: str) -> str:
    """Make one example store with the standing data on the server; tests copy it."""
    place = new_database(server)
    init_store(place, kind=StoreKind.EXAMPLE, now=NOW)
    return place


@pytest.fixture(scope="session")
def opened_database(server: str, filled_database: str) -> str:
    """Make one example store with the three firms opened on the server; tests copy it."""
    place = new_database(server)
    fill_database(server, place, filled_database)
    with Store.open(place) as store:
        open_firms(store)
    return place


def _copy_of(name: str, place: str | Path, request: pytest.FixtureRequest) -> str | Path:
    """Fill a place from the store that was made once in the session on the same database."""
    if isinstance(place, Path):
        shutil.copy(request.getfixturevalue(f"{name}_file"), place)
    else:
        made = request.getfixturevalue(f"{name}_database")
        fill_database(request.getfixturevalue("server"), place, made)
    return place


@pytest.fixture
def filled_place(place: str | Path, request: pytest.FixtureRequest) -> str | Path:
    """Return a store with the standing data, on each database in turn."""
    return _copy_of("filled", place, request)


@pytest.fixture
def opened_place(place: str | Path, request: pytest.FixtureRequest) -> str | Path:
    """Return a store in which the three firms stand, on each database in turn."""
    return _copy_of("opened", place, request)
