"""``calendar``: the plan as a calendar file."""

from __future__ import annotations

from pathlib import Path

import click

from muutosturva.cli.framework import Group, argument, option
from muutosturva.cli.state import State


@click.group("calendar", cls=Group)
def calendar() -> None:
    """Write calendar files."""


@calendar.command("export")
@argument("incident_id", text="incident")
@option("--role", text="calendar_role", value="role", default="")
@option("--area", text="calendar_area", value="area", default="")
@option("--tasks", "tasks_as", text="calendar_tasks", choices=("event", "todo"), default="event")
@option("--out", needed=True, text="out_file", value="file", required=True)
@click.pass_obj
def export_command(state: State, *, incident_id: str, role: str, area: str, tasks_as: str, out: str) -> None:
    """Write meetings and tasks as a calendar file."""
    from muutosturva.coordination.exports import export_calendar

    with state.store() as store:
        path = export_calendar(
            store,
            incident_id,
            out=Path(out),
            role=role,
            area=area,
            tasks_as=tasks_as,
            language=state.texts.language,
            actor=state.actor(store),
            now=state.now(),
        )
    state.out.show({"files": [str(path)]}, [str(path)])
    state.out.say(state.texts("cli.calendar.written"))
