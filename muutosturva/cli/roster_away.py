"""``roster away`` and ``roster absences``: who is away on which days, and who stands in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.stable import Document
from muutosturva.cli.state import State
from muutosturva.clock import local_date
from muutosturva.errors import UsageError
from muutosturva.incidents.typed.notation import parse_day

if TYPE_CHECKING:
    from muutosturva.preparedness.queries import AbsenceView


@click.command("away", cls=Command)
@argument("person")
@argument("first_day", convert=parse_day, required=False)
@argument("last_day", convert=parse_day, required=False)
@option("--deputy", text="away_deputy", value="person")
@option("--remove", text="away_remove", value="day", convert=parse_day)
@click.pass_obj
def away_command(
    state: State,
    *,
    person: str,
    first_day: dt.date | None,
    last_day: dt.date | None,
    deputy: str | None,
    remove: dt.date | None,
) -> None:
    """Record that somebody is away, or take it back."""
    if (first_day is None) == (remove is None):
        raise UsageError("cli.away_days")
    if remove is not None:
        _remove(state, person, remove)
    elif first_day is not None:
        _add(state, person, first_day, last_day or first_day, deputy)


def _add(state: State, person: str, first_day: dt.date, last_day: dt.date, deputy: str | None) -> None:
    from muutosturva.preparedness.service import add_absence

    with state.store() as store:
        done = add_absence(
            store,
            person,
            first_day,
            last_day,
            deputy=deputy,
            actor=state.actor(store),
            now=state.now(),
        )
    warnings = [state.texts.problem(problem) for problem in done.warnings]
    state.out.done({**_document(done.absence), "warnings": warnings}, _sentence(state, "added", done.absence))
    for warning in warnings:
        state.out.say(warning)


def _remove(state: State, person: str, first_day: dt.date) -> None:
    from muutosturva.preparedness.service import remove_absence

    with state.store() as store:
        done = remove_absence(store, person, first_day, actor=state.actor(store), now=state.now())
    state.out.done({**_document(done), "removed": True}, _sentence(state, "removed", done))


def _sentence(state: State, what: str, absence: AbsenceView) -> str:
    texts = state.texts
    return texts(
        f"cli.away.{what}",
        person=absence.person,
        first=absence.first_day,
        last=absence.last_day,
        deputy=absence.deputy or texts("cli.away.by_role"),
    )


@click.command("absences", cls=Command)
@flag("--all", "everything", text="absences_all")
@click.pass_obj
def absences_command(state: State, *, everything: bool) -> None:
    """List who is away today and later."""
    from muutosturva.preparedness import queries

    texts = state.texts
    today = local_date(state.now())
    with state.store() as store, store.reading() as session:
        found = queries.absences(session, None if everything else today)
    rows = [
        (
            absence.person,
            texts.weekday_date(absence.first_day),
            texts.weekday_date(absence.last_day),
            absence.deputy or texts("cli.away.by_role"),
        )
        for absence in found
    ]
    names = ("~away", "from", "to", "~stands_in")
    state.out.show([_document(absence) for absence in found], state.out.table(columns(state, *names), rows))
    if not found:
        state.out.say(texts("cli.away.none"))


def _document(absence: AbsenceView) -> Document:
    return {
        "person": absence.person,
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat(),
        "deputy": absence.deputy or None,
    }
