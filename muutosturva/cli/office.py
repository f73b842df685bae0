"""``office``: the days on which the office is closed and the council meets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import click

from muutosturva.cli import stable
from muutosturva.cli.framework import Group, argument, flag, option
from muutosturva.cli.incident_pages import change_lines, columns
from muutosturva.cli.state import State
from muutosturva.clock import local_date
from muutosturva.incidents.typed.notation import parse_days
from muutosturva.models.states import OfficeDateKind

if TYPE_CHECKING:
    from muutosturva.cli.stable import Document
    from muutosturva.incidents.acts.office_days import DaysSet

KINDS: Final = tuple(kind.value for kind in OfficeDateKind)


@click.group("office", cls=Group)
def office() -> None:
    """Keep the days of the office."""


@office.command("list")
@flag("--all", "everything", text="office_all")
@click.pass_obj
def list_command(state: State, *, everything: bool) -> None:
    """List the days the office is closed and the council meets."""
    from muutosturva.incidents.acts.office_days import listed_days

    texts, today = state.texts, local_date(state.now())
    with state.store() as store, store.reading() as session:
        listed = listed_days(session, store.owner_area)
    found = sorted(
        (day, kind, label)
        for kind, days in listed.items()
        for day, label in days.items()
        if everything or day >= today
    )
    documents = [{"kind": kind.value, "day": day.isoformat(), "label": label} for day, kind, label in found]
    rows = [(texts.weekday_date(day), texts.word(kind), label) for day, kind, label in found]
    state.out.show(documents, state.out.table(columns(state, "~office_day", "~office_kind", "_name"), rows))
    if not found:
        state.out.say(texts("cli.office.none"))


@office.command("add")
@argument("kind", text="office_kind", choices=KINDS)
@argument("days", text="office_days", nargs=-1, required=True)
@option("--label", text="office_label", value="title", default="")
@flag("--preview")
@click.pass_obj
def add_command(state: State, *, kind: str, days: tuple[str, ...], label: str, preview: bool) -> None:
    """Add days of the office and show what moved."""
    _change(state, kind, days, label=label, remove=False, preview=preview)


@office.command("remove")
@argument("kind", text="office_kind", choices=KINDS)
@argument("days", text="office_days", nargs=-1, required=True)
@flag("--preview")
@click.pass_obj
def remove_command(state: State, *, kind: str, days: tuple[str, ...], preview: bool) -> None:
    """Remove days of the office and show what moved."""
    _change(state, kind, days, label="", remove=True, preview=preview)


def _change(
    state: State, kind: str, typed: Iterable[str], *, label: str, remove: bool, preview: bool
) -> None:
    from muutosturva.incidents.acts.office_days import DayChange, preview_office_days, set_office_days

    days: list[dt.date] = [day for text in typed for day in parse_days(text)]
    change = DayChange(OfficeDateKind(kind), tuple(days), label, remove)
    with state.store() as store:
        if preview:
            done = preview_office_days(store, change, now=state.now())
        else:
            done = set_office_days(store, change, actor=state.actor(store), now=state.now())
    state.out.show(_document(state, done), _lines(state, done, preview=preview))
    for warning in done.warnings:
        state.out.say(state.texts.problem(warning))


def _lines(state: State, done: DaysSet, *, preview: bool) -> list[str]:
    texts, out = state.texts, state.out
    lines: list[str] = []
    if preview:
        lines.append(texts("cli.amend.preview"))
    act = "remove" if done.change.remove else "add"
    for name, days in ((f"would_{act}" if preview else act, done.days), ("left", done.left)):
        if days:
            lines += out.wrapped(texts(f"cli.office.{name}", n=len(days), kind=done.change.kind, days=days))
    for each in done.followed:
        lines += ["", *out.wrapped(f"{each.incident} {each.employer}")]
        lines += change_lines(state, each.changes, preview=preview)
    if done.days and not done.followed:
        lines.append(texts("cli.office.nothing_moved"))
    return lines


def _document(state: State, done: DaysSet) -> Document:
    return {
        "kind": done.change.kind.value,
        "removed" if done.change.remove else "added": [day.isoformat() for day in done.days],
        "left": [day.isoformat() for day in done.left],
        "label": done.change.label or None,
        "incidents": [
            {"incident": each.incident, **stable.changes(each.changes, state.texts)} for each in done.followed
        ],
        "warnings": [state.texts.problem(warning) for warning in done.warnings],
    }
