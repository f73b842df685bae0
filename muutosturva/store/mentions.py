"""Which incidents an event speaks of beside its own: in its subjects, its values and its texts.

Noted once, when the event is written, so that nobody searches the whole log for the names of what is
hidden from somebody. Whoever may not know of an incident does not see what speaks of it.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session

from muutosturva.store.light import INCIDENT

_POSITION: Final = {"postgresql": sa.func.strpos}
"""The database's function that tells where a text stands in another; 0 for nowhere."""


def mentioned(session: Session, own: uuid.UUID | None, said: Iterable[object]) -> list[uuid.UUID]:
    """Return the incidents that what was said names by their readable ids.

    Args:
        session: the writing session, already flushed.
        own: the incident the event belongs to, which is left out.
        said: values as JSON holds them.
    """
    text = json.dumps(list(said), ensure_ascii=False).upper()
    position = _POSITION.get(session.get_bind().dialect.name, sa.func.instr)
    found = session.execute(
        sa.select(INCIDENT.c.id, INCIDENT.c.readable_id).where(
            position(sa.literal(text), INCIDENT.c.readable_id) > 0
        )
    )
    return sorted(key for key, name in found if key != own and stands_in(name, text))


def stands_in(name: str, text: str) -> bool:
    """Tell whether a readable id stands in a text in capitals: ``…-40`` does not where ``…-400`` does."""
    return re.search(rf"(?<![0-9A-ZÅÄÖ]){re.escape(name)}(?![0-9])", text) is not None
