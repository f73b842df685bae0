"""Everything that is known of the people of one firm, read at once: for a screen or a page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from muutosturva.incidents.acts.levelling import LevelView, level_view
from muutosturva.incidents.acts.numbers import CountedNow, counted_now, figure_history
from muutosturva.incidents.pure.views import FigureView, IncidentView


@dataclass(frozen=True, slots=True)
class FirmNumbers:
    """The numbers of people of one firm.

    Attributes:
        view: its incident.
        counted: what counts now and why.
        history: every revision of every number, oldest first.
        level: its level with the criteria.
    """

    view: IncidentView
    counted: CountedNow
    history: tuple[FigureView, ...]
    level: LevelView


def firm_numbers(session: Session, firm: IncidentView) -> FirmNumbers:
    """Return the numbers of a firm.

    Raises:
        RefusedError: it is a regional situation: its numbers are those of its firms.
    """
    incident = firm.readable_id
    return FirmNumbers(
        firm, counted_now(session, incident), figure_history(session, incident), level_view(session, incident)
    )
