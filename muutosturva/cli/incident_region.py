"""``incident ungroup``, ``merge``, ``link`` and ``unlink``: several firms, each person counted once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from muutosturva.cli import stable_region
from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.state import State
from muutosturva.cli.words import people
from muutosturva.errors import UsageError
from muutosturva.models.states import LinkKind

if TYPE_CHECKING:
    from muutosturva.incidents.acts.links import Link
    from muutosturva.incidents.acts.merging import Merged
    from muutosturva.incidents.pure.views import IncidentView, LinkView
    from muutosturva.store.store import Store


def _people(option_name: str) -> Callable[[str], int]:
    def convert(text: str) -> int:
        from muutosturva.incidents.typed.counts import people_count, shown

        try:
            return people_count(text)
        except UsageError as error:
            if error.key == "incidents.people_number":
                raise UsageError("cli.not_people", option=option_name, value=shown(text)) from None
            raise

    return convert


@click.command("ungroup", cls=Command)
@argument("situation")
@argument("children", text="ungrouped", nargs=-1, required=True)
@option("--reason", value="reason", required=True)
@click.pass_obj
def ungroup_command(state: State, *, situation: str, children: tuple[str, ...], reason: str) -> None:
    """Take incidents out of a regional situation."""
    from muutosturva.incidents.acts.grouping import ungroup_incidents

    with state.store() as store:
        view = ungroup_incidents(
            store, situation, children, reason=reason, actor=state.actor(store), now=state.now()
        )
    out, texts = state.out, state.texts
    if not view.children:
        out.done(
            stable_region.incident(view), texts("cli.incident.empty_situation", incident=view.readable_id)
        )
        return
    sentence = texts(
        "cli.incident.grouped",
        incident=view.readable_id,
        n=len(view.children),
        people=people(texts, view.people),
    )
    out.done(stable_region.incident(view), sentence)


@click.command("merge", cls=Command)
@argument("duplicate")
@argument("into")
@option("--reason", value="reason", default="")
@flag("--preview", text="merge_preview")
@click.pass_obj
def merge_command(state: State, *, duplicate: str, into: str, reason: str, preview: bool) -> None:
    """Merge an incident that was opened twice into the one that goes on."""
    from muutosturva.incidents.acts.merging import merge_incidents, preview_merge

    with state.store() as store:
        if preview:
            merged = preview_merge(store, duplicate, into)
        else:
            merged = merge_incidents(
                store, duplicate, into, reason=reason, actor=state.actor(store), now=state.now()
            )
    state.out.show(stable_region.merged(merged), _merge_lines(state, merged, preview=preview))


def _merge_lines(state: State, merged: Merged, *, preview: bool) -> list[str]:
    texts = state.texts
    key = "cli.merge.preview" if preview else "cli.merge.done"
    lines = state.out.wrapped(texts(key, duplicate=merged.duplicate, into=merged.into))
    if merged.carried:
        lines += state.out.wrapped(
            texts("cli.merge.carried", n=len(merged.carried), keys=merged.carried), "  ", "  "
        )
    moved = [old if old == new else f"{old} → {new}" for old, new in merged.moved]
    if moved:
        lines += state.out.wrapped(texts("cli.merge.moved", n=len(moved), keys=moved), "  ", "  ")
    if merged.links:
        lines += state.out.wrapped(texts("cli.merge.links", firms=merged.links), "  ", "  ")
    if merged.situation:
        lines += state.out.wrapped(
            texts("cli.merge.situation", into=merged.into, situation=merged.situation), "  ", "  "
        )
    return lines


@click.command("link", cls=Command)
@argument("incident_id", text="incident")
@argument("firm")
@option("--kind", text="link_kind", value="link_kind", choices=[kind.value for kind in LinkKind])
@option("--incident", "other", text="link_incident", value="incident")
@option("--people", "headcount", text="link_people", value="people", convert=_people("--people"))
@option("--included", text="link_included", value="people", convert=_people("--included"))
@option("--source", text="link_source", value="source")
@option("--reason", text="link_reason", value="reason", default="")
@click.pass_obj
def link_command(state: State, /, *, incident_id: str, firm: str, reason: str, **typed: Any) -> None:
    """Link a firm to an incident, or change what is known of a linked one."""
    from muutosturva.incidents.acts.links import change_link, link_firm

    with state.store() as store:
        known = _linked(store, incident_id, firm)
        link, actor, now = _link(firm, known, typed), state.actor(store), state.now()
        if known is None or not reason:
            view = link_firm(store, incident_id, link, actor=actor, now=now)
        else:
            view = change_link(store, incident_id, link, reason=reason, actor=actor, now=now)
    _tell_sum(state, view)


def _linked(store: Store, incident_id: str, firm: str) -> LinkView | None:
    """Return what is known of a firm that is linked already."""
    from muutosturva.incidents.pure.firms import folded
    from muutosturva.incidents.reading import queries

    with store.reading() as session:
        found = queries.incident_view(session, incident_id).links
    return next((link for link in found if folded(link.name) == folded(firm)), None)


def _link(firm: str, known: LinkView | None, typed: dict[str, Any]) -> Link:
    """Return the link as typed; what was left out stays as it is known."""
    from muutosturva.incidents.acts.links import Link

    before = Link(firm, LinkKind.OTHER)
    if known is not None:
        before = Link(known.name, known.kind, known.other, known.headcount, known.included, known.source)

    def said(name: str, otherwise: Any) -> Any:
        return otherwise if typed[name] is None else typed[name]

    return Link(
        name=before.name,
        kind=LinkKind(said("kind", before.kind)),
        other=said("other", before.other),
        headcount=said("headcount", before.headcount),
        included=said("included", before.included),
        source=said("source", before.source),
    )


@click.command("unlink", cls=Command)
@argument("incident_id", text="incident")
@argument("firm")
@option("--reason", value="reason", required=True)
@click.pass_obj
def unlink_command(state: State, *, incident_id: str, firm: str, reason: str) -> None:
    """Take a linked firm off an incident."""
    from muutosturva.incidents.acts.links import unlink_firm

    with state.store() as store:
        view = unlink_firm(store, incident_id, firm, reason=reason, actor=state.actor(store), now=state.now())
    _tell_sum(state, view)


def _tell_sum(state: State, view: IncidentView) -> None:
    texts = state.texts
    own = texts(
        "cli.link.sum", incident=view.readable_id, n=len(view.links), people=people(texts, view.people)
    )
    beyond = texts("cli.link.beyond", people=people(texts, view.beyond)) if view.beyond else ""
    state.out.done(stable_region.incident(view), *(line for line in (own, beyond) if line))
