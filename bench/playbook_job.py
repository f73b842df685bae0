"""The job ``bench.playbooks`` measures: a shipped playbook read, merged, checked and expanded.

It stands alone so that a fresh process which does it imports the room of playbooks and nothing else.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path
from typing import Final

from muutosturva.playbooks.checks.outside import Outside
from muutosturva.playbooks.facts import AnchorValue, AreaFact, Facts, Site, Wave
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.expand import expand
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import FIRST_YEAR, WorkCalendar, public_holidays

LARGEST: Final = "large-layoff"
DAY: Final = dt.date(2027, 3, 1)


def facts(waves: int) -> Facts:
    """Return what is known of an incident of ten areas, ten sites, three languages and some waves."""
    return Facts(
        inputs={"headcount": 900, "dismissals": 900, "employer_size": 2000, "listed": False},
        anchors={name: AnchorValue.confirmed(DAY) for name in ("heard", "proposal")},
        waves=tuple(Wave(f"w{number}", count=3) for number in range(waves)),
        sites=tuple(Site(f"site{number}", f"Paikka {number}") for number in range(10)),
        areas=tuple(AreaFact(f"area{number}", f"Alue {number}", lead=number == 0) for number in range(10)),
        languages=("fi", "sv", "en"),
    )


def planned(resolved: Resolved, waves: int) -> Plan:
    """Expand a playbook."""
    return expand(resolved, facts(waves), WorkCalendar(), shipped_book())


def outside() -> Outside:
    """Return what the checks are told: the day, the rule book, an act, and a name of the roster."""
    return Outside(DAY, shipped_book(), frozenset({"1333/2021"}), ("Esimerkki Elli",))


def whole(name: str | Path, waves: int) -> Plan:
    """Read, merge, check and expand a playbook, from its file to its plan."""
    resolved, _ = Library().usable(name, outside())
    return planned(resolved, waves)


def main(waves: int) -> None:
    """Do the job once and print how long the work took when every import was done.

    Public holidays are imported when first asked for, so that they are asked for in a year nobody needs.
    """
    public_holidays(FIRST_YEAR)
    began = time.perf_counter()
    whole(LARGEST, waves)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main(int(sys.argv[1]))
