"""Everything an incident's plan is computed from, as values: to compute it again, or that of another text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from muutosturva.incidents.pure import spells
from muutosturva.playbooks.facts import Facts
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.expand import expand
from muutosturva.rules.book import LawBook
from muutosturva.rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What is known of an incident, and what its dates are counted with.

    Attributes:
        playbook: the pinned playbook.
        facts: answers, dates given, waves, sites, areas, languages.
        calendar: working days of the area.
        book: the rule book of the incident's revision.
        council: days of council meetings.
        rests: times in which it was not active.
    """

    playbook: Resolved
    facts: Facts
    calendar: WorkCalendar
    book: LawBook
    council: Collection[dt.date] = ()
    rests: tuple[spells.Spell, ...] = ()

    def plan(self, playbook: Resolved | None = None) -> Plan:
        """Return the plan; what recurs on days on which the incident was not active is left out.

        Args:
            playbook: another playbook than the pinned one.
        """
        text = playbook or self.playbook
        plan = expand(text, self.facts, self.calendar, self.book, council=self.council)
        return spells.without_rested(plan, text.playbook, self.rests)
