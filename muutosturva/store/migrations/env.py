"""Run by alembic on the connection it is handed, within that connection's transaction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel

import muutosturva.models.tables  # noqa: F401 - registers every table
from muutosturva.store import triggers


def run() -> None:
    """Change the tables between removing and installing the guards of the log."""
    connection: sa.Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    triggers.remove(connection)
    with context.begin_transaction():
        context.run_migrations()
    triggers.install(connection)


run()
