"""Fixtures of the coordination tests."""

from __future__ import annotations

from tests.support.incidents import filled_file, filled_place, filled_store, opened_file, opened_store
from tests.support.stores import file_place, place, server, server_place

__all__ = [
    "file_place",
    "filled_file",
    "filled_place",
    "filled_store",
    "opened_file",
    "opened_store",
    "place",
    "server",
    "server_place",
]
