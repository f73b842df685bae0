"""``incident extend``: workplaces, areas and languages that come later."""

from __future__ import annotations

import click

from muutosturva.cli import stable
from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.state import State


@click.command("extend", cls=Command)
@argument("incident_id", text="incident")
@option("--sites", text="extend_sites", value="names", default="")
@option("--areas", text="extend_areas", value="names", commas=True)
@option("--languages", text="extend_languages", value="languages", commas=True)
@option("--reason", value="reason", required=True)
@flag("--preview", text="amend_preview")
@click.pass_obj
def extend_command(
    state: State,
    *,
    incident_id: str,
    sites: str,
    areas: tuple[str, ...] | None,
    languages: tuple[str, ...] | None,
    reason: str,
    preview: bool,
) -> None:
    """Add workplaces, areas and languages to an incident."""
    from muutosturva.cli.amend_pages import difference_lines
    from muutosturva.coordination.trigger import placed
    from muutosturva.incidents.acts.widening import Widening, preview_widening, widen
    from muutosturva.incidents.typed.places import sites_from_words

    with state.store() as store:
        new = tuple(placed(store, site) for site in sites_from_words(sites))
        wanted = Widening(new, areas or (), languages or ())
        if preview:
            made = preview_widening(store, incident_id, wanted)
        else:
            actor, now = state.actor(store), state.now()
            made = widen(store, incident_id, wanted, reason=reason, actor=actor, now=now)
    document = {
        "incident": made.incident,
        "new": list(made.added),
        **stable.changes(made.changes, state.texts),
    }
    state.out.show(document, difference_lines(state, made.changes, (), made.incident, preview=preview))
