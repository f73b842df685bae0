"""Making the tables and bringing an older store up to this program's revision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from muutosturva.store import schema

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS: Final = Path(__file__).parent / "migrations"
SEPARATOR: Final = "\n"
"""What stands between folders of scripts: no path holds it on any system."""


def alembic_config(connection: sa.Connection) -> Config:
    """Return alembic's settings for our scripts on ``connection``; no file is read."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: sa.Connection, revision: str = "head") -> None:
    """Bring the tables up to ``revision`` inside the connection's transaction."""
    from alembic import command

    command.upgrade(alembic_config(connection), revision)
    mark(connection)


def downgrade(connection: sa.Connection, revision: str) -> None:
    """Take the tables back to ``revision`` inside the connection's transaction."""
    from alembic import command

    command.downgrade(alembic_config(connection), revision)


def mark(connection: sa.Connection) -> None:
    """Write the marks by which our SQLite files are told from others."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {len(schema.REVISIONS)}")
