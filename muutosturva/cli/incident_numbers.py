"""``incident amend``, ``accept``, ``decline``, ``numbers``, ``wave`` and ``level``: facts that change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muutosturva.cli import stable, stable_numbers
from muutosturva.cli.early import say_if_early
from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.state import State
from muutosturva.cli.values import pairs
from muutosturva.errors import UsageError
from muutosturva.models.states import MEASURES

if TYPE_CHECKING:
    from muutosturva.incidents.acts.waves import WaveChange, WaveSet
    from muutosturva.rules.levels import Level
    from muutosturva.store.store import Store

AUTO = "auto"
"""What is typed for a level that the criteria decide again."""


@click.command("amend", cls=Command)
@argument("incident_id", text="incident")
@option("--number", "numbers", text="number", value="number", multiple=True)
@option("--input", "inputs", text="amend_input", value="input", multiple=True)
@option("--source", text="amend_source", value="source", default="")
@option("--at", text="amend_at", value="moment")
@option("--reason", value="reason", required=True)
@flag("--accept", text="amend_accept")
@flag("--preview", text="amend_preview")
@click.pass_obj
def amend_command(
    state: State,
    *,
    incident_id: str,
    numbers: tuple[str, ...],
    inputs: tuple[str, ...],
    source: str,
    at: str | None,
    reason: str,
    accept: bool,
    preview: bool,
) -> None:
    """Record new numbers and facts, and show the difference they make."""
    from muutosturva.cli.amend_pages import amended_lines
    from muutosturva.incidents.acts.amending import Amendment, amend, preview_amendment
    from muutosturva.incidents.reading import queries
    from muutosturva.incidents.typed.figure_notation import parse_figure
    from muutosturva.incidents.typed.moments import parse_event_time

    now = state.now()
    with state.store() as store:
        with store.reading() as session:
            sites = {site.id: site.name for site in queries.incident_view(session, incident_id).sites}
        amendment = Amendment(
            tuple(parse_figure(text, sites) for text in numbers),
            pairs(inputs, "--input"),
            source,
            parse_event_time(at, now),
        )
        if preview:
            made = preview_amendment(store, incident_id, amendment, now=now, accept=accept)
        else:
            actor = state.actor(store)
            made = amend(store, incident_id, amendment, reason=reason, accept=accept, actor=actor, now=now)
        if amendment.event_time is not None:
            say_if_early(state, store, incident_id, amendment.event_time)
    state.out.show(stable_numbers.amended(made, state.texts), amended_lines(state, made, preview=preview))


@click.command("accept", cls=Command)
@argument("incident_id", text="incident")
@argument("tasks", text="offered_tasks", nargs=-1)
@flag("--all", "everything", text="accept_all")
@click.pass_obj
def accept_command(state: State, *, incident_id: str, tasks: tuple[str, ...], everything: bool) -> None:
    """Take on offered tasks."""
    from muutosturva.cli.incident_pages import task_lines
    from muutosturva.incidents.acts.offers import accept_offers

    if bool(tasks) is everything:
        raise UsageError("cli.tasks_or_all")
    with state.store() as store:
        wanted = None if everything else tasks
        taken = accept_offers(store, incident_id, wanted, actor=state.actor(store), now=state.now())
    sentence = state.texts("cli.amend.accepted", n=len(taken))
    documents = [stable.task(task, state.texts) for task in taken]
    state.out.show(documents, [sentence, *task_lines(state, taken)])


@click.command("decline", cls=Command)
@argument("incident_id", text="incident")
@argument("tasks", text="offered_tasks", nargs=-1, required=True)
@option("--reason", value="reason", required=True)
@click.pass_obj
def decline_command(state: State, *, incident_id: str, tasks: tuple[str, ...], reason: str) -> None:
    """Leave offered tasks undone."""
    from muutosturva.incidents.acts.offers import decline_offers

    with state.store() as store:
        left = decline_offers(
            store, incident_id, tasks, reason=reason, actor=state.actor(store), now=state.now()
        )
    sentence = state.texts("cli.amend.declined", n=len(left))
    state.out.done([stable.task(task, state.texts) for task in left], sentence)


@click.command("numbers", cls=Command)
@argument("incident_id", text="incident")
@click.pass_obj
def numbers_command(state: State, *, incident_id: str) -> None:
    """Show what counts now and why, and the history of the numbers."""
    from muutosturva.cli.amend_pages import counted_lines, history_lines
    from muutosturva.incidents.acts.numbers import counted_now, figure_history

    with state.store() as store, store.reading() as session:
        rows = figure_history(session, incident_id)
        now = counted_now(session, incident_id) if rows else None
    lines = [*(counted_lines(state, now) if now else ()), *history_lines(state, rows)]
    state.out.show([stable_numbers.figure(row) for row in rows], lines)


@click.command("wave", cls=Command)
@argument("incident_id", text="incident")
@argument("wave", text="wave_id")
@option("--label", text="wave_label", value="name")
@option("--site", text="wave_site", value="site")
@option("--measure", text="wave_measure", choices=tuple(measure.value for measure in MEASURES))
@option("--count", text="wave_count", value="count")
@option("--notice", text="wave_notice", value="date")
@option("--end", text="wave_end", value="date")
@option("--reason", value="reason", required=True)
@flag("--remove", text="wave_remove")
@flag("--preview", text="amend_preview")
@click.pass_obj
def wave_command(
    state: State,
    /,
    *,
    incident_id: str,
    wave: str,
    reason: str,
    remove: bool,
    preview: bool,
    **fields: str | None,
) -> None:
    """Add, change or remove a wave."""
    from muutosturva.cli.amend_pages import difference_lines

    given = [name for name, value in fields.items() if value is not None]
    if remove is bool(given):
        raise UsageError("cli.wave_fields_or_remove")
    change = None if remove else _wave_change(wave, fields)
    with state.store() as store:
        made = (
            _wave_seen(store, state, incident_id, wave, change)
            if preview
            else _wave_written(store, state, incident_id, wave, change, reason=reason)
        )
    lines = difference_lines(state, made.changes, made.warnings, made.incident, preview=preview)
    state.out.show(stable_numbers.wave(made, state.texts), lines)


def _wave_change(wave: str, fields: dict[str, str | None]) -> WaveChange:
    from muutosturva.incidents.acts.waves import WaveChange
    from muutosturva.incidents.typed.counts import people_or_unknown
    from muutosturva.incidents.typed.notation import parse_anchor_value

    count, notice, end = (fields[name] for name in ("count", "notice", "end"))
    return WaveChange(
        wave,
        label=fields["label"],
        site=fields["site"],
        measure=fields["measure"],
        count=None if count is None else people_or_unknown(count),
        notice=None if notice is None else parse_anchor_value(notice),
        end=None if end is None else parse_anchor_value(end),
    )


def _wave_seen(store: Store, state: State, incident: str, wave: str, change: WaveChange | None) -> WaveSet:
    from muutosturva.incidents.acts.waves import preview_removal, preview_wave

    if change is None:
        return preview_removal(store, incident, wave, now=state.now())
    return preview_wave(store, incident, change, now=state.now())


def _wave_written(
    store: Store, state: State, incident: str, wave: str, change: WaveChange | None, *, reason: str
) -> WaveSet:
    from muutosturva.incidents.acts.waves import remove_wave, set_wave

    actor, now = state.actor(store), state.now()
    if change is None:
        return remove_wave(store, incident, wave, reason=reason, actor=actor, now=now)
    return set_wave(store, incident, change, reason=reason, actor=actor, now=now)


@click.command("level", cls=Command)
@argument("incident_id", text="incident")
@argument("level", text="level", required=False, choices=("S", "M", "L", "XL", AUTO))
@option("--reason", text="level_reason", value="reason", default="")
@flag("--accept", text="amend_accept")
@flag("--preview", text="amend_preview")
@click.pass_obj
def level_command(
    state: State, *, incident_id: str, level: str | None, reason: str, accept: bool, preview: bool
) -> None:
    """Show what decides the level, or set it by hand."""
    from muutosturva.cli.amend_pages import difference_lines
    from muutosturva.incidents.acts.levelling import preview_level, set_level

    if level is None:
        _show_level(state, incident_id)
        return
    wanted = _level(level)
    with state.store() as store:
        if preview:
            made = preview_level(store, incident_id, wanted, now=state.now(), accept=accept)
        else:
            actor, now = state.actor(store), state.now()
            made = set_level(store, incident_id, wanted, reason=reason, accept=accept, actor=actor, now=now)
    lines = difference_lines(state, made.changes, (), made.incident, preview=preview)
    state.out.show(stable_numbers.level_set(made, state.texts), lines)


def _level(text: str) -> Level | None:
    from muutosturva.rules.levels import Level

    return None if text == AUTO else Level(text)


def _show_level(state: State, incident_id: str) -> None:
    from muutosturva.cli.amend_pages import level_lines
    from muutosturva.coordination.trigger import suggestions
    from muutosturva.incidents.acts.levelling import level_view
    from muutosturva.incidents.reading import queries

    with state.store() as store:
        with store.reading() as session:
            view = level_view(session, incident_id)
            incident = queries.incident_view(session, incident_id)
        inputs = {**incident.inputs, **({"level": view.level} if view.level else {})}
        found = suggestions(store, inputs, now=state.now())
    fitting = [item.playbook_id for item in found if item.fits]
    role = view.lead.value if view.lead else ""
    titles = {item.role: state.texts.pick(item.title) for item in incident.roles}
    lines = level_lines(state, view, titles.get(role) or role, incident.playbook_id, fitting)
    state.out.show(stable_numbers.level(view, fitting), lines)
