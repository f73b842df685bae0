"""The ids people type for an incident, ``LAHTI-2027-03``: their form, and the next free one."""

from __future__ import annotations

import re
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import RefusedError, UsageError
from muutosturva.models.incident import Incident
from muutosturva.store.visibility import EVERYTHING

READABLE_ID: Final = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖ0-9]*(?:-[A-ZÅÄÖ0-9]+)+")
"""Form of a readable id: words and numbers joined by hyphens, ``LAHTI-2027-03``."""

_EVERYTHING: Final = {EVERYTHING: True}


def checked_id(session: Session, readable_id: str) -> str:
    """Return a readable id that is still free, in capitals.

    Raises:
        UsageError: it has another form.
        RefusedError: another incident has it.
    """
    wanted = readable_id.strip().upper()
    if not READABLE_ID.fullmatch(wanted):
        raise UsageError("incidents.id_form", incident=readable_id)
    # An incident the person may not see has its id all the same.
    if session.exec(
        select(Incident.id).where(Incident.readable_id == wanted), execution_options=_EVERYTHING
    ).first():
        raise RefusedError("incidents.id_taken", incident=wanted)
    return wanted


def next_id(session: Session, owner_area: str, year: int) -> str:
    """Return the next free readable id of an area: ``LAHTI-2027-03``.

    The numbers of firms run on; what a regional situation is called (``LAHTI-2027-400``) is the
    group's own choice and does not push them.
    """
    prefix = f"{owner_area.upper()}-{year}-"
    taken = session.exec(
        select(Incident.readable_id, Incident.situation).where(col(Incident.readable_id).startswith(prefix)),
        execution_options=_EVERYTHING,
    ).all()
    numbers = {
        int(readable_id.removeprefix(prefix)): situation
        for readable_id, situation in taken
        if readable_id.removeprefix(prefix).isdigit()
    }
    number = max((used for used, situation in numbers.items() if not situation), default=0) + 1
    while number in numbers:
        number += 1
    return f"{prefix}{number:02d}"
