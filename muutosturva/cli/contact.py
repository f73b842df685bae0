"""``contact``: the organisations that have a part in an incident."""

from __future__ import annotations

import click

from muutosturva.cli.framework import Group
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.state import State


@click.group("contact", cls=Group)
def contact() -> None:
    """Look up who has a part."""


@contact.command("list")
@click.pass_obj
def list_command(state: State) -> None:
    """List the organisations."""
    from muutosturva.preparedness import queries

    texts = state.texts
    with state.store() as store, store.reading() as session:
        found = queries.parties(session)
    rows = [
        (
            party.slug,
            texts.pick(party.name),
            party.audience,
            texts(f"words.confidence.{party.confidence}"),
            texts.pick(party.role),
        )
        for party in found
    ]
    documents = [
        {
            "id": party.slug,
            "name": texts.pick(party.name),
            "kind": party.kind,
            "role": texts.pick(party.role) or None,
            "audience": party.audience,
            "confidence": party.confidence,
        }
        for party in found
    ]
    names = ("slug", "~name", "~audience", "~confidence", "_part")
    state.out.show(documents, state.out.table(columns(state, *names), rows))
