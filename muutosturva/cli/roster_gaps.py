"""``roster gaps``: where the work hangs on one person."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from muutosturva.cli.framework import Command, option
from muutosturva.cli.incident_pages import columns
from muutosturva.clock import local_date
from muutosturva.errors import UsageError
from muutosturva.incidents.typed.notation import parse_day

if TYPE_CHECKING:
    from muutosturva.cli.stable import Document
    from muutosturva.cli.state import State
    from muutosturva.i18n import Texts
    from muutosturva.incidents.pure.gaps import Gap


@click.command("gaps", cls=Command)
@option("--until", "until", text="gaps_until", value="day", convert=parse_day)
@click.pass_obj
def gaps_command(state: State, *, until: dt.date | None) -> None:
    """Show where the work hangs on one person."""
    from muutosturva.incidents.reading.board import COMING_DAYS
    from muutosturva.incidents.reading.gaps import incident_gaps, roster_gaps
    from muutosturva.incidents.told.wording import gap_words

    texts, today = state.texts, local_date(state.now())
    last = until or today + dt.timedelta(days=COMING_DAYS)
    if last < today:
        raise UsageError("cli.gaps_backwards", last=last, today=today)
    with state.store() as store, store.reading() as session:
        found = (*incident_gaps(session, today, last), *roster_gaps(session))
    rows = [(gap.incident or texts("cli.roster.everywhere"), gap_words(texts, gap)) for gap in found]
    state.out.show(
        [_document(gap, texts) for gap in found],
        state.out.table(columns(state, "incident", "~gap"), rows),
    )
    if not found:
        state.out.say(texts("cli.roster.no_gaps", last=last))


def _document(gap: Gap, texts: Texts) -> Document:
    return {
        "kind": gap.kind.value,
        "incident": gap.incident or None,
        "role": gap.role or None,
        "title": texts.pick(gap.title) if gap.title else None,
        "people": list(gap.people),
        "first_day": gap.first_day.isoformat() if gap.first_day else None,
        "last_day": gap.last_day.isoformat() if gap.last_day else None,
        "roles": [texts.pick(title) for title in gap.roles],
    }
