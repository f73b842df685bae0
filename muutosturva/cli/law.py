"""``law``: the dated rows of the law, and changing them with a source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muutosturva.cli import stable, words
from muutosturva.cli.framework import Group, argument, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.state import State
from muutosturva.cli.text_files import small_text
from muutosturva.errors import NotFoundError, UsageError, nearest
from muutosturva.incidents.typed.notation import any_day
from muutosturva.rules.results import Confidence, LawRow

if TYPE_CHECKING:
    from muutosturva.store.lawbook import LawChange
    from muutosturva.store.store import Store

CONFIDENCES = tuple(confidence.value for confidence in Confidence)


@click.group("law", cls=Group)
def law() -> None:
    """Look up and change the rule book."""


@law.command("list")
@argument("key", text="law_key", required=False, default=None)
@option("--on", text="law_on", value="day", convert=any_day)
@flag("--unsure")
@click.pass_obj
def list_command(state: State, *, key: str | None, on: dt.date | None, unsure: bool) -> None:
    """List rows of the rule book."""
    from muutosturva.coordination.trigger import standing_data
    from muutosturva.incidents.told.statutes import statute

    texts = state.texts
    with state.store_or_shipped() as store:
        book = standing_data(store).book
    if key is not None and not any(_under(known, key) for known in book.keys):
        raise NotFoundError("cli.no_law_key", key=key, nearest=nearest(key, book.keys))
    shown = [
        row
        for row in book.rows
        if (key is None or _under(row.key, key))
        and (on is None or row.in_force(on))
        and (not unsure or row.confidence is Confidence.UNSURE)
    ]
    rows = [
        (
            row.key,
            words.law_value(texts, row),
            row.condition,
            texts.day(row.valid_from) if row.valid_from else texts("cli.law.not_in_force"),
            texts.day(row.valid_to) if row.valid_to else "",
            words.law_name(texts, row.key),
            statute(texts, row.statute),
            texts.word(row.confidence),
        )
        for row in shown
    ]
    names = ("~law_key", "~law_value", "~condition", "from", "to", "_name", "_statute", "_confidence")
    document = {"revision": book.revision, "rows": [stable.law_row(row) for row in shown]}
    state.out.show(document, state.out.table(columns(state, *names), rows))
    state.out.say(texts("cli.law.shown", n=len(shown), revision=book.revision))


def _under(key: str, wanted: str) -> bool:
    return key == wanted or key.startswith(f"{wanted.rstrip('.')}.")


@law.command("set")
@argument("key", text="law_key")
@argument("value", text="law_value")
@option("--unit", value="unit", default="")
@option("--condition", value="condition", default="")
@option("--from", "valid_from", text="law_from", value="day", convert=any_day)
@option("--to", "valid_to", text="law_to", value="day", convert=any_day)
@option("--statute", value="statute", required=True)
@option("--source", text="law_source", value="source", required=True)
@option("--confidence", choices=CONFIDENCES, default="found")
@option("--note", text="law_note", value="note", default="")
@option("--reason", value="reason", required=True)
@click.pass_obj
def set_command(
    state: State,
    /,
    *,
    key: str,
    value: str,
    unit: str,
    valid_from: dt.date | None,
    valid_to: dt.date | None,
    confidence: str,
    reason: str,
    **cells: str,
) -> None:
    """Add a row, or correct the one of the same first day."""
    from muutosturva.clock import local_date
    from muutosturva.store.lawbook import set_row

    with state.store() as store:
        row = LawRow(
            key=key,
            value=value,
            unit=unit or _unit_of(store, key),
            valid_from=valid_from,
            valid_to=valid_to,
            confidence=Confidence(confidence),
            checked=local_date(state.now()),
            **cells,
        )
        change = set_row(store, row, actor=state.actor(store), now=state.now(), reason=reason)
    _tell(state, change)


def _unit_of(store: Store, key: str) -> str:
    """Return the unit that rows of a key have.

    Raises:
        UsageError: the key is new and must bring its own.
    """
    from muutosturva.coordination.trigger import standing_data

    history = standing_data(store).book.history(key)
    if not history:
        raise UsageError("cli.missing_option", option="--unit", command="muutosturva law set")
    return history[-1].unit


@law.command("update")
@argument("file", text="law_file", required=False, default=None)
@option("--reason", text="law_reason", value="reason", default="")
@click.pass_obj
def update_command(state: State, *, file: str | None, reason: str) -> None:
    """Bring in rows from a file, or those that ship with the program."""
    from muutosturva.rules.book import shipped_book
    from muutosturva.rules.bookfile import write_book
    from muutosturva.store.lawbook import update_from

    text = write_book(shipped_book().rows) if file is None else small_text(Path(file))
    with state.store() as store:
        change = update_from(
            store,
            text,
            path=file or "law.csv",
            actor=state.actor(store),
            now=state.now(),
            reason=reason or state.texts("cli.law.update_reason", path=file or "law.csv"),
        )
    _tell(state, change)


def _tell(state: State, change: LawChange) -> None:
    document = {
        "revision": change.book.revision,
        "added": [stable.law_row(row) for row in change.added],
        "removed": [stable.law_row(row) for row in change.removed],
    }
    if not change.added and not change.removed:
        sentence = state.texts("cli.law.same", revision=change.book.revision)
    else:
        sentence = state.texts(
            "cli.law.changed",
            revision=change.book.revision,
            added=len(change.added),
            removed=len(change.removed),
        )
    state.out.done(document, sentence)
