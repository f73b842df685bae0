"""Entries used by several tests: invented people, a case of spring 2027."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from muutosturva.calendars.entries import Entry, EntryKind, EntryState, Invitee
from muutosturva.clock import HELSINKI

NAMESPACE: Final = UUID("6f1c1c0e-2f0a-5b52-9d25-3f1f2a6f9d10")
STAMP: Final = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
OFFICE: Final = Invitee("Lahden työllisyysalue", "muutosturva@tyollisyysalue.example")
MAIJA: Final = Invitee("Mallikas, Maija", "maija.mallikas@tyollisyysalue.example")
OLLI: Final = Invitee("Olli Österberg-Esimerkki", "olli.osterberg@tyollisyysalue.example")


def meeting(**changes: object) -> Entry:
    """Return the group's weekly meeting of 22.3.2027 at 8.30."""
    values: dict[str, object] = {
        "uid_name": "LAHTI-2027-03/weekly[1]",
        "title": "Koordinaatioryhmän viikkopalaveri",
        "description": "Tilannekuva, tehtävät, viestintä.\nLiity verkossa tai tule paikalle.",
        "starts": datetime(2027, 3, 22, 8, 30, tzinfo=HELSINKI),
        "minutes": 60,
        "location": "Työllisyysalueen neuvottelutila, Lahti",
        "organizer": OFFICE,
        "attendees": (MAIJA, OLLI),
        "kind": EntryKind.MEETING,
        "alarms": (timedelta(minutes=15),),
        "categories": ("Muutosturva", "Kokous"),
    }
    return Entry(**{**values, **changes})  # type: ignore[arg-type] # the table is spelt out above


def task(**changes: object) -> Entry:
    """Return a statutory task that is due on Good Friday's eve, 25.3.2027."""
    values: dict[str, object] = {
        "uid_name": "LAHTI-2027-03/contact",
        "title": "Ensiyhteys työnantajaan; sovi tiedotustilaisuus",
        "description": "Laki: 380/2023 96 §",
        "day": date(2027, 3, 25),
        "organizer": OFFICE,
        "alarms": (timedelta(hours=15),),
        "categories": ("Muutosturva", "Tehtävä"),
    }
    return Entry(**{**values, **changes})  # type: ignore[arg-type] # the table is spelt out above


CASE: Final = (
    meeting(),
    meeting(
        uid_name="LAHTI-2027-03/weekly[2]",
        starts=datetime(2027, 3, 29, 8, 30, tzinfo=HELSINKI),
        state=EntryState.TENTATIVE,
        sequence=2,
    ),
    task(),
    task(
        uid_name="LAHTI-2027-03/list",
        title="Luettelo irtisanottavista on saatu ja tarkistettu, puuttuvat tiedot pyydetty kirjallisesti",
        day=date(2027, 3, 31),
        state=EntryState.DONE,
        done_at=datetime(2027, 3, 30, 12, 15, tzinfo=HELSINKI),
        sequence=3,
    ),
    task(
        uid_name="LAHTI-2027-03/session[heinola,sv]",
        title="Infotilaisuus ruotsiksi, Heinola",
        day=date(2027, 4, 1),
        state=EntryState.CANCELLED,
        sequence=1,
    ),
)
"""A meeting on either side of the clock change, and a task in each state."""
