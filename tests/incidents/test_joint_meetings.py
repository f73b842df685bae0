"""The group meets once for all firms of a situation; each firm's own plan keeps its meeting."""

from __future__ import annotations

import datetime as dt
import re

from muutosturva.calendars.service import incident_calendar
from muutosturva.documents.situation import build
from muutosturva.incidents import service
from muutosturva.incidents.pure.joint_meetings import joined
from muutosturva.incidents.pure.views import MeetingView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import IncidentState, ItemState
from muutosturva.playbooks.facts import Certainty
from muutosturva.store.store import Store
from tests.calendars.views import meeting, planned, text
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR, NOW

REGION = "LAHTI-2027-400"
DAY = dt.date(2027, 3, 8)


def of_firm(incident: str, **changes: object) -> MeetingView:
    """Return a firm's weekly meeting on 8.3.2027 at 8.30, held with the other firms'."""
    return meeting(**{"incident": incident, "employer": f"Yritys {incident}", "shared": True, **changes})


def together(*meetings: MeetingView) -> list[tuple[str, ...]]:
    """Return the incidents each meeting is held for."""
    return [
        tuple(firm.incident for firm in found.firms) or (found.incident,)
        for found in joined(meetings, REGION, "Alue", 7)
    ]


def test_one_kind_time_and_place_is_one_meeting() -> None:
    """The third week of one firm may be the first of another: what counts is the hour."""
    [found] = joined(
        (
            of_firm("B", key="weekly[3]", minutes=60, people=("Elli", "Mauri")),
            of_firm("A", key="weekly[1]", people=("Elli", "Olli")),
        ),
        REGION,
        "Alue",
        7,
    )

    assert (found.incident, found.employer, found.minutes, found.version) == (REGION, "Alue", 60, 7)
    assert [(firm.incident, firm.key) for firm in found.firms] == [("A", "weekly[1]"), ("B", "weekly[3]")]
    assert found.people == ("Elli", "Olli", "Mauri")
    assert found.employers == ("Yritys A", "Yritys B")


def test_what_differs_stays_apart() -> None:
    """Two workplaces have one word for two places, so a meeting at one is not marked as shared."""
    a = of_firm("A")
    for other in (
        of_firm("B", key="daily[1]"),
        of_firm("B", place=text("Etäyhteys")),
        of_firm("B", starts=planned(DAY, at=dt.time(9))),
        of_firm("B", starts=planned(DAY + dt.timedelta(1), at=dt.time(8, 30))),
        of_firm("B", starts=planned(DAY)),
        of_firm("B", starts=planned(None)),
        of_firm("B", state=ItemState.QUESTION),
        of_firm("B", state=ItemState.WITHDRAWN),
        of_firm("B", shared=False),
    ):
        assert together(a, other) == [("A",), ("B",)]


def test_a_sure_day_makes_the_meeting_sure() -> None:
    sure, guess = planned(DAY, at=dt.time(8, 30)), planned(DAY, Certainty.ESTIMATED, dt.time(8, 30))

    [found] = joined((of_firm("A", starts=guess), of_firm("B", starts=sure)), REGION, "Alue", 7)
    assert found.starts.certainty is Certainty.CONFIRMED


def meetings(store: Store, incident: str) -> tuple[MeetingView, ...]:
    """Return the meetings of an incident."""
    with store.reading() as session:
        return queries.meetings(session, incident)


def slots(found: tuple[MeetingView, ...]) -> set[tuple[str, str, object]]:
    """Return firm, key and time of every firm's meeting behind those given."""
    return {
        pair
        for each in found
        for pair in (
            [(firm.incident, firm.key, (each.starts.value, each.starts.at)) for firm in each.firms]
            or [(each.incident, each.key, (each.starts.value, each.starts.at))]
        )
    }


