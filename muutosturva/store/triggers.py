"""Triggers that keep the log append-only, on both databases alike.

They are not part of a migration: whoever changes tables removes them first and installs the present
set afterwards (``migrations/env.py``), because rebuilding a table on SQLite drops its triggers.

What they guard:

* ``event``: rows are only added.
* ``event_payload``, ``event_change``: rows are added and deleted (erasure), never changed.
* ``chain_head``: moves forward by one; is never deleted.
* ``store_info``: the kind, the owner and the identity of a store never change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from muutosturva.store.faults import APPEND_ONLY_MARK

FUNCTION: Final = "muutosturva_append_only"
_FUNCTION_BODY: Final = f"BEGIN RAISE EXCEPTION USING MESSAGE = '{APPEND_ONLY_MARK} ' || TG_TABLE_NAME; END"


@dataclass(frozen=True, slots=True)
class Guard:
    """One refusal.

    Attributes:
        table: guarded table.
        operation: ``UPDATE``, ``DELETE`` or ``TRUNCATE`` (PostgreSQL only).
        condition: when it refuses, over OLD and NEW; "" for always.
    """

    table: str
    operation: str
    condition: str = ""

    @property
    def name(self) -> str:
        """Name of the trigger."""
        return f"guard_{self.table}_{self.operation.lower()}"


_ROW_GUARDS: Final = (
    Guard("event", "UPDATE"),
    Guard("event", "DELETE"),
    Guard("event_payload", "UPDATE"),
    Guard("event_change", "UPDATE"),
    Guard("chain_head", "UPDATE", "NEW.seq <> OLD.seq + 1 OR NEW.owner_area <> OLD.owner_area"),
    Guard("chain_head", "DELETE"),
    Guard(
        "store_info",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.store_id <> OLD.store_id OR NEW.kind <> OLD.kind "
        "OR NEW.owner_area <> OLD.owner_area OR NEW.created_at <> OLD.created_at",
    ),
    Guard("store_info", "DELETE"),
)
_TRUNCATE_GUARDS: Final = tuple(
    Guard(table, "TRUNCATE")
    for table in ("event", "event_payload", "event_change", "chain_head", "store_info")
)


def install(connection: sa.Connection) -> None:
    """Create every guard whose table exists; none of them may exist yet."""
    tables = set(sa.inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql" and "event" in tables:
        connection.exec_driver_sql(_postgres_function())
    for (table, _), statement in _definitions(connection.dialect.name).items():
        if table in tables:
            connection.exec_driver_sql(statement)


def remove(connection: sa.Connection) -> None:
    """Drop every guard, so that tables can be rebuilt."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {FUNCTION}() CASCADE")
        return
    for guard in _ROW_GUARDS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard.name}")


def missing(connection: sa.Connection) -> list[str]:
    """Return the names of guards that are absent, disabled or not as this program writes them."""
    found = _sqlite_found(connection) if connection.dialect.name == "sqlite" else _postgres_found(connection)
    wanted = _definitions(connection.dialect.name)
    return sorted(name for (_, name), statement in wanted.items() if found.get(name) != statement)


def _definitions(dialect: str) -> Mapping[tuple[str, str], str]:
    """Return the statement of every guard by its table and name."""
    if dialect == "sqlite":
        return {(guard.table, guard.name): _sqlite_statement(guard) for guard in _ROW_GUARDS}
    return {
        (guard.table, guard.name): _postgres_statement(guard) for guard in (*_ROW_GUARDS, *_TRUNCATE_GUARDS)
    }


def _sqlite_statement(guard: Guard) -> str:
    when = f" WHEN {guard.condition}" if guard.condition else ""
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table}{when} "
        f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY_MARK} {guard.table}'); END"
    )


def _postgres_statement(guard: Guard) -> str:
    when = f" WHEN ({guard.condition})" if guard.condition else ""
    each = "STATEMENT" if guard.operation == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table} "
        f"FOR EACH {each}{when} EXECUTE FUNCTION {FUNCTION}()"
    )


def _postgres_function() -> str:
    return f"CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_FUNCTION_BODY}$$"


def _sqlite_found(connection: sa.Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {str(row[0]): str(row[1]) for row in rows}


def _postgres_found(connection: sa.Connection) -> dict[str, str]:
    """Return our own statement for each guard that is on and calls an unchanged function.

    The server reprints conditions in its own words, so that the texts cannot be compared; that the
    function still raises and that a trigger fires are what matters.
    """
    rows = connection.execute(
        sa.text(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
            "AND p.proname = :function AND p.prosrc = :body AND pg_table_is_visible(c.oid)"
        ),
        {"function": FUNCTION, "body": _FUNCTION_BODY},
    )
    statements = {name: text for (_, name), text in _definitions("postgresql").items()}
    return {name: statements[name] for (name,) in rows if name in statements}
