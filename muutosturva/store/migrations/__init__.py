"""Alembic scripts: every change of the tables from the first one on."""
