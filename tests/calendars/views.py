"""Read models of one invented incident, as the incidents room gives them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any, Final

from muutosturva.incidents.pure.views import (
    AreaView,
    IncidentView,
    MeetingView,
    QuestionView,
    RoleView,
    TaskView,
)
from muutosturva.models.states import IncidentState, ItemState, Origin, Secrecy, StoreKind, TaskState
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import PlannedDate, Raci
from muutosturva.rules.results import Confidence, LawRow, StatutoryDate

ID: Final = "LAHTI-2027-03"
FIRM: Final = "Esimerkkikorit Oy"


def text(fi: str, sv: str = "", en: str = "") -> dict[str, str]:
    """Return a text in three languages, where given."""
    return {"fi": fi, "sv": sv or fi, "en": en or fi}


def planned(
    day: dt.date | None, certainty: Certainty = Certainty.CONFIRMED, at: dt.time | None = None
) -> PlannedDate:
    """Return a computed date."""
    return PlannedDate("", day, day, day, at, certainty)


def statutory(day: dt.date, last: dt.date | None, *, earliest: bool = False) -> StatutoryDate:
    """Return the three values of a date set by law; a Saturday's safe day is its Friday."""
    safe = day - dt.timedelta(days=max(0, day.weekday() - 4))
    row = LawRow("x", "60", "days", "", dt.date(2023, 1, 1), None, "1 §", "", Confidence.SURE)
    return StatutoryDate(day, safe, last, (row,), 1, earliest=earliest)


INCIDENT: Final = IncidentView(
    id=uuid.UUID(int=1),
    readable_id=ID,
    owner_area="lahti",
    kind=StoreKind.EXAMPLE,
    state=IncidentState.ACTIVE,
    secrecy=Secrecy.PUBLIC,
    level="L",
    employer=FIRM,
    municipality="Lahti",
    sector="29",
    situation=False,
    parent="",
    children=(),
    headcount=260,
    playbook_id="large-layoff",
    playbook_version="1",
    playbook_sha256="0" * 64,
    inputs={},
    sites=(),
    languages=("fi",),
    phases=(),
    law_revision=1,
    opened_at=dt.datetime(2027, 3, 1, 7, tzinfo=dt.UTC),
    closed_at=None,
    anchors=(),
    waves=(),
    areas=(AreaView("lahti", "Lahti", True, 0.8), AreaView("paijat-hame", "Päijät-Häme", False, 0.2)),
    roles=(RoleView("lead", text("Ryhmän vetäjä", "Gruppens ledare"), 1, True, (), ()),),
    questions=(QuestionView("listed", text("Onko yhtiö pörssissä?"), "bool", (), ("release",)),),
    version=1,
)

_TASK: Final = TaskView(
    id=uuid.UUID(int=2),
    incident=ID,
    employer=FIRM,
    key="contact",
    step="contact",
    item=(),
    code="B1",
    title=text("Ensiyhteys työnantajaan", "Första kontakten med arbetsgivaren", "First contact"),
    phase="first",
    role="lead",
    role_title=text("Ryhmän vetäjä", "Gruppens ledare", "Lead"),
    raci=Raci(("employer_services",), "lead"),
    person="Maija Mallikas",
    assigned=True,
    start=None,
    due=planned(dt.date(2027, 3, 2)),
    due_by_hand=False,
    statutory=None,
    rule="",
    law=(),
    needs=(),
    state=TaskState.READY,
    depends_on=(),
    condition="",
    area="",
    wave="",
    checklist=(),
    howto={},
    produces=(),
    unsure=False,
    origin=Origin.PLAYBOOK,
    position=1,
    rank=None,
    label="",
    started_at=None,
    finished_at=None,
    finished_by="",
    version=1,
)

_MEETING: Final = MeetingView(
    incident=ID,
    employer=FIRM,
    key="weekly[1]",
    title=text("Koordinaatioryhmän kokous", "Samordningsgruppens möte", "Meeting of the group"),
    starts=planned(dt.date(2027, 3, 8), at=dt.time(8, 30)),
    minutes=45,
    place=text("Ryhmän huone", "Gruppens rum"),
    owner="lead",
    owner_person="Maija Mallikas",
    invitees=("lead", "training"),
    people=("Maija Mallikas", "Olli Esimerkki"),
    state=ItemState.PLANNED,
    version=3,
)


def incident(**changes: Any) -> IncidentView:
    """Return the incident with some values changed."""
    return replace(INCIDENT, **changes)


def task(**changes: Any) -> TaskView:
    """Return the first contact, due on 2.3.2027, with some values changed."""
    return replace(_TASK, **changes)


def meeting(**changes: Any) -> MeetingView:
    """Return a meeting on 8.3.2027 at 8.30, with some values changed."""
    return replace(_MEETING, **changes)
