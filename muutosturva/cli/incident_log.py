"""``incident note`` and ``log``: what is written down, and the story it makes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from muutosturva.cli import stable
from muutosturva.cli.early import say_if_early
from muutosturva.cli.framework import Command, argument, count, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.incidents.typed.moments import parse_event_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from muutosturva.cli.state import State
    from muutosturva.incidents.told.narrative import Line

LOG_LINES = 50
FORMS = ("narrative", "table")
HANGING = "    "
"""Before the second line of what one event tells."""


@click.command("note", cls=Command)
@argument("incident_id", text="incident")
@argument("text", text="note")
@option("--at", text="event_at", value="moment")
@click.pass_obj
def note_command(state: State, *, incident_id: str, text: str, at: str | None) -> None:
    """Write a note into the log."""
    from muutosturva.incidents.acts.life import add_note

    with state.store() as store:
        entry = add_note(
            store,
            incident_id,
            text,
            at=parse_event_time(at, state.now()),
            actor=state.actor(store),
            now=state.now(),
        )
        say_if_early(state, store, incident_id, entry.event_time)
    sentence = state.texts("cli.incident.noted", incident=entry.incident, at=entry.event_time)
    state.out.done(stable.log_entry(entry), sentence)


@click.command("log", cls=Command)
@argument("incident_id", text="incident")
@option("--form", choices=FORMS, text="log_form", default=FORMS[0])
@option("--limit", value="count", text="log_limit", convert=count("--limit"), default=str(LOG_LINES))
@flag("--oldest-first")
@click.pass_obj
def log_command(state: State, *, incident_id: str, form: str, limit: int, oldest_first: bool) -> None:
    """Show what has happened: as a story, or as a table."""
    from muutosturva.incidents.reading import queries
    from muutosturva.incidents.reading.naming import names
    from muutosturva.incidents.told import narrative

    with state.store() as store, store.reading() as session:
        entries = queries.log_entries(session, incident_id, limit=limit)
        known = names(session, incident_id)
    if form == FORMS[0] and not state.out.as_json:
        told = narrative.lines(state.texts, narrative.in_story_order(entries), known)
        state.out.show(None, story_lines(state, told))
        return
    ordered = narrative.lines(state.texts, reversed(entries) if oldest_first else entries, known)
    state.out.show(
        [{**stable.log_entry(line.entry), "told": line.told} for line in ordered], table_lines(state, ordered)
    )


def story_lines(state: State, told: Sequence[Line]) -> list[str]:
    """Return the log as a story: the days in order, under each what happened on it."""
    lines: list[str] = []
    for day, of_day in groupby(told, key=lambda line: line.day):
        lines += ["", state.texts.long_date(day)] if lines else [state.texts.long_date(day)]
        for line in of_day:
            who = f"{line.who} ({line.firm})" if line.firm else line.who
            lines += state.out.wrapped(f"{line.at} {who}: {line.told}", "  ", HANGING)
    return lines


def table_lines(state: State, told: Sequence[Line]) -> list[str]:
    """Return the log as a table: when it happened, when it was written down, who, what."""
    rows = [(line.happened, line.recorded, line.who, line.firm, line.told) for line in told]
    return state.out.table(columns(state, "happened", "recorded", "~who", "~employer", "_event"), rows)