def test_a_situation_meets_once_and_no_firm_loses_a_meeting(opened_store: Store) -> None:
    before = {firm: meetings(opened_store, firm) for firm in (FIRM_A, FIRM_B, FIRM_C)}
    service.group_incidents(opened_store, REGION, list(before), **WHO)
    found = meetings(opened_store, REGION)

    assert {firm: meetings(opened_store, firm) for firm in before} == before
    assert slots(found) == {slot for own in before.values() for slot in slots(own)}
    assert len(found) < sum(map(len, before.values()))
    shared = [each for each in found if len(each.firms) > 1]
    assert shared
    hours = [
        (each.key.partition("[")[0], each.starts.value, each.starts.at, each.place["fi"]) for each in shared
    ]
    assert len(set(hours)) == len(hours)
    assert not [each for each in shared if each.place["fi"] == "Työpaikka"]


def calendar(store: Store, incident: str) -> dict[str, int]:
    """Return the SEQUENCE of each meeting in a calendar file, by UID."""
    with store.reading() as session:
        raw = incident_calendar(session, incident, kind=store.kind, now=NOW).raw.decode()
    found = {}
    for entry in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", raw.replace("\r\n ", ""), re.DOTALL):
        fields = dict(line.split(":", 1) for line in entry.split("\r\n") if ":" in line)
        if "Kokous" in fields["CATEGORIES"]:
            found[fields["UID"]] = int(fields["SEQUENCE"])
    return found


def test_the_revision_of_a_calendar_entry_never_falls(opened_store: Store) -> None:
    """Outlook ignores an entry whose SEQUENCE falls, so one firm less may not make it smaller."""
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_B, FIRM_C], **WHO)
    first = calendar(opened_store, REGION)
    service.move_state(opened_store, FIRM_C, IncidentState.CANCELLED, reason="Väärä hälytys.", **WHO)
    second = calendar(opened_store, REGION)
    service.ungroup_incidents(opened_store, REGION, [FIRM_B], reason="Eri asia.", **WHO)
    third = calendar(opened_store, REGION)

    for earlier, later in ((first, second), (second, third), (first, third)):
        assert earlier.keys() & later.keys()
        assert all(earlier[uid] <= later[uid] for uid in earlier.keys() & later.keys())


def shared(store: Store) -> dict[tuple[str, object], str]:
    """Return the name of each meeting that firms B and C hold together, by its kind and time."""
    return {
        (each.key.partition("[")[0], (each.starts.value, each.starts.at)): each.name
        for each in meetings(store, REGION)
        if {FIRM_B, FIRM_C} <= {firm.incident for firm in each.firms}
    }


def test_an_entry_stays_the_same_when_the_first_firm_leaves_and_when_an_earlier_one_joins(
    opened_store: Store,
) -> None:
    """In people's calendars it is one meeting; a new UID would put a second one beside it."""
    service.group_incidents(opened_store, REGION, [FIRM_B, FIRM_C], **WHO)
    first, entries = shared(opened_store), calendar(opened_store, REGION).keys()
    assert first
    service.group_incidents(opened_store, REGION, [FIRM_A], **WHO)
    assert shared(opened_store) == first
    service.ungroup_incidents(opened_store, REGION, [FIRM_A], reason="Eri asia.", **WHO)
    assert calendar(opened_store, REGION).keys() == entries

    service.group_incidents(opened_store, REGION, [FIRM_A], **WHO)
    service.ungroup_incidents(opened_store, REGION, [FIRM_B], reason="Eri asia.", **WHO)
    after = {each.name for each in meetings(opened_store, REGION) if each.firms}
    assert {name for slot, name in first.items()} <= after


def test_the_picture_has_one_line_for_it(opened_store: Store) -> None:
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_B], **WHO)
    with opened_store.reading() as session:
        picture = build(session, REGION, kind=opened_store.kind, now=NOW, made_by=ACTOR)

    lines = [(step.title["fi"], step.date, step.firm) for step in picture.coming]
    assert len({line[:2] for line in lines if "kokous" in line[0]}) == len(
        [line for line in lines if "kokous" in line[0]]
    )
