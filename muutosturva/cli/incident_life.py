"""``incident resume`` and ``waive``: taking an incident up again, and ending one without a review."""

from __future__ import annotations

import click

from muutosturva.cli import stable, stable_region
from muutosturva.cli.framework import Command, argument, option
from muutosturva.cli.incident_pages import change_lines
from muutosturva.cli.state import State
from muutosturva.cli.values import pairs
from muutosturva.incidents.notation import parse_anchor_value


@click.command("resume", cls=Command)
@argument("incident_id", text="incident")
@option("--anchor", "anchors", text="resume_anchor", value="anchor", multiple=True)
@option("--reason", value="reason", required=True)
@option("--source", value="source", default="")
@click.pass_obj
def resume_command(
    state: State, *, incident_id: str, anchors: tuple[str, ...], reason: str, source: str
) -> None:
    """Make a dormant or watched incident active, with its new dates."""
    from muutosturva.incidents.resuming import resume

    values = {name: parse_anchor_value(text, source) for name, text in pairs(anchors, "--anchor").items()}
    with state.store() as store:
        changes = resume(
            store, incident_id, anchors=values, reason=reason, actor=state.actor(store), now=state.now()
        )
    told = state.texts("cli.incident.resumed", incident=incident_id.strip().upper())
    state.out.show(stable.changes(changes, state.texts), [told, *change_lines(state, changes)])


@click.command("waive", cls=Command)
@argument("incident_id", text="incident")
@option("--reason", value="reason", required=True)
@click.pass_obj
def skip_review_command(state: State, *, incident_id: str, reason: str) -> None:
    """End a closed incident without a review."""
    from muutosturva.incidents.life import skip_review

    with state.store() as store:
        view = skip_review(store, incident_id, reason=reason, actor=state.actor(store), now=state.now())
    sentence = state.texts("cli.incident.review_skipped", incident=view.readable_id)
    state.out.done(stable_region.incident(view), sentence)
