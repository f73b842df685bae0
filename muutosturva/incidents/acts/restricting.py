"""An open incident becomes restricted by what is learnt: the firm is listed, and its release is ahead.

The class is raised by the same rule that decides it when an incident is opened, as a consequence of the
act that taught it. It is never lowered so: that somebody says, with a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlmodel import Session

from muutosturva.incidents.acts import access
from muutosturva.incidents.pure.publicity import LISTED, RELEASE, SECRECY_SET, opening_secrecy
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.assembling import anchor_value
from muutosturva.models.incident import Incident
from muutosturva.models.states import Secrecy
from muutosturva.store.log import EventDraft
from muutosturva.store.store import UnitOfWork


def becomes_restricted(
    session: Session, owner: Incident, answers: Mapping[str, object], now: dt.datetime
) -> bool:
    """Tell whether new answers make an incident restricted that was open to the group.

    Args:
        session: any session.
        owner: with the answers it had before.
        answers: what is answered now, by input; the rest stays.
        now: aware.
    """
    if owner.secrecy is not Secrecy.GROUP or owner.inputs.get(LISTED) is True:
        return False
    anchors = queries.current_anchors(session, owner.id)
    release = next((anchor_value(row) for row in anchors if row.name == RELEASE), None)
    return opening_secrecy(answers, release, now) is Secrecy.RESTRICTED


def restrict(unit: UnitOfWork, owner: Incident, *, called_for: bool) -> None:
    """Make an incident restricted where that is called for, after the act that called for it was recorded.

    As when one is opened, the actor is let in and who holds a role needed from the start; everybody else
    stays outside until somebody lets them in.
    """
    if not called_for:
        return
    old = owner.secrecy
    owner.secrecy, owner.published_at = Secrecy.RESTRICTED, None
    unit.consequence(
        EventDraft(
            kind=SECRECY_SET,
            incident_id=owner.id,
            subjects=(owner.readable_id,),
            fields=("secrecy",),
            payload={"old": old, "new": Secrecy.RESTRICTED, "cause": LISTED},
        )
    )
    people = [
        *access.present_people(unit.session, owner, from_the_start=True),
        (unit.actor, access.PRESENT),
    ]
    _, draft = access.admit(unit, owner, people, at=unit.moment)
    if draft is not None:
        unit.consequence(draft)
