"""The class of what is handed out of an incident: of everything it speaks of, not of the incident alone."""

from __future__ import annotations

from sqlmodel import Session, col, select

from muutosturva.incidents.pure.publicity import strictest
from muutosturva.incidents.reading import queries
from muutosturva.models.incident import Incident, IncidentLink
from muutosturva.models.log import Event, EventMention
from muutosturva.models.states import Secrecy


def class_of_all(session: Session, readable_id: str) -> Secrecy:
    """Return the strictest class among an incident and what its tables and pictures speak of.

    That is its firms, what was merged into any of them, linked firms with an incident of their own and
    whatever its log names. What the reader may not know does not count: it is not in what they get.

    Raises:
        NotFoundError: no such incident.
    """
    owners = queries.with_duplicates(session, queries.find_incident(session, readable_id))
    keys = [owner.id for owner in owners]
    spoken_of = session.exec(
        select(col(Incident.secrecy)).where(
            col(Incident.id).in_(select(IncidentLink.other_id).where(col(IncidentLink.incident_id).in_(keys)))
            | col(Incident.id).in_(
                select(EventMention.incident_id)
                .join(Event, col(Event.id) == col(EventMention.event_id))
                .where(col(Event.incident_id).in_(keys))
            )
        )
    ).all()
    return strictest([*(owner.secrecy for owner in owners), *spoken_of])
