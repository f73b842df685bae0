"""``incident raci``: roles by tasks, as a table of letters."""

from __future__ import annotations

import click

from muutosturva.cli.framework import Command, argument
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.state import State
from muutosturva.cli.tables import Column


@click.command("raci", cls=Command)
@argument("incident_id", text="incident")
@click.pass_obj
def raci_command(state: State, *, incident_id: str) -> None:
    """Show which role does what in which task."""
    from muutosturva.incidents.pure import raci
    from muutosturva.incidents.reading import queries

    with state.store() as store, store.reading() as session:
        view = queries.incident_view(session, incident_id)
        firms = [queries.incident_view(session, child) for child in view.children]
        tasks = queries.tasks(session, incident_id)
    roles = {role.role: role for firm in (view, *firms) for role in firm.roles}
    found = raci.matrix(tasks, tuple(roles))
    rows = [
        (
            task.incident if firms else "",
            task.key,
            *(letters.get(role, "") for role in found.roles),
            state.texts.pick(task.title),
        )
        for task, letters in found.lines
    ]
    # A column is as wide as its heading, so roles are numbered and told above the table.
    numbered = [Column(str(number)) for number, _ in enumerate(found.roles, start=1)]
    legend = [
        f"{number}  {role}  {state.texts.pick(roles[role].title) if role in roles else ''}".rstrip()
        for number, role in enumerate(found.roles, start=1)
    ]
    heads = [*columns(state, "incident", "~task"), *numbered, *columns(state, "_title")]
    lines = [
        *legend,
        "",
        *state.out.table(heads, rows),
        "",
        *state.out.wrapped(state.texts("cli.raci.letters")),
    ]
    document = {
        "roles": list(found.roles),
        "tasks": [
            {
                "id": task.key,
                "incident": task.incident,
                "title": state.texts.pick(task.title),
                "raci": dict(letters),
            }
            for task, letters in found.lines
        ],
    }
    state.out.show(document, lines)
