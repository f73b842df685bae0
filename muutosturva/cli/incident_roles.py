"""``incident roles``: who held which role from when to when, and who acts today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from muutosturva.cli import stable
from muutosturva.cli.framework import Command, argument
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.stable import Document
from muutosturva.cli.state import State
from muutosturva.clock import local_date
from muutosturva.i18n import Texts

if TYPE_CHECKING:
    from muutosturva.incidents.pure.standing_in import Acting
    from muutosturva.incidents.reading.role_history import RoleHistory


@click.command("roles", cls=Command)
@argument("incident_id", text="incident")
@click.pass_obj
def roles_command(state: State, *, incident_id: str) -> None:
    """Show who held which role, and who acts today."""
    from muutosturva.incidents.reading.role_history import role_histories

    with state.store() as store, store.reading() as session:
        found = role_histories(session, incident_id, local_date(state.now()))
    state.out.show([_document(item, state.texts) for item in found], _lines(state, found))
    if not found:
        state.out.say(state.texts("cli.role.none"))


def _lines(state: State, found: Sequence[RoleHistory]) -> list[str]:
    texts = state.texts
    lines: list[str] = []
    for item in found:
        title = texts.pick(item.role.title) or item.role.role
        lines += state.out.wrapped(f"{title} ({item.role.role})")
        lines += state.out.wrapped(_today(texts, item.role.acting), "  ")
        rows = [
            (
                tenure.person,
                texts("cli.role.as_deputy") if tenure.deputy else "",
                texts.moment(tenure.since),
                texts.moment(tenure.until) if tenure.until else texts("cli.role.still"),
            )
            for tenure in item.tenures
        ]
        table = state.out.table(columns(state, "~who", "part", "from", "to"), rows)
        lines += [*(f"  {line}" for line in table), ""]
    return lines[:-1]


def _today(texts: Texts, acting: Acting | None) -> str:
    """Return who acts today, and for whom or why nobody does."""
    if acting is None or not (acting.person or acting.stands_in_for):
        return texts("cli.role.today_nobody")
    if not acting.person:
        return texts("cli.role.today_away", absent=acting.stands_in_for)
    if acting.stands_in_for:
        person = texts("cli.task.stands_in", person=acting.person, absent=acting.stands_in_for)
        return texts("cli.role.today", person=person)
    return texts("cli.role.today", person=acting.person)


def _document(item: RoleHistory, texts: Texts) -> Document:
    acting = item.role.acting
    return {
        **stable.role(item.role, texts),
        "acting": (acting.person or None) if acting else None,
        "stands_in_for": (acting.stands_in_for or None) if acting else None,
        "why": acting.why.value if acting else None,
        "history": [
            {
                "person": tenure.person,
                "deputy": tenure.deputy,
                "since": tenure.since.isoformat(),
                "until": tenure.until.isoformat() if tenure.until else None,
            }
            for tenure in item.tenures
        ],
    }
