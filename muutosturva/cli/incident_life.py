"""``incident resume``, ``close``, ``reopen`` and ``waive``: how an incident ends and is taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muutosturva.cli import stable, stable_region
from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.incident_pages import change_lines
from muutosturva.cli.state import State
from muutosturva.cli.values import pairs
from muutosturva.errors import InputError, Problem
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.models.states import IncidentState

if TYPE_CHECKING:
    from muutosturva.incidents.pure.views import IncidentView
    from muutosturva.store.store import Store


def closing_left(state: State, store: Store, view: IncidentView) -> list[str]:
    """Return what is left before an incident that winds down can be closed; [] in any other state."""
    from muutosturva.incidents.acts.closing import grouped
    from muutosturva.incidents.acts.life import closing_problems

    if view.state is not IncidentState.WINDING_DOWN:
        return []
    problems = grouped(closing_problems(store, view.readable_id))
    if not problems:
        return state.out.wrapped(state.texts("cli.incident.closable", incident=view.readable_id))
    return [state.texts("cli.incident.before_closing"), *state.out.problem_lines(problems)]


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
    from muutosturva.incidents.acts.resuming import resume

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
    from muutosturva.incidents.acts.life import skip_review

    with state.store() as store:
        view = skip_review(store, incident_id, reason=reason, actor=state.actor(store), now=state.now())
    sentence = state.texts("cli.incident.review_skipped", incident=view.readable_id)
    state.out.done(stable_region.incident(view), sentence)


@click.command("close", cls=Command)
@argument("incident_id", text="incident")
@option("--reason", text="close_reason", value="reason", default="")
@flag("--skip-open")
@flag("--all", "everything", text="close_all")
@click.pass_obj
def close_command(state: State, *, incident_id: str, reason: str, skip_open: bool, everything: bool) -> None:
    """Close an incident whose checks pass."""
    from muutosturva.incidents.acts.closing import grouped
    from muutosturva.incidents.acts.life import close_incident

    # Whoever leaves work undone says why; a close with nothing open explains itself.
    usual = "" if skip_open else state.texts("cli.incident.close_reason")
    with state.store() as store:
        try:
            view = close_incident(
                store,
                incident_id,
                reason=reason or usual,
                actor=state.actor(store),
                now=state.now(),
                skip=skip_open,
            )
        except InputError as error:
            if error.key != "incidents.not_closable" or everything or state.out.as_json:
                raise
            problems = (*grouped(error.problems), Problem("cli.close_all", {"n": len(error.problems)}))
            raise InputError(error.key, problems=problems, **error.params) from error
    sentence = state.texts("cli.incident.closed", incident=view.readable_id)
    state.out.done(stable_region.incident(view), sentence)


@click.command("reopen", cls=Command)
@argument("incident_id", text="incident")
@option("--reason", value="reason", required=True)
@click.pass_obj
def reopen_command(state: State, *, incident_id: str, reason: str) -> None:
    """Open a closed incident again."""
    from muutosturva.incidents.acts.life import reopen_incident

    with state.store() as store:
        view = reopen_incident(store, incident_id, reason=reason, actor=state.actor(store), now=state.now())
    sentence = state.texts("cli.incident.state_moved", incident=view.readable_id, state=view.state)
    state.out.done(stable_region.incident(view), sentence)
