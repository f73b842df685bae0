"""When each playbook was last used in earnest, and when it was last rehearsed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, func

from muutosturva.clock import local_date
from muutosturva.models.incident import Incident
from muutosturva.models.states import IncidentState, StoreKind
from muutosturva.store.columns import select_columns


@dataclass(frozen=True, slots=True)
class PlaybookUse:
    """What the reader may know of a playbook's use.

    Attributes:
        used: day the latest real incident was opened with it, or None.
        rehearsed: day the latest drill or example was, or None.
    """

    used: dt.date | None = None
    rehearsed: dt.date | None = None


def playbook_uses(session: Session) -> Mapping[str, PlaybookUse]:
    """Return the use of each playbook by its id; a cancelled incident is no use.

    The session is narrowed to what its reader may know, so that the day of a secret incident is told
    to those who were let in and to nobody else.
    """
    statement = (
        select_columns(Incident.playbook_id, Incident.kind, func.max(Incident.opened_at))
        .where(col(Incident.situation).is_(False), col(Incident.state) != IncidentState.CANCELLED)
        .group_by(col(Incident.playbook_id), col(Incident.kind))
    )
    uses: dict[str, PlaybookUse] = {}
    for playbook, kind, opened in session.execute(statement):
        known, day = uses.get(playbook, PlaybookUse()), local_date(opened)
        if kind is StoreKind.REAL:
            uses[playbook] = replace(known, used=day)
        else:
            uses[playbook] = replace(known, rehearsed=max(known.rehearsed or day, day))
    return uses
