"""What is said where an event is written down that happened before its incident was heard of."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from muutosturva.cli.state import State

if TYPE_CHECKING:
    from muutosturva.store.store import Store


def say_if_early(state: State, store: Store, incident_id: str, at: dt.datetime) -> None:
    """Say that a time lies before the day the incident was heard of: it is kept, and may be a slip."""
    from muutosturva.incidents.acts.guards import before_heard
    from muutosturva.incidents.reading.queries import find_incident

    with store.reading() as session:
        owner = find_incident(session, incident_id)
        heard = before_heard(session, owner, at)
        name = owner.readable_id
    if heard is not None:
        state.out.say(state.texts("cli.log.before_heard", at=at, heard=heard, incident=name))
