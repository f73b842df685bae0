"""``incident export``: the tables of an incident for Excel."""

from __future__ import annotations

from pathlib import Path

import click

from muutosturva.cli.framework import Command, argument, option
from muutosturva.cli.state import State

FORMATS = ("xlsx", "csv")
DELIMITERS = ("semicolon", "comma", "tab")


@click.command("export", cls=Command)
@argument("incident_id", text="incident")
@option("--format", "fmt", text="tables_format", choices=FORMATS)
@option("--out", needed=True, text="tables_out", value="file_or_folder", default=".")
@option("--table", "tables", text="tables", value="tables", commas=True)
@option("--delimiter", choices=DELIMITERS, default="semicolon")
@click.pass_obj
def export_command(
    state: State,
    *,
    incident_id: str,
    fmt: str | None,
    out: str,
    tables: tuple[str, ...] | None,
    delimiter: str,
) -> None:
    """Write the tables of an incident as Excel or csv files."""
    from muutosturva.coordination.sheets import TABLES
    from muutosturva.coordination.table_exports import export_tables

    place = Path(out)
    meant = next((name for name in FORMATS if place.suffix.casefold() == f".{name}"), FORMATS[0])
    with state.store() as store:
        paths = export_tables(
            store,
            incident_id,
            fmt=fmt or meant,
            out=place,
            tables=tables or TABLES,
            delimiter=delimiter,
            language=state.texts.language,
            actor=state.actor(store),
            now=state.now(),
        )
    state.out.show({"files": [str(path) for path in paths]}, [str(path) for path in paths])
    state.out.say(state.texts("cli.document.written", n=len(paths)))
