"""What holds for every test: the developer's own folders, settings and language stay outside."""

from __future__ import annotations

import gc
import itertools
from pathlib import Path
from typing import Final

import pytest

from tests.support.examples import choose_profile

pytest_plugins = ["tests.support.stores", "tests.support.incidents"]

_OWN = (
    "HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_CACHE_HOME",
    "APPDATA",
    "LOCALAPPDATA",
)
_SET_BY_USERS = (
    "MUUTOSTURVA_STORE",
    "MUUTOSTURVA_LANG",
    "MUUTOSTURVA_AS",
    "MUUTOSTURVA_PLAYBOOKS",
    "NO_COLOR",
    "COLUMNS",
    "LINES",
)
_HOMES: Final = itertools.count()

choose_profile()


def pytest_collection_finish() -> None:
    """Leave what importing made out of every later search for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test an empty home, so that no test reads or writes the developer's files."""
    # Not by mktemp, which reads the whole folder to find the next number.
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_HOMES))
    home.mkdir(parents=True)
    for name in _OWN:
        monkeypatch.setenv(name, str(home if name == "HOME" else home / name.lower()))
    for name in _SET_BY_USERS:
        monkeypatch.delenv(name, raising=False)
    return home
