"""Whether linked firms may bring the globalisation fund's threshold within reach: told, never decided.

2021/691 art. 4(2)(a) counts the enterprise with its suppliers and downstream producers, art. 5 agency
workers whose assignment ends; who of the linked firms belongs there the state decides. Lay-offs never count.
"""

from __future__ import annotations

from typing import Final

from sqlmodel import Session

from muutosturva.clock import local_date
from muutosturva.errors import Problem
from muutosturva.incidents.pure.figures import Numbers
from muutosturva.incidents.reading.linking import links_of
from muutosturva.incidents.reading.queries import current_anchors
from muutosturva.models.incident import Incident
from muutosturva.models.states import LinkKind, Measure
from muutosturva.rules.case import number
from muutosturva.rules.thresholds import EGF
from muutosturva.store.lawbook import load_book

_COUNT: Final = frozenset({LinkKind.SUPPLIER, LinkKind.AGENCY, LinkKind.SITE_SERVICE, LinkKind.CUSTOMER})
"""Links that may count with the enterprise; any other is too far to be guessed at."""


def fund_remark(session: Session, incident: Incident, numbers: Numbers) -> tuple[Problem, ...]:
    """Return that the threshold may be reached with linked firms, where the firm alone does not reach it.

    Args:
        session: any session; nothing is written.
        incident: the firm.
        numbers: its numbers that count, saved or not yet.
    """
    dismissed = numbers.count(Measure.DISMISSAL)
    if not dismissed:
        return ()
    anchors = {row.name: row.value for row in current_anchors(session, incident.id)}
    on = anchors.get("proposal") or local_date(incident.opened_at)
    row = load_book(session, incident.law_revision).row(EGF, on)
    linked = sum(
        max((view.headcount or 0) - view.included, 0)
        for view, _ in links_of(session, [incident])
        if view.kind in _COUNT
    )
    if row is None or dismissed >= number(row) or dismissed + linked < number(row):
        return ()
    params = {
        "number": dismissed,
        "linked": linked,
        "total": dismissed + linked,
        "least": number(row),
        "statute": row.statute,
    }
    return (Problem("incidents.fund_possible", params),)
