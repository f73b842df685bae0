"""Stores for the tests of the service."""

from __future__ import annotations

from tests.support.stores import file_place, file_store

__all__ = ["file_place", "file_store"]
