"""Fixtures of the store's tests."""

from __future__ import annotations

from tests.support.stores import file_place, file_store, place, server, server_place, store

__all__ = ["file_place", "file_store", "place", "server", "server_place", "store"]
