"""Fixtures of the documents' tests."""

from __future__ import annotations

from tests.support.incidents import filled_file, filled_store, opened_file, opened_store

__all__ = ["filled_file", "filled_store", "opened_file", "opened_store"]
