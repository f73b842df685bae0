"""The calendar of an incident, read from a real store."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import vobject
from sqlmodel import Session

from muutosturva.calendars.service import incident_calendar
from muutosturva.errors import NotFoundError
from muutosturva.incidents.pure.snapshot import planned_to_json, raci_to_json
from muutosturva.models.incident import Incident, IncidentArea, IncidentRole
from muutosturva.models.states import (
    IncidentState,
    ItemState,
    Origin,
    Secrecy,
    StoreKind,
    TaskState,
)
from muutosturva.models.work import PlanMeeting, Task
from muutosturva.playbooks.plan import Raci
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from tests.calendars.views import planned, text
from tests.support.stores import ACTOR, AREA, NOW

SITUATION = "LAHTI-2027-04"
FIRMS = ("LAHTI-2027-01", "LAHTI-2027-02")


def add_incident(session: Session, readable_id: str, **values: Any) -> Incident:
    common: dict[str, Any] = {
        "owner_area": AREA,
        "readable_id": readable_id,
        "kind": StoreKind.EXAMPLE,
        "state": IncidentState.ACTIVE,
        "secrecy": Secrecy.PUBLIC,
        "employer": f"Esimerkki {readable_id[-1]} Oy",
        "playbook_text": "id: large-layoff",
        "opened_at": NOW,
    }
    row = Incident(**{**common, **values})
    session.add(row)
    session.flush()
    return row


def add_plan(session: Session, incident: Incident) -> None:
    """Add a role, two areas, a dated and an undated task, and a meeting."""
    of: dict[str, Any] = {"owner_area": AREA, "incident_id": incident.id}
    roles = raci_to_json(Raci(("lead",), "lead"))
    work: dict[str, Any] = {
        "raci": roles,
        "role": "lead",
        "state": TaskState.READY,
        "origin": Origin.PLAYBOOK,
    }
    day, undated = planned(dt.date(2027, 3, 2)), planned(None)
    starts = planned(dt.date(2027, 3, 8), at=dt.time(8, 30))
    session.add_all(
        [
            IncidentRole(**of, role="lead", title={"fi": "Vetäjä"}),
            IncidentArea(**of, area_slug="lahti", name="Lahti", lead=True),
            IncidentArea(**of, area_slug="paijat-hame", name="Päijät-Häme"),
            Task(
                **of,
                **work,
                key="contact",
                step="contact",
                title=text("Ensiyhteys"),
                due=planned_to_json(day),
            ),
            Task(**of, **work, key="list", step="list", title=text("Luettelo"), due=planned_to_json(undated)),
            PlanMeeting(
                **of,
                key="first",
                title=text("Kokous"),
                starts=planned_to_json(starts) or {},
                minutes=45,
                owner="lead",
                state=ItemState.PLANNED,
            ),
        ]
    )


@pytest.fixture
def case(file_store: Store) -> Store:
    """Return a store with a situation of two firms, each with a small plan."""
    with file_store.transaction(ACTOR, NOW) as work:
        situation = add_incident(work.session, SITUATION, situation=True, employer="", playbook_text="")
        for firm in FIRMS:
            add_plan(work.session, add_incident(work.session, firm, parent_id=situation.id))
        work.record(EventDraft("test.filled", subjects=(), fields=(), payload={}))
    return file_store


def calendar(case: Store, incident: str, **options: Any) -> tuple[Any, tuple[str, ...]]:
    with case.reading() as session:
        found = incident_calendar(session, incident, kind=case.kind, now=NOW, **options)
    read = vobject.readOne(found.raw.decode())
    assert len([child for child in read.components() if child.name != "VTIMEZONE"]) == found.entries
    return read, found.undated


def test_an_incident_has_its_tasks_and_meetings_and_tells_what_has_no_day(case: Store) -> None:
    read, undated = calendar(case, FIRMS[0])

    assert [event.summary.value for event in read.vevent_list] == [
        "ESIMERKKI: Ensiyhteys (LAHTI-2027-01)",
        "ESIMERKKI: Kokous (LAHTI-2027-01)",
    ]
    assert undated == ("list",)
    assert read.contents["x-wr-calname"][0].value == "ESIMERKKI: Muutosturva LAHTI-2027-01"


def test_a_situation_has_the_work_of_all_its_firms_under_the_same_uids(case: Store) -> None:
    """Whoever takes in a firm's calendar and the region's has each entry once."""
    alone = {event.uid.value for firm in FIRMS for event in calendar(case, firm)[0].vevent_list}
    together = [event.uid.value for event in calendar(case, SITUATION)[0].vevent_list]

    assert sorted(together) == sorted(alone)
    assert len(alone) == 4


def test_a_role_nobody_has_heard_of_is_named_with_its_nearest(case: Store) -> None:
    with pytest.raises(NotFoundError) as refused:
        calendar(case, FIRMS[0], role="leed")

    assert refused.value.key == "calendars.role_not_found"
    assert refused.value.params["nearest"] == "lead"


def test_an_area_outside_the_incident_is_named_with_its_nearest(case: Store) -> None:
    with pytest.raises(NotFoundError) as refused:
        calendar(case, SITUATION, area="lahtis")

    assert refused.value.key == "calendars.area_not_found"
    assert refused.value.params["nearest"] == "lahti"


def test_an_incident_that_is_not_there_is_not_found(case: Store) -> None:
    with pytest.raises(NotFoundError, match="incident_not_found"):
        calendar(case, "LAHTI-2027-99")


def test_the_name_of_a_part_says_which_part(case: Store) -> None:
    read, _ = calendar(case, FIRMS[0], role="lead", tasks_as="todo", language="sv")

    assert read.contents["x-wr-calname"][0].value == "EXEMPEL: Omställningsskydd LAHTI-2027-01: Vetäjä"
    assert len(read.vtodo_list) == 1
